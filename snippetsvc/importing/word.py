"""Word documents -> a manuscript, by mammoth; and what of them mammoth leaves out without a word.

A document is a zip file of parts. They are counted before anything is unpacked, and each is read, as XML without
entities, before mammoth sees it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, fromstring, tostring

from snippetsvc.errors import Invalid
from snippetsvc.html.notices import Notices
from snippetsvc.importing.manuscripts import Manuscript
from snippetsvc.importing.xml import Reader, read
from snippetsvc.models import Did, Notice, NoticeKind

_MOST_BYTES, _MOST_PARTS = 64 * 1024 * 1024, 1_000
#: Elements that do not come into the HTML, or not as they were. Deleted words go, inserted ones stay.
_LEFT_OUT: dict[str, tuple[NoticeKind, Did]] = {
    "oMath": (NoticeKind.FORMULA, Did.DROPPED),
    "blip": (NoticeKind.PICTURE, Did.DROPPED),
    "imagedata": (NoticeKind.PICTURE, Did.DROPPED),
    "chart": (NoticeKind.DRAWING, Did.DROPPED),
    "relIds": (NoticeKind.DRAWING, Did.DROPPED),
    **dict.fromkeys(("del", "ins", "moveFrom"), (NoticeKind.CHANGE, Did.REPLACED)),
    "comment": (NoticeKind.COMMENT, Did.DROPPED),
    "vanish": (NoticeKind.HIDDEN, Did.DROPPED),
}
#: Of the parts, those that hold words.
_WITH_WORDS = tuple(f"word/{name}" for name in ("document", "footnotes", "endnotes", "comments"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def from_word(data: bytes) -> Manuscript:
    """Raises `Invalid`: it is no Word document, unpacks to too much, or there is no mammoth here."""
    try:
        import mammoth
    except ImportError:
        raise Invalid.one("/html", "docx", "for Word documents install requirements-docx.txt") from None
    notices = _looked_through(data)
    if any(notice.kind is NoticeKind.HIDDEN for notice in notices):
        data = _without_hidden(data)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            # A picture inside the document has no address that a reader's browser could ask.
            convert_image=lambda _: [],
        )
    except Exception:
        # It promises no errors of its own.
        raise _broken() from None
    return Manuscript(made.value, notices=notices)


def _looked_through(data: bytes) -> tuple[Notice, ...]:
    seen = _Seen()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if len(parts.infolist()) > _MOST_PARTS or sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                size = f"{_MOST_PARTS:,} parts and {_MOST_BYTES // 1024 // 1024} MB"
                raise Invalid.one("/html", "large", f"a Word document unpacks to {size} at most")
            for part in parts.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    reader = seen if part.filename.startswith(_WITH_WORDS) else Reader()
                    read(parts.read(part), reader, f"the part {part.filename[:100]}")
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        raise _broken() from None
    return seen.notices.listed()


def _without_hidden(data: bytes) -> bytes:
    """The document without its hidden words, which mammoth would show."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename.startswith(_WITH_WORDS):
                # It has been read already, and has no entities.
                tree = fromstring(content)  # noqa: S314
                for parent in list(tree.iter()):
                    for run in [child for child in parent if child.tag == f"{_W}r" and _is_hidden(child)]:
                        parent.remove(run)
                content = tostring(tree)
            kept.writestr(part.filename, content)
    return made.getvalue()


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in _OFF


def _broken() -> Invalid:
    return Invalid.one("/html", "docx", "it is no Word document that can be read")


class _Seen(Reader):
    """Notes what is left out. Of deleted words and of comments nothing is repeated: they were not to be published."""

    def __init__(self) -> None:
        self.notices = Notices()
        self._about = ""
        self._within: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._within.append(name)
        if name == "vanish" and (attributes.get("val") in _OFF or self._within[-3:-1] != ["r", "rPr"]):
            # It is not hidden, or it is the end of a paragraph.
            return
        if name == "docPr":
            # It stands before the picture that it describes.
            self._about = attributes.get("descr") or attributes.get("title") or ""
        if name in _LEFT_OUT:
            kind, did = _LEFT_OUT[name]
            self.notices.add(kind, did, self._about if kind in (NoticeKind.PICTURE, NoticeKind.DRAWING) else "")

    def end(self, name: str) -> None:
        self._within.pop()
