"""Spans of an old text carried into a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from snippetsvc.anchoring.alignment import Alignment, Piece, align
from snippetsvc.anchoring.alone import alone, twins
from snippetsvc.anchoring.composing import composed
from snippetsvc.anchoring.edit import Edit, weight
from snippetsvc.anchoring.ends import end_of
from snippetsvc.anchoring.graphemes import cluster_end, cluster_start, splits_cluster
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.parts import NEIGHBOURS, held_parts
from snippetsvc.anchoring.survival import MOSTLY, ends_in_doubt, may_be_deleted, survives, vouched
from snippetsvc.anchoring.words import same_words
from snippetsvc.models import Span, Status


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in another text (code points), or None; `span` is None exactly when it is lost."""

    span: Span | None
    status: Status


LOST = Carried(None, Status.LOST)


def carry(
    old_text: str,
    new_text: str,
    spans: Sequence[Span],
    alignment: Alignment | None = None,
    *,
    excerpts: bool = False,
) -> list[Carried]:
    """Where `spans` of `old_text` stand in `new_text`, in the same order.

    alignment: what `align(old_text, new_text)` made, when it is at hand; the answer is the same without.
    excerpts: the texts are parts of longer ones, so that nothing is known of what stands beyond them.
    Raises ValueError for a span outside the old text, or an alignment of texts of other lengths.
    """
    return [answer.carried for answer in _answers(old_text, new_text, spans, alignment, excerpts=excerpts)]


def carry_through(
    texts: Sequence[str | Callable[[], str]],
    spans: Sequence[Span],
    alignment_of: Callable[[int, int], Alignment | None] | None = None,
) -> list[Carried]:
    """Where `spans` of the first of several revisions stand in the last one, in the same order.

    Words that are the same at both ends stand where the comparison of the ends finds them. Of others each step between
    says more than the ends do: it has fewer edits to tell apart. What the steps lose (it was taken out, and put back
    later) the ends may still tell, where most of it is there word for word.
    texts: in order of time, each a text or a function that loads it, called only when needed; leave out those that
    must not be used. alignment_of: a kept alignment of `texts[a]` and `texts[b]`, or None.
    """
    first = _loaded(texts[0])
    last = first if len(texts) == 1 else _loaded(texts[-1])
    answers = _answers(first, last, spans, _alignment(alignment_of, 0, len(texts) - 1))
    result = [answer.carried for answer in answers]
    doubtful = [at for at, carried in enumerate(result) if carried.status is not Status.INTACT]
    if not doubtful or len(texts) < 3:
        return result
    steps: Alignment | None = None
    for step in range(1, len(texts)):
        further = _alignment(alignment_of, step - 1, step) or align(_loaded(texts[step - 1]), _loaded(texts[step]))
        steps = further if steps is None else composed(steps, further)
    stepped = _answers(first, last, [spans[at] for at in doubtful], steps)
    for at, answer in zip(doubtful, stepped, strict=True):
        if answer.carried.span is not None or not answers[at].sure:
            result[at] = answer.carried
    return result


def _loaded(text: str | Callable[[], str]) -> str:
    return text if isinstance(text, str) else text()


def _alignment(alignment_of: Callable[[int, int], Alignment | None] | None, a: int, b: int) -> Alignment | None:
    return alignment_of(a, b) if alignment_of is not None else None


@dataclass(frozen=True, slots=True)
class _Answer:
    """carried: the answer; sure: whether most of the snippet and both of its ends are there word for word."""

    carried: Carried
    sure: bool


def _answers(
    old_text: str,
    new_text: str,
    spans: Sequence[Span],
    alignment: Alignment | None,
    *,
    excerpts: bool = False,
) -> list[_Answer]:
    if alignment is None:
        alignment = align(old_text, new_text)
    if (alignment.old_length, alignment.new_length) != (len(old_text), len(new_text)):
        raise ValueError("the alignment is not of these texts")
    for span in spans:
        if span.end > len(old_text):
            raise ValueError(f"[{span.start}, {span.end}) is outside the text of {len(old_text)}")
    edit = Edit(old_text, new_text, alignment.pieces, excerpts)
    return [_answer(edit, span, alignment.within(span.start, span.end)) for span in spans]


def _answer(edit: Edit, span: Span, within: range) -> _Answer:
    if len(within) == 1 and _inside(edit.pieces[within[0]], span):
        piece = edit.pieces[within[0]]
        if may_be_deleted(edit, span, within[0], within[0]) or twins(edit, span, piece):
            return _Answer(LOST, sure=False)
        shift = piece.new_start - piece.old_start
        return _Answer(_told(edit.old, edit.new, span, Span(span.start + shift, span.end + shift)), sure=True)
    held = held_parts(edit, span, within)
    parts = held.parts if held is not None else []
    if held is None or not survives(edit, span, parts):
        place = alone(edit, span)
        return _Answer(_told(edit.old, edit.new, span, place) if place else LOST, sure=False)
    if may_be_deleted(edit, span, parts[0].at, parts[-1].at):
        return _Answer(LOST, sure=False)
    if not vouched(edit, span, held) or ends_in_doubt(edit, span, parts):
        return _Answer(LOST, sure=False)
    head = end_of(edit, span, held, -1)
    tail = end_of(edit, span, held, 1)
    if head is None or tail is None or head >= tail:
        return _Answer(LOST, sure=False)
    place = _trimmed(edit, span, Span(head, tail))
    sure = (
        parts[0].old.start == span.start
        and parts[-1].old.end == span.end
        and sum(part.weight for part in parts if edit.pieces[part.at].kind is Kind.SAME)
        >= max(NEIGHBOURS, MOSTLY * weight(span.of(edit.old)))
    )
    return _Answer(_told(edit.old, edit.new, span, place), sure)


def _inside(piece: Piece, span: Span) -> bool:
    return piece.kind is Kind.SAME and piece.old_start <= span.start and span.end <= piece.old_end


def _told(old_text: str, new_text: str, span: Span, place: Span) -> Carried:
    """The place in whole grapheme clusters, unless the snippet itself cut one, and its status."""
    start, end = place.start, place.end
    if not splits_cluster(old_text, span.start):
        start = cluster_start(new_text, start)
    if not splits_cluster(old_text, span.end):
        end = cluster_end(new_text, end)
    place = Span(start, end)
    same = same_words(span.of(old_text), place.of(new_text))
    return Carried(place, Status.INTACT if same else Status.CHANGED)


def _trimmed(edit: Edit, span: Span, place: Span) -> Span:
    """The place without white space at an end where the snippet had none."""
    words = place.of(edit.new)
    start, end = place.start, place.end
    if not edit.old[span.start].isspace():
        start += len(words) - len(words.lstrip())
    if not edit.old[span.end - 1].isspace():
        end -= len(words) - len(words.rstrip())
    return Span(start, end)
