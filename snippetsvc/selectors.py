"""Spans of the canonical text, and the W3C selectors that name them.

Sources of the rules: W3C Web Annotation Data Model, section 4.2.4 (`TextQuoteSelector`) and 4.2.5
(`TextPositionSelector`): positions count Unicode code points, `start` inclusive, `end` exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

import msgspec

from snippetsvc.errors import Invalid, Problem

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

_POSITION_FIELDS = frozenset({"type", "start", "end"})
_QUOTE_FIELDS = frozenset({"type", "exact", "prefix", "suffix"})


def selectors_from_json(value: object, pointer: str = "") -> list[Selector]:
    """Read the `selectors` of a snippet: at most one of each type, at least one in all.

    `pointer` is the JSON Pointer of `value`; problems are reported below it. Raises `Invalid` with all of them.
    """
    if not isinstance(value, list) or not value:
        raise Invalid.one(pointer, "selectors", "selectors must be a list of one or two selector objects")
    problems: list[Problem] = []
    found: dict[type[Selector], Selector] = {}
    for index, item in enumerate(value):
        at = f"{pointer}/{index}"
        if not isinstance(item, Mapping):
            problems.append(Problem(at, "object", "a selector must be an object"))
            continue
        kind = item.get("type")
        selector: Selector | None = None
        if kind == "TextPositionSelector":
            selector = _position(item, at, problems)
        elif kind == "TextQuoteSelector":
            selector = _quote(item, at, problems)
        else:
            problems.append(
                Problem(f"{at}/type", "selector-type", "type must be TextPositionSelector or TextQuoteSelector")
            )
        if selector is None:
            continue
        if type(selector) in found:
            problems.append(Problem(at, "selector-once", f"a second {kind}: at most one of each type"))
        found[type(selector)] = selector
    if problems:
        raise Invalid(problems)
    return list(found.values())


def _position(item: Mapping[str, object], at: str, problems: list[Problem]) -> TextPositionSelector | None:
    start, end = item.get("start"), item.get("end")
    problems += unknown(item, _POSITION_FIELDS, at)
    if not _is_offset(start) or not _is_offset(end):
        detail = f"must be an integer of code points, from 0 to {MAX_OFFSET}"
        for name, value in (("start", start), ("end", end)):
            if not _is_offset(value):
                problems.append(Problem(f"{at}/{name}", "offset", f"{name} {detail}"))
        return None
    if start >= end:
        problems.append(Problem(at, "empty-span", "start must be before end"))
        return None
    return TextPositionSelector(start, end)


def _is_offset(value: object) -> TypeGuard[int]:
    # bool is an int in Python, and no offset.
    return type(value) is int and 0 <= value <= MAX_OFFSET


def _quote(item: Mapping[str, object], at: str, problems: list[Problem]) -> TextQuoteSelector | None:
    exact, prefix, suffix = item.get("exact"), item.get("prefix", ""), item.get("suffix", "")
    problems += unknown(item, _QUOTE_FIELDS, at)
    if not _is_text(exact) or not _is_text(prefix) or not _is_text(suffix):
        for name, value in (("exact", exact), ("prefix", prefix), ("suffix", suffix)):
            if not isinstance(value, str):
                problems.append(Problem(f"{at}/{name}", "string", f"{name} must be a string"))
            elif bad := unwritable(value):
                problems.append(Problem(f"{at}/{name}", "characters", f"{name} contains {bad}"))
        return None
    if not exact or exact.isspace():
        problems.append(Problem(f"{at}/exact", "blank", "exact must contain more than white space"))
        return None
    return TextQuoteSelector(exact, prefix, suffix)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and unwritable(value) is None


def unknown(item: Mapping[str, object], known: frozenset[str], at: str = "") -> list[Problem]:
    """A problem for each field of `item` beside those that are `known`; `at` is the JSON Pointer of `item`."""
    if item.keys() <= known:
        return []
    detail = "this field is not known here"
    return [Problem(pointer_to(at, name), "unknown-field", detail) for name in item if name not in known]


def pointer_to(at: str, name: str) -> str:
    """The JSON Pointer of the field `name` below `at`; of a long name, the beginning.

    A lone surrogate, which an answer cannot contain, is shown as in Python.
    """
    shown = name[:80].encode("utf-8", "backslashreplace").decode()
    return f"{at}/{shown.replace('~', '~0').replace('/', '~1')}"


def unwritable(text: str) -> str | None:
    """Name what in `text` no document can contain (a lone surrogate, NUL), or None."""
    if "\x00" in text:
        return "U+0000, which no document can contain"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "a lone surrogate, which is not a character"
    return None
