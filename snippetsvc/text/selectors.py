"""The W3C selectors that name a span of the canonical text.

Sources of the rules: W3C Web Annotation Data Model, section 4.2.4 (`TextQuoteSelector`) and 4.2.5
(`TextPositionSelector`): positions count Unicode code points, `start` inclusive, `end` exclusive.
"""

from __future__ import annotations

import msgspec

#: No text comes near it, and it still fits a signed 64-bit integer and a double exactly.
MAX_OFFSET = 2**53 - 1


class TextPositionSelector(msgspec.Struct, frozen=True, tag_field="type"):
    """In JSON as the model writes it: its name as `type`, and these fields."""

    start: int
    end: int


class TextQuoteSelector(msgspec.Struct, frozen=True, tag_field="type"):
    """In JSON as the model writes it: its name as `type`, and these fields."""

    exact: str
    prefix: str = ""
    suffix: str = ""


Selector = TextPositionSelector | TextQuoteSelector


def unwritable(text: str) -> str | None:
    """Name what in `text` no document can contain (a lone surrogate, NUL), or None."""
    if "\x00" in text:
        return "U+0000, which no document can contain"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "a lone surrogate, which is not a character"
    return None
