"""Spans of an old text carried into a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.alignment import Alignment, Piece, align
from snippetsvc.anchoring.graphemes import cluster_end, cluster_start, splits_cluster
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.words import same_words
from snippetsvc.selectors import Span


class Status(StrEnum):
    """What became of a snippet: the same words; its place is known and the words were edited; no place any more."""

    INTACT = "intact"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in another text (code points), or None; `span` is None exactly when it is lost."""

    span: Span | None
    status: Status


LOST = Carried(None, Status.LOST)

#: The share of a snippet's characters that must have a place. Below it, what stands there is a remainder by which
#: nobody would recognise the snippet.
SURVIVES = 0.25
#: A word that is cut by an end of the span: when of the part outside so much is found again, and of the part inside
#: less than `GONE_INSIDE`, the part inside was deleted and the word not merely rewritten.
KEPT_OUTSIDE = 0.6
GONE_INSIDE = 0.4


def carry(old_text: str, new_text: str, spans: Sequence[Span], alignment: Alignment | None = None) -> list[Carried]:
    """Where `spans` of `old_text` stand in `new_text`, in the same order.

    alignment: what `align(old_text, new_text)` made, when it is at hand; the answer is the same without.
    Raises ValueError for a span outside the old text, or an alignment of texts of other lengths.
    """
    if alignment is None:
        alignment = align(old_text, new_text)
    if (alignment.old_length, alignment.new_length) != (len(old_text), len(new_text)):
        raise ValueError("the alignment is not of these texts")
    for span in spans:
        if span.end > len(old_text):
            raise ValueError(f"[{span.start}, {span.end}) is outside the text of {len(old_text)}")
    return [_carried(old_text, new_text, span, alignment) for span in spans]


def carry_through(
    texts: Sequence[str | Callable[[], str]],
    spans: Sequence[Span],
    alignment_of: Callable[[int, int], Alignment | None] | None = None,
) -> list[Carried]:
    """Where `spans` of the first of several revisions stand in the last one, in the same order.

    The ends are compared; only spans that this would lose are carried from one revision to the next.
    texts: in order of time, each a text or a function that loads it, called at most once and only when needed; leave
    out those that must not be used. alignment_of: a kept alignment of `texts[a]` and `texts[b]`, or None.
    """
    if len(texts) == 1:
        return carry(_loaded(texts[0]), _loaded(texts[0]), spans)
    first, last = _loaded(texts[0]), _loaded(texts[-1])
    result = carry(first, last, spans, alignment_of(0, len(texts) - 1) if alignment_of else None)
    lost = [at for at, carried in enumerate(result) if carried.span is None]
    if not lost or len(texts) == 2:
        return result
    here: dict[int, Span] = {at: spans[at] for at in lost}
    old = first
    for step in range(1, len(texts)):
        new = last if step == len(texts) - 1 else _loaded(texts[step])
        moved = carry(old, new, list(here.values()), alignment_of(step - 1, step) if alignment_of else None)
        here = {at: carried.span for at, carried in zip(here, moved, strict=True) if carried.span is not None}
        if not here:
            return result
        old = new
    for at, span in here.items():
        same = same_words(spans[at].of(first), span.of(last))
        result[at] = Carried(span, Status.INTACT if same else Status.CHANGED)
    return result


def _loaded(text: str | Callable[[], str]) -> str:
    return text if isinstance(text, str) else text()


def _carried(old_text: str, new_text: str, span: Span, alignment: Alignment) -> Carried:
    pieces = alignment.within(span.start, span.end)
    if len(pieces) == 1 and _inside(pieces[0], span):
        shift = pieces[0].new_start - pieces[0].old_start
        place = Span(span.start + shift, span.end + shift)
    else:
        found = _place(old_text, new_text, span, pieces)
        if found is None:
            return LOST
        place = found
    return _finished(old_text, new_text, span, place)


def _inside(piece: Piece, span: Span) -> bool:
    return piece.kind is Kind.SAME and piece.old_start <= span.start and span.end <= piece.old_end


def _finished(old_text: str, new_text: str, span: Span, place: Span) -> Carried:
    """Widen the place to whole grapheme clusters, unless the snippet itself cut one, and tell the status."""
    start, end = place.start, place.end
    if not splits_cluster(old_text, span.start):
        start = cluster_start(new_text, start)
    if not splits_cluster(old_text, span.end):
        end = cluster_end(new_text, end)
    place = Span(start, end)
    same = same_words(span.of(old_text), place.of(new_text))
    return Carried(place, Status.INTACT if same else Status.CHANGED)


def _place(old_text: str, new_text: str, span: Span, pieces: Sequence[Piece]) -> Span | None:
    """The stretch of the new text from the first to the last thing of the span that is found in it."""
    parts: dict[int, list[tuple[int, Span]]] = {}
    for piece in pieces:
        part = _part(old_text, new_text, span, piece)
        if part is not None:
            weight = _weight(old_text[max(span.start, piece.old_start) : min(span.end, piece.old_end)])
            parts.setdefault(piece.block, []).append((weight, part))
    if not parts:
        return None
    best = max(parts.values(), key=lambda found: sum(weight for weight, _ in found))
    survives = sum(weight for weight, _ in best)
    if not survives or survives < SURVIVES * _weight(span.of(old_text)):
        return None
    visible = [part for weight, part in best if weight]
    return Span(min(part.start for part in visible), max(part.end for part in visible))


def _weight(words: str) -> int:
    """How many characters of `words` count: letters and digits, or, without any, everything that is visible."""
    return sum(map(str.isalnum, words)) or len("".join(words.split()))


def _part(old_text: str, new_text: str, span: Span, piece: Piece) -> Span | None:
    """What of a piece belongs to the span, in the new text; None when an edit took it away."""
    start, end = max(span.start, piece.old_start), min(span.end, piece.old_end)
    if piece.kind is Kind.SAME:
        shift = piece.new_start - piece.old_start
        return Span(start + shift, end + shift)
    if (start, end) == (piece.old_start, piece.old_end):
        return Span(piece.new_start, piece.new_end)
    return _inside_word(old_text, new_text, Span(start, end), piece)


def _inside_word(old_text: str, new_text: str, span: Span, piece: Piece) -> Span | None:
    """A span that cuts an edited word (or phrase): letter by letter, or the whole word where the letters changed."""
    old = old_text[piece.old_start : piece.old_end]
    new = new_text[piece.new_start : piece.new_end]
    start, end = span.start - piece.old_start, span.end - piece.old_start
    inside = outside = 0
    low, high = len(new), 0
    for code in Indel.opcodes(old, new):
        if code.tag != "equal":
            continue
        first, last = max(code.src_start, start), min(code.src_end, end)
        shift = code.dest_start - code.src_start
        outside += code.src_end - code.src_start
        if first < last:
            inside += last - first
            outside -= last - first
            low, high = min(low, first + shift), max(high, last + shift)
    rest = len(old) - (end - start)
    if inside >= GONE_INSIDE * (end - start):
        low = 0 if start == 0 else low
        high = len(new) if end == len(old) else high
        return Span(piece.new_start + low, piece.new_start + high)
    if outside >= KEPT_OUTSIDE * rest:
        return None
    return Span(piece.new_start, piece.new_end)
