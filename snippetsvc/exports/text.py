"""A share as plain text: citation, then each snippet with its number, and what became of it, if anything."""

from __future__ import annotations

from snippetsvc.exports.links import ShareLinks
from snippetsvc.exports.words import citation, notes, quoted, summary
from snippetsvc.language import Language
from snippetsvc.service.views import View


def export(view: View, links: ShareLinks, language: Language) -> str:
    lines = [view.opened.article.title, *citation(view, links, language), links.page, ""]
    for snippet in view.snippets:
        lines.append(f"{snippet.number}. {quoted(snippet, language)}")
        lines += (f"   {note}" for note in notes(snippet, language))
        lines.append("")
    lines.append(summary(view, language))
    return "\n".join(lines) + "\n"
