"""How one wording became another."""

from __future__ import annotations

from hypothesis import given

from snippetsvc import anchoring
from snippetsvc.anchoring.folds import same_words
from tests.unit.texts import ANY_TEXT


@given(ANY_TEXT, ANY_TEXT)
def test_a_difference_holds_both_sides(old: str, new: str) -> None:
    parts = anchoring.difference(old, new)
    # On the old side quotation marks and dashes may be shown as they are written now.
    assert same_words("".join(words for op, words in parts if op != "ins"), old) or not old.strip()
    assert "".join(words for op, words in parts if op != "del") == new
