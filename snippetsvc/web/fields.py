"""What a body of a request is declared with: kinds of values of JSON.

Each reads a value, and names all that is wrong with it. Pointers are JSON Pointers (RFC 6901) from the value on; what
holds it puts its own part before. `name` is how a sentence about the value calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from snippetsvc.errors import Invalid, Problem
from snippetsvc.text.selectors import unwritable


class Kind(Protocol):
    def read(self, value: object, name: str) -> Any:
        """The value as it goes on. Raises `Invalid` with every problem."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer from `least` to `most`; `what` says so."""

    least: int
    most: int
    rule: str
    what: str

    def read(self, value: object, name: str) -> int:
        # bool is an int in Python, and no number in JSON.
        if type(value) is not int or not self.least <= value <= self.most:
            raise Invalid.one("", self.rule, f"{name} must be {self.what}")
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """A string that a document can contain.

    check: makes the value of it, raising `ValueError` with what is wrong, said of the field; rule: of that one, unless
    given the field's name; most: characters; what: what it must be, in place of saying which character is wrong.
    """

    check: Callable[[str], Any] = str
    rule: str | None = None
    most: int | None = None
    what: str | None = None
    nul: bool = False

    def read(self, value: object, name: str) -> Any:
        bad = unwritable(value.replace("\0", "") if self.nul else value) if isinstance(value, str) else None
        if not isinstance(value, str) or (self.what and bad) or (self.most is not None and len(value) > self.most):
            raise Invalid.one("", "string", f"{name} must be {self.what or 'a string'}")
        if bad:
            raise Invalid.one("", "characters", f"{name} contains {bad}")
        try:
            return self.check(value)
        except ValueError as error:
            raise Invalid.one("", self.rule or name.replace("_", "-"), f"{name} {error}") from None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the names of `values`."""

    values: Mapping[str, Any]

    def read(self, value: object, name: str) -> Any:
        if not isinstance(value, str) or value not in self.values:
            raise Invalid.one("", name, f"{name} must be one of {', '.join(self.values)}")
        return self.values[value]


@dataclass(frozen=True, slots=True)
class Nullable:
    """`kind`, or null."""

    kind: Kind

    def read(self, value: object, name: str) -> Any:
        return None if value is None else self.kind.read(value, name)


@dataclass(frozen=True, slots=True)
class List:
    """`least` to `most` values of a kind, each called `each`; with `once`, a rule, at most one of each class."""

    kind: Kind
    each: str
    what: str
    most: int
    once: str | None = None
    least: int = 1

    def read(self, value: object, name: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            raise Invalid.one("", name, f"{name} must be a list of {self.what}")
        found: list[Any] = []
        problems: list[Problem] = []
        classes: set[type] = set()
        for index, item in enumerate(value):
            try:
                found.append(self.kind.read(item, self.each))
            except Invalid as error:
                problems += _below(str(index), error)
                continue
            kind = type(found[-1])
            if self.once and kind in classes:
                problems.append(Problem(f"/{index}", self.once, f"a second {kind.__name__}: at most one of each type"))
            classes.add(kind)
        if problems:
            raise Invalid(problems)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object. default: where it is not there, `...`: it must be; missing: what is said then."""

    kind: Kind
    default: Any = ...
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """An object of these fields and no others; `make` makes the value of them, and may raise `Invalid` itself."""

    fields: Mapping[str, Field]
    make: Callable[..., Any] = dict

    def read(self, value: object, name: str) -> Any:
        if not isinstance(value, dict):
            raise Invalid.one("", "object", f"{name} must be an object")
        problems = [] if value.keys() <= self.fields.keys() else _unknown(value, self.fields.keys())
        found, made = {}, None
        for part, field in self.fields.items():
            if part not in value and field.default is not ...:
                found[part] = field.default
            elif part not in value and field.missing:
                problems.append(Problem(f"/{part}", "required", field.missing))
            else:
                try:
                    found[part] = field.kind.read(value.get(part), part)
                except Invalid as error:
                    problems += _below(part, error)
        if len(found) == len(self.fields):
            try:
                made = self.make(**found)
            except Invalid as error:
                problems += error.problems
        if problems:
            raise Invalid(problems)
        return made


@dataclass(frozen=True, slots=True)
class Tagged:
    """An object whose `type` says which of `kinds` it is besides; `rule`: of that."""

    kinds: Mapping[str, Object]
    rule: str

    def read(self, value: object, name: str) -> Any:
        if not isinstance(value, dict):
            raise Invalid.one("", "object", f"{name} must be an object")
        rest = dict(value)
        kind = rest.pop("type", None)
        if not isinstance(kind, str) or kind not in self.kinds:
            raise Invalid.one("/type", self.rule, f"type must be {' or '.join(self.kinds)}")
        return self.kinds[kind].read(rest, name)


def _below(part: str, error: Invalid) -> Iterator[Problem]:
    return (replace(problem, pointer=f"/{part}{problem.pointer}") for problem in error.problems)


def _unknown(value: Mapping[str, object], known: Collection[str]) -> list[Problem]:
    detail = "this field is not known here"
    return [Problem(_pointer_to(name), "unknown-field", detail) for name in value if name not in known]


def _pointer_to(name: str) -> str:
    """The JSON Pointer of a field that may be called anything; of a long name, the beginning.

    A lone surrogate, which an answer cannot contain, is shown as in Python.
    """
    shown = name[:80].encode("utf-8", "backslashreplace").decode()
    return f"/{shown.replace('~', '~0').replace('/', '~1')}"
