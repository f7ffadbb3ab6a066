"""Stage 6: the place of a span is the best segment of its matches, in the reading that explains it better.

A *segment* is a stretch of the span's matches, in the order of the new text. Its *score* is their information, less
what is paid for the words passed over, and what its *context*, the words beside the span, says for this place: at most
as much as the segment says itself, so that a full stop in the old place does not outvote a sentence that moved.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from snippetsvc.anchoring.chains import Match, paying_runs
from snippetsvc.anchoring.links import Links, theirs
from snippetsvc.anchoring.pair import EVIDENCE, PASSED, Pair
from snippetsvc.anchoring.stage4_regions import likeness
from snippetsvc.anchoring.stage5_slides import STOPS, bounded
from snippetsvc.models import Span

#: Share of a span that has to be left, of its information and of its letters alike.
HALF = 0.5
#: New words that may have come for each old one that went, and one more: an article, a preposition.
INSERTED = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A span in words. words: the old ones that it touches, one at least; letters: how many of each lie in it (code
    points); worth: what these say (nats)."""

    span: Span
    words: range
    letters: dict[int, int]
    worth: dict[int, float]

    @classmethod
    def of(cls, pair: Pair, span: Span) -> Marked | None:
        """None where the span touches no word."""
        starts, ends = pair.old.starts, pair.old.ends
        words = range(bisect_right(ends, span.start), bisect_left(starts, span.end))
        if not words or not span:
            return None
        letters = {i: min(span.end, ends[i]) - max(span.start, starts[i]) for i in words}
        worth = {i: pair.information[pair.a[i]] * count / (ends[i] - starts[i]) for i, count in letters.items()}
        return cls(span, words, letters, worth)


@dataclass(frozen=True, slots=True)
class Segment:
    """matches: of a span's words, in the new order; links: the reading that they are of; score: nats, with context."""

    matches: Sequence[Match]
    links: Links
    score: float


def segment_of(pair: Pair, marked: Marked, readings: Sequence[Links]) -> Segment | None:
    """The best segment; None where less than half is left. Of equal ones that of the reading that comes first."""
    best = max((_best(pair, marked, links, readings) for links in readings), key=lambda segment: segment.score)
    information = sum(match.worth for match in best.matches) / sum(marked.worth.values())
    letters = sum(marked.letters[match.i] for match in best.matches) / sum(marked.letters.values())
    return best if (information + letters) / 2 >= HALF else None


def _best(pair: Pair, marked: Marked, links: Links, readings: Sequence[Links]) -> Segment:
    to = links.to
    matches = [Match(i, to[i], worth * likeness(pair, i, to[i])) for i, worth in marked.worth.items() if to[i] >= 0]
    if not matches:
        return Segment([], links, 0.0)
    matches.sort(key=lambda match: match.j)
    start, end, score = max(paying_runs(matches, old_too=False), key=lambda run: run[2])
    # A piece cut off stays after all where its own neighbours speak for it, the more so if a passage moved in between.
    for piece, far, near in ((matches[:start], 0, start), (matches[end:], len(matches) - 1, end - 1)):
        own = sum(match.worth for match in piece)
        low, high = sorted((matches[far].j, matches[near].j))
        price = PASSED * (high - low - len(piece))
        more = own + _context(pair, links, marked, piece, own) - price if piece else 0.0
        if more > 0:
            moved = (pair.information[pair.b[j]] for j in range(low, high) if not theirs(readings, j, marked.words))
            if more > 2 * EVIDENCE or sum(moved) < pair.anywhere:
                start, end, score = min(start, far), max(end, far + 1), score + own - price
    chosen = matches[start:end]
    return Segment(chosen, links, score + _context(pair, links, marked, chosen, score))


def _context(pair: Pair, links: Links, marked: Marked, matches: Sequence[Match], most: float) -> float:
    """What the words beside a span say for the place of its outermost matches (nats), `most` at most."""
    before = _beside(pair, links, marked.words.start - 1, -1, min(matches).j, most)
    after = _beside(pair, links, marked.words.stop, 1, max(matches).j, most)
    return min(most, before + after)


def _beside(pair: Pair, links: Links, i: int, step: int, at: int, most: float) -> float:
    """What old words from i on, back or forth, say for standing beside new word `at`, as long as they keep their
    order and pay for the words passed over; `most` is enough."""
    to = links.to
    best = score = 0.0
    while 0 <= i < len(to) and best < most and best - score < EVIDENCE and (to[i] < 0 or (to[i] - at) * step > 0):
        if to[i] < 0:
            score -= PASSED
        else:
            score += pair.information[pair.a[i]] - PASSED * (abs(to[i] - at) - 1)
            at = to[i]
        best, i = max(best, score), i + step
    return best


def in_place(pair: Pair, marked: Marked, links: Links) -> range | None:
    """The new words that came for those of a span: too little is left of it, but both words beside it are matched.

    What both sides say, and what is left, has to pay for the words that went and came. A side counts as far as evidence
    goes, so that a sentence is not followed into another one that was put between the same two.
    """
    olds = marked.words
    low, high = links.behind(olds.start - 1), links.before(olds.stop)
    if low is None or high is None:
        return None
    came = range(low, high)
    left = [i for i in olds if links.to[i] in came]
    went = len(olds) - len(left)
    said = sum(pair.information[pair.a[i]] for i in left)
    price = PASSED * (went + len(came) - len(left))
    if not came or said + 2 * EVIDENCE < price:
        return None
    fresh = [j for j in came if links.fro[j] < 0]
    size = sum(pair.words[pair.b[j]] for j in fresh)
    if not fresh or size > INSERTED * went + 1 or not all(theirs([links], j, olds) for j in came):
        return None
    # A sign comes in the place of a sign, and what came for a word was put for no few letters of it; nothing came where
    # what the span left of the words that it cuts ran together.
    old, start, end = pair.old.text, pair.old.starts[olds[0]], pair.old.ends[olds[-1]]
    few = sum(marked.letters.values()) < HALF * (end - start)
    rest = old[start : marked.span.start] + old[marked.span.end : end]
    ran_together = rest == pair.new.text[pair.new.starts[low] : pair.new.ends[high - 1]]
    if few or ran_together or (not size and any(pair.words[pair.a[i]] for i in set(olds) - set(left))):
        return None
    # What stands around a whole sentence is others', and says half as much for what came between them.
    last = olds.stop if olds.stop < len(pair.a) and pair.keys[pair.a[olds.stop]][:1] in STOPS else olds.stop - 1
    most = EVIDENCE / 2 if bounded(pair, pair.a, olds.start, -1) and bounded(pair, pair.a, last, 1) else EVIDENCE
    before = _beside(pair, links, olds.start - 1, -1, low, most) if olds.start else most
    after = _beside(pair, links, olds.stop, 1, high - 1, most) if olds.stop < len(pair.a) else most
    return came if said + min(most, before) + min(most, after) >= price else None
