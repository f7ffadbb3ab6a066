"""XML without entities, without a document type, without anything from elsewhere."""

from __future__ import annotations

# Whatever is dangerous in XML needs a document type, and that is refused before it is read.
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from snippetsvc.errors import Invalid

#: Elements of a document: each takes memory, in however few bytes it came.
_MOST = 1_000_000


def parsed(data: bytes, what: str) -> Element:
    """The first element of the document `what`. Raises `Invalid` (rule `xml`)."""
    # S314: see above.
    parser = XMLParser(target=_Builder(what))  # noqa: S314
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError):
        raise Invalid.one("", "xml", f"{what} is not well-formed XML") from None
    return root


def local(element: Element) -> str:
    """Its name without the namespace."""
    return element.tag.rpartition("}")[2]


class _Builder(TreeBuilder):
    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self._left = _MOST

    def doctype(self, *_: object) -> None:
        raise Invalid.one("", "xml", f"{self._what} has a document type, and with it perhaps entities")

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        self._left -= 1
        if self._left < 0:
            raise Invalid.one("", "xml", f"{self._what} has more than {_MOST:,} elements")
        return super().start(tag, attributes)
