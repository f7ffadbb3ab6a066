"""Word documents -> a manuscript, by mammoth; and what of them mammoth leaves out without a word.

A document is a zip file of parts. They are counted before anything is unpacked, and each is read, as XML without
entities, before mammoth sees it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, tostring

from snippetsvc.errors import Invalid
from snippetsvc.html.notices import Notices
from snippetsvc.importing.manuscripts import Manuscript
from snippetsvc.importing.xml import local, parsed
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
    data, notices = _looked_through(data)
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


def _looked_through(data: bytes) -> tuple[bytes, tuple[Notice, ...]]:
    """The document without its hidden words, which mammoth would show; and what else is not shown."""
    notices = Notices()
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w") as kept:
            if len(parts.infolist()) > _MOST_PARTS or sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                size = f"{_MOST_PARTS:,} parts and {_MOST_BYTES // 1024 // 1024} MB"
                raise Invalid.one("/html", "large", f"a Word document unpacks to {size} at most")
            for part in parts.infolist():
                content = parts.read(part)
                if part.filename.endswith((".xml", ".rels")):
                    tree = parsed(content, f"the part {part.filename[:100]}")
                    if part.filename.startswith(_WITH_WORDS) and _hides(tree, notices):
                        content = tostring(tree)
                kept.writestr(part.filename, content)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError):
        raise _broken() from None
    return made.getvalue(), notices.listed()


def _hides(tree: Element, notices: Notices) -> bool:
    """Whether there were hidden words, which are taken out. Notes what is not shown.

    Of deleted words and of comments nothing is repeated: they were not to be published.
    """
    about = ""
    hidden: list[tuple[Element, Element]] = []
    for element in tree.iter():
        name = local(element)
        if name == "docPr":
            # It stands before the picture that it describes.
            about = element.get("descr") or element.get("title") or ""
        if name in _LEFT_OUT:
            kind, did = _LEFT_OUT[name]
            notices.add(kind, did, about if kind in (NoticeKind.PICTURE, NoticeKind.DRAWING) else "")
        hidden += [(element, run) for run in element if run.tag == f"{_W}r" and _is_hidden(run)]
    for parent, run in hidden:
        notices.add(NoticeKind.HIDDEN, Did.DROPPED, "")
        parent.remove(run)
    return bool(hidden)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in _OFF


def _broken() -> Invalid:
    return Invalid.one("/html", "docx", "it is no Word document that can be read")
