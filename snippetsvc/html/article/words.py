"""A page's words in document order, counted once: of each element how many it has, and how many lead elsewhere."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import sub
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
#: What else is counted: what shows without words, and what holds words together.
_COUNTED = {
    **dict.fromkeys("img amp-img".split(), "pictures"),
    **dict.fromkeys("iframe object video audio embed amp-iframe amp-video amp-youtube math".split(), "embeds"),
    "mjx-container": "embeds",
    **dict.fromkeys("table pre".split(), "tables"),
    "figure": "figures",
    "blockquote": "quotes",
}


class Counts(NamedTuple):
    """Of an element: its words, those of them in links that lead elsewhere, and what else is in it."""

    words: int = 0
    linked: int = 0
    pictures: int = 0
    embeds: int = 0
    tables: int = 0
    figures: int = 0
    quotes: int = 0

    @property
    def prose(self) -> int:
        return self.words - self.linked


_NOTHING = Counts()


class Words:
    """All words below `tree`, and the place of each element among them: `[start, end)`, as indices of `said`."""

    def __init__(self, tree: Tag) -> None:
        self.said: list[str] = []
        self._in_link: list[bool] = []
        self._others = dict.fromkeys(Counts._fields[2:], 0)
        self._linked = 0
        self._places: dict[int, tuple[Counts, Counts]] = {}
        self._walk(tree, linked=False)
        self.linked = prefix_sums(self._in_link)

    def _walk(self, element: Tag, linked: bool) -> None:
        before = self._so_far()
        for child in element.contents:
            if isinstance(child, Tag):
                if child.name in UNSEEN:
                    self._count(child)
                else:
                    self._walk(child, linked or _leads_elsewhere(child))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                found = words_of(child)
                self.said += found
                self._in_link += [linked] * len(found)
                self._linked += linked * len(found)
        self._count(element)
        self._places[id(element)] = before, self._so_far()

    def _count(self, element: Tag) -> None:
        if kind := _COUNTED.get(element.name):
            self._others[kind] += 1

    def _so_far(self) -> Counts:
        return Counts(len(self.said), self._linked, *self._others.values())

    def has(self, element: Tag) -> bool:
        """Whether an element takes part: scripts, controls and the like do not."""
        return id(element) in self._places

    def span(self, element: Tag) -> tuple[int, int]:
        before, after = self._places.get(id(element), (_NOTHING, _NOTHING))
        return before.words, after.words

    def counts(self, element: Tag) -> Counts:
        """Of the element itself and all that is in it."""
        before, after = self._places.get(id(element), (_NOTHING, _NOTHING))
        return Counts(*map(sub, after, before))


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
