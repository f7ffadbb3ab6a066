"""A snippet around which everything was written anew: looked for between what stayed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from snippetsvc.anchoring.alignment import Piece
from snippetsvc.anchoring.edit import Edit, weight
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.words import Words, words_of
from snippetsvc.selectors import Span

#: Characters of the largest stretch written anew in which a snippet is looked for.
LARGEST_GAP = 1_000
#: Letters of what holds such a stretch on either side.
FIRM = 20
#: How much more surprising than a chance meeting the snippet's words must be (nats), and what they lose of that for
#: each word by which they moved.
SURE_ALONE = 2.5
LEAN = 0.05


def alone(edit: Edit, span: Span) -> Span | None:
    """The place of a snippet around which everything was written anew, if it is still there to the letter.

    It stands once between what surely stands before and behind it, in both texts, and is no phrase that such a
    stretch holds by chance. Where it stands more than once, it may be told by the edge of its line: the last word of a
    heading is still the last of that line, as many lines before what surely stands behind it.
    """
    (before, new_before), (after, new_after) = _firm(edit, span, -1), _firm(edit, span, 1)
    if new_after <= new_before or max(after - before, new_after - new_before) > LARGEST_GAP:
        return None
    old, new = words_of(edit.old[before:after]), words_of(edit.new[new_before:new_after])
    quote = words_of(span.of(edit.old)).keys
    here, there = _occurrences(old, quote), _occurrences(new, quote)
    if len(here) + len(there) > 2:
        edges = _edges(edit.old, span, before, after)
        if edges != (None, None):
            here = [
                at for at in here if _edges(edit.old, _stretch(old, at, len(quote), before), before, after) == edges
            ]
            there = [
                at
                for at in there
                if _edges(edit.new, _stretch(new, at, len(quote), new_before), new_before, new_after) == edges
            ]
    if len(here) != 1 or len(there) != 1:
        return None
    moved = min(abs(here[0] - there[0]), abs(len(old) - here[0] - len(new) + there[0]))
    if edit.said(quote) - LEAN * moved < SURE_ALONE + math.log(len(new)):
        return None
    place = _stretch(new, there[0], len(quote), new_before)
    if any(piece.kind is Kind.SAME and _reaches_beyond(edit, piece, place) for piece in edit.found_in(place)):
        return None
    return place


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


def _stretch(words: Words, at: int, size: int, offset: int) -> Span:
    """Where so many words from `at` on stand in a text whose part from `offset` on `words` are."""
    return Span(offset + words.starts[at], offset + words.ends[at + size - 1])


def _edges(text: str, place: Span, start: int, end: int) -> tuple[int | None, int | None]:
    """Which line of `[start, end)` a stretch begins, counted from the start, and which it ends, from the end."""
    before, after = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    begins = not text[before : place.start].strip()
    ends = not text[place.end : after if after >= 0 else len(text)].strip()
    return (
        text.count("\n", start, place.start) if begins else None,
        text.count("\n", place.end, end) if ends else None,
    )
