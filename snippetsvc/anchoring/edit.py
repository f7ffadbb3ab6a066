"""Two texts and how they are aligned, asked about words, letters, lines and sentences. Offsets are code points."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from snippetsvc.anchoring.alignment import Piece
from snippetsvc.anchoring.pairs import BACKGROUND_WORDS, MARK_WEIGHT, SINGLE_WEIGHT
from snippetsvc.anchoring.words import SINGLE, WORD, words_of
from snippetsvc.models import Span

#: What ends a sentence inside a text.
FULL_STOP = re.compile(r"[.!?…][\"'”’»)]*\s|[。！？\n]")
_ENDS = re.compile(r"[\"'”’»」』)]*[.!?…。！？\n]|$")
_ENDED = re.compile(r"[.!?…。！？][\W_]*$|\n\s*$|^\s*$")


@dataclass(frozen=True)
class Edit:
    """An old and a new text, and which pieces of the old one stand where in the new one, in the order of the old.

    excerpts: the texts are parts of longer ones; nothing is known of what stands beyond them.
    """

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

    def from_elsewhere(self, place: Span, block: int) -> int:
        """How many letters of a stretch of the new text belong to other passages than `block`."""
        return sum(
            weight(self.new[max(place.start, piece.new_start) : min(place.end, piece.new_end)])
            for piece in self.found_in(place)
            if piece.block != block
        )

    def unlike_between(self, one: Piece, two: Piece) -> int:
        """How many letters stand between two pieces that are in order, on the side with more of them."""
        one, two = (one, two) if one.old_start < two.old_start else (two, one)
        return max(weight(self.old[one.old_end : two.old_start]), weight(self.new[one.new_end : two.new_start]))

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


def _weighed(keys: Sequence[str]) -> Iterator[tuple[str, float]]:
    for key in keys:
        kind = words_of(key).kinds[:1]
        yield key, {WORD: 1.0, SINGLE: SINGLE_WEIGHT}.get(kind, MARK_WEIGHT)


def weight(words: str) -> int:
    """How many letters and digits there are."""
    return sum(map(str.isalnum, words))


def marks(words: str) -> int:
    """How many visible characters there are: what a snippet without letters is weighed by."""
    return len("".join(words.split()))


def word_count(words: str) -> int:
    """How many words there are; two characters of a script without spaces count as one."""
    kinds = words_of(words).kinds
    return kinds.count(WORD) + (kinds.count(SINGLE) + 1) // 2


def unspaced(words: str) -> bool:
    """Whether there are characters of a script without spaces between words."""
    return SINGLE in words_of(words).kinds


def line_start(text: str, offset: int) -> int:
    """Where the line begins that `offset` is in."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line ends that `offset` is in."""
    found = text.find("\n", offset)
    return len(text) if found < 0 else found


def sentence_end(text: str, offset: int) -> bool:
    """Whether a sentence or a line ends at `offset`, white space and closing marks aside."""
    return bool(_ENDS.match(text, offset) or _ENDED.search(text[max(0, offset - 8) : offset]))
