"""XML documents: elements, of words that XML can hold, and their bytes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

#: What is not a Char of XML 1.0 (section 2.2): not even an entity can bring it in.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def put(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Put an element at the end of `parent`, and give it; of its text what XML cannot hold is left out."""
    element = SubElement(parent, name, {key: _IMPOSSIBLE.sub("", value) for key, value in attributes.items()})
    element.text = None if text is None else _IMPOSSIBLE.sub("", text)
    return element


def document(root: Element) -> bytes:
    """The document, in UTF-8, with its declaration; each element on a line of its own, for people read it as well."""
    indent(root, "")
    return bytes(tostring(root, "utf-8", xml_declaration=True))
