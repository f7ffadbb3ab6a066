"""Bytes -> a manuscript, by what kind of document they are: a page, Markdown, a Word document."""

from __future__ import annotations

from email.message import Message
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import urljoin

from snippetsvc.html.source.decode import decoder
from snippetsvc.importing.manuscripts import Manuscript
from snippetsvc.importing.markdown import from_markdown
from snippetsvc.importing.word import from_word

_HTML, _MARKDOWN, _WORD = "html", "markdown", "word"
_OF_SUFFIX = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), _HTML),
    **dict.fromkeys((".md", ".markdown"), _MARKDOWN),
    ".docx": _WORD,
}
_OF_TYPE = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "text/markdown": _MARKDOWN,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _WORD,
}
#: Types that say nothing.
_VAGUE = frozenset("text/plain application/octet-stream application/zip".split())
#: A page names its own address in so many bytes, or not at all.
_HEAD = 262_144


def kind_of_file(name: str) -> str | None:
    """The kind of document that a file of this name is; None for one that is not brought in."""
    return _OF_SUFFIX.get(PurePosixPath(name).suffix.lower())


def kind_of_answer(headers: Message, path: str, body: bytes) -> str | None:
    """The same of what a server sent for `path`."""
    kind = headers.get_content_type()
    if kind not in _VAGUE:
        return _OF_TYPE.get(kind)
    return kind_of_file(path) or (_HTML if body.lstrip()[:1] == b"<" else None)


def manuscript(data: bytes, kind: str, charset: str | None = None) -> Manuscript:
    """charset: what a server said of a page. Raises `Invalid`."""
    if kind == _MARKDOWN:
        return from_markdown(data)
    if kind == _WORD:
        return from_word(data)
    head = _Head()
    head.feed(data[:_HEAD].decode("utf-8", "replace"))
    return Manuscript(_decoded(data, charset), canonical=head.canonical)


def _decoded(data: bytes, charset: str | None) -> str | bytes:
    """A page's text, where its server alone says how it is written (what is valid UTF-8 is UTF-8); else its bytes."""
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            if said := decoder(charset or ""):
                return data.decode(said)
        except UnicodeDecodeError:
            pass
    return data


class _Head(HTMLParser):
    """Hears which address a page names as its own, before its body."""

    def __init__(self) -> None:
        super().__init__()
        self._canonical: str | None = None
        self._base: str | None = None
        self._over = False

    @property
    def canonical(self) -> str | None:
        """It may be relative: to the page's base, where it has one, and that to where the page stands."""
        try:
            return urljoin(self._base or "", self._canonical) if self._canonical else None
        except ValueError:
            return None

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        # What Word and old pages write, `<![end if]>`, it takes for an error of ours; browsers, for a comment.
        return self.parse_bogus_comment(i, bool(report))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._over = self._over or tag == "body"
        if self._over:
            return
        said = dict(attrs)
        if tag == "base":
            self._base = self._base or said.get("href")
        elif tag == "link" and "canonical" in (said.get("rel") or "").lower().split():
            self._canonical = self._canonical or said.get("href")
