"""The parts of a snippet in a new text: which of them are the snippet, and which agree with it by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.alignment import Piece
from snippetsvc.anchoring.edit import Edit, marks, weight, word_count
from snippetsvc.anchoring.gaps import LONGEST_WORDS
from snippetsvc.anchoring.pairs import Kind
from snippetsvc.models import Span

#: What each letter that was replaced by unlike ones, and is no REPLACED piece, speaks against the letters beyond it.
ANEW = 0.5
#: Letters beyond such a stretch that agree, as a share of those in it that do not: up to here they are chance, with
#: more it is not clear whether they are the snippet's end.
CHANCE_SHARE = 0.25
#: Letters of the words beside a snippet that make sure of the place of its end, and up to how many unlike ones may
#: stand in between.
NEIGHBOURS = 12
NEAR_BY = 8
#: Letters of another passage that have been moved into a snippet, above which the snippet is taken apart.
MOVED_BETWEEN = 40
#: A word that is cut by an end of the span: when of the part outside so much is found again, and of the part inside
#: less than `GONE_INSIDE`, the part inside was deleted and the word not merely rewritten.
KEPT_OUTSIDE = 0.6
GONE_INSIDE = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """What of a piece belongs to the snippet: there, here, its weight in characters, and which piece it is."""

    old: Span
    new: Span
    weight: int
    at: int


@dataclass(frozen=True, slots=True)
class Held:
    """Parts that hold together, in the order of the old text, and which pieces come before and after them.

    What stands between the parts and these pieces agrees by chance, if at all.
    """

    parts: Sequence[Part]
    before: int
    after: int


def held_parts(edit: Edit, span: Span, within: range) -> Held | None:
    """The parts of the snippet in the passage that holds most of it; None when it is not clear which these are.

    The first and the last are words; marks outside of them come along only where they still adjoin.
    """
    weigh = weight if any(map(str.isalnum, span.of(edit.old))) else marks
    blocks: dict[int, list[Part]] = {}
    for at in within:
        piece = edit.pieces[at]
        old = Span(max(span.start, piece.old_start), min(span.end, piece.old_end))
        new = _part(edit, old, piece)
        if new is not None:
            blocks.setdefault(piece.block, []).append(Part(old, new, weigh(old.of(edit.old)), at))
    parts = max(blocks.values(), key=lambda parts: sum(part.weight for part in parts), default=[])
    if not any(part.weight for part in parts) or _pushed_apart(edit, parts):
        return None
    ends = _held(edit, parts)
    if ends is None:
        return None
    first, last = ends
    if _continues(edit, span, parts[0], -1):
        first = 0
    if _continues(edit, span, parts[-1], 1):
        last = len(parts) - 1
    while first and not weight(edit.new[parts[first - 1].new.end : parts[first].new.start]):
        first -= 1
    while last + 1 < len(parts) and not weight(edit.new[parts[last].new.end : parts[last + 1].new.start]):
        last += 1
    return Held(
        parts[first : last + 1],
        (parts[0].at if first else parts[first].at) - 1,
        (parts[-1].at if last + 1 < len(parts) else parts[last].at) + 1,
    )


def _held(edit: Edit, parts: Sequence[Part]) -> tuple[int, int] | None:
    """The first and the last part that hold together with the heaviest one; None when that is not clear.

    Beyond a stretch that was written anew, a few words that agree are chance and no end of the snippet.
    """
    core = max(range(len(parts)), key=lambda at: parts[at].weight)
    ends: list[int] = []
    for order in (range(core - 1, -1, -1), range(core + 1, len(parts))):
        score = best = 0.0
        end = before = core
        beyond = unlike_beyond = 0
        for at in order:
            one, other = parts[min(at, before)], parts[max(at, before)]
            unlike = min(
                weight(edit.old[one.old.end : other.old.start]), weight(edit.new[one.new.end : other.new.start])
            )
            score += parts[at].weight - ANEW * unlike
            beyond, unlike_beyond = beyond + parts[at].weight, unlike_beyond + unlike
            if score >= best and parts[at].weight:
                best, end = score, at
                beyond = unlike_beyond = 0
            before = at
        if beyond > CHANCE_SHARE * unlike_beyond:
            return None
        ends.append(end)
    return ends[0], ends[1]


def _continues(edit: Edit, span: Span, part: Part, step: int) -> bool:
    """Whether the words beside the snippet, before (-1) or behind it (1), stand beside its first or last part, too.

    Then that part is no chance agreement, however little it is and however much came between it and the rest.
    """
    piece = edit.pieces[part.at]
    if piece.kind is not Kind.SAME:
        return False
    outside = Span(part.old.end, piece.old_end) if step > 0 else Span(piece.old_start, part.old.start)
    letters = weight(outside.of(edit.old))
    at, before = part.at + step, piece
    while letters < NEIGHBOURS and 0 <= at < len(edit.pieces):
        other = edit.pieces[at]
        one, two = (before, other) if step > 0 else (other, before)
        if other.block != piece.block or one.new_end > two.new_start or edit.unlike_between(one, two) > NEAR_BY:
            return False
        if other.kind is Kind.SAME:
            letters += weight(edit.old[other.old_start : other.old_end])
        at, before = at + step, other
    return letters >= NEIGHBOURS


def _pushed_apart(edit: Edit, parts: Sequence[Part]) -> bool:
    """Whether another passage was moved in between.

    A mark around all would hold words that were never marked, and one on either side would lack some that were.
    """
    return any(_moved_between(edit, one, two) for one, two in pairwise(parts))


def _moved_between(edit: Edit, one: Part, two: Part) -> bool:
    """Whether what came between two parts of one passage is another passage, that stood elsewhere before."""
    if two.new.start - one.new.end <= MOVED_BETWEEN:
        return False
    return edit.from_elsewhere(Span(one.new.end, two.new.start), edit.pieces[one.at].block) > MOVED_BETWEEN


def _part(edit: Edit, span: Span, piece: Piece) -> Span | None:
    """Where a stretch of a piece stands in the new text; None when an edit took it away."""
    start, end = span.start, span.end
    if piece.kind is Kind.SAME:
        shift = piece.new_start - piece.old_start
        return Span(start + shift, end + shift)
    if (start, end) == (piece.old_start, piece.old_end):
        return Span(piece.new_start, piece.new_end)
    return _inside_word(edit.old, edit.new, span, piece)


def _inside_word(old_text: str, new_text: str, span: Span, piece: Piece) -> Span | None:
    """A span that cuts an edited word (or phrase): letter by letter, or the whole word where the letters changed."""
    old = old_text[piece.old_start : piece.old_end]
    new = new_text[piece.new_start : piece.new_end]
    start, end = span.start - piece.old_start, span.end - piece.old_start
    if word_count(old) > 1 or len(old) + len(new) > LONGEST_WORDS:
        # One of several words for which others were put: nobody knows which.
        return None
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
