"""XHTML -> HTML: what an XML parser ends by itself is ended in words that an HTML parser knows.

Read as HTML, `<title/>` or `<script/>` takes in the rest of the page, `<a id="x"/>` what follows up to the next link,
and a CDATA section is a comment. Mark-up that is well-formed for neither stays as it is.
"""

from __future__ import annotations

import re
from html import escape

#: A page says that it is XHTML in this many characters.
_SEARCHED = 2_048
_SAYS_SO = re.compile(
    r"""\A\s*<\?xml\b|<!doctype\b[^>]*\bxhtml\b|<html\b[^>]*\bxmlns\s*=\s*["']http://www\.w3\.org/1999/xhtml["']""",
    re.IGNORECASE,
)
#: In HTML, too, these end where they begin.
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ATTRIBUTES = r"""(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+"""
_PIECE = re.compile(
    rf"""
    <!--.*?(?:-->|\Z)
    |<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)
    |<(?P<raw>script|style)(?=[\s/>]){_ATTRIBUTES}>.*?(?:</(?P=raw)\s*>|\Z)
    |(?P<start><(?P<name>[a-z][^\s/>]*+){_ATTRIBUTES})(?P<ends>/?)>
    |(?P<end></(?:area|br|col|hr|img|input|link|meta)\s*>)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_XML_LANG = re.compile(r"""(\s)xml:(lang\s*=\s*["'])""", re.IGNORECASE)


def as_html(markup: str) -> str:
    """`markup` unless it says that it is XHTML: then that, as HTML."""
    if _SAYS_SO.search(markup, 0, _SEARCHED) is None:
        return markup
    return _PIECE.sub(_rewritten, markup)


def _rewritten(piece: re.Match[str]) -> str:
    if piece["data"] is not None:
        return escape(piece["data"], quote=False)
    if piece["end"]:
        # An HTML parser reads the end of a line break as another one.
        return ""
    if not piece["start"]:
        return piece[0]
    start = _XML_LANG.sub(r"\1\2", piece["start"])
    last = start.split()[-1]
    # At the end of an address without quotation marks, which only HTML knows, it is the address's last character.
    if piece["ends"] and piece["name"].lower() not in _VOID and ("=" not in last or last[-1] in "\"'"):
        return f"{start}></{piece['name']}>"
    return f"{start}{piece['ends']}>"
