"""XML as a stream, without entities, without a document type, without anything from elsewhere."""

from __future__ import annotations

# Whatever is dangerous in XML needs a document type, and that is refused before it is read.
from xml.etree.ElementTree import ParseError, XMLParser

from snippetsvc.errors import Invalid


class Reader:
    """What `read` tells of a document; those that want to hear of it override. Names are without their namespace."""

    def begin(self, name: str, attributes: dict[str, str]) -> None: ...

    def text(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


def read(data: bytes, reader: Reader, what: str) -> None:
    """Tell `reader` of the document `what`. Raises `Invalid` (rule `xml`)."""
    # S314: see above.
    parser = XMLParser(target=_Target(reader, what))  # noqa: S314
    try:
        parser.feed(data)
        parser.close()
    except (ParseError, ValueError, LookupError):
        raise Invalid.one("", "xml", f"{what} is not well-formed XML") from None


class _Target:
    """What the parser calls, by names of its own."""

    def __init__(self, reader: Reader, what: str) -> None:
        self._reader = reader
        self._what = what

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._reader.begin(_local(tag), {_local(name): value for name, value in attributes.items()})

    def data(self, text: str) -> None:
        self._reader.text(text)

    def end(self, tag: str) -> None:
        self._reader.end(_local(tag))

    def doctype(self, *_: object) -> None:
        raise Invalid.one("", "xml", f"{self._what} has a document type, and with it perhaps entities")

    def close(self) -> None: ...


def _local(name: str) -> str:
    return name.rpartition("}")[2]
