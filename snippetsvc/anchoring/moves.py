"""Passages that moved: where words that have no place in order are met again among those that came from nowhere."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from snippetsvc.anchoring.chains import meetings
from snippetsvc.anchoring.pairs import Area, Pair
from snippetsvc.anchoring.words import SINGLE

#: How much more surprising than a chance meeting a passage must be (nats) to be taken for one that moved: far more
#: than a landmark in its place, since nothing but its words speaks for it.
SURE_MOVED = 9.0
#: Fewer words than this are a phrase, which anyone may write again elsewhere.
FEWEST_MOVED = 4
FEWEST_MOVED_SINGLES = 8
#: What the words of a whole line must say at least (nats): two usual words, or a rare one.
SURE_LINE = 6.0
#: Words between two landmarks of one passage; in a passage edited by a third, landmarks are nearer.
WIDEST = 40
#: How far the distance between two landmarks may change, as a share of it, when words come and go between them.
DRIFT = 0.4
#: A passage begins and ends outside its landmarks: by at least so many words, and at most its own length more.
MARGIN = 30
#: How many passages are kept in mind at once while landmarks are gone through.
OPEN_PASSAGES = 12


#: The share of its words that a passage must have in landmarks.
THINNEST = 0.2
#: What words that were copied along with a passage must say together (nats) to be no chance, and how far beside it
#: they are looked for.
COPIED = 9.0
BESIDE = 6


@dataclass(slots=True)
class _Passage:
    """Landmarks in a row. evidence: their surprise in all (nats); words: how many words they consist of."""

    i0: int
    i1: int
    j0: int
    j1: int
    evidence: float
    words: int


def moved_areas(pair: Pair, old_claims: bytearray, new_claims: bytearray) -> Iterator[Area]:
    """Areas of passages that moved, the clearest first, among the words that are not claimed (byte 0).

    The claims are read again before each area is yielded: the caller marks what it takes.
    """
    olds, news = _Loose(pair.a, old_claims, -1), _Loose(pair.b, new_claims, -2)
    if not olds.places or not news.places:
        return
    floor = SURE_MOVED + math.log(len(news.places))
    for size in (3, 2, 1):
        passages = sorted(_passages(pair, olds, news, size), key=lambda passage: -passage.evidence)
        for passage in passages:
            long = passage.evidence >= floor and _long_enough(pair, passage)
            if (long or _whole_lines(pair, passage)) and not _copied(pair, passage, old_claims, new_claims):
                yield _with_margin(passage, old_claims, new_claims)
        olds, news = _Loose(pair.a, old_claims, -1), _Loose(pair.b, new_claims, -2)


class _Loose:
    """The unclaimed words of one text in a row, stretches parted by numbers that equal nothing.

    numbers: the words' numbers, below 0 a parting; places: where each stands in the text, −1 for a parting.
    """

    def __init__(self, numbers: Sequence[int], claims: bytearray, parting: int) -> None:
        self.numbers: list[int] = []
        self.places: list[int] = []
        at = claims.find(0)
        while at >= 0:
            end = claims.find(1, at)
            end = len(claims) if end < 0 else end
            self.numbers += numbers[at:end]
            self.places += range(at, end)
            self.numbers.append(parting - 2 * at)
            self.places.append(-1)
            at = claims.find(0, end)


def _passages(pair: Pair, olds: _Loose, news: _Loose, size: int) -> list[_Passage]:
    """Landmarks of `size` words, gathered into passages: near each other, and at about the same distance in both."""
    done: list[_Passage] = []
    open_ones: list[_Passage] = []
    for first, second in meetings(olds.numbers, news.numbers, size, 1):
        i, j = olds.places[first], news.places[second]
        if i < 0 or j < 0:
            continue
        passage = next((one for one in reversed(open_ones) if _follows(one, i, j)), None)
        if passage is None:
            passage = _Passage(i, i, j, j, 0.0, 0)
            if len(open_ones) == OPEN_PASSAGES:
                done.append(open_ones.pop(0))
        else:
            open_ones.remove(passage)
        fresh = max(i, passage.i1)
        passage.evidence += pair.sums[i + size] - pair.sums[fresh]
        passage.words += i + size - fresh
        passage.i1, passage.j1 = i + size, j + size
        open_ones.append(passage)
    return done + open_ones


def _follows(passage: _Passage, i: int, j: int) -> bool:
    further, other = i - passage.i1, j - passage.j1
    return (
        further <= WIDEST and i > passage.i0 and j > passage.j0 and abs(further - other) <= 2 + DRIFT * max(further, 0)
    )


def _whole_lines(pair: Pair, passage: _Passage) -> bool:
    """Whether the passage is a heading or a list item that was moved as it stands."""
    return passage.evidence >= SURE_LINE and all(
        words.breaks[start] == 3 and (end == len(words) or words.breaks[end] == 3)
        for words, start, end in ((pair.old, passage.i0, passage.i1), (pair.new, passage.j0, passage.j1))
    )


def _long_enough(pair: Pair, passage: _Passage) -> bool:
    singles = SINGLE in pair.old.kinds[passage.i0 : passage.i1]
    fewest = FEWEST_MOVED_SINGLES if singles else FEWEST_MOVED
    return passage.words >= max(fewest, THINNEST * (passage.i1 - passage.i0))


def _copied(pair: Pair, passage: _Passage, old_claims: bytearray, new_claims: bytearray) -> bool:
    """Whether the passage is part of a copy: words among and beside it were copied too, and kept their own place."""
    copied: set[int] = set()
    for shift in {passage.j0 - passage.i0, passage.j1 - passage.i1}:
        low = max(0, -shift, passage.i0 - BESIDE)
        high = min(len(pair.a), len(pair.b) - shift, passage.i1 + BESIDE)
        copied.update(
            i
            for i in range(low, high)
            if old_claims[i] and not new_claims[i + shift] and pair.a[i] == pair.b[i + shift]
        )
    return sum(pair.surprise[pair.a[i]] for i in copied) >= COPIED


def _with_margin(passage: _Passage, old_claims: bytearray, new_claims: bytearray) -> Area:
    """The passage and what may belong to it on both sides, up to the next claimed word in either text."""
    old_low, old_high = _room(old_claims, passage.i0, passage.i1)
    new_low, new_high = _room(new_claims, passage.j0, passage.j1)
    most = MARGIN + passage.i1 - passage.i0
    before = min(passage.i0 - old_low, passage.j0 - new_low, most)
    after = min(old_high - passage.i1, new_high - passage.j1, most)
    # The shorter side decides; the longer one gets some more, for words that were put in or left out.
    return Area(
        max(old_low, passage.i0 - before - before // 4 - 2),
        min(old_high, passage.i1 + after + after // 4 + 2),
        max(new_low, passage.j0 - before - before // 4 - 2),
        min(new_high, passage.j1 + after + after // 4 + 2),
    )


def _room(claims: bytearray, start: int, end: int) -> tuple[int, int]:
    low = claims.rfind(1, 0, start) + 1
    high = claims.find(1, end)
    return low, len(claims) if high < 0 else high
