"""Laws of carrying, over generated texts and edits; and what quotes, alignments and differences promise."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment, Carried
from snippetsvc.anchoring.graphemes import splits_cluster
from snippetsvc.anchoring.words import same_words
from snippetsvc.errors import RecordUnreadable
from snippetsvc.models import Span, Status
from snippetsvc.text.selectors import TextPositionSelector, TextQuoteSelector

#: Short words, so that they recur, of scripts with and without spaces, with clusters of several code points.
WORDS = (
    "a the of river bridge Ёлка мост мост, вода “quoted” e\u0301te\u0301 👩‍👩‍👧 🇧🇾 東京 の 橋 สะพาน مدينة co\xadop "
    "12.5 — ..."
).split()
ANY_TEXT = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("\n".join),
    st.text(max_size=80).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)),
)


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> list[Span]:
    if not text:
        return []
    offsets = st.integers(0, len(text) - 1)
    pairs = draw(st.lists(st.tuples(offsets, offsets), max_size=6))
    return [Span(min(pair), max(pair) + 1) for pair in pairs]


@given(ANY_TEXT, st.data())
def test_an_unchanged_text_changes_nothing(text: str, data: st.DataObject) -> None:
    spans = data.draw(spans_of(text))
    assert anchoring.carry(text, text, spans) == [Carried(span, Status.INTACT) for span in spans]


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_whatever_the_texts_the_answer_is_a_place_in_the_new_one_or_none(
    old: str, new: str, data: st.DataObject
) -> None:
    spans = data.draw(spans_of(old))
    carried = anchoring.carry(old, new, spans)
    assert len(carried) == len(spans)
    for span, place in zip(spans, carried, strict=True):
        assert (place.span is None) == (place.status is Status.LOST)
        if place.span is None:
            continue
        assert 0 <= place.span.start < place.span.end <= len(new)
        if not splits_cluster(old, span.start):
            assert not splits_cluster(new, place.span.start)
        if not splits_cluster(old, span.end):
            assert not splits_cluster(new, place.span.end)


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_a_kept_alignment_gives_the_same_answer(old: str, new: str, data: st.DataObject) -> None:
    spans = data.draw(spans_of(old))
    kept = Alignment.from_bytes(anchoring.align(old, new).to_bytes())
    assert anchoring.carry(old, new, spans, kept) == anchoring.carry(old, new, spans)


#: Words that hardly recur: with these it is known where everything went.
VOCABULARY = ["".join(random.Random(seed).choices("abcdefghijklmnop", k=7)) for seed in range(600)]


@st.composite
def edited(draw: st.DrawFn, *, moves: bool) -> tuple[str, str]:
    """A text, and the same after some insertions, deletions, replacements and, if wanted, a moved passage."""
    chance = draw(st.randoms(use_true_random=False))
    words = chance.sample(VOCABULARY, 120)
    others = [word for word in VOCABULARY if word not in words]
    new = list(words)
    for _ in range(chance.randint(1, 5)):
        at, length = chance.randrange(100), chance.randint(1, 8)
        new[at : at + chance.choice([0, length])] = chance.sample(others, chance.choice([0, length]))
    if moves:
        at, length, to = chance.randrange(60), chance.randint(10, 20), chance.randrange(90)
        passage, new[at : at + length] = new[at : at + length], []
        new[to:to] = passage
    return " ".join(words), " ".join(new)


@given(edited(moves=True), st.data())
def test_there_and_back_never_ends_in_a_wrong_place(texts: tuple[str, str], data: st.DataObject) -> None:
    old, new = texts
    spans = [span for span in data.draw(spans_of(old)) if span.of(old).strip()]
    there = anchoring.carry(old, new, spans)
    placed = [(span, place.span) for span, place in zip(spans, there, strict=True) if place.span is not None]
    back = anchoring.carry(new, old, [place for _, place in placed])
    for (span, _), place in zip(placed, back, strict=True):
        if place.span is not None:
            assert max(span.start, place.span.start) < min(span.end, place.span.end)


@given(edited(moves=False), st.data())
def test_order_is_kept_where_nothing_moved(texts: tuple[str, str], data: st.DataObject) -> None:
    old, new = texts
    words = [Span(at, at + 7) for at in range(0, len(old), 8)]
    chosen = data.draw(st.lists(st.sampled_from(words), unique=True).map(sorted))
    placed = [place.span for place in anchoring.carry(old, new, chosen) if place.span is not None]
    assert all(one.end <= two.start for one, two in pairwise(placed))


@given(edited(moves=True))
def test_what_is_intact_has_the_same_words(texts: tuple[str, str]) -> None:
    old, new = texts
    spans = [Span(at, min(at + 23, len(old))) for at in range(0, len(old), 24)]
    for span, place in zip(spans, anchoring.carry(old, new, spans), strict=True):
        if place.status is Status.INTACT:
            assert place.span is not None
            assert place.span.of(new) == span.of(old)


def test_a_text_of_one_repeated_word_is_no_trap() -> None:
    old, new = "word " * 20_000, "word " * 19_000 + "other " * 500
    assert len(anchoring.carry(old, new, [Span(0, 4), Span(50_000, 50_400)])) == 2


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        anchoring.carry("abc", "abc", [Span(0, 4)])


class TestAlignment:
    @pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 9, b"\x01junk"])
    def test_what_was_not_written_here_is_refused(self, data: bytes) -> None:
        with pytest.raises(RecordUnreadable):
            Alignment.from_bytes(data)

    def test_it_holds_no_word(self) -> None:
        old = "A secret paragraph with Rumpelstilzchen in it.\nWhat may stay."
        data = anchoring.align(old, "What may stay.").to_bytes()
        sketch = Alignment.from_bytes(data).sketch("What may stay.")
        assert len(sketch) == len(old)
        assert sketch.endswith("What may stay.")
        assert "Rumpel" not in sketch


class TestQuotes:
    TEXT = "The ferry leaves at six. The bus leaves at six. Nobody is late, for the captain never waits for passengers."

    def test_what_is_described_is_found(self) -> None:
        for start in range(0, len(self.TEXT) - 12, 5):
            span = Span(start, start + 12)
            position, quote = anchoring.describe(self.TEXT, span)
            assert isinstance(position, TextPositionSelector)
            assert (position.start, position.end) == (span.start, span.end)
            assert isinstance(quote, TextQuoteSelector)
            assert anchoring.exact_places(self.TEXT, quote) == [span]

    def test_context_decides_between_twins(self) -> None:
        quote = TextQuoteSelector("leaves at six", prefix="The bus ")
        assert anchoring.exact_places(self.TEXT, quote) == [Span(33, 46)]
        assert len(anchoring.exact_places(self.TEXT, TextQuoteSelector("leaves at six"))) == 2

    @pytest.mark.parametrize(
        ("name", "quote", "found"),
        [
            ("exact", TextQuoteSelector("the captain never waits"), "the captain never waits"),
            ("a letter wrong", TextQuoteSelector("the captein never waits for"), "the captain never waits for"),
            ("ambiguous", TextQuoteSelector("leaves at six"), None),
            ("nowhere", TextQuoteSelector("an altogether different sentence"), None),
            ("short and not there", TextQuoteSelector("train"), None),
        ],
    )
    def test_a_quote_alone(self, name: str, quote: TextQuoteSelector, found: str | None) -> None:
        place = anchoring.anchor(self.TEXT, [quote])
        assert (place.of(self.TEXT) if place else None) == found


@given(ANY_TEXT, ANY_TEXT)
def test_a_difference_holds_both_sides(old: str, new: str) -> None:
    parts = anchoring.difference(old, new)
    # On the old side quotation marks and dashes may be shown as they are written now.
    assert same_words("".join(words for op, words in parts if op != "ins"), old) or not old.strip()
    assert "".join(words for op, words in parts if op != "del") == new
