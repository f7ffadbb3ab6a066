"""Quotes with their context: made from a span, and found again in a text."""

from __future__ import annotations

import pytest

from snippetsvc import anchoring
from snippetsvc.models import Span
from snippetsvc.text.selectors import TextPositionSelector, TextQuoteSelector

TEXT = "The ferry leaves at six. The bus leaves at six. Nobody is late, for the captain never waits for passengers."


def test_what_is_described_is_found() -> None:
    for start in range(0, len(TEXT) - 12, 5):
        span = Span(start, start + 12)
        position, quote = anchoring.describe(TEXT, span)
        assert isinstance(position, TextPositionSelector)
        assert (position.start, position.end) == (span.start, span.end)
        assert isinstance(quote, TextQuoteSelector)
        assert anchoring.exact_places(TEXT, quote) == [span]


def test_context_decides_between_twins() -> None:
    quote = TextQuoteSelector("leaves at six", prefix="The bus ")
    assert anchoring.exact_places(TEXT, quote) == [Span(33, 46)]
    assert len(anchoring.exact_places(TEXT, TextQuoteSelector("leaves at six"))) == 2


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
def test_a_quote_alone(name: str, quote: TextQuoteSelector, found: str | None) -> None:
    place = anchoring.anchor(TEXT, [quote])
    assert (place.of(TEXT) if place else None) == found
