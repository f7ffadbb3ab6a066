"""Spans of an old text carried into a new one."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.alignment import Alignment, Piece, align
from snippetsvc.anchoring.composing import composed
from snippetsvc.anchoring.gaps import LONGEST_WORDS
from snippetsvc.anchoring.graphemes import cluster_end, cluster_start, splits_cluster
from snippetsvc.anchoring.pairs import BACKGROUND_WORDS, MARK_WEIGHT, SINGLE_WEIGHT, Kind
from snippetsvc.anchoring.words import SINGLE, WORD, Words, same_words, words_of
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
#: What each letter that was replaced by unlike ones, and is no REPLACED piece, speaks against the letters beyond it.
ANEW = 0.5
#: Letters beyond such a stretch that agree, as a share of those in it that do not: up to here they are chance, with
#: more it is not clear whether they are the snippet's end.
CHANCE_SHARE = 0.25
#: So few letters are met by chance, where so many came between them and the rest of the snippet.
STRAY_LETTERS = 3
MOST_CAME = 20
#: Of the part of a sentence at an end of a snippet at least this share must be left, when it has so many characters,
#: or twice as many letters. Below it, another sentence came and some of its words agree.
FRAGMENT_LEFT = 0.3
FRAGMENT_LETTERS = 5
#: A word in another's place is a quarter of a witness that a sentence is the same one.
ONE_FOR_ONE = 0.25
#: Letters of the words beside a snippet that make sure of the place of its end, and up to how many unlike ones may
#: stand in between.
NEIGHBOURS = 12
NEAR_BY = 8
#: Letters that must be the same in a short snippet and beside it, unless its line has less than twice as many; and of
#: how many words a short line is.
VOUCHED = 20
SHORT_LINE = 4
#: Words of the largest stretch written anew in which a snippet is looked for, letters of what holds such a stretch on
#: either side, how much more surprising than a chance meeting the snippet's words must be (nats), and what they lose of
#: that for each word by which they moved.
LARGEST_GAP = 120
FIRM = 20
SURE_ALONE = 2.5
LEAN = 0.05
#: Letters of another passage that have been moved into a snippet, above which the snippet is taken apart.
MOVED_BETWEEN = 40
#: A snippet of which less than `MOSTLY` is left, in a place that grew to more than `MOST_GROWTH` times its size, has
#: two words of it left by chance at the ends of somebody else's text.
MOSTLY = 0.6
MOST_GROWTH = 2.5
SOME_GROWTH = 20
#: How many words may have come, for each that went, where the beginning or the end of a snippet was put differently.
MOST_COME = 2
LONGEST_PHRASE = 8
#: So few words that came may be the edit of one that went; more are a text of their own.
FEW_CAME = 3
#: A word that is cut by an end of the span: when of the part outside so much is found again, and of the part inside
#: less than `GONE_INSIDE`, the part inside was deleted and the word not merely rewritten.
KEPT_OUTSIDE = 0.6
GONE_INSIDE = 0.4


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


def _weighed(keys: Sequence[str]) -> Iterator[tuple[str, float]]:
    for key in keys:
        kind = words_of(key).kinds[:1]
        yield key, {WORD: 1.0, SINGLE: SINGLE_WEIGHT}.get(kind, MARK_WEIGHT)


@dataclass(frozen=True)
class _Edit:
    """Two texts and what is known of them: what each function below is told."""

    old: str
    new: str
    pieces: Sequence[Piece]
    excerpts: bool = False

    def found_in(self, place: Span) -> Iterator[Piece]:
        """The pieces that stand, in part at least, in a stretch of the new text."""
        starts, pieces = self._by_new_start
        at = max(0, bisect_right(starts, place.start) - 1)
        while at < len(pieces) and pieces[at].new_start < place.end:
            if pieces[at].new_end > place.start:
                yield pieces[at]
            at += 1

    def said(self, keys: Sequence[str]) -> float:
        """How surprising it is to meet these words in a row by chance (nats)."""
        counts, size = self._counts
        return sum(math.log(size / max(2, counts[key])) * weight for key, weight in _weighed(keys))

    @cached_property
    def _counts(self) -> tuple[Counter[str], int]:
        keys = [*words_of(self.old).keys, *words_of(self.new).keys]
        return Counter(keys), len(keys) + BACKGROUND_WORDS

    @cached_property
    def _by_new_start(self) -> tuple[list[int], list[Piece]]:
        pieces = sorted(self.pieces, key=lambda piece: piece.new_start)
        return [piece.new_start for piece in pieces], pieces


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
    edit = _Edit(old_text, new_text, alignment.pieces, excerpts)
    return [_answer(edit, span, alignment.within(span.start, span.end)) for span in spans]


def _answer(edit: _Edit, span: Span, within: range) -> _Answer:
    if len(within) == 1 and _inside(edit.pieces[within[0]], span):
        if _may_be_deleted(edit, span, within[0], within[0]):
            return _Answer(LOST, sure=False)
        piece = edit.pieces[within[0]]
        shift = piece.new_start - piece.old_start
        return _Answer(_told(edit.old, edit.new, span, Span(span.start + shift, span.end + shift)), sure=True)
    held = _best_block(edit, span, within)
    parts = held.parts if held is not None else []
    if held is None or not _survives(edit, span, parts):
        place = _alone(edit, span)
        return _Answer(_told(edit.old, edit.new, span, place) if place else LOST, sure=False)
    if _may_be_deleted(edit, span, parts[0].at, parts[-1].at):
        return _Answer(LOST, sure=False)
    if not _vouched(edit, span, held) or _ends_in_doubt(edit, span, parts):
        return _Answer(LOST, sure=False)
    head = _end(edit, span, held, -1)
    tail = _end(edit, span, held, 1)
    if head is None or tail is None or head >= tail:
        return _Answer(LOST, sure=False)
    place = _trimmed(edit, span, Span(head, tail))
    sure = (
        parts[0].old.start == span.start
        and parts[-1].old.end == span.end
        and sum(part.weight for part in parts if edit.pieces[part.at].kind is Kind.SAME)
        >= max(NEIGHBOURS, MOSTLY * _weight(span.of(edit.old)))
    )
    return _Answer(_told(edit.old, edit.new, span, place), sure)


def _alone(edit: _Edit, span: Span) -> Span | None:
    """The place of a snippet around which everything was written anew, if it is still there to the letter.

    It stands once between what surely stands before and behind it, in both texts, and is no phrase that such a
    stretch holds by chance.
    """
    (before, new_before), (after, new_after) = _firm(edit, span, -1), _firm(edit, span, 1)
    if new_after <= new_before:
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


def _firm(edit: _Edit, span: Span, step: int) -> tuple[int, int]:
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
            and _weight(edit.old[piece.old_start : piece.old_end]) >= FIRM
        ):
            return (piece.old_end, piece.new_end) if step < 0 else (piece.old_start, piece.new_start)
    return (0, 0) if step < 0 else (len(edit.old), len(edit.new))


def _occurrences(words: Words, keys: Sequence[str]) -> list[int]:
    size = len(keys)
    return [at for at in range(len(words) - size + 1) if words.keys[at : at + size] == keys] if keys else []


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


def _trimmed(edit: _Edit, span: Span, place: Span) -> Span:
    """The place without white space at an end where the snippet had none."""
    words = place.of(edit.new)
    start, end = place.start, place.end
    if not edit.old[span.start].isspace():
        start += len(words) - len(words.lstrip())
    if not edit.old[span.end - 1].isspace():
        end -= len(words) - len(words.rstrip())
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a piece belongs to the snippet: there, here, its weight in characters, and which piece it is."""

    old: Span
    new: Span
    weight: int
    at: int


@dataclass(frozen=True, slots=True)
class _Held:
    """Parts that hold together, in the order of the old text, and which pieces come before and after them.

    What stands between the parts and these pieces agrees by chance, if at all.
    """

    parts: Sequence[_Part]
    before: int
    after: int


def _best_block(edit: _Edit, span: Span, within: range) -> _Held | None:
    """The parts of the snippet in the passage that holds most of it; None when it is not clear which these are.

    The first and the last are words; marks outside of them come along only where they still adjoin.
    """
    weigh = _weight if any(map(str.isalnum, span.of(edit.old))) else _marks
    blocks: dict[int, list[_Part]] = {}
    for at in within:
        piece = edit.pieces[at]
        old = Span(max(span.start, piece.old_start), min(span.end, piece.old_end))
        new = _part(edit, old, piece)
        if new is not None:
            blocks.setdefault(piece.block, []).append(_Part(old, new, weigh(old.of(edit.old)), at))
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
    while first and not _weight(edit.new[parts[first - 1].new.end : parts[first].new.start]):
        first -= 1
    while last + 1 < len(parts) and not _weight(edit.new[parts[last].new.end : parts[last + 1].new.start]):
        last += 1
    return _Held(
        parts[first : last + 1],
        (parts[0].at if first else parts[first].at) - 1,
        (parts[-1].at if last + 1 < len(parts) else parts[last].at) + 1,
    )


def _held(edit: _Edit, parts: Sequence[_Part]) -> tuple[int, int] | None:
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
                _weight(edit.old[one.old.end : other.old.start]), _weight(edit.new[one.new.end : other.new.start])
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


def _continues(edit: _Edit, span: Span, part: _Part, step: int) -> bool:
    """Whether the words beside the snippet, before (-1) or behind it (1), stand beside its first or last part, too.

    Then that part is no chance agreement, however little it is and however much came between it and the rest.
    """
    piece = edit.pieces[part.at]
    if piece.kind is not Kind.SAME:
        return False
    outside = Span(part.old.end, piece.old_end) if step > 0 else Span(piece.old_start, part.old.start)
    letters = _weight(outside.of(edit.old))
    at, before = part.at + step, piece
    while letters < NEIGHBOURS and 0 <= at < len(edit.pieces):
        other = edit.pieces[at]
        one, two = (before, other) if step > 0 else (other, before)
        if other.block != piece.block or one.new_end > two.new_start or _unlike_between(edit, one, two) > NEAR_BY:
            return False
        if other.kind is Kind.SAME:
            letters += _weight(edit.old[other.old_start : other.old_end])
        at, before = at + step, other
    return letters >= NEIGHBOURS


def _pushed_apart(edit: _Edit, parts: Sequence[_Part]) -> bool:
    """Whether another passage was moved in between.

    A mark around all would hold words that were never marked, and one on either side would lack some that were.
    """
    return any(_moved_between(edit, one, two) for one, two in pairwise(parts))


def _moved_between(edit: _Edit, one: _Part, two: _Part) -> bool:
    """Whether what came between two parts of one passage is another passage, that stood elsewhere before."""
    if two.new.start - one.new.end <= MOVED_BETWEEN:
        return False
    return _from_elsewhere(edit, Span(one.new.end, two.new.start), edit.pieces[one.at].block) > MOVED_BETWEEN


def _from_elsewhere(edit: _Edit, place: Span, block: int) -> int:
    """How many letters of a stretch of the new text belong to other passages than `block`."""
    return sum(
        _weight(edit.new[max(place.start, piece.new_start) : min(place.end, piece.new_end)])
        for piece in edit.found_in(place)
        if piece.block != block
    )


def _survives(edit: _Edit, span: Span, parts: Sequence[_Part]) -> bool:
    """Whether enough of the snippet is left to call what stands there its successor."""
    quote = span.of(edit.old)
    whole = _weight(quote) or _marks(quote)
    found = sum(part.weight for part in parts if edit.pieces[part.at].kind is not Kind.REPLACED)
    kinds = words_of(quote).kinds
    short = kinds.count(WORD) <= SHORT_WORDS and kinds.count(SINGLE) <= SHORT_SINGLES
    placed = sum(part.weight for part in parts)
    if found >= SURVIVES * whole and (not short or placed >= SURVIVES_SHORT * whole) and found:
        grown = _weight(edit.new[parts[0].new.start : parts[-1].new.end])
        return found >= MOSTLY * whole or grown <= MOST_GROWTH * whole + SOME_GROWTH
    if placed < whole or _beside_replaced(edit, parts):
        return False
    return kinds.count(WORD) <= FEW_WORDS and kinds.count(SINGLE) <= FEW_SINGLES


def _beside_replaced(edit: _Edit, parts: Sequence[_Part]) -> bool:
    """Whether the words beside the snippet were replaced too: then nobody knows which became which."""
    outer = (parts[0].at - 1, parts[-1].at + 1)
    return any(0 <= at < len(edit.pieces) and edit.pieces[at].kind is Kind.REPLACED for at in outer)


def _vouched(edit: _Edit, span: Span, held: _Held) -> bool:
    """Whether the words that are the same in a short snippet, and beside it in its line, make sure of its place.

    One word put for another is known by those around it. A line that is short itself, a cell of a table for example,
    is known by the lines around it.
    """
    parts = held.parts
    line = Span(edit.old.rfind("\n", 0, span.start) + 1, _line_end(edit.old, span.end))
    needed = min(VOUCHED // (2 if _unspaced(span.of(edit.old)) else 1), _weight(line.of(edit.old)) // 2)
    letters = sum(part.weight for part in parts if edit.pieces[part.at].kind is Kind.SAME)
    for step, part in ((-1, parts[0]), (1, parts[-1])):
        if letters >= needed:
            return True
        letters += _beside(edit, span, part, step)
    place = Span(edit.new.rfind("\n", 0, parts[0].new.start) + 1, _line_end(edit.new, parts[-1].new.end))
    return letters >= needed or max(_word_count(line.of(edit.old)), _word_count(place.of(edit.new))) <= SHORT_LINE


def _beside(edit: _Edit, span: Span, part: _Part, step: int) -> int:
    """How many letters before (-1) or behind (1) a part, in its line, are the same and near by in both texts."""
    piece = edit.pieces[part.at]
    bound = edit.old.rfind("\n", 0, span.start) + 1 if step < 0 else _line_end(edit.old, span.end)
    letters = 0
    if piece.kind is Kind.SAME:
        outside = (
            Span(part.old.end, min(bound, piece.old_end))
            if step > 0
            else Span(max(bound, piece.old_start), part.old.start)
        )
        letters = _weight(outside.of(edit.old))
    at, before = part.at + step, piece
    while 0 <= at < len(edit.pieces) and letters < VOUCHED:
        other = edit.pieces[at]
        one, two = (before, other) if step > 0 else (other, before)
        if (
            (other.old_end <= bound if step < 0 else other.old_start >= bound)
            or other.block != piece.block
            or one.new_end > two.new_start
            or _unlike_between(edit, one, two) > MOST_CAME
        ):
            break
        if other.kind is Kind.SAME:
            letters += _weight(
                edit.old[
                    max(bound, other.old_start) if step < 0 else other.old_start : min(bound, other.old_end)
                    if step > 0
                    else other.old_end
                ]
            )
        at, before = at + step, other
    return letters


def _may_be_deleted(edit: _Edit, span: Span, first: int, last: int) -> bool:
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


def _just_deleted(edit: _Edit, at: int) -> bool:
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


def _ends_in_doubt(edit: _Edit, span: Span, parts: Sequence[_Part]) -> bool:
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


def _stray(edit: _Edit, parts: Sequence[_Part], *, from_end: bool = False) -> bool:
    """Whether the first (or last) letters that are still the same are few, and stand apart from the others."""
    pairs = list(pairwise(parts))
    letters = 0.0
    for one, two in reversed(pairs) if from_end else pairs:
        outer = two if from_end else one
        letters += outer.weight * _kept(edit, outer) * (2 if _unspaced(outer.old.of(edit.old)) else 1)
        if letters > STRAY_LETTERS + 1:
            return False
        came = _weight(edit.new[one.new.end : two.new.start]) - _weight(edit.old[one.old.end : two.old.start])
        if came > MOST_CAME:
            return True
    return False


def _sentence_anew(edit: _Edit, part: Span, parts: Sequence[_Part]) -> bool:
    whole = _weight(part.of(edit.old))
    if whole < FRAGMENT_LETTERS * (1 if _unspaced(part.of(edit.old)) else 2):
        return False
    left = 0.0
    for one in parts:
        inside = Span(max(one.old.start, part.start), max(one.old.start, part.start, min(one.old.end, part.end)))
        left += _weight(inside.of(edit.old)) * _kept(edit, one)
    return 0 < left < FRAGMENT_LEFT * whole


def _kept(edit: _Edit, part: _Part) -> float:
    """How much a part is evidence that its sentence is the same one, 0 to 1."""
    kind = edit.pieces[part.at].kind
    if kind is Kind.SAME:
        return 1.0
    if kind is Kind.EDITED:
        # Short words are alike by chance.
        return float(part.weight > STRAY_LETTERS)
    one_for_one = " " not in part.old.of(edit.old) and " " not in part.new.of(edit.new)
    return ONE_FOR_ONE if one_for_one else 0.0


def _unspaced(words: str) -> bool:
    return SINGLE in words_of(words).kinds


_FULL_STOP = re.compile(r"[.!?…][\"'”’»)]*\s|[。！？\n]")


def _first_stop(text: str, span: Span) -> int:
    """Where the sentence ends that the span begins in; the span's start when that is the span's end, too."""
    found = _FULL_STOP.search(text, span.start, span.end)
    return found.start() if found else span.start


def _last_stop(text: str, span: Span) -> int:
    last = span.end
    for found in _FULL_STOP.finditer(text, span.start, span.end):
        last = found.end()
    return last


def _end(edit: _Edit, span: Span, held: _Held, step: int) -> int | None:
    """Where the place begins (step -1) or ends (1); None when its words there were put differently and it is not
    clear how."""
    part = held.parts[0 if step < 0 else -1]
    piece = edit.pieces[part.at]
    near = part.new.start if step < 0 else part.new.end
    missing = Span(span.start, part.old.start) if step < 0 else Span(part.old.end, span.end)
    inside = part.old.start > piece.old_start if step < 0 else part.old.end < piece.old_end
    if inside or not _weight(missing.of(edit.old)):
        return near
    inner = missing.end if step < 0 else missing.start
    outer, beyond = _neighbour(edit, span, held, step)
    if edit.excerpts and outer in (0, len(edit.old)) and span.start > 0 and span.end < len(edit.old):
        return None
    if all(_sentence_end(text, at) for text, at in ((edit.old, inner), (edit.old, outer), (edit.new, near))):
        return near
    if beyond is None:
        # What stood beside it stands elsewhere now, perhaps with the missing words.
        return near if _word_count(missing.of(edit.old)) <= 1 else None
    new = Span(min(near, beyond), max(near, beyond))
    if _only_left_out(edit, missing, new):
        return near
    whole = span.start <= outer if step < 0 else outer <= span.end
    if not whole or not _in_its_place(edit, Span(min(inner, outer), max(inner, outer)), new, piece.block):
        return None
    return beyond


def _neighbour(edit: _Edit, span: Span, held: _Held, step: int) -> tuple[int, int | None]:
    """Up to where, before (-1) or behind (1) the held parts, nothing is known of the line: there, and here.

    There begins what surely stood, and stands, beside them, few words that agree by chance aside; or the line ends.
    Here it is None when that stands in another passage.
    """
    part = held.parts[0 if step < 0 else -1]
    last = edit.pieces[part.at]
    near = part.new.start if step < 0 else part.new.end
    if step < 0:
        bound, new_bound = edit.old.rfind("\n", 0, span.start) + 1, edit.new.rfind("\n", 0, near) + 1
    else:
        bound, new_bound = _line_end(edit.old, span.end), _line_end(edit.new, near)
    letters, start = 0, last
    at = held.before if step < 0 else held.after
    while 0 <= at < len(edit.pieces):
        piece = edit.pieces[at]
        at += step
        if piece.old_end <= bound if step < 0 else piece.old_start >= bound:
            break
        if piece.block != last.block or (piece.new_end > near if step < 0 else piece.new_start < near):
            if _weight(edit.old[piece.old_start : piece.old_end]) < NEIGHBOURS:
                continue
            return (piece.old_end if step < 0 else piece.old_start), None
        if start is last or _unlike_between(edit, start, piece) > NEAR_BY:
            letters, first = 0, piece
        letters += _weight(edit.old[piece.old_start : piece.old_end]) * (piece.kind is Kind.SAME)
        start = piece
        if letters >= NEIGHBOURS:
            return (first.old_end, first.new_end) if step < 0 else (first.old_start, first.new_start)
    return bound, new_bound


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found


def _unlike_between(edit: _Edit, one: Piece, two: Piece) -> int:
    """How many letters stand between two pieces that are in order, on the side with more of them."""
    one, two = (one, two) if one.old_start < two.old_start else (two, one)
    return max(_weight(edit.old[one.old_end : two.old_start]), _weight(edit.new[one.new_end : two.new_start]))


def _only_left_out(edit: _Edit, missing: Span, new: Span) -> bool:
    """Whether the missing words just went: nothing came for them, or next to nothing for one word."""
    came = _word_count(new.of(edit.new))
    return not _weight(new.of(edit.new)) or (came <= FEW_CAME and _word_count(missing.of(edit.old)) <= 1)


def _in_its_place(edit: _Edit, old: Span, new: Span, block: int) -> bool:
    """Whether `new` is one phrase, of a length to be put for `old`, and comes from nowhere else."""
    words = new.of(edit.new)
    return (
        _word_count(words) <= min(LONGEST_PHRASE, 1 + MOST_COME * _word_count(old.of(edit.old)))
        and not _STOP.search(words.strip())
        and not _from_elsewhere(edit, new, block)
    )


def _word_count(words: str) -> int:
    kinds = words_of(words).kinds
    return kinds.count(WORD) + (kinds.count(SINGLE) + 1) // 2


_STOP = re.compile(r"[.!?…][\"'”’»)]*\s|[。！？\n]")
_ENDS = re.compile(r"[\"'”’»」』)]*[.!?…。！？\n]|$")
_ENDED = re.compile(r"[.!?…。！？][\W_]*$|\n\s*$|^\s*$")


def _sentence_end(text: str, offset: int) -> bool:
    """Whether a sentence or a line ends at `offset`, white space and closing marks aside."""
    return bool(_ENDS.match(text, offset) or _ENDED.search(text[max(0, offset - 8) : offset]))


def _weight(words: str) -> int:
    """How many letters and digits there are."""
    return sum(map(str.isalnum, words))


def _marks(words: str) -> int:
    """How many visible characters there are: what a snippet without letters is weighed by."""
    return len("".join(words.split()))


def _part(edit: _Edit, span: Span, piece: Piece) -> Span | None:
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
    if _word_count(old) > 1 or len(old) + len(new) > LONGEST_WORDS:
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
