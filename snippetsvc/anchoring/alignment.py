"""The kept result of a comparison: which characters of the old text stand where in the new one.

It holds offsets only, no word of either text, so that keeping it keeps nothing that may have to be retracted.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from snippetsvc.anchoring.comparing import compared
from snippetsvc.anchoring.pairs import Kind, Link, Pair
from snippetsvc.anchoring.words import words_of
from snippetsvc.errors import RecordUnreadable

#: The first byte of a kept alignment. A new number whenever the meaning of the record changes.
FORMAT = 1

#: A word of usual length, of a letter (U+A66E) that a single manuscript has.
_UNKNOWN_WORD = "\ua66e" * 5 + " "


@dataclass(frozen=True, slots=True)
class Piece:
    """Old characters `[old_start, old_end)` stand in the new text as `[new_start, new_end)` (code points).

    kind: SAME pieces agree character by character, but for folding, and have equal lengths in both;
    block: 0 what stayed in order, each further number one passage that moved.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    kind: Kind
    block: int


class Alignment:
    """Where the characters of an old text stand in a new one; made by `align`, kept by `to_bytes`.

    old_length, new_length: of the two texts, in code points; pieces: in the order of the old text, without overlap.
    """

    __slots__ = ("_ends", "new_length", "old_length", "pieces")

    def __init__(self, old_length: int, new_length: int, pieces: Sequence[Piece]) -> None:
        self.old_length, self.new_length = old_length, new_length
        self.pieces = tuple(pieces)
        self._ends = [piece.old_end for piece in self.pieces]

    def within(self, start: int, end: int) -> range:
        """Which of `pieces` share at least one old character with `[start, end)`."""
        first = last = bisect_right(self._ends, start)
        while last < len(self.pieces) and self.pieces[last].old_start < end:
            last += 1
        return range(first, last)

    def sketch(self, new_text: str) -> str:
        """What the alignment tells of an old text that is no longer there: the words that stand in the new one.

        Of the same length as the old text. Where it is not known, words of a letter that no text has stand for the
        words that were there, so that they count as missing.
        """
        unknown = (_UNKNOWN_WORD * (self.old_length // len(_UNKNOWN_WORD) + 1))[: self.old_length]
        known: list[str] = []
        written = 0
        for piece in self.pieces:
            if piece.kind is Kind.SAME:
                known += (unknown[written : piece.old_start], new_text[piece.new_start : piece.new_end])
                written = piece.old_end
        return "".join(known) + unknown[written:]

    def to_bytes(self) -> bytes:
        """The record: a format byte, then zlib over msgpack of differences; a few bytes for each edit."""
        numbers = [self.old_length, self.new_length]
        old = new = 0
        for piece in self.pieces:
            old_size, new_size = piece.old_end - piece.old_start, piece.new_end - piece.new_start
            numbers += (piece.block << 2 | piece.kind, piece.old_start - old, old_size, piece.new_start - new)
            if piece.kind is not Kind.SAME:
                numbers.append(new_size)
            old, new = piece.old_end, piece.new_end
        return bytes([FORMAT]) + zlib.compress(msgspec.msgpack.encode(numbers), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> Alignment:
        """Read what `to_bytes` wrote. Raises `RecordUnreadable` for another format or damaged data."""
        if data[:1] != bytes([FORMAT]):
            raise RecordUnreadable("an alignment of a format that this release does not know")
        try:
            numbers = iter(msgspec.msgpack.decode(zlib.decompress(data[1:]), type=list[int]))
            return cls(next(numbers), next(numbers), list(_pieces_from(numbers)))
        except (zlib.error, msgspec.DecodeError, ValueError, StopIteration, RuntimeError) as error:
            raise RecordUnreadable("a damaged alignment") from error


def _pieces_from(numbers: Iterator[int]) -> Iterator[Piece]:
    old = new = 0
    for tag in numbers:
        kind = Kind(tag & 3)
        old_start = old + next(numbers)
        old = old_start + next(numbers)
        new_start = new + next(numbers)
        new = new_start + (old - old_start if kind is Kind.SAME else next(numbers))
        yield Piece(old_start, old, new_start, new, kind, tag >> 2)


def align(old_text: str, new_text: str) -> Alignment:
    """Compare two texts. Near-linear in their length; hostile ones are bounded by giving up on detail."""
    if old_text == new_text:
        whole = [Piece(0, len(old_text), 0, len(old_text), Kind.SAME, 0)] if old_text else []
        return Alignment(len(old_text), len(new_text), whole)
    pair = Pair(words_of(old_text), words_of(new_text))
    pieces = [
        piece for block, links in enumerate(compared(pair)) for link in links for piece in _pieces_of(pair, link, block)
    ]
    pieces.sort(key=lambda piece: piece.old_start)
    return Alignment(len(old_text), len(new_text), _widened(old_text, new_text, pieces))


def _pieces_of(pair: Pair, link: Link, block: int) -> Iterator[Piece]:
    """A link in characters. A SAME link is cut where the characters stop running in parallel."""
    old, new = pair.old, pair.new
    i, end = link.i, link.i + link.n
    if link.kind is not Kind.SAME:
        last = link.j + link.m - 1
        yield Piece(old.starts[i], old.ends[end - 1], new.starts[link.j], new.ends[last], link.kind, block)
        return
    shift = link.j - link.i
    if _parallel(pair, i, end - 1, shift):
        yield Piece(old.starts[i], old.ends[end - 1], new.starts[link.j], new.ends[end - 1 + shift], Kind.SAME, block)
        return
    while i < end:
        last = i
        distance = new.starts[i + shift] - old.starts[i]
        while (
            last + 1 < end
            and new.ends[last + shift] - old.ends[last] == distance
            and new.starts[last + 1 + shift] - old.starts[last + 1] == distance
        ):
            last += 1
        if last > i and new.ends[last + shift] - old.ends[last] != distance:
            last -= 1
        even = new.ends[last + shift] - old.ends[last] == distance
        kind = Kind.SAME if even else Kind.EDITED
        yield Piece(old.starts[i], old.ends[last], new.starts[i + shift], new.ends[last + shift], kind, block)
        i = last + 1


def _parallel(pair: Pair, first: int, last: int, shift: int) -> bool:
    old = pair.old.text[pair.old.starts[first] : pair.old.ends[last]]
    return pair.new.text.startswith(old, pair.new.starts[first + shift])


def _widened(old_text: str, new_text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Let SAME pieces take the white space beside them that is equal in both texts."""
    wide: list[Piece] = []
    low = 0
    for at, piece in enumerate(pieces):
        high = pieces[at + 1].old_start if at + 1 < len(pieces) else len(old_text)
        if piece.kind is Kind.SAME:
            beside = max((one.new_end for one in wide[-1:] if one.block == piece.block), default=0)
            piece = _with_spaces(old_text, new_text, piece, low, high, beside)
        wide.append(piece)
        low = piece.old_end
    return wide


def _with_spaces(old_text: str, new_text: str, piece: Piece, low: int, high: int, new_low: int) -> Piece:
    old_start, old_end, new_start, new_end = piece.old_start, piece.old_end, piece.new_start, piece.new_end
    while old_start > low and new_start > new_low and _same_space(old_text[old_start - 1], new_text[new_start - 1]):
        old_start, new_start = old_start - 1, new_start - 1
    while old_end < high and new_end < len(new_text) and _same_space(old_text[old_end], new_text[new_end]):
        old_end, new_end = old_end + 1, new_end + 1
    return Piece(old_start, old_end, new_start, new_end, Kind.SAME, piece.block)


def _same_space(old: str, new: str) -> bool:
    return old == new and old.isspace()
