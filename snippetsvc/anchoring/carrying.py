"""Spans of an old text carried into a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from snippetsvc.anchoring.alignment import Alignment, align, composed
from snippetsvc.anchoring.folds import same_words
from snippetsvc.anchoring.links import Links
from snippetsvc.anchoring.pair import Pair
from snippetsvc.anchoring.stage6_place import HALF, Marked
from snippetsvc.anchoring.stage7_ends import Place, place_of, span_of
from snippetsvc.models import Span, Status


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in another text (code points), or None; `span` is None exactly when it is lost.

    moved: it stands out of order, among what was elsewhere.
    """

    span: Span | None
    status: Status
    moved: bool = False


def carry(old_text: str, new_text: str, spans: Sequence[Span], alignment: Alignment | None = None) -> list[Carried]:
    """Where `spans` of `old_text` stand in `new_text`, in the same order.

    alignment: what `align(old_text, new_text)` made, when it is at hand; the answer is the same without.
    Raises ValueError for a span outside the old text, or an alignment of texts of other lengths.
    """
    return [carried for carried, _ in _answers(old_text, new_text, spans, alignment)]


def carry_by_steps(
    old_text: str, new_text: str, spans: Sequence[Span], direct: Alignment, steps: Alignment
) -> list[Carried]:
    """As `carry`, over several revisions. direct: of the two texts; steps: by way of those between, composed.

    Words that are the same at both ends stand where the comparison of the ends finds them. Of others the steps say
    more than the ends do: each has fewer edits to tell apart. What they lose (it was taken out, and put back later)
    the ends may still tell, where most of it is there word for word.
    """
    answers = _answers(old_text, new_text, spans, direct)
    doubtful = [span for span, (carried, _) in zip(spans, answers, strict=True) if carried.status is not Status.INTACT]
    stepped = iter(_answers(old_text, new_text, doubtful, steps) if doubtful else ())
    result = []
    for carried, sure in answers:
        other = carried if carried.status is Status.INTACT else next(stepped)[0]
        result.append(carried if other.span is None and sure else other)
    return result


def carry_through(
    texts: Sequence[str], spans: Sequence[Span], compared: Callable[[str, str], Alignment] = align
) -> list[Carried]:
    """Where `spans` of the first of several revisions stand in the last one, in the same order; texts in order of time.

    compared: gives the alignment of two of them."""
    direct = compared(texts[0], texts[-1])
    steps = reduce(composed, (compared(one, two) for one, two in pairwise(texts))) if len(texts) > 2 else direct
    return carry_by_steps(texts[0], texts[-1], spans, direct, steps)


def _answers(old: str, new: str, spans: Sequence[Span], alignment: Alignment | None) -> list[tuple[Carried, bool]]:
    """What became of each span; and whether both of its ends, and most of it, are there word for word."""
    for span in spans:
        if span.end > len(old):
            raise ValueError(f"[{span.start}, {span.end}) is outside the text of {len(old)}")
    if old == new:
        return [(Carried(span, Status.INTACT), True) for span in spans]
    pair, readings = (alignment or align(old, new)).in_words(old, new)
    return [_answer(pair, span, readings) for span in spans]


def _answer(pair: Pair, span: Span, readings: Sequence[Links]) -> tuple[Carried, bool]:
    marked = Marked.of(pair, span)
    place = place_of(pair, marked, readings) if marked else None
    if marked is None or place is None:
        return Carried(None, Status.LOST), False
    there = span_of(pair, marked, place)
    same = same_words(span.of(pair.old.text), there.of(pair.new.text))
    elsewhere = [readings[0].to[match.i] != match.j for match in place.matches]
    moved = any(elsewhere) if elsewhere else place.links is not readings[0]
    return Carried(there, Status.INTACT if same else Status.CHANGED, moved), _sure(pair, marked, place)


def _sure(pair: Pair, marked: Marked, place: Place) -> bool:
    same = [match.i for match in place.matches if pair.a[match.i] == pair.b[match.j]]
    ends = {marked.words[0], marked.words[-1]} <= set(same)
    return ends and sum(marked.worth[i] for i in same) >= HALF * sum(marked.worth.values())
