"""A file's bytes -> its characters, as browsers decode a page (WHATWG Encoding Standard, HTML "encoding sniffing").

One rule differs: what is valid UTF-8 is UTF-8, whatever a saved page still declares.
"""

from __future__ import annotations

import codecs
import re

from snippetsvc.errors import Invalid

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
_TAG = re.compile(rb"<(script|style)\b.*?</\1|<[^>]*+>?", re.DOTALL | re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = re.compile(rb"[A-Za-z]")
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


def decoded(source: bytes) -> str:
    """The characters of a file.

    Raises `Invalid` (pointer `/html`) when its bytes are none in the encoding that it declares, or it declares none and
    is not in one that browsers fall back to: another alphabet would be published as gibberish.
    """
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return _read(source[len(mark) :], encoding)
    if source.startswith((b"<\0", b"\0<")):
        return _read(source, "utf-16-le" if source[0] else "utf-16-be")
    declared = _declared(source)
    if declared == "iso2022_jp_ext" and b"\x1b" in source:
        # Made of ASCII's bytes alone, it would pass for UTF-8.
        return _read(source, declared)
    try:
        return source.decode()
    except UnicodeDecodeError:
        if declared is None and _is_hardly_latin(source):
            raise _unknown() from None
        return _read(source, declared or "cp1252")


def _read(source: bytes, encoding: str) -> str:
    try:
        return source.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown() from None


def _is_hardly_latin(source: bytes) -> bool:
    """Whether letters beyond ASCII outnumber those of ASCII, as in no language that is written in windows-1252."""
    text = _TAG.sub(b"", source)
    return len(_HIGH.findall(text)) > len(_ASCII.findall(text))


def _declared(source: bytes) -> str | None:
    """The decoder that the file names, or None where it names none that is known."""
    declaration = _DECLARATION.search(_COMMENT.sub(b"", source[:_SEARCHED]))
    if declaration is None:
        return None
    label = declaration[1].decode().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except LookupError:
        return None
    name = _TAKEN_FOR.get(name, name)
    return name if name in _KNOWN else None


def _unknown() -> Invalid:
    detail = "the document is neither in UTF-8 nor in a character encoding that it declares"
    return Invalid.one("/html", "encoding", detail)
