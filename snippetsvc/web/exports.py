"""A share as plain text, as Markdown and as a W3C Web Annotation page; and its first words, for previews."""

from __future__ import annotations

import re
from typing import Any

from snippetsvc.anchoring import Status
from snippetsvc.models import Article
from snippetsvc.views import Placed, View
from snippetsvc.web.addresses import absolute
from snippetsvc.web.language import date_words, gettext, moment_words, ngettext
from snippetsvc.web.representations import selectors_in, timestamp

_SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s|$)|[。！？]+[」』）]*")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+|~&])")
#: What begins a list or underlines a heading. A backslash escapes punctuation alone: not a number, but what follows it.
_MARKDOWN_START = re.compile(r"(?m)^(\s*)(\d*)([-=.)])")


def excerpt(words: str, limit: int = 240) -> str:
    """The beginning of `words`, cut behind a sentence where one ends in good time, else behind a word."""
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    ends = [match.end() for match in _SENTENCE_END.finditer(line) if match.end() <= limit]
    if ends and ends[-1] >= limit // 3:
        return line[: ends[-1]]
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit - 1].rstrip(" ,;:–—-") + "…"


def as_text(view: View, token: str) -> str:
    """The snippets as plain text: citation, then each with its number, and what became of it unless it is intact."""
    article = view.opened.article
    lines = [article.title, *_citation(article), absolute("pages.share", token=token), ""]
    for snippet in view.snippets:
        lines.append(f"{snippet.number}. {_quoted(snippet)}")
        lines += (f"   {note}" for note in _notes(snippet))
        lines.append("")
    lines.append(_summary(view))
    return "\n".join(lines) + "\n"


def as_markdown(view: View, token: str) -> str:
    """The snippets as Markdown (CommonMark): a heading that links to the article, then quotations."""
    article = view.opened.article
    address = absolute("pages.share", token=token)
    lines = [f"# [{_md(article.title)}]({absolute('pages.article', slug=article.slug)})", ""]
    if citation := _citation(article):
        # Addresses stay as they are: in angle brackets, a link.
        lines += ["  \n".join(f"<{line}>" if line.startswith("http") else _md(line) for line in citation), ""]
    for snippet in view.snippets:
        quote = _md(snippet.quote if snippet.quote is not None else _quoted(snippet))
        lines += [f"> {line}" for line in quote.split("\n")]
        lines += [">", f"> — [{snippet.number}]({address}#snippet-{snippet.number})", ""]
        lines += [f"*{_md(note)}*\n" for note in _notes(snippet)]
    lines += [f"{_md(_summary(view))}: <{address}>"]
    return "\n".join(lines) + "\n"


def as_annotations(view: View, token: str) -> dict[str, Any]:
    """The snippets as an `AnnotationPage` (W3C Web Annotation Data Model, section 5.2)."""
    article, share = view.opened.article, view.opened.share
    address = absolute("pages.share", token=token)
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": absolute("pages.share_export", token=token, format="jsonld"),
        "type": "AnnotationPage",
        "partOf": {
            "id": address,
            "type": "AnnotationCollection",
            "label": article.title,
            "total": len(view.snippets),
            "created": timestamp(share.created_at),
        },
        "startIndex": 0,
        "items": [_annotation(view, snippet, address) for snippet in view.snippets],
    }


def _annotation(view: View, snippet: Placed, address: str) -> dict[str, Any]:
    article, share = view.opened.article, view.opened.share
    # A snippet that is lost can only be said to be on the revision it was marked on.
    revision = view.revision if snippet.span is not None else share.revision
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": absolute("pages.article", slug=article.slug, revision=revision),
        "styleClass": str(snippet.color),
    }
    selectors = selectors_in(view, snippet)
    if selectors:
        target["selector"] = selectors
    elif snippet.quote is not None:
        target["selector"] = [{"type": "TextQuoteSelector", "exact": snippet.quote}]
    annotation: dict[str, Any] = {
        "id": f"{address}#snippet-{snippet.number}",
        "type": "Annotation",
        "motivation": "highlighting",
        "created": timestamp(share.created_at),
        "target": target,
    }
    if notes := _notes(snippet):
        if snippet.status is Status.CHANGED and snippet.quote is not None:
            # The selectors name what stands there now.
            notes.insert(0, _quoted(snippet))
        annotation["body"] = {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": "\n".join(notes),
        }
    return annotation


def _citation(article: Article) -> list[str]:
    """Author, publisher and date, as far as they are known, in a line; then the source, or where we show it."""
    known = (article.author, article.publisher, date_words(article.published_at))
    line = " · ".join(part for part in known if part)
    return [*([line] if line else []), article.source_url or absolute("pages.article", slug=article.slug)]


def _quoted(snippet: Placed) -> str:
    if snippet.quote is None:
        return f"[{gettext('The publisher has taken these words back.')}]"
    return f"“{snippet.quote}”"


def _notes(snippet: Placed) -> list[str]:
    """What became of a snippet, in the interface's language; nothing to say of one that is intact."""
    if snippet.quote is None and snippet.status is Status.LOST:
        return []
    if snippet.status is Status.LOST:
        return [gettext("These words are no longer in the article.")]
    if snippet.status is Status.CHANGED:
        return [
            gettext("These words were edited after they were marked."),
            gettext("Now:") + f" “{snippet.now}”",
        ]
    return []


def _summary(view: View) -> str:
    count = len(view.snippets)
    words = ngettext("%(num)s snippet marked", "%(num)s snippets marked", count)
    return f"{words}, {moment_words(view.opened.share.created_at)}"


def _md(text: str) -> str:
    return _MARKDOWN_START.sub(r"\1\2\\\3", _MARKDOWN.sub(r"\\\1", text))
