"""The items of a document's JSON-LD (W3C JSON-LD 1.1, section 7: in `script` elements)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from bs4 import Tag

from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.vocabularies.schema import Item

#: Characters of all scripts together that are read, and levels of what they hold.
_READ, _LEVELS = 2_000_000, 20
#: What some begin a script with, for readers of long ago; what follows the end of an item is not read.
_WRAPPING = re.compile(r"[\s/*]*+(?:<!--|<!\[CDATA\[)?[\s/*]*+")
# Line ends in strings are an error that many make, and harmless.
_DECODER = json.JSONDecoder(strict=False)
#: What JSON has no comma behind, and scripts written by hand often have.
_TRAILING = re.compile(r",(?=\s*+[\]}])")
_HALF = re.compile("[\ud800-\udfff]")


def items(scripts: Iterable[Tag]) -> list[Item]:
    """The items at the top of JSON-LD scripts, those of a `@graph` among them; a script that is broken says nothing."""
    found: list[Item] = []
    left = _READ
    for script in scripts:
        if attribute(script, "type").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = script.string or ""
        left -= len(text)
        if left < 0:
            break
        document = _decoded(text)
        if document is None:
            document = _decoded(_TRAILING.sub("", text))
        for item in _listed(_cleaned(document, _LEVELS)):
            graph = _listed(item.pop("@graph", []))
            found += (item, *graph)
    return [item for item in found if item]


def _decoded(text: str) -> Any:
    begins = _WRAPPING.match(text)
    try:
        return _DECODER.raw_decode(text, begins.end() if begins else 0)[0]
    except (ValueError, RecursionError):
        return None


def _listed(value: Any) -> list[Item]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _cleaned(value: Any, levels: int) -> Any:
    """`value` with short names of properties, and with the characters that strings name as HTML does."""
    if isinstance(value, str):
        # JSON may name halves of characters, which nothing can be written with.
        return _HALF.sub("\ufffd", unescape(value))
    if levels and isinstance(value, list):
        return [_cleaned(each, levels - 1) for each in value]
    if levels and isinstance(value, dict):
        # A property's name may have the address, or the prefix, of its vocabulary.
        return {re.split(r"[/#:]", name)[-1]: _cleaned(each, levels - 1) for name, each in value.items()}
    return None
