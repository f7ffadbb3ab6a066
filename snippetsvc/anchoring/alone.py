"""A snippet around which everything was written anew: looked for between what stayed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from snippetsvc.anchoring.alignment import Piece
from snippetsvc.anchoring.edit import Edit, weight
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.words import Words, words_of
from snippetsvc.models import Span

#: Characters of the largest stretch written anew in which a snippet is looked for.
LARGEST_GAP = 1_000
#: Letters of what holds such a stretch on either side.
FIRM = 20
#: How much more surprising than a chance meeting the snippet's words must be (nats), and what they lose of that for
#: each word by which they moved.
SURE_ALONE = 2.5
LEAN = 0.05
#: How far from its place in proportion to the whole stretch, and how many times farther than the snippet, another place
#: of the same words must be to be none of theirs.
FARTHER = 0.1
MUCH_FARTHER = 3.0


@dataclass(frozen=True)
class _Gap:
    """A stretch that was written anew, from what surely stands before a snippet to what surely stands behind it.

    old, new: its words there and here, from `start` and `new_start` on; here, there: at which of them the snippet's own
    `quote` begins, in the old text (each time) and in the new one (the only time).
    """

    quote: Sequence[str]
    old: Words
    new: Words
    start: int
    new_start: int
    here: Sequence[int]
    there: int

    @classmethod
    def around(cls, edit: Edit, span: Span) -> _Gap | None:
        """None when it is too large, or the words stand in the new one more than once, or not at all."""
        (start, new_start), (end, new_end) = _firm(edit, span, -1), _firm(edit, span, 1)
        if new_end <= new_start or max(end - start, new_end - new_start) > LARGEST_GAP:
            return None
        old, new = words_of(edit.old[start:end]), words_of(edit.new[new_start:new_end])
        quote = words_of(span.of(edit.old)).keys
        here, there = _occurrences(old, quote), _occurrences(new, quote)
        return cls(quote, old, new, start, new_start, here, there[0]) if len(there) == 1 else None

    def old_place(self, at: int) -> Span:
        return Span(self.start + self.old.starts[at], self.start + self.old.ends[at + len(self.quote) - 1])

    def new_place(self) -> Span:
        at = self.there
        return Span(self.new_start + self.new.starts[at], self.new_start + self.new.ends[at + len(self.quote) - 1])

    def stayed(self, edit: Edit) -> int | None:
        """Which of the places in the old text the one in the new text is; None when that is not clear.

        At the edge of a line it was at that edge before: the last word of a heading is still the last of that line. Of
        several places it is the one that is by far the nearest in proportion to the stretch.
        """
        left = self.here
        if len(left) > 1:
            edges = _edges(edit.new, self.new_place(), self.new_start, self.new_start + len(self.new.text))
            end = self.start + len(self.old.text)
            left = [at for at in left if _edges(edit.old, self.old_place(at), self.start, end) == edges]
        if not left:
            return None
        far = {at: abs(at / len(self.old) - self.there / len(self.new)) for at in left}
        nearest = min(left, key=far.__getitem__)
        clear = all(far[at] >= max(FARTHER, MUCH_FARTHER * far[nearest]) for at in left if at != nearest)
        return nearest if clear else None


def alone(edit: Edit, span: Span) -> Span | None:
    """The place of a snippet around which everything was written anew, if it is still there to the letter.

    Its words stand once between what surely stands before and behind it, are no phrase that such a stretch holds by
    chance, and are the snippet's own and not those of a twin (`_Gap.stayed`).
    """
    gap = _Gap.around(edit, span)
    at = gap.stayed(edit) if gap is not None else None
    if gap is None or at is None or not _same_place(gap.old_place(at), span):
        return None
    moved = min(abs(at - gap.there), abs(len(gap.old) - at - len(gap.new) + gap.there))
    if edit.said(gap.quote) - LEAN * moved < SURE_ALONE + math.log(len(gap.new)):
        return None
    place = gap.new_place()
    if any(piece.kind is Kind.SAME and _reaches_beyond(edit, piece, place) for piece in edit.found_in(place)):
        return None
    return place


def twins(edit: Edit, span: Span, piece: Piece) -> bool:
    """Whether the words that `piece` found again, the snippet's and no others, are those of a twin of the snippet."""
    if weight(edit.old[piece.old_start : piece.old_end]) > weight(span.of(edit.old)):
        return False
    gap = _Gap.around(edit, span)
    at = gap.stayed(edit) if gap is not None else None
    return gap is not None and at is not None and not _same_place(gap.old_place(at), span)


def _same_place(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _reaches_beyond(edit: Edit, piece: Piece, place: Span) -> bool:
    """Whether the comparison found words of `place` together with others, and so knows where they came from."""
    inside = edit.new[max(piece.new_start, place.start) : min(piece.new_end, place.end)]
    return weight(edit.new[piece.new_start : piece.new_end]) > weight(inside)


def _firm(edit: Edit, span: Span, step: int) -> tuple[int, int]:
    """The nearest end, before (-1) or behind (1) a snippet, of what surely stayed in order there; here, likewise."""
    at = bisect_right(edit.pieces, span.start, key=lambda piece: piece.old_start) - 1
    if step > 0:
        at = max(at, 0)
    while 0 <= at < len(edit.pieces):
        piece = edit.pieces[at]
        at += step
        clear = piece.old_end <= span.start if step < 0 else piece.old_start >= span.end
        if (
            clear
            and piece.block == 0
            and piece.kind is Kind.SAME
            and weight(edit.old[piece.old_start : piece.old_end]) >= FIRM
        ):
            return (piece.old_end, piece.new_end) if step < 0 else (piece.old_start, piece.new_start)
    return (0, 0) if step < 0 else (len(edit.old), len(edit.new))


def _occurrences(words: Words, keys: Sequence[str]) -> list[int]:
    size = len(keys)
    return [at for at in range(len(words) - size + 1) if words.keys[at : at + size] == keys] if keys else []


def _edges(text: str, place: Span, start: int, end: int) -> tuple[int | None, int | None]:
    """Which line of `[start, end)` a stretch begins, counted from the start, and which it ends, from the end."""
    before, after = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    begins = not text[before : place.start].strip()
    ends = not text[place.end : after if after >= 0 else len(text)].strip()
    return (
        text.count("\n", start, place.start) if begins else None,
        text.count("\n", place.end, end) if ends else None,
    )
