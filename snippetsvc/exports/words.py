"""What pages and exports for people say of a share in the same words."""

from __future__ import annotations

import re
from collections import Counter

from snippetsvc.exports.links import ShareLinks
from snippetsvc.language import Language
from snippetsvc.models import Status
from snippetsvc.service.views import Placed, View

_SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s|$)|[。！？]+[」』）]*")


def excerpt(words: str, limit: int = 240) -> str:
    """The beginning of `words`, `limit` characters at most: cut behind a sentence where one ends in good time, else
    behind a word."""
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    ends = [match.end() for match in _SENTENCE_END.finditer(line) if match.end() <= limit]
    if ends and ends[-1] >= limit // 3:
        return line[: ends[-1]]
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit - 1].rstrip(" ,;:–—-") + "…"


def citation(view: View, links: ShareLinks, language: Language) -> list[str]:
    """Author, publisher and date, as far as they are known, in a line; then the source, or where we show it."""
    article = view.opened.article
    known = (article.author, article.publisher, language.day(article.published_at))
    line = " · ".join(part for part in known if part)
    return [*([line] if line else []), article.source_url or links.article.page]


def quoted(snippet: Placed, language: Language) -> str:
    """The words as they were marked, in quotation marks."""
    if snippet.quote is None:
        return f"[{language.gettext('The publisher has taken these words back.')}]"
    return f"“{snippet.quote}”"


def notes(snippet: Placed, language: Language) -> list[str]:
    """What became of a snippet; nothing to say of one that is intact where it was."""
    if snippet.quote is None and snippet.status is Status.LOST:
        return []
    if snippet.status is Status.LOST:
        return [language.gettext("These words are no longer in the article.")]
    said = [language.gettext("Moved.")] if snippet.moved else []
    if snippet.status is Status.CHANGED:
        said += [
            language.gettext("These words were edited after they were marked."),
            language.gettext("Now:") + f" “{snippet.now}”",
        ]
    return said


def changes(view: View, language: Language) -> str | None:
    """What became of the snippets of a share, in one sentence, each of them told of once; None where all are as they
    were."""
    total = len(view.snippets)
    counts = Counter(_fate(snippet) for snippet in view.snippets)
    edited, moved, lost = counts["edited"], counts["moved"], counts["lost"]
    # How many there are in all is told with the first of the parts.
    of_all = language.ngettext("%(part)s of %(num)s snippet", "%(part)s of %(num)s snippets", total)
    parts: list[str] = []
    for count, predicate in (
        (edited, language.ngettext("%(which)s was edited since", "%(which)s were edited since", edited)),
        (moved, language.ngettext("%(which)s was moved", "%(which)s were moved", moved)),
        (
            lost,
            language.ngettext("%(which)s is no longer in the article", "%(which)s are no longer in the article", lost),
        ),
    ):
        if not count:
            continue
        number = language.number(count)
        which = language.gettext("The snippet") if total == 1 else number if parts else of_all % {"part": number}
        parts.append(predicate % {"which": which})
    return f"{language.listed(parts)}." if parts else None


def _fate(snippet: Placed) -> str | None:
    if snippet.status is Status.LOST:
        return "lost"
    if snippet.status is Status.CHANGED:
        return "edited"
    return "moved" if snippet.moved else None


def summary(view: View, language: Language) -> str:
    """How many snippets, and when they were marked."""
    words = language.ngettext("%(num)s snippet marked", "%(num)s snippets marked", len(view.snippets))
    return f"{words}, {language.moment(view.opened.share.created_at)}"
