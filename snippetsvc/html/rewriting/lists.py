"""Lists whose levels only their classes or attributes tell are nested as they look.

Google Docs writes each level as a list of its own beside the others (`lst-kix_…-1`), Word Online each item as one
(`aria-level`), and what Google Docs copies, as old pages do, puts a list into a list and not into its item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple, TypeGuard

from bs4 import Tag
from bs4.element import PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, emptied, refill, words

_LISTS = ("ul", "ol")
_GOOGLE = re.compile(r"(?:^|\s)lst-(\S+)-(\d{1,3})(?:\s|$)")
_LEVEL = re.compile(r"\d{1,2}")


class Level(NamedTuple):
    """Where a list belongs: how deep, and what distinguishes it from another one at that depth."""

    depth: float
    key: object


@dataclass(slots=True)
class Nest:
    """Lists in the making: the outermost ones, and those that are open, each in the last item of the one before."""

    outermost: list[PageElement] = field(default_factory=list)
    _open: list[tuple[Level, Tag]] = field(default_factory=list)

    def at(self, level: Level, new: Tag) -> Tag:
        """The list for an item of that level: one that is open, else `new`, in its place."""
        while self._open and self._open[-1][0].depth > level.depth:
            self._open.pop()
        if self._open and self._open[-1][0].depth == level.depth:
            if self._open[-1][0] == level:
                return self._open[-1][1]
            self._open.pop()
        if self._open:
            _item(self._open[-1][1]).append(new)
        else:
            self.outermost.append(new)
        self._open.append((level, new))
        return new


def nested(root: Tag, page: Page, _: Notices) -> None:
    around: set[int] = set()
    for each in elements(root, *_LISTS):
        if _level(each) and (parent := each.parent) is not None:
            around |= {id(parent)} if parent is root else {id(parent), id(parent.parent)}
    for element in (root, *elements(root)):
        if id(element) in around:
            _nest_among(element)
    for element in elements(root, *_LISTS):
        inner = [each for each in element.children if isinstance(each, Tag) and each.name in _LISTS]
        if inner and (page.whole or any(_level(each) for each in (element, *inner))):
            _nest_within(element)


def _nest_among(parent: Tag) -> None:
    """Nest the lists that stand side by side in an element."""
    nest = Nest()
    children: list[PageElement] = []
    for child in emptied(parent):
        element = _alone(child)
        if element is not None and (level := _level(element)):
            place = nest.at(level, element)
            if place is not element:
                for item in emptied(element):
                    place.append(item)
            continue
        if isinstance(child, Tag) or words(child):
            children += nest.outermost
            nest = Nest()
        children.append(child)
    refill(parent, children + nest.outermost)


def _alone(node: PageElement) -> Tag | None:
    """The list that a node is, or that is all there is in it: Word Online wraps each one."""
    if _is_list(node):
        return node
    if not isinstance(node, Tag) or node.name != "div":
        return None
    inner = [each for each in node.children if isinstance(each, Tag) or words(each)]
    return inner[0] if len(inner) == 1 and _is_list(inner[0]) else None


def _is_list(node: PageElement) -> TypeGuard[Tag]:
    return isinstance(node, Tag) and node.name in _LISTS


def _nest_within(element: Tag) -> None:
    """Put the lists in a list into the items before them."""
    children: list[PageElement] = []
    item: Tag | None = None
    for child in emptied(element):
        if isinstance(child, Tag) and child.name in _LISTS and item is not None:
            item.append(child)
            continue
        if isinstance(child, Tag):
            item = child if child.name == "li" else None
        children.append(child)
    refill(element, children)


def _item(element: Tag) -> Tag:
    """The last item of a list; one that shows nothing, where it has none."""
    last = next((each for each in reversed(element.contents) if isinstance(each, Tag) and each.name == "li"), None)
    if last is None:
        last = Tag(name="li")
        element.append(last)
    return last


def _level(element: Tag) -> Level | None:
    """The level that a list says it has, or its first item for it."""
    if google := _GOOGLE.search(attribute(element, "class")):
        return Level(int(google[2]), (google[1], element.name))
    item = next((each for each in element.children if isinstance(each, Tag) and each.name == "li"), element)
    said = attribute(item, "aria-level") or attribute(item, "data-aria-level")
    return Level(int(said), (attribute(item, "data-listid"), element.name)) if _LEVEL.fullmatch(said) else None
