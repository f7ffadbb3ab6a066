"""Where a snippet begins and ends in a new text when its first or last words were put differently."""

from __future__ import annotations

from snippetsvc.anchoring.edit import FULL_STOP, Edit, line_end, line_start, sentence_end, weight, word_count
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.parts import NEAR_BY, NEIGHBOURS, Held
from snippetsvc.models import Span

#: How many words may have come, for each that went, where the beginning or the end of a snippet was put differently.
MOST_COME = 2
LONGEST_PHRASE = 8
#: So few words that came may be the edit of one that went; more are a text of their own.
FEW_CAME = 3


def end_of(edit: Edit, span: Span, held: Held, step: int) -> int | None:
    """Where the place begins (step -1) or ends (1); None when its words there were put differently and it is not
    clear how."""
    part = held.parts[0 if step < 0 else -1]
    piece = edit.pieces[part.at]
    near = part.new.start if step < 0 else part.new.end
    missing = Span(span.start, part.old.start) if step < 0 else Span(part.old.end, span.end)
    inside = part.old.start > piece.old_start if step < 0 else part.old.end < piece.old_end
    if inside or not weight(missing.of(edit.old)):
        return near
    inner = missing.end if step < 0 else missing.start
    outer, beyond = _neighbour(edit, span, held, step)
    if edit.excerpts and outer in (0, len(edit.old)):
        # Nothing is known beyond; only a word that the excerpt itself cuts is no loss.
        return near if outer in (span.start, span.end) and word_count(missing.of(edit.old)) <= 1 else None
    if all(sentence_end(text, at) for text, at in ((edit.old, inner), (edit.old, outer), (edit.new, near))):
        return near
    if beyond is None:
        # What stood beside it stands elsewhere now, perhaps with the missing words.
        return near if word_count(missing.of(edit.old)) <= 1 else None
    new = Span(min(near, beyond), max(near, beyond))
    if _only_left_out(edit, missing, new):
        return near
    whole = span.start <= outer if step < 0 else outer <= span.end
    if not whole or not _in_its_place(edit, Span(min(inner, outer), max(inner, outer)), new, piece.block):
        return None
    return beyond


def _neighbour(edit: Edit, span: Span, held: Held, step: int) -> tuple[int, int | None]:
    """Up to where, before (-1) or behind (1) the held parts, nothing is known of the line: there, and here.

    There begins what surely stood, and stands, beside them, few words that agree by chance aside; or the line ends.
    Here it is None when that stands in another passage.
    """
    part = held.parts[0 if step < 0 else -1]
    last = edit.pieces[part.at]
    near = part.new.start if step < 0 else part.new.end
    if step < 0:
        bound, new_bound = line_start(edit.old, span.start), line_start(edit.new, near)
    else:
        bound, new_bound = line_end(edit.old, span.end), line_end(edit.new, near)
    letters, start = 0, last
    at = held.before if step < 0 else held.after
    while 0 <= at < len(edit.pieces):
        piece = edit.pieces[at]
        at += step
        if piece.old_end <= bound if step < 0 else piece.old_start >= bound:
            break
        if piece.block != last.block or (piece.new_end > near if step < 0 else piece.new_start < near):
            if weight(edit.old[piece.old_start : piece.old_end]) < NEIGHBOURS:
                continue
            return (piece.old_end if step < 0 else piece.old_start), None
        if start is last or edit.unlike_between(start, piece) > NEAR_BY:
            letters, first = 0, piece
        letters += weight(edit.old[piece.old_start : piece.old_end]) * (piece.kind is Kind.SAME)
        start = piece
        if letters >= NEIGHBOURS:
            return (first.old_end, first.new_end) if step < 0 else (first.old_start, first.new_start)
    return bound, new_bound


def _only_left_out(edit: Edit, missing: Span, new: Span) -> bool:
    """Whether the missing words just went: nothing came for them, or next to nothing for one word."""
    came = word_count(new.of(edit.new))
    return not weight(new.of(edit.new)) or (came <= FEW_CAME and word_count(missing.of(edit.old)) <= 1)


def _in_its_place(edit: Edit, old: Span, new: Span, block: int) -> bool:
    """Whether `new` is one phrase, of a length to be put for `old`, and comes from nowhere else."""
    words = new.of(edit.new)
    return (
        word_count(words) <= min(LONGEST_PHRASE, 1 + MOST_COME * word_count(old.of(edit.old)))
        and not FULL_STOP.search(words.strip())
        and not edit.from_elsewhere(new, block)
    )
