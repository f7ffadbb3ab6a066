"""A text each character of which knows where in the original it comes from: what makes the right answer known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from snippetsvc.models import Span

#: A word for the edits: letters and digits, with marks; of unspaced scripts, one to three characters at a time.
_WORD = re.compile(r"[㐀-鿿]{1,2}[ぁ-ゖ]{0,1}|[ぁ-ゖ]{1,2}|[ァ-ヺー]+|[^\W_぀-ヿ㐀-鿿]+(?:['’][^\W_]+)*")

#: The origin of a character that an edit put in.
NOWHERE = -1

#: Where sentences end: at marks before white space, or at full-width marks, with the closing quotation mark.
_SENTENCE_END = re.compile(r"[.!?…。！？]+[»”\"']?(?:\s+|$)|[.!?…。！？]*[。！？][”」』]?")


@dataclass(frozen=True, slots=True)
class Traced:
    """text, and for each of its characters the offset in the original that it stands for, or NOWHERE.

    A character that was written instead of one, and is not it any more, has that one's offset as `_instead` has it.
    """

    text: str
    origins: tuple[int, ...]

    @classmethod
    def original(cls, text: str) -> Traced:
        return cls(text, tuple(range(len(text))))

    @classmethod
    def foreign(cls, text: str) -> Traced:
        return cls(text, (NOWHERE,) * len(text))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.origins + other.origins)

    def part(self, start: int, end: int | None = None) -> Traced:
        return Traced(self.text[start:end], self.origins[start:end])

    def replaced(self, start: int, end: int, other: Traced) -> Traced:
        return self.part(0, start) + other + self.part(end)

    def successor(self, span: Span) -> Span | None:
        """Where the characters of `span` of the original, or what stands for them, are here."""
        found = [at for at, origin in enumerate(self.origins) if span.start <= origin < span.end]
        return Span(found[0], found[-1] + 1) if found else None

    def furthest(self, span: Span) -> Span | None:
        """Its successor, and what was written instead of characters beside it. None where it has no successor."""
        if self.successor(span) is None:
            return None
        found = [at for at, origin in enumerate(self.origins) if span.start <= max(origin, _instead(origin)) < span.end]
        return Span(found[0], found[-1] + 1)

    def standing_for(self, text: str) -> Traced:
        """`text` in the place of this one: its characters stand for these, evenly."""
        if not self.text:
            return Traced.foreign(text)
        size = len(self.text)
        return Traced(text, tuple(self.origins[min(at, size - 1)] for at in range(len(text))))

    def rewritten(self, text: str) -> Traced:
        """`text` instead of this one, which it does not stand for: a mark may take it in or leave it out."""
        new = self.standing_for(text)
        return Traced(text, tuple(origin if origin < 0 else _instead(origin) for origin in new.origins))

    def words(self, start: int = 0, end: int | None = None) -> list[Span]:
        """The words between two offsets."""
        return [
            Span(*match.span()) for match in _WORD.finditer(self.text, start, len(self.text) if end is None else end)
        ]

    def whole_words(self, span: Span) -> list[Span]:
        """The words that have a letter in `span`, also those that reach beyond it."""
        start = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        words = self.words(start, None if end < 0 else end)
        return [word for word in words if word.start < span.end and span.start < word.end]

    def with_words(self, spans: Sequence[Span], new: Callable[[str], str]) -> Traced:
        """The text with the words of `spans` (in order) replaced by what `new` makes of each."""
        parts: list[Traced] = []
        at = 0
        for span in spans:
            word = self.part(span.start, span.end)
            parts += [self.part(at, span.start), word.standing_for(new(word.text))]
            at = span.end
        return joined([*parts, self.part(at)])

    def paragraphs(self) -> list[Span]:
        """The lines of the text, without their line feeds."""
        spans: list[Span] = []
        at = 0
        for line in self.text.split("\n"):
            spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        return spans

    def sentences(self, start: int, end: int) -> list[Span]:
        """The sentences of a stretch, with the white space behind each."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text[start:end])]
        bounds = [0, *[at for at in ends if at < end - start], end - start]
        return [Span(start + low, start + high) for low, high in pairwise(bounds) if low < high]


def _instead(origin: int) -> int:
    """How the origin of what was written instead of a character is kept, and back: below NOWHERE."""
    return NOWHERE - 1 - origin


def joined(parts: Sequence[Traced]) -> Traced:
    return Traced("".join(part.text for part in parts), tuple(origin for part in parts for origin in part.origins))
