"""A snippet around which everything was written anew: looked for between what stayed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from snippetsvc.anchoring.edit import Edit, weight
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.words import Words, words_of
from snippetsvc.selectors import Span

#: Words, and characters for each, of the largest stretch written anew in which a snippet is looked for.
LARGEST_GAP = 120
MOST_LETTERS = 20
#: Letters of what holds such a stretch on either side.
FIRM = 20
#: How much more surprising than a chance meeting the snippet's words must be (nats), and what they lose of that for
#: each word by which they moved.
SURE_ALONE = 2.5
LEAN = 0.05


def alone(edit: Edit, span: Span) -> Span | None:
    """The place of a snippet around which everything was written anew, if it is still there to the letter.

    It stands once between what surely stands before and behind it, in both texts, and is no phrase that such a
    stretch holds by chance.
    """
    (before, new_before), (after, new_after) = _firm(edit, span, -1), _firm(edit, span, 1)
    if new_after <= new_before or max(after - before, new_after - new_before) > LARGEST_GAP * MOST_LETTERS:
        return None
    old, new = words_of(edit.old[before:after]), words_of(edit.new[new_before:new_after])
    quote = words_of(span.of(edit.old)).keys
    here, there = _occurrences(old, quote), _occurrences(new, quote)
    if len(here) != 1 or len(there) != 1 or max(len(old), len(new)) > LARGEST_GAP:
        return None
    moved = min(abs(here[0] - there[0]), abs(len(old) - here[0] - len(new) + there[0]))
    if edit.said(quote) - LEAN * moved < SURE_ALONE + math.log(len(new)):
        return None
    place = Span(new_before + new.starts[there[0]], new_before + new.ends[there[0] + len(quote) - 1])
    return None if any(piece.kind is Kind.SAME for piece in edit.found_in(place)) else place


def _firm(edit: Edit, span: Span, step: int) -> tuple[int, int]:
    """The nearest end, before (-1) or behind (1) a snippet, of what surely stayed in order there; here, likewise."""
    at = bisect_right(edit.pieces, span.start, key=lambda piece: piece.old_start) - 1
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
