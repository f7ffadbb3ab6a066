"""Two comparisons made one: from the first text, by way of the second, to the third."""

from __future__ import annotations

from collections.abc import Iterator

from snippetsvc.anchoring.alignment import Alignment, Piece
from snippetsvc.anchoring.pairs import Kind


def composed(first: Alignment, second: Alignment) -> Alignment:
    """Where the characters of the old text of `first` stand in the new text of `second`.

    What an edit between the two put in belongs to nothing of the old text, so that it is never taken for its
    successor, however the edits after it went. Raises ValueError when the middle texts differ in length.
    """
    if first.new_length != second.old_length:
        raise ValueError("the alignments have no text in common")
    numbers: dict[tuple[int, int], int] = {(0, 0): 0}
    pieces: list[Piece] = []
    for piece in first.pieces:
        parts = _through(piece, second) if piece.kind is Kind.SAME else _word_through(piece, second)
        for part, block in parts:
            number = numbers.setdefault((piece.block, block), len(numbers))
            pieces.append(Piece(part.old_start, part.old_end, part.new_start, part.new_end, part.kind, number))
    return Alignment(first.old_length, second.new_length, pieces)


def _through(piece: Piece, second: Alignment) -> Iterator[tuple[Piece, int]]:
    """A SAME piece: each stretch of it goes where the second comparison found it."""
    shift = piece.old_start - piece.new_start
    for at in second.within(piece.new_start, piece.new_end):
        other = second.pieces[at]
        start, end = max(piece.new_start, other.old_start), min(piece.new_end, other.old_end)
        if other.kind is Kind.SAME:
            further = other.new_start - other.old_start
            yield Piece(start + shift, end + shift, start + further, end + further, Kind.SAME, 0), other.block
        elif 2 * (end - start) > other.old_end - other.old_start:
            # Of a word or phrase that lies across the end of this piece, the larger half decides.
            yield Piece(start + shift, end + shift, other.new_start, other.new_end, other.kind, 0), other.block


def _word_through(piece: Piece, second: Alignment) -> Iterator[tuple[Piece, int]]:
    """An edited word or a replaced phrase: what is left of it, in the passage that its first part went with."""
    found = [second.pieces[at] for at in second.within(piece.new_start, piece.new_end)]
    found = [other for other in found if other.block == found[0].block]
    if not found:
        return
    first, last = found[0], found[-1]
    start, end = first.new_start, last.new_end
    if first.kind is Kind.SAME:
        start += max(0, piece.new_start - first.old_start)
    if last.kind is Kind.SAME:
        end -= max(0, last.old_end - piece.new_end)
    if piece.kind is Kind.REPLACED and Kind.REPLACED in (other.kind for other in found):
        # Put for what was put for it: nothing of it is left, and two guesses are no knowledge.
        return
    kind = max(piece.kind, *(other.kind for other in found), Kind.EDITED)
    yield Piece(piece.old_start, piece.old_end, start, end, kind, 0), first.block
