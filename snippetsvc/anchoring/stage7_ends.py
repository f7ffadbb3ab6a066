"""Stage 7: where exactly a mark begins and ends: which words at its ends belong to it, and which letters of a word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.chains import Match
from snippetsvc.anchoring.links import Links, theirs
from snippetsvc.anchoring.pair import EVIDENCE, PASSED, Pair
from snippetsvc.anchoring.stage1_words import Words
from snippetsvc.anchoring.stage4_regions import LETTERS
from snippetsvc.anchoring.stage5_slides import bounded
from snippetsvc.anchoring.stage6_place import INSERTED, Marked, Segment, in_place, segment_of
from snippetsvc.models import Span
from snippetsvc.text.graphemes import cluster_end, cluster_start, splits_cluster


@dataclass(frozen=True, slots=True)
class Place:
    """words: of the new text; links: the reading; matches: what is left of the span there, none for what came in its
    place; score: nats."""

    words: range
    links: Links
    matches: Sequence[Match]
    score: float


def place_of(pair: Pair, marked: Marked, readings: Sequence[Links]) -> Place | None:
    """Where a span stands: its best segment with what belongs to it at its ends, else what came in its place."""
    segment = segment_of(pair, marked, readings)
    if segment is not None:
        words = range(_end(pair, marked, segment, readings, -1), _end(pair, marked, segment, readings, 1) + 1)
        return Place(words, segment.links, segment.matches, segment.score)
    places = ((links, in_place(pair, marked, links)) for links in readings)
    return next((Place(words, links, (), 2 * EVIDENCE) for links, words in places if words is not None), None)


def _end(pair: Pair, marked: Marked, segment: Segment, readings: Sequence[Links], step: int) -> int:
    """The new word at one end of a place, the first one where `step` is -1.

    Where the words beyond the span's outermost one in the segment went, what came for them is taken in: as far as the
    word that stands beside the span, if that is known, or where the span ends with its sentence, to the end of that.
    Else the mark shrinks to what is sure.
    """
    links, matches = segment.links, segment.matches
    if step > 0:
        reached, own, at = max(matches).i, marked.words[-1], max(links.past(match.i) for match in matches) - 1
    else:
        reached, own, at = min(matches).i, marked.words[0], min(match.j for match in matches)
    lost = range(reached + 1, own + 1) if step > 0 else range(own, reached)
    if not lost:
        return at
    went = sum(pair.words[pair.a[i]] for i in lost)
    # For whole sentences that went nothing came: others were put there.
    most = INSERTED * went + 1 if went and not bounded(pair, pair.a, reached, step) else 0
    barred = {pair.line_end}.difference(pair.a[lost.start : lost.stop])
    neighbour = links.before(own + 1) if step > 0 else links.behind(own - 1)
    if neighbour is not None:
        end = neighbour - 1 if step > 0 else neighbour
        came = range(at + 1, end + 1) if step > 0 else range(end, at)
        # The span's own last word stands there: what came before it is inside, as far as it and its neighbour pay.
        stands = links.to[own] == end and pair.a[own] == pair.b[end]
        paid = stands and PASSED * len(came) <= marked.worth[own] + 2 * EVIDENCE
        few = paid or (len(came) <= 2 * most + 2 and sum(pair.words[pair.b[j]] for j in came) <= most)
        theirs_alone = (pair.b[j] not in barred and theirs(readings, j, marked.words) for j in came)
        if (end - at) * step >= 0 and few and all(theirs_alone):
            return end
    if bounded(pair, pair.a, own, step):
        for j in range(at + step, at + step * (most + 1), step):
            if not 0 <= j < len(pair.b) or links.fro[j] >= 0 or pair.b[j] in barred:
                break
            if bounded(pair, pair.b, j, step):
                return j
    return at


def span_of(pair: Pair, marked: Marked, place: Place) -> Span:
    """A place in characters: cut where the span cuts a word, with white space where it has some; but what stands there
    as it was marked, letter by letter. Never inside a grapheme cluster, unless the span cuts one itself."""
    span, old, new = marked.span, pair.old, pair.new
    first, last = marked.words[0], marked.words[-1]
    start, end = new.starts[place.words[0]], new.ends[place.words[-1]]
    low, high = start, end
    if (exact := _exact(pair, span, Span(start, end))) is not None:
        low, high = exact.start, exact.end
    else:
        if span.start > old.starts[first] and place.links.to[first] == place.words[0]:
            low += _cut(pair, place.links, first, span.start)[1]
        elif span.start < old.starts[first]:
            low -= _space(old.text[span.start : old.starts[first]][::-1], new.text[:start][: -len(span) - 1 : -1])
        if span.end < old.ends[last] and place.links.to[last] >= 0 and place.links.past(last) == place.words.stop:
            high = new.starts[place.links.to[last]] + _cut(pair, place.links, last, span.end)[0]
        elif span.end > old.ends[last]:
            high += _space(old.text[old.ends[last] : span.end], new.text[end : end + len(span)])
    low, high = (low, high) if low < high else (start, end)
    marks, found = span.of(old.text), new.text[low:high]
    if found.strip():
        low += 0 if marks[0].isspace() else len(found) - len(found.lstrip())
        high -= 0 if marks[-1].isspace() else len(found) - len(found.rstrip())
    if not splits_cluster(old.text, span.start):
        low = cluster_start(new.text, low)
    return Span(low, high if splits_cluster(old.text, span.end) else cluster_end(new.text, high))


def _exact(pair: Pair, span: Span, place: Span) -> Span | None:
    """Where the characters of a span stand, if once where it was found, and in whole words if they were."""
    exact, text = span.of(pair.old.text), pair.new.text
    low, high = max(0, place.start - len(exact) + 1), place.end + len(exact) - 1
    at = text.find(exact, low, high)
    if at < 0 or text.find(exact, at + 1, high) >= 0:
        return None
    found = Span(at, at + len(exact))
    ends = (span.start, found.start), (span.end, found.end)
    return found if all(_cuts(pair.old, one) or not _cuts(pair.new, two) for one, two in ends) else None


def _cuts(words: Words, offset: int) -> bool:
    """Whether an offset (code points) lies inside a word."""
    at = bisect_right(words.starts, offset) - 1
    return at >= 0 and words.starts[at] < offset < words.ends[at]


def _cut(pair: Pair, links: Links, i: int, offset: int) -> tuple[int, int]:
    """Where old word i, cut at `offset` of the text, is cut in what became of it, in letters of that: behind the
    letters that stand before the cut, and before those that stand behind it."""
    old = pair.old.word(i)
    new = pair.new.text[pair.new.starts[links.to[i]] : pair.new.ends[links.past(i) - 1]]
    at = offset - pair.old.starts[i]
    if old == new:
        return at, at
    if max(len(old), len(new)) > LETTERS:
        return len(new), 0
    blocks = [block for block in Indel.opcodes(old.lower(), new.lower()) if block.tag == "equal"]
    behind = [block.dest_start + min(at, block.src_end) - block.src_start for block in blocks if block.src_start < at]
    before = [block.dest_start + max(at, block.src_start) - block.src_start for block in blocks if block.src_end > at]
    return max(behind, default=0), min(before, default=len(new))


def _space(old: str, new: str) -> int:
    """How much white space at an end goes with a span that has `old` there: the same, else all there is."""
    return len(old) if new.startswith(old) else len(new) - len(new.lstrip())
