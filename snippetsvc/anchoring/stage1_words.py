"""Stage 1: a text as words, as Unicode cuts them (UAX 29); where no spaces are written, each character is one.

A line's end is a word, and so is every other sign; a run of one sign counts as one.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from operator import add

import regex

from snippetsvc.anchoring.folds import linked

LINE_END = "\n"
#: Characters that stand close are words each; matched together, as the first group, which is quicker.
#: \B under the flag w: no boundary of words. Flags of countries stand apart: runs of them would cost quadratic time.
_WORDS = regex.compile(
    r"(?w)([\u3041-\u3096\u4e00-\u9fff]+)(?![\p{M}\p{Cf}])|\n|\p{RI}{1,2}\p{M}*|([^\w\s])\2+|[^\s\u200b](?:\B\S)*"
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


def words_of(text: str) -> Words:
    """Split `text` into words. Linear in its length."""
    starts, words = array("i"), list[str]()
    for found in _WORDS.finditer(text):
        if found.lastindex == 1:
            starts.extend(range(*found.span()))
            words.extend(found.group())
        else:
            starts.append(found.start())
            words.append(found.group())
    ends = array("i", map(add, starts, map(len, words)))
    keys = {word: linked(word) for word in set(words)}
    return Words(text, starts, ends, list(map(keys.__getitem__, words)))
