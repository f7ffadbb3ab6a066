"""A share as Markdown (CommonMark): a heading that links to the article, then quotations."""

from __future__ import annotations

import re

from snippetsvc.exports.links import ShareLinks
from snippetsvc.exports.words import citation, notes, quoted, summary
from snippetsvc.language import Language
from snippetsvc.service.views import View

_SIGN = re.compile(r"([\\`*_{}\[\]<>#+|~&])")
#: What begins a list or underlines a heading. A backslash escapes punctuation alone: not a number, but what follows it.
_START = re.compile(r"(?m)^(\s*)(\d*)([-=.)])")


def export(view: View, links: ShareLinks, language: Language) -> str:
    lines = [f"# [{_escaped(view.opened.article.title)}]({links.article.page})", ""]
    # Addresses stay as they are: in angle brackets, a link.
    cited = (f"<{line}>" if line.startswith("http") else _escaped(line) for line in citation(view, links, language))
    lines += ["  \n".join(cited), ""]
    for snippet in view.snippets:
        quote = _escaped(snippet.quote if snippet.quote is not None else quoted(snippet, language))
        lines += [f"> {line}" for line in quote.split("\n")]
        lines += [">", f"> — [{snippet.number}]({links.snippet(snippet.number)})", ""]
        lines += [f"*{_escaped(note)}*\n" for note in notes(snippet, language)]
    lines += [f"{_escaped(summary(view, language))}: <{links.page}>"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _START.sub(r"\1\2\\\3", _SIGN.sub(r"\\\1", text))
