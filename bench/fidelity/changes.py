"""What edits are made of: letters and words of a traced text changed, passages moved and taken out, words to put in."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.fidelity.traced import Traced, joined
from snippetsvc.models import Span


@dataclass(frozen=True)
class Case:
    """One trial before its edit.

    text: as it was marked; quote: what was marked in it; stock: sentences of the same language to write with;
    letters: what typos are made of.
    """

    text: Traced
    quote: Span
    stock: tuple[str, ...]
    letters: str
    random: random.Random

    @property
    def vocabulary(self) -> list[str]:
        return [span.of(self.text.text) for span in self.text.words()]

    def paragraph(self) -> int:
        """The index of the paragraph that the quote begins in."""
        return paragraph_at(self.text, self.quote.start)


Edit = Callable[[Case], Traced]


def paragraph_at(text: Traced, offset: int) -> int:
    return text.text.count("\n", 0, offset)


def with_typos(case: Case, text: Traced, span: Span, rate: float) -> Traced:
    """Letters exchanged, left out, doubled, or swapped with their neighbour."""
    rng = case.random
    letters = [at for at in range(span.start, span.end) if text.text[at].isalnum()]
    hit = {at for at in letters if rng.random() < rate} or ({rng.choice(letters)} if letters else set())
    parts = [text.part(0, span.start)]
    at = span.start
    while at < span.end:
        piece = text.part(at, at + 1)
        if at in hit:
            kind = rng.randrange(4)
            if kind == 0:
                piece = piece.standing_for(rng.choice(case.letters))
            elif kind == 1 and span.end - span.start > 1:
                piece = Traced("", ())
            elif kind == 2 and at + 1 < span.end and text.text[at + 1].isalnum():
                piece = text.part(at + 1, at + 2) + piece
                at += 1
            else:
                piece = piece.standing_for(piece.text + rng.choice(case.letters))
        parts.append(piece)
        at += 1
    return joined([*parts, text.part(span.end)])


def with_words_replaced(case: Case, text: Traced, span: Span, rate: float, *, spared: Sequence[Span] = ()) -> Traced:
    """Of the words that the span touches that share, at least one, each replaced by another; those spared stay."""
    rng = case.random
    words = text.whole_words(span)
    if not words:
        return text
    count = max(1, round(rate * len(words)))
    free = [word for word in words if word not in spared]
    vocabulary = case.vocabulary

    def other(word: str) -> str:
        return next((new for new in rng.choices(vocabulary, k=20) if new.lower() != word.lower()), word + word)

    return text.with_words(sorted(rng.sample(free, min(count, len(free)))), other)


def moved(case: Case, text: Traced, index: int) -> Traced:
    """The paragraph of that index put elsewhere."""
    parts = [text.part(span.start, span.end) for span in text.paragraphs()]
    paragraph = parts.pop(index)
    places = [at for at in range(len(parts) + 1) if at != index]
    if not places:
        return text
    parts.insert(case.random.choice(places), paragraph)
    return lines(parts)


def without(text: Traced, span: Span) -> Traced:
    """The text without the span, and without one of the two spaces that this would leave."""
    start, end = span.start, span.end
    if start and end < len(text) and text.text[start - 1] == " " and text.text[end] == " ":
        end += 1
    return text.replaced(start, end, Traced.foreign(""))


def without_paragraph(text: Traced, index: int) -> Traced:
    return lines([text.part(span.start, span.end) for at, span in enumerate(text.paragraphs()) if at != index])


def lines(parts: list[Traced]) -> Traced:
    feed = Traced.foreign("\n")
    return joined([piece for at, part in enumerate(parts) for piece in ((feed, part) if at else (part,))])


def some_sentences(case: Case, count: int) -> list[str]:
    return [sentence + ("" if unspaced(sentence) else " ") for sentence in case.random.sample(case.stock, count)]


def some_words(case: Case, count: int) -> str:
    """So many words in their order from sentences of the stock, in the shape that an editor's own words have."""
    stock = Traced.foreign("".join(some_sentences(case, len(case.stock))))
    words = stock.words()
    first = case.random.randrange(len(words) - count)
    return stock.text[words[first].start : words[first + count - 1].end]


def other_words(case: Case, count: int) -> str:
    """Words of the text at random, but none of the quote's: it is said in other words."""
    own = {word.of(case.text.text).lower() for word in case.text.words(case.quote.start, case.quote.end)}
    words = case.random.choices([word for word in case.vocabulary if word.lower() not in own], k=count)
    return ("" if unspaced("".join(words)) else " ").join(words)


def unspaced(words: str) -> bool:
    return any("぀" <= char <= "鿿" for char in words)
