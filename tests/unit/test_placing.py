"""Snippets of a request placed on a text. What each selector means is tested through the API (`tests/web`)."""

from __future__ import annotations

import random

import pytest

from snippetsvc.errors import Invalid
from snippetsvc.models import Span
from snippetsvc.service.placing import Placing
from snippetsvc.text.selectors import TextQuoteSelector

_letters = random.Random(1)
TEXT = " ".join("".join(_letters.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(2_000))


def with_a_typo(start: int, length: int) -> TextQuoteSelector:
    words = TEXT[start : start + length]
    middle = length // 2
    return TextQuoteSelector(f"{words[:middle]}#{words[middle + 1 :]}")


def placed(places: Placing, quote: TextQuoteSelector) -> Span | None:
    try:
        return places.span((quote,))
    except Invalid:
        return None


def test_a_quote_with_a_typo_is_placed_if_that_may_be() -> None:
    quote = with_a_typo(700, 83)
    assert placed(Placing(TEXT, approximately=True), quote) == Span(700, 783)
    with pytest.raises(Invalid) as refused:
        Placing(TEXT, approximately=False).span((quote,))
    assert refused.value.problems[0].rule == "nowhere"


def test_one_request_cannot_ask_for_any_amount_of_work() -> None:
    text = " ".join(f"{number:x}" for number in range(100_000, 190_000))
    places = Placing(text, approximately=True)
    quotes = [TextQuoteSelector(text[start : start + 30] + "typo") for start in range(600, 60_000, 6_000)]
    found = [placed(places, quote) for quote in quotes]
    assert found[0] is not None
    assert found[-1] is None
    # What is known by now, or stands there word for word, is no work.
    assert [placed(places, quote) for quote in quotes] == found
    assert placed(places, TextQuoteSelector(text[300:9_300])) == Span(300, 9_300)
