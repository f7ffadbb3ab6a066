"""Marks carried over many revisions, one by one, through all of them, and from the first to the last."""

from __future__ import annotations

import itertools

import pytest

from snippetsvc import anchoring
from snippetsvc.models import Span
from tests.unit.texts import history

HISTORIES = {"Latin": 1, "Cyrillic": 2, "Arabic": 3, "Devanagari": 4, "Han": 5}


@pytest.mark.parametrize("script", HISTORIES)
def test_over_twenty_revisions_nothing_drifts(script: str) -> None:
    """What stands there whole is found: one by one, through all revisions or some, from the first to the last."""
    told = history(script, HISTORIES[script])
    texts = [told.text(revision) for revision in range(len(told.revisions))]
    marks = [range(first, first + length) for length in (4, 7, 12) for first in range(0, 400 - length, 5)]
    standing = [numbers for numbers in marks if told.place(-1, numbers)]
    assert len(standing) > 20
    spans = [place for numbers in standing if (place := told.place(0, numbers))]
    wanted = [place for numbers in standing if (place := told.place(-1, numbers))]
    places: list[Span | None] = list(spans)
    for old, new in itertools.pairwise(texts):
        kept = [place for place in places if place is not None]
        carried = iter(anchoring.carry(old, new, kept))
        places = [place and next(carried).span for place in places]
    assert places == wanted
    retracted_left_out = [texts[0], *texts[6:15:4], texts[-1]]
    for revisions in (texts, retracted_left_out):
        assert [carried.span for carried in anchoring.carry_through(revisions, spans)] == wanted
    assert [carried.span for carried in anchoring.carry(texts[0], texts[-1], spans)] == wanted


@pytest.mark.parametrize("script", HISTORIES)
def test_what_lives_on_in_part_is_never_found_in_two_places(script: str) -> None:
    told = history(script, HISTORIES[script])
    texts = [told.text(revision) for revision in range(len(told.revisions))]
    spans = [place for first in range(0, 390, 3) if (place := told.place(0, range(first, first + 9)))]
    directly = anchoring.carry(texts[0], texts[-1], spans)
    through = anchoring.carry_through(texts, spans)
    for one, other in zip(through, directly, strict=True):
        if one.span is not None and other.span is not None:
            assert max(one.span.start, other.span.start) < min(one.span.end, other.span.end)
