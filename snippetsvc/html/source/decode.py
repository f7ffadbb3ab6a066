"""A file's bytes -> its characters, as browsers decode a page (WHATWG Encoding Standard, HTML "encoding sniffing").

One rule differs: what is UTF-8, stray bytes aside, is UTF-8, whatever a saved page still declares.
"""

from __future__ import annotations

import codecs
import re

from snippetsvc.errors import Invalid
from snippetsvc.html.notices import Notices
from snippetsvc.models import Did, NoticeKind
from snippetsvc.text.selectors import unwritable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: A declaration is looked for in this many bytes; the standard's 1,024 are too few for what is saved from browsers.
_SEARCHED = 65_536
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(
    rb"""<(?:meta\b[^<>]*?\bcharset|\?xml\b[^<>]*?\bencoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)""", re.IGNORECASE
)
_TAG = re.compile(r"<(script|style)(?=[\s/>]).*?</\1|<[^>]*+>?", re.DOTALL | re.IGNORECASE)
_ASCII = re.compile(r"[A-Za-z]")
_CONTROL = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f]")
#: Different control characters in a file: a stray one is of one kind or two, what is packed or drawn has all of them.
_MAX_CONTROLS = 4
#: So many characters beyond ASCII must read well as UTF-8 for each that does not.
_SURE_OF_UTF8 = 4
#: Characters on either side of the place that a notice names.
_AROUND = 40
#: Decoders, by the names under which Python knows those of the standard, and what the web takes them for.
_TAKEN_FOR = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
    # A declaration that can be read as ASCII is not in UTF-16.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
#: Labels of the standard that Python does not know.
_LABELS = {
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "x-x-big5": "big5hkscs",
}
_KNOWN = frozenset(
    "utf-8 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gb18030 big5hkscs "
    "euc_jp iso2022_jp_ext iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 "
    "iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman".split()
)


def decoded(source: bytes, notices: Notices) -> str:
    """The characters of a file; what stands for none becomes U+FFFD, with a notice.

    Raises `Invalid` (pointer `/html`) when it is no text, or not in the encoding that it declares, or declares none and
    is not in one that browsers fall back to: another alphabet would be published as gibberish.
    """
    text = _read(source, *_encoding(source), notices)
    if len(set(_CONTROL.findall(text))) > _MAX_CONTROLS:
        raise Invalid.one("/html", "characters", "the document is no text")
    return text


def readable(text: str, notices: Notices) -> str:
    """`text` without NUL, which browsers leave out, too, and without a byte order mark, which is no character of it.

    Raises `Invalid` (pointer `/html`) on a lone surrogate.
    """
    text = text.removeprefix("\ufeff")
    if strays := text.count("\0"):
        at = text.index("\0")
        text = text.replace("\0", "")
        notices.add(NoticeKind.CHARACTER, Did.REPLACED, _around(text, at), strays)
    if bad := unwritable(text):
        raise Invalid.one("/html", "characters", f"the document contains {bad}")
    return text


def _encoding(source: bytes) -> tuple[str, int]:
    """The decoder for a file, and at which byte its text begins."""
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return encoding, len(mark)
    if source.startswith((b"<\0", b"\0<")):
        return ("utf-16-le" if source[0] else "utf-16-be"), 0
    declared = _declared(source)
    if declared == "iso2022_jp_ext" and b"\x1b" in source:
        # Made of ASCII's bytes alone, it would pass for UTF-8.
        return declared, 0
    if declared == "utf-8" or _is_utf8(source):
        return "utf-8", 0
    if declared is None and _is_hardly_latin(source):
        raise _unknown()
    return declared or "cp1252", 0


def _is_utf8(source: bytes) -> bool:
    try:
        source.decode()
    except UnicodeDecodeError:
        beyond = sum(char > "\x7f" for char in source.decode(errors="ignore"))
        return beyond > _SURE_OF_UTF8 * _strays(source, "utf-8")
    return True


def _read(source: bytes, encoding: str, start: int, notices: Notices) -> str:
    source = source[start:]
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        text, strays = source.decode(encoding, "replace"), _strays(source, encoding)
        first = len(source[: error.start].decode(encoding, "replace"))
    if 2 * strays > sum(map(str.isalpha, _TAG.sub("", text))):
        raise _unknown()
    notices.add(NoticeKind.CHARACTER, Did.REPLACED, _around(text, first), strays)
    return text


def _strays(source: bytes, encoding: str) -> int:
    """How many characters a decoder replaces; some may stand in the file as they are."""
    return source.decode(encoding, "replace").count("\ufffd") - source.decode(encoding, "ignore").count("\ufffd")


def _around(text: str, at: int) -> str:
    """The words on both sides of a place, in its element."""
    return text[max(0, at - _AROUND) : at].rpartition(">")[2] + text[at : at + _AROUND].partition("<")[0]


def _is_hardly_latin(source: bytes) -> bool:
    """Whether what is beyond ASCII outnumbers the letters of ASCII, as in no language written in windows-1252."""
    words = _TAG.sub("", source.decode("latin-1"))
    return sum(char > "\x7f" for char in words) > len(_ASCII.findall(words))


def _declared(source: bytes) -> str | None:
    """The decoder that the file names, or None where it names none that is known."""
    declaration = _DECLARATION.search(_COMMENT.sub(b"", source[:_SEARCHED]))
    if declaration is None:
        return None
    return decoder(declaration[1].decode())


def decoder(label: str) -> str | None:
    """The decoder for an encoding of this name, or None where it is none that is known."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except LookupError:
        return None
    name = _TAKEN_FOR.get(name, name)
    return name if name in _KNOWN else None


def _unknown() -> Invalid:
    detail = "the document is neither in UTF-8 nor in a character encoding that it declares"
    return Invalid.one("/html", "encoding", detail)
