"""Stage 5: what was put in, or taken out, could often as well be said to begin some words earlier or later, where the
words at both of its ends are equal. Then it is whole lines, else whole sentences, if it can be.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import islice

from snippetsvc.anchoring.links import Links
from snippetsvc.anchoring.pair import Pair

#: Words by which something slides at most; bounds the time where one word is repeated.
FAR = 50
#: Signs that end a sentence, folded: Latin and Cyrillic, Chinese and Japanese, Hindi, Arabic.
STOPS = frozenset(".!?。।؟")


def bounded(pair: Pair, words: Sequence[int], at: int, step: int) -> bool:
    """Whether a sentence or a line ends with word `at`, or begins with it (step -1)."""
    if step < 0 and at:
        return words[at - 1] == pair.line_end or bounded(pair, words, at - 1, 1)
    if step < 0 or at + 1 == len(words):
        return not (pair.excerpt and words is pair.a) or (step > 0 and pair.keys[words[at]][:1] in STOPS)
    return words[at + 1] == pair.line_end or pair.keys[words[at]][:1] in STOPS


def slide(pair: Pair, links: Links) -> None:
    """Move what slides, in a reading."""
    _slide(pair, pair.a, pair.b, links.to, links.fro)
    _slide(pair, pair.b, pair.a, links.fro, links.to)


def _slide(pair: Pair, a: Sequence[int], b: Sequence[int], to: array[int], fro: array[int]) -> None:
    """What stands in b alone, between two neighbours of a."""
    # What has just been moved is looked at where it is now.
    for i, (j, end) in enumerate(zip(to, islice(to, 1, None), strict=False)):
        if j < 0 or end <= j + 1 or (a[i] != b[end - 1] and a[i + 1] != b[j + 1]):
            continue
        if fro[j + 1] >= 0 or fro[end - 1] >= 0 or max(fro[j + 1 : end]) >= 0:
            continue
        back = 0
        while back < min(FAR, i) and _slides(a, b, to, fro, i - back, j - back, end - 1 - back):
            back += 1
        on = 0
        while on < min(FAR, len(a) - i - 1) and _slides(a, b, to, fro, i + 1 + on, end + on, j + 1 + on):
            on += 1
        best = max(range(-back, on + 1), key=lambda by: (_boundary(pair, b, j + 1 + by), -abs(by)))
        for x in range(i, i + best, -1) if best < 0 else range(i + 1, i + 1 + best):
            there = to[x] + (end - j - 1 if best < 0 else j + 1 - end)
            fro[to[x]], to[x], fro[there] = -1, there, x


def _slides(a: Sequence[int], b: Sequence[int], to: array[int], fro: array[int], x: int, at: int, there: int) -> bool:
    """Whether word x of a, which is word `at` of b, could as well be word `there`."""
    return to[x] == at and fro[at] == x and a[x] == b[at] == b[there]


def _boundary(pair: Pair, b: Sequence[int], j: int) -> tuple[bool, bool, bool]:
    """How much of a boundary stands before word j: a line's end, which is most, a sentence's, another sign."""
    before = b[j - 1] if j else pair.line_end
    return pair.line_end in (before, b[j]), pair.keys[before][:1] in STOPS, not pair.words[before]
