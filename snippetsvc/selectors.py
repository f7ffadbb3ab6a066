"""Spans of the canonical text, and the W3C selectors that name them.

Sources of the rules: W3C Web Annotation Data Model, section 4.2.4 (`TextQuoteSelector`) and 4.2.5
(`TextPositionSelector`): positions count Unicode code points, `start` inclusive, `end` exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

#: No text comes near it, and it still fits a signed 64-bit integer and a double exactly.
MAX_OFFSET = 2**53 - 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of the canonical text, in code points; `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]


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
