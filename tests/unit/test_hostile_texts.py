"""Texts that are hard to compare get an answer, and a sane one. What that costs, `bench.bounds` measures."""

from __future__ import annotations

import random

import pytest

from bench.hostile import KINDS
from snippetsvc import anchoring
from snippetsvc.anchoring import Carried
from snippetsvc.models import Span, Status

#: Characters of a text: enough for what is compared in part only to be so.
SIZE = 40_000


def some_spans(text: str, chance: random.Random) -> list[Span]:
    """A hundred of all lengths, and the whole."""
    starts = [chance.randrange(len(text)) for _ in range(100)]
    spans = [Span(start, min(len(text), start + chance.choice([1, 5, 30, 300, 5_000]))) for start in starts]
    return [*spans, Span(0, len(text))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_pair_of_texts_gets_a_sane_answer(kind: str) -> None:
    chance = random.Random(11)
    old, new = KINDS[kind](SIZE, chance)
    spans = some_spans(old, chance)
    carried = anchoring.carry(old, new, spans)
    assert len(carried) == len(spans)
    for span, answer in zip(spans, carried, strict=True):
        assert (answer.span is None) == (answer.status is Status.LOST)
        if answer.span is not None:
            assert answer.span.end <= len(new)
            assert len(answer.span) > 0
        if answer.status is Status.INTACT:
            assert answer.span is not None
            assert answer.span.of(new).split() == span.of(old).split()


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_text_that_stays_keeps_its_marks(kind: str) -> None:
    chance = random.Random(12)
    text, _ = KINDS[kind](SIZE, chance)
    spans = some_spans(text, chance)
    assert anchoring.carry(text, text, spans) == [Carried(span, Status.INTACT) for span in spans]


@pytest.mark.parametrize("kind", ["disjoint words", "Chinese, unrelated"])
def test_of_another_text_nothing_long_is_found(kind: str) -> None:
    chance = random.Random(13)
    old, new = KINDS[kind](SIZE, chance)
    carried = anchoring.carry(old, new, [Span(at, at + 60) for at in range(0, len(old) - 60, 601)])
    assert {answer.status for answer in carried} == {Status.LOST}


@pytest.mark.parametrize(
    "kind", ["prose, 5 % edited", "prose, paragraphs reordered", "words without repetition, edited"]
)
def test_of_a_long_text_most_is_found(kind: str) -> None:
    chance = random.Random(14)
    old, new = KINDS[kind](SIZE, chance)
    spans = [span for at in range(0, len(old) - 60, 401) if "\n" not in (span := Span(at, at + 60)).of(old)]
    carried = anchoring.carry(old, new, spans)
    found = [answer for answer in carried if answer.status is not Status.LOST]
    assert len(found) >= 0.97 * len(carried)
