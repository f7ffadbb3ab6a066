"""What is kept of a comparison: which characters of the old text stand where in the new one, in both readings.

The record holds offsets only, no word of either text, so that keeping it keeps nothing that may have to be retracted.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec

from snippetsvc.anchoring.comparing import compared
from snippetsvc.anchoring.folds import same_words
from snippetsvc.anchoring.links import Links
from snippetsvc.anchoring.pair import Pair
from snippetsvc.anchoring.stage1_words import words_of
from snippetsvc.errors import RecordUnreadable

#: The first byte of a kept alignment. A new number whenever the meaning of the record changes.
FORMAT = 2
#: Of earlier releases: one list of pieces, each with the number of the passage that it moved with, 0 for what did not,
#: and a kind: 0 same, 1 edited, 2 replaced by something unlike.
_FORMAT_1 = 1
_KINDS = 4
_REPLACED = 2

#: A word of usual length, of a letter (U+A66E) that a single manuscript has.
_UNKNOWN_WORD = "\ua66e" * 5 + " "
_UNKNOWN_SIGN = "\ua673"


def _unknown(length: int) -> str:
    """Words that no text has, so many code points, with spaces that keep them apart from those beside; or signs."""
    return f" {_UNKNOWN_WORD * length}"[: length - 1] + " " if length > 2 else _UNKNOWN_SIGN * length


#: White space inside a line.
_SPACES = frozenset(" \t\u00a0\u202f\u3000")


class Piece(NamedTuple):
    """Old characters `[old_start, old_end)` stand in the new text as `[new_start, new_end)` (code points).

    same: they agree character by character, but for typography (the narrow fold), and have equal lengths.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    same: bool


Reading = tuple[Piece, ...]


@dataclass(slots=True)
class Alignment:
    """Made by `align`, kept by `to_bytes`. old_length, new_length: of the two texts, in code points.

    readings: of the edit, in order, and where it is another one, free; pieces in the order of the old text, without
    overlap.
    """

    old_length: int
    new_length: int
    readings: tuple[Reading, ...]
    _in_words: tuple[Pair, list[Links]] | None = field(default=None, compare=False, repr=False)

    def in_words(self, old_text: str, new_text: str) -> tuple[Pair, list[Links]]:
        """The two texts and the readings in words, made once. Raises ValueError for texts of other lengths."""
        if (self.old_length, self.new_length) != (len(old_text), len(new_text)):
            raise ValueError("the alignment is not of these texts")
        known = self._in_words
        if known is None or (known[0].old.text, known[0].new.text) != (old_text, new_text):
            pair = Pair(words_of(old_text), words_of(new_text))
            known = self._in_words = pair, [_links_of(pair, reading) for reading in self.readings]
        return known

    def sketch(self, new_text: str) -> str:
        """What the alignment tells of an old text that is no longer there: the words that stand in the new one.

        Of the same length as the old text. Where it is not known, words of a letter that no text has stand for the
        words that were there, so that they count as missing.
        """
        known: list[str] = []
        written = 0
        for piece in sorted(chain(*self.readings)):
            start = max(written, piece.old_start)
            if piece.same and start < piece.old_end:
                moved = piece.new_start - piece.old_start
                known += (_unknown(start - written), new_text[start + moved : piece.new_end])
                written = piece.old_end
        return "".join(known) + _unknown(self.old_length - written)

    def to_bytes(self) -> bytes:
        """The record: a format byte, then zlib over msgpack of differences; a few bytes for each edit."""
        numbers = [self.old_length, self.new_length]
        for reading in self.readings:
            numbers.append(len(reading))
            old = new = 0
            for piece in reading:
                old_size, new_size = piece.old_end - piece.old_start, piece.new_end - piece.new_start
                numbers += (piece.old_start - old, old_size << 1 | piece.same, piece.new_start - new)
                if not piece.same:
                    numbers.append(new_size)
                old, new = piece.old_end, piece.new_end
        return bytes([FORMAT]) + zlib.compress(msgspec.msgpack.encode(numbers))

    @classmethod
    def from_bytes(cls, data: bytes) -> Alignment:
        """Read what `to_bytes` wrote, in this release or before. Raises `RecordUnreadable` for anything else."""
        if data[:1] not in (bytes([FORMAT]), bytes([_FORMAT_1])):
            raise RecordUnreadable("an alignment of a format that this release does not know")
        try:
            numbers = iter(msgspec.msgpack.decode(zlib.decompress(data[1:]), type=list[int]))
            lengths = next(numbers), next(numbers)
            if data[0] == _FORMAT_1:
                passages = list(_passages_from(numbers))
                in_order = tuple(piece for piece, passage in passages if passage == 0)
                return cls(*lengths, (in_order, tuple(piece for piece, _ in passages)))
            readings = tuple(tuple(_pieces_from(numbers, count)) for count in numbers)
            if not readings:
                raise ValueError("no reading")
            return cls(*lengths, readings)
        except (zlib.error, msgspec.DecodeError, ValueError, StopIteration, RuntimeError) as error:
            raise RecordUnreadable("a damaged alignment") from error

    @staticmethod
    def outdated(data: bytes) -> bool:
        """Whether an earlier release has made it: this one would find more."""
        return data[:1] == bytes([_FORMAT_1])


def _pieces_from(numbers: Iterator[int], count: int) -> Iterator[Piece]:
    """One reading, of `count` pieces."""
    old = new = 0
    for _ in range(count):
        old_start = old + next(numbers)
        size, same = divmod(next(numbers), 2)
        old, new_start = old_start + size, new + next(numbers)
        new = new_start + (size if same else next(numbers))
        yield Piece(old_start, old, new_start, new, bool(same))


def _passages_from(numbers: Iterator[int]) -> Iterator[tuple[Piece, int]]:
    """The pieces of format 1, each with the number of its passage."""
    old = new = 0
    for tag in numbers:
        passage, kind = divmod(tag, _KINDS)
        old_start = old + next(numbers)
        old = old_start + next(numbers)
        new_start = new + next(numbers)
        new = new_start + (next(numbers) if kind else old - old_start)
        if kind != _REPLACED:
            yield Piece(old_start, old, new_start, new, not kind), passage


def align(old_text: str, new_text: str) -> Alignment:
    """Compare two texts. Near-linear in their length; hostile ones are bounded by giving up on detail."""
    if old_text == new_text:
        whole = (Piece(0, len(old_text), 0, len(old_text), True),) if old_text else ()
        return Alignment(len(old_text), len(new_text), (whole,))
    pair = Pair(words_of(old_text), words_of(new_text))
    readings = tuple(tuple(_pieces_of(pair, links)) for links in compared(pair))
    known = pair, [_links_of(pair, reading) for reading in readings]
    return Alignment(len(old_text), len(new_text), readings, known)


def _pieces_of(pair: Pair, links: Links) -> Iterator[Piece]:
    """A reading in characters."""
    for i, j, n in links.runs():
        piece = _piece(pair, links, i, j, n)
        if piece.same or n == 1:
            yield piece
        else:
            yield from _cut(pair, links, i, j, n)


def _piece(pair: Pair, links: Links, i: int, j: int, n: int) -> Piece:
    """n words in a row."""
    old, new = pair.old, pair.new
    start, end = old.starts[i], old.ends[i + n - 1]
    new_start, new_end = new.starts[j], new.ends[links.past(i + n - 1) - 1]
    one, two = old.text[start:end], new.text[new_start:new_end]
    same = one == two or (n == 1 and len(one) == len(two) and same_words(one, two))
    # With the white space behind, so that what lies between pieces is not known to be some.
    while same and old.text[end : end + 1] == new.text[new_end : new_end + 1] in _SPACES:
        end, new_end = end + 1, new_end + 1
    return Piece(start, end, new_start, new_end, same)


def _cut(pair: Pair, links: Links, i: int, j: int, n: int) -> Iterator[Piece]:
    """Words in a row, one piece as long as all between them is the same."""
    old, new = pair.old.text, pair.new.text
    piece = _piece(pair, links, i, j, 1)
    for x in range(1, n):
        word = _piece(pair, links, i + x, j + x, 1)
        gap = old[piece.old_end : word.old_start] == new[piece.new_end : word.new_start]
        if piece.same and word.same and gap:
            piece = Piece(piece.old_start, word.old_end, piece.new_start, word.new_end, True)
        else:
            yield piece
            piece = word
    yield piece


def _links_of(pair: Pair, reading: Reading) -> Links:
    """A reading in words again."""
    links = Links(pair)
    old, new = pair.old, pair.new
    for piece in reading:
        i, end = bisect_left(old.starts, piece.old_start), bisect_right(old.ends, piece.old_end)
        j, last = bisect_left(new.starts, piece.new_start), bisect_right(new.ends, piece.new_end)
        if piece.same and end - i == last - j:
            links.join_run(i, j, end - i)
        elif i < end and j < last:
            links.join_group(i, end, j, last)
    return links


def composed(first: Alignment, second: Alignment) -> Alignment:
    """Where the characters of the old text of `first` stand in the new text of `second`.

    What an edit between the two put in belongs to nothing of the old text, so that it is never taken for its
    successor, however the edits after it went. Raises ValueError when the middle texts differ in length.
    """
    if first.new_length != second.old_length:
        raise ValueError("the alignments have no text in common")
    # An edit that reads one way alone reads the same freely.
    ways = {(0, 0), (len(first.readings) - 1, len(second.readings) - 1)}
    readings = tuple(tuple(_through(first.readings[one], second.readings[two])) for one, two in sorted(ways))
    return Alignment(first.old_length, second.new_length, readings)


def _through(first: Reading, second: Reading) -> Iterator[Piece]:
    ends = [piece.old_end for piece in second]
    for piece in first:
        at = bisect_right(ends, piece.new_start)
        met = []
        while at < len(second) and second[at].old_start < piece.new_end:
            met.append(second[at])
            at += 1
        yield from _split(piece, met) if piece.same else _word(piece, met)


def _split(piece: Piece, met: Sequence[Piece]) -> Iterator[Piece]:
    """A piece that is the same: each stretch of it goes where the second comparison found it."""
    shift = piece.old_start - piece.new_start
    for other in met:
        start, end = max(piece.new_start, other.old_start), min(piece.new_end, other.old_end)
        if other.same:
            further = other.new_start - other.old_start
            yield Piece(start + shift, end + shift, start + further, end + further, True)
        elif 2 * (end - start) > other.old_end - other.old_start:
            # Of a word that lies across the end of this piece the larger half decides.
            yield Piece(start + shift, end + shift, other.new_start, other.new_end, False)


def _word(piece: Piece, met: Sequence[Piece]) -> Iterator[Piece]:
    """An edited word goes with what is left of it, and where its parts parted, with the larger one."""
    if not met:
        return
    if any(not 0 <= two.new_start - one.new_end <= 1 + two.old_start - one.old_end for one, two in pairwise(met)):
        met = [max(met, key=lambda other: other.old_end - other.old_start)]
    first, last = met[0], met[-1]
    start = first.new_start + (max(0, piece.new_start - first.old_start) if first.same else 0)
    end = last.new_end - (max(0, last.old_end - piece.new_end) if last.same else 0)
    yield Piece(piece.old_start, piece.old_end, start, end, False)
