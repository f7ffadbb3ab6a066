"""Quotes found again in a text whose history is not known: candidates, what speaks for each, and whether it is enough.

The places asked are those where the quote stands word for word and those where words of the quote with its context
gather. Distances are rapidfuzz's; the judgement is here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.carrying import carry
from snippetsvc.anchoring.pairs import BACKGROUND_WORDS
from snippetsvc.anchoring.words import SINGLE, WORD, Words, folded, words_of
from snippetsvc.models import Span
from snippetsvc.text.selectors import TextQuoteSelector

#: The likeness that any two stretches of one language have (Indel); what exceeds it is agreement.
UNRELATED = 0.5
#: Quote and context count alike: an unedited twin elsewhere must not beat the edited quote between its neighbours,
#: and the neighbours alone must not beat a quote that moved.
QUOTE_WEIGHT = 1.0
CONTEXT_WEIGHT = 1.0
#: Two places whose scores differ by less are both possible, and the answer is neither.
MARGIN = 0.2
#: How alike a quote must be (agreement, 0 to 1) where its context does not help: short ones exactly, long ones less.
#: `STRICT_LENGTH` characters are the scale on which chance meetings become improbable.
LOOSEST = 0.55
STRICT_LENGTH = 60.0
#: Context that agrees this much on average stands for the place; the quote may then be this much edited.
GOOD_CONTEXT = 0.6
LOOSEST_IN_CONTEXT = 0.15
#: Where both sides agree this much, whatever stands between them took the quote's place.
CERTAIN_CONTEXT = 0.8
#: How long that may be, in lengths of the quote.
SHORTEST_BETWEEN, LONGEST_BETWEEN = 0.4, 2.5
#: Where it is longer than this, in lengths of a quote that is long itself, so many characters at either end must still
#: agree this much: a sentence that was put in beside the quote is none of it.
MUCH_LONGER = 1.1
EDGE = 40
SAME_EDGE = 0.1
#: Context with the quote missing in between says that the quote was deleted, when it agrees this much on both sides.
MISSING_CONTEXT = 0.6
#: What the words of a quote must say (nats), beyond the logarithm of the text's length, to be no other passage's
#: where nothing else speaks for the place.
SURE_ALONE = 6.5
#: Gathering places that are looked at, and exact ones; more than these are never told apart.
MOST_GATHERINGS = 8
MOST_EXACT = 500
#: Words that occur more often tell no place.
MOST_OCCURRENCES = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place, or None for a gap where the quote is missing between its neighbours.

    quote, before, after: agreement of the quote and of the context on either side, 0 to 1.
    """

    place: Span | None
    quote: float
    before: float
    after: float

    @property
    def context(self) -> float:
        return (self.before + self.after) / 2

    @property
    def score(self) -> float:
        return QUOTE_WEIGHT * self.quote + CONTEXT_WEIGHT * self.context


def found(text: str, quote: TextQuoteSelector) -> Span | None:
    """The place of `quote` in `text`; None when there is none, or none that is clear."""
    words = words_of(text)
    candidates = [*_exact(text, quote), *_gathered(words, quote)]
    places = _distinct([candidate for candidate in candidates if candidate.place is not None])
    if not places:
        return None
    best = places[0]
    if len(places) > 1 and best.score - places[1].score < MARGIN:
        return None
    missing = max((one.context for one in candidates if one.place is None), default=0.0)
    if missing > MISSING_CONTEXT and missing > best.context:
        return None
    return best.place if _enough(best, words, quote) else None


def _enough(best: Candidate, words: Words, quote: TextQuoteSelector) -> bool:
    if best.context >= GOOD_CONTEXT or (max(best.before, best.after) >= GOOD_CONTEXT and best.quote >= LOOSEST):
        return best.quote >= LOOSEST_IN_CONTEXT or min(best.before, best.after) >= CERTAIN_CONTEXT
    floor = LOOSEST + (1 - LOOSEST) * math.exp(-len(quote.exact) / STRICT_LENGTH)
    return best.quote + best.context / 2 >= floor and _said(words, quote.exact) >= SURE_ALONE * (1 - best.context)


def _said(words: Words, quote: str) -> float:
    """How much the words of the quote say for being met once only in the text (nats)."""
    counts = Counter(words.keys)
    size = len(words) + BACKGROUND_WORDS
    wanted = words_of(quote)
    said = sum(
        math.log(size / (counts[key] + 1)) * (1.0 if kind == WORD else 0.5)
        for key, kind in zip(wanted.keys, wanted.kinds, strict=True)
        if kind in (WORD, SINGLE)
    )
    return said - math.log(size)


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best first, without those that overlap a better one."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: -one.score):
        place = candidate.place
        if place is not None and not any(
            other.place and other.place.start < place.end and place.start < other.place.end for other in kept
        ):
            kept.append(candidate)
    return kept


def _exact(text: str, quote: TextQuoteSelector) -> Iterator[Candidate]:
    at, count = text.find(quote.exact), 0
    while at >= 0 and count < MOST_EXACT:
        place = Span(at, at + len(quote.exact))
        yield _candidate(text, place, quote)
        at, count = text.find(quote.exact, at + 1), count + 1


def _candidate(text: str, place: Span, quote: TextQuoteSelector) -> Candidate:
    before = text[max(0, place.start - len(quote.prefix)) : place.start]
    after = text[place.end : place.end + len(quote.suffix)]
    agreement = _agreement(quote.exact, place.of(text))
    if _cuts_word(text, place.start) and not _cuts_word(quote.prefix + quote.exact, len(quote.prefix)):
        agreement /= 2
    end = len(quote.exact)
    if _cuts_word(text, place.end) and not _cuts_word(quote.exact + quote.suffix, end):
        agreement /= 2
    return Candidate(place, agreement, _agreement(quote.prefix, before), _agreement(quote.suffix, after))


def _cuts_word(text: str, offset: int) -> bool:
    """Whether letters stand on both sides of `offset`."""
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def _agreement(wanted: str, there: str) -> float:
    """How much two wordings agree beyond chance, 0 to 1."""
    if wanted == there:
        return 1.0 if wanted else 0.0
    likeness = Indel.normalized_similarity(folded(wanted), folded(there))
    return max(0.0, (likeness - UNRELATED) / (1 - UNRELATED))


def _gathered(words: Words, quote: TextQuoteSelector) -> Iterator[Candidate]:
    """Where words of the quote and of its context stand at the distances they had."""
    whole = quote.prefix + quote.exact + quote.suffix
    span = Span(len(quote.prefix), len(quote.prefix) + len(quote.exact))
    pattern = words_of(whole)
    slack = 6 + len(pattern) // 4
    for shift in _gatherings(words, pattern):
        first = max(0, shift - slack)
        last = min(len(words), shift + len(pattern) + slack) - 1
        if first > last:
            continue
        start, end = words.starts[first], words.ends[last]
        window = words.text[start:end]
        (carried,) = carry(whole, window, [span], excerpts=True)
        if carried.span is not None:
            yield _candidate(words.text, Span(start + carried.span.start, start + carried.span.end), quote)
        else:
            yield from _between(words.text, start, window, quote)


def _between(text: str, start: int, window: str, quote: TextQuoteSelector) -> Iterator[Candidate]:
    """What stands between the neighbours of the quote in a window of the text that begins at `start`.

    The place there, if its length would do; a candidate without a place, if next to nothing is left of it.
    """
    whole = quote.prefix + quote.exact + quote.suffix
    sides = [Span(0, len(quote.prefix)), Span(len(whole) - len(quote.suffix), len(whole))]
    if not all(sides):
        return
    before, after = (carried.span for carried in carry(whole, window, sides, excerpts=True))
    # White space on both sides of a quote that is gone may now be the same one.
    if before is None or after is None or window[after.start : before.end].strip():
        return
    between = window[before.end : after.start]
    low = start + before.end + len(between) - len(between.lstrip())
    between = between.strip()
    size = len(between) / len(quote.exact)
    if SHORTEST_BETWEEN <= size <= LONGEST_BETWEEN:
        if len(quote.exact) < 2 * EDGE or size <= MUCH_LONGER or _same_edges(quote.exact, between):
            yield _candidate(text, Span(low, low + len(between)), quote)
    elif size < SHORTEST_BETWEEN:
        agreements = _agreement(quote.prefix, before.of(window)), _agreement(quote.suffix, after.of(window))
        yield Candidate(None, 0.0, *agreements)


def _same_edges(quote: str, there: str) -> bool:
    return min(_agreement(quote[:EDGE], there[:EDGE]), _agreement(quote[-EDGE:], there[-EDGE:])) > SAME_EDGE


def _gatherings(words: Words, pattern: Words) -> list[int]:
    """Distances, in words, from the pattern to where most of its words are met, the best first."""
    wanted = set(pattern.keys)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(words.keys):
        if key in wanted:
            places[key].append(at)
    votes: defaultdict[int, float] = defaultdict(float)
    size = len(words) + BACKGROUND_WORDS
    for at, (key, kind) in enumerate(zip(pattern.keys, pattern.kinds, strict=True)):
        met = places.get(key, [])
        if not met or len(met) > MOST_OCCURRENCES:
            continue
        weight = math.log(size / len(met)) * (1.0 if kind in (WORD, SINGLE) else 0.2)
        for place in met:
            votes[(place - at) // _BUCKET] += weight
    near = {
        bucket: value + max(votes.get(bucket - 1, 0.0), votes.get(bucket + 1, 0.0)) for bucket, value in votes.items()
    }
    best = sorted(near, key=lambda bucket: -near[bucket])[:MOST_GATHERINGS]
    return [bucket * _BUCKET for bucket in best]


#: Words by which an edit may shift the rest of a passage within one bucket of votes.
_BUCKET = 4
