"""A page's words in document order, counted once: of each element how many it has, and how many lead elsewhere."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from snippetsvc.html.sanitise import HIDDEN, attribute

#: Scripts without spaces between words; a character counts as one.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
#: What is in them is no prose.
UNSEEN = frozenset(
    {HIDDEN, *"title script style noscript svg button select textarea iframe object video audio canvas".split()}
)
_PICTURES = frozenset({"img", "amp-img"})
_EMBEDS = frozenset("iframe object video audio embed amp-iframe amp-video amp-youtube math".split())


class _Place(NamedTuple):
    """How much stands before a place in the page."""

    words: int
    pictures: int
    embeds: int


_NOWHERE = _Place(0, 0, 0), _Place(0, 0, 0)


class Counts(NamedTuple):
    """Of an element: its words, those of them in links that lead elsewhere, its pictures, and what is embedded."""

    words: int
    linked: int
    pictures: int
    embeds: int

    @property
    def prose(self) -> int:
        return self.words - self.linked


class Words:
    """All words below `tree`, and the place of each element among them: `[start, end)`, as indices of `said`."""

    def __init__(self, tree: Tag) -> None:
        self.said: list[str] = []
        self._in_link: list[bool] = []
        self._places: dict[int, tuple[_Place, _Place]] = {}
        self._pictures = self._embeds = 0
        self._walk(tree, linked=False)
        self.linked = prefix_sums(self._in_link)

    def _walk(self, element: Tag, linked: bool) -> None:
        start = self._place()
        self._pictures += element.name in _PICTURES
        for child in element.contents:
            if isinstance(child, Tag):
                self._embeds += child.name in _EMBEDS
                if child.name not in UNSEEN:
                    self._walk(child, linked or _leads_elsewhere(child))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                found = words_of(child)
                self.said += found
                self._in_link += [linked] * len(found)
        self._places[id(element)] = start, self._place()

    def _place(self) -> _Place:
        return _Place(len(self.said), self._pictures, self._embeds)

    def has(self, element: Tag) -> bool:
        """Whether an element takes part: scripts, controls and the like do not."""
        return id(element) in self._places

    def span(self, element: Tag) -> tuple[int, int]:
        start, end = self._places.get(id(element), _NOWHERE)
        return start.words, end.words

    def counts(self, element: Tag) -> Counts:
        start, end = self._places.get(id(element), _NOWHERE)
        return Counts(
            end.words - start.words,
            self.linked[end.words] - self.linked[start.words],
            end.pictures - start.pictures,
            end.embeds - start.embeds,
        )


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def worded(text: str) -> str:
    """The words of `text` alone, in lower case, as texts are compared."""
    return " ".join(words_of(text)).casefold()


def prefix_sums(values: list[bool]) -> list[int]:
    """How many of the values before each place are true."""
    return [0, *accumulate(values)]


def _leads_elsewhere(element: Tag) -> bool:
    # A place in the same text is part of it: contents, notes.
    return element.name == "a" and not attribute(element, "href").startswith("#") and element.has_attr("href")
