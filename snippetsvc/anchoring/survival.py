"""Whether what is found of a snippet is still that snippet: a remainder, a neighbour or a chance meeting is not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from snippetsvc.anchoring.edit import FULL_STOP, Edit, line_end, line_start, marks, unspaced, weight, word_count
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.anchoring.parts import Held, Part
from snippetsvc.anchoring.words import SINGLE, WORD, words_of
from snippetsvc.models import Span

#: The share of a snippet's characters that must be found again, edited or not. Below it, what stands there is a
#: remainder by which nobody would recognise the snippet.
SURVIVES = 0.2
#: So few words (characters, where these are the words) may all have been replaced: in a clear place, what stands
#: there now is their successor. A longer snippet of which no word is left was not edited but written anew.
FEW_WORDS = 5
FEW_SINGLES = 10
#: Of a snippet of so few words, most must be left: "to" is not what is left of "learned to".
SURVIVES_SHORT = 0.6
SHORT_WORDS = 3
SHORT_SINGLES = 6
#: So few letters are met by chance, where so many came between them and the rest of the snippet.
STRAY_LETTERS = 3
MOST_CAME = 20
#: Of the part of a sentence at an end of a snippet at least this share must be left, when it has so many characters,
#: or twice as many letters. Below it, another sentence came and some of its words agree.
FRAGMENT_LEFT = 0.3
FRAGMENT_LETTERS = 5
#: A word in another's place is a quarter of a witness that a sentence is the same one.
ONE_FOR_ONE = 0.25
#: Letters that must be the same in a short snippet and beside it, unless its line has less than twice as many; and of
#: how many words a short line is.
VOUCHED = 20
SHORT_LINE = 4
#: Characters of a line that is looked at as a whole.
LONG_LINE = 200
#: A snippet of which less than `MOSTLY` is left, in a place that grew to more than `MOST_GROWTH` times its size, has
#: two words of it left by chance at the ends of somebody else's text.
MOSTLY = 0.6
MOST_GROWTH = 2.5
SOME_GROWTH = 20


def survives(edit: Edit, span: Span, parts: Sequence[Part]) -> bool:
    """Whether enough of the snippet is left to call what stands there its successor."""
    quote = span.of(edit.old)
    whole = weight(quote) or marks(quote)
    found = sum(part.weight for part in parts if edit.pieces[part.at].kind is not Kind.REPLACED)
    kinds = words_of(quote).kinds
    short = kinds.count(WORD) <= SHORT_WORDS and kinds.count(SINGLE) <= SHORT_SINGLES
    placed = sum(part.weight for part in parts)
    if found >= SURVIVES * whole and (not short or placed >= SURVIVES_SHORT * whole) and found:
        grown = weight(edit.new[parts[0].new.start : parts[-1].new.end])
        return found >= MOSTLY * whole or grown <= MOST_GROWTH * whole + SOME_GROWTH
    if placed < whole or _beside_replaced(edit, parts):
        return False
    return kinds.count(WORD) <= FEW_WORDS and kinds.count(SINGLE) <= FEW_SINGLES


def _beside_replaced(edit: Edit, parts: Sequence[Part]) -> bool:
    """Whether the words beside the snippet were replaced too: then nobody knows which became which."""
    outer = (parts[0].at - 1, parts[-1].at + 1)
    return any(0 <= at < len(edit.pieces) and edit.pieces[at].kind is Kind.REPLACED for at in outer)


def vouched(edit: Edit, span: Span, held: Held) -> bool:
    """Whether the words that are the same in a short snippet, and beside it in its line, make sure of its place.

    One word put for another is known by those around it. A line that is short itself, a cell of a table for example,
    is known by the lines around it.
    """
    parts = held.parts
    needed = VOUCHED // (2 if unspaced(span.of(edit.old)) else 1)
    letters = sum(part.weight for part in parts if edit.pieces[part.at].kind is Kind.SAME)
    for step, part in ((-1, parts[0]), (1, parts[-1])):
        if letters >= needed:
            return True
        letters += _beside(edit, span, part, step)
    line = Span(line_start(edit.old, span.start), line_end(edit.old, span.end))
    place = Span(line_start(edit.new, parts[0].new.start), line_end(edit.new, parts[-1].new.end))
    if letters >= needed or max(len(line), len(place)) > LONG_LINE:
        return letters >= needed
    return (
        2 * letters >= weight(line.of(edit.old))
        or max(word_count(line.of(edit.old)), word_count(place.of(edit.new))) <= SHORT_LINE
    )


def _beside(edit: Edit, span: Span, part: Part, step: int) -> int:
    """How many letters before (-1) or behind (1) a part, in its line, are the same and near by in both texts."""
    piece = edit.pieces[part.at]
    bound = line_start(edit.old, span.start) if step < 0 else line_end(edit.old, span.end)
    letters = 0
    if piece.kind is Kind.SAME:
        outside = (
            Span(part.old.end, min(bound, piece.old_end))
            if step > 0
            else Span(max(bound, piece.old_start), part.old.start)
        )
        letters = weight(outside.of(edit.old))
    at, before = part.at + step, piece
    while 0 <= at < len(edit.pieces) and letters < VOUCHED:
        other = edit.pieces[at]
        one, two = (before, other) if step > 0 else (other, before)
        if (
            (other.old_end <= bound if step < 0 else other.old_start >= bound)
            or other.block != piece.block
            or one.new_end > two.new_start
            or edit.unlike_between(one, two) > MOST_CAME
        ):
            break
        if other.kind is Kind.SAME:
            letters += weight(
                edit.old[
                    max(bound, other.old_start) if step < 0 else other.old_start : min(bound, other.old_end)
                    if step > 0
                    else other.old_end
                ]
            )
        at, before = at + step, other
    return letters


def may_be_deleted(edit: Edit, span: Span, first: int, last: int) -> bool:
    """Whether what is left may be a neighbour's: "the cat, " taken out of "the cat, the dog", or of "cat, cat, ".

    Where words that were deleted stand beside the same words again, nobody can tell which of them went. Whenever all
    of the snippet may have, it is lost. first, last: the pieces that the snippet begins and ends in.
    """
    if last + 1 < len(edit.pieces) and _just_deleted(edit, last):
        gap = Span(edit.pieces[last].old_end, edit.pieces[last + 1].old_start)
        words = edit.old[span.start : gap.start].strip()
        if words and len(words) + span.end <= gap.end + 1 and _ends_with(edit.old, gap, words):
            return True
    if first and _just_deleted(edit, first - 1):
        gap = Span(edit.pieces[first - 1].old_end, edit.pieces[first].old_start)
        words = edit.old[gap.end : span.end].strip()
        if words and span.start - len(words) >= gap.start - 1 and _starts_with(edit.old, gap, words):
            return True
    return False


def _just_deleted(edit: Edit, at: int) -> bool:
    """Whether words were taken out behind the piece `at`, and none put in."""
    piece, after = edit.pieces[at], edit.pieces[at + 1]
    return (
        piece.block == after.block
        and piece.old_end < after.old_start
        and not edit.new[piece.new_end : after.new_start].strip()
    )


def _ends_with(text: str, gap: Span, words: str) -> bool:
    end = gap.end
    while end > gap.start and text[end - 1].isspace():
        end -= 1
    return text.endswith(words, gap.start, end)


def _starts_with(text: str, gap: Span, words: str) -> bool:
    start = gap.start
    while start < gap.end and text[start].isspace():
        start += 1
    return text.startswith(words, start, gap.end)


def ends_in_doubt(edit: Edit, span: Span, parts: Sequence[Part]) -> bool:
    """Whether the beginning or the end of the snippet rests on words that agree by chance.

    A letter or two before or behind much that came between; or a sentence, cut by the snippet's end, of which next
    to nothing is left.
    """
    return (
        _stray(edit, parts)
        or _stray(edit, parts, from_end=True)
        or _sentence_anew(edit, Span(span.start, _first_stop(edit.old, span)), parts)
        or _sentence_anew(edit, Span(_last_stop(edit.old, span), span.end), parts)
    )


def _stray(edit: Edit, parts: Sequence[Part], *, from_end: bool = False) -> bool:
    """Whether the first (or last) letters that are still the same are few, and stand apart from the others."""
    pairs = list(pairwise(parts))
    letters = 0.0
    for one, two in reversed(pairs) if from_end else pairs:
        outer = two if from_end else one
        letters += outer.weight * _kept(edit, outer) * (2 if unspaced(outer.old.of(edit.old)) else 1)
        if letters > STRAY_LETTERS + 1:
            return False
        came = weight(edit.new[one.new.end : two.new.start]) - weight(edit.old[one.old.end : two.old.start])
        if came > MOST_CAME:
            return True
    return False


def _sentence_anew(edit: Edit, part: Span, parts: Sequence[Part]) -> bool:
    whole = weight(part.of(edit.old))
    if whole < FRAGMENT_LETTERS * (1 if unspaced(part.of(edit.old)) else 2):
        return False
    left = 0.0
    for one in parts:
        inside = Span(max(one.old.start, part.start), max(one.old.start, part.start, min(one.old.end, part.end)))
        left += weight(inside.of(edit.old)) * _kept(edit, one)
    return 0 < left < FRAGMENT_LEFT * whole


def _kept(edit: Edit, part: Part) -> float:
    """How much a part is evidence that its sentence is the same one, 0 to 1."""
    kind = edit.pieces[part.at].kind
    if kind is Kind.SAME:
        return 1.0
    if kind is Kind.EDITED:
        # Short words are alike by chance.
        return float(part.weight > STRAY_LETTERS)
    one_for_one = " " not in part.old.of(edit.old) and " " not in part.new.of(edit.new)
    return ONE_FOR_ONE if one_for_one else 0.0


def _first_stop(text: str, span: Span) -> int:
    """Where the sentence ends that the span begins in; the span's start when that is the span's end, too."""
    found = FULL_STOP.search(text, span.start, span.end)
    return found.start() if found else span.start


def _last_stop(text: str, span: Span) -> int:
    last = span.end
    for found in FULL_STOP.finditer(text, span.start, span.end):
        last = found.end()
    return last
