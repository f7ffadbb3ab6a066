"""Two texts side by side: their words as numbers, and how surprising it is to meet a word again by chance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from snippetsvc.anchoring.words import SINGLE, WORD, Words

#: Words that a text is thought to be a part of: in a short text, each word occurs once and none is rare for it.
BACKGROUND_WORDS = 1500
#: The characters of an unspaced script predict each other (two or three make a word), so that each tells less.
SINGLE_WEIGHT = 0.55
#: A comma or a dash tells next to nothing: the typography of any two sentences agrees in it.
MARK_WEIGHT = 0.3


class Kind(IntEnum):
    """What became of the words of a link."""

    SAME = 0  # equal keys
    EDITED = 1  # alike: a typo, an ending, two words joined
    REPLACED = 2  # unlike, but in the same place


@dataclass(frozen=True, slots=True)
class Link:
    """Old words `[i, i + n)` stand in the new text as words `[j, j + m)`. For SAME, `n == m`, word by word."""

    i: int
    j: int
    n: int
    m: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Area:
    """Old words `[i0, i1)` and new words `[j0, j1)`: where an answer is looked for."""

    i0: int
    i1: int
    j0: int
    j1: int

    @property
    def olds(self) -> int:
        return self.i1 - self.i0

    @property
    def news(self) -> int:
        return self.j1 - self.j0

    def between(self, links: Iterable[Link]) -> Iterator[Area]:
        """The areas left over between links that are in order; those with nothing on either side too."""
        i, j = self.i0, self.j0
        for link in links:
            yield Area(i, link.i, j, link.j)
            i, j = link.i + link.n, link.j + link.m
        yield Area(i, self.i1, j, self.j1)


class Pair:
    """The words of an old and a new text, numbered alike.

    a, b: the numbers; equal numbers mean equal keys. surprise: by number, −ln of the word's frequency (nats).
    sums: running totals of the surprise over the old words, so that any stretch is one subtraction.
    """

    def __init__(self, old: Words, new: Words) -> None:
        self.old, self.new = old, new
        numbers: dict[str, int] = {}
        self.a = [numbers.setdefault(key, len(numbers)) for key in old.keys]
        self.b = [numbers.setdefault(key, len(numbers)) for key in new.keys]
        self.keys = list(numbers)
        counts = [0] * len(numbers)
        kinds = [""] * len(numbers)
        for side, words in ((self.a, old), (self.b, new)):
            for number, kind in zip(side, words.kinds, strict=True):
                counts[number] += 1
                kinds[number] = kind
        self.kinds = kinds
        whole = len(self.a) + len(self.b) + BACKGROUND_WORDS
        weights = {WORD: 1.0, SINGLE: SINGLE_WEIGHT}
        self.surprise = [
            math.log(whole / max(count, 2)) * weights.get(kind, MARK_WEIGHT)
            for count, kind in zip(counts, kinds, strict=True)
        ]
        self.sums = list(accumulate((self.surprise[number] for number in self.a), initial=0.0))

    @property
    def area(self) -> Area:
        return Area(0, len(self.a), 0, len(self.b))

    def is_word(self, number: int) -> bool:
        return self.kinds[number] in (WORD, SINGLE)
