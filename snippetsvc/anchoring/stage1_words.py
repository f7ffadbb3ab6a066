"""Stage 1: a text as words, as Unicode cuts them (UAX 29); where no spaces are written, each character is one.

A line's end is a word, and so is every other sign; a run of one sign counts as one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import methodcaller

import regex

from snippetsvc.anchoring.folds import linked

LINE_END = "\n"
#: Characters that stand close; matched together, which is quicker, they are words each.
_CLOSE = regex.compile(r"[\u3041-\u3096\u4e00-\u9fff]+")
#: \B under the flag w: no boundary of words. Flags of countries stand apart: runs of them would cost quadratic time.
_WORD = regex.compile(
    r"(?w)[\u3041-\u3096\u4e00-\u9fff]+(?![\p{M}\p{Cf}])|\n|\p{RI}{1,2}\p{M}*|([^\w\s])\1+|[^\s\u200b](?:\B\S)*"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order: where each begins and ends (code points, half-open), and what links it."""

    text: str
    starts: array[int]
    ends: array[int]
    keys: list[str]

    def word(self, at: int) -> str:
        """As it is written."""
        return self.text[self.starts[at] : self.ends[at]]


class _Keys(dict[str, str]):
    """What links each word; folded once, since the words of a text recur."""

    def __missing__(self, word: str) -> str:
        key = self[word] = linked(word)
        return key


def words_of(text: str) -> Words:
    """Split `text` into words. Linear in its length."""
    spans: Iterable[tuple[int, int]] = map(methodcaller("span"), _WORD.finditer(text))
    if _CLOSE.search(text):
        close = (pairwise(range(i, j + 1)) if _CLOSE.fullmatch(text, i, j) else ((i, j),) for i, j in spans)
        spans = chain.from_iterable(close)
    bounds = array("i", chain.from_iterable(spans))
    starts, ends, keys = bounds[::2], bounds[1::2], _Keys()
    return Words(text, starts, ends, [keys[text[start:end]] for start, end in zip(starts, ends, strict=True)])
