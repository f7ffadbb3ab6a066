"""Spans of the canonical text, and the W3C selectors that name them.

Sources of the rules: W3C Web Annotation Data Model, section 4.2.4 (`TextQuoteSelector`) and 4.2.5
(`TextPositionSelector`): positions count Unicode code points, `start` inclusive, `end` exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class TextPositionSelector:
    start: int
    end: int

    def to_json(self) -> dict[str, object]:
        return {"type": "TextPositionSelector", "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    exact: str
    prefix: str = ""
    suffix: str = ""

    def to_json(self) -> dict[str, object]:
        return {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}


Selector = TextPositionSelector | TextQuoteSelector


def selectors_from_json(value: object, pointer: str = "") -> list[Selector]:
    """Read the `selectors` of a snippet: at most one of each type, at least one in all.

    `pointer` is the JSON Pointer of `value`; problems are reported below it. Raises `Invalid` with all of them.
    """
    if not isinstance(value, list) or not value:
        raise Invalid.one(pointer, "selectors", "selectors must be a list of one or two selector objects")
    problems: list[Problem] = []
    found: list[Selector] = []
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
        if any(type(other) is type(selector) for other in found):
            problems.append(Problem(at, "selector-once", f"a second {kind}: at most one of each type"))
        found.append(selector)
    if problems:
        raise Invalid(problems)
    return found


def _position(item: Mapping[str, object], at: str, problems: list[Problem]) -> TextPositionSelector | None:
    values: list[int] = []
    for name in ("start", "end"):
        number = item.get(name)
        # bool is an int in Python, and no offset.
        if type(number) is not int or not 0 <= number <= MAX_OFFSET:
            problems.append(
                Problem(f"{at}/{name}", "offset", f"{name} must be an integer of code points, from 0 to {MAX_OFFSET}")
            )
        else:
            values.append(number)
    _only(item, ("type", "start", "end"), at, problems)
    if len(values) < 2:
        return None
    if values[0] >= values[1]:
        problems.append(Problem(at, "empty-span", "start must be before end"))
        return None
    return TextPositionSelector(values[0], values[1])


def _quote(item: Mapping[str, object], at: str, problems: list[Problem]) -> TextQuoteSelector | None:
    values: dict[str, str] = {}
    for name in ("exact", "prefix", "suffix"):
        text = item.get(name, None if name == "exact" else "")
        if not isinstance(text, str):
            problems.append(Problem(f"{at}/{name}", "string", f"{name} must be a string"))
        elif bad := unwritable(text):
            problems.append(Problem(f"{at}/{name}", "characters", f"{name} contains {bad}"))
        else:
            values[name] = text
    _only(item, ("type", "exact", "prefix", "suffix"), at, problems)
    if len(values) < 3:
        return None
    if not values["exact"].strip():
        problems.append(Problem(f"{at}/exact", "blank", "exact must contain more than white space"))
        return None
    return TextQuoteSelector(**values)


def _only(item: Mapping[str, object], known: tuple[str, ...], at: str, problems: list[Problem]) -> None:
    detail = "this field is not known here"
    problems += (Problem(pointer_to(at, name), "unknown-field", detail) for name in item if name not in known)


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
