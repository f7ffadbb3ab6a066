"""The elements below and above one, by their names: quicker than a search by what bs4 takes for a description."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bs4 import Tag


def below(element: Tag, names: Collection[str]) -> Iterator[Tag]:
    """The elements in it that have one of these names, in document order; while they are looked at, none may change."""
    return (each for each in element.descendants if isinstance(each, Tag) and each.name in names)


def first_below(element: Tag, names: Collection[str]) -> Tag | None:
    return next(below(element, names), None)


def is_in(element: Tag, names: Collection[str]) -> bool:
    return any(each.name in names for each in element.parents)
