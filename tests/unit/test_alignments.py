"""What is kept of a comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment
from snippetsvc.errors import RecordUnreadable
from tests.unit.texts import ANY_TEXT, history, spans_of


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_a_kept_alignment_gives_the_same_answer(old: str, new: str, data: st.DataObject) -> None:
    spans = data.draw(spans_of(old))
    kept = Alignment.from_bytes(anchoring.align(old, new).to_bytes())
    assert anchoring.carry(old, new, spans, kept) == anchoring.carry(old, new, spans)


def test_kept_alignments_of_many_revisions_give_the_same_answer() -> None:
    told = history("Cyrillic", 7)
    texts = [told.text(revision) for revision in range(len(told.revisions))]
    spans = [place for first in range(0, 390, 3) if (place := told.place(0, range(first, first + 9)))]

    def kept(old: str, new: str) -> Alignment:
        return Alignment.from_bytes(anchoring.align(old, new).to_bytes())

    assert anchoring.carry_through(texts, spans, kept) == anchoring.carry_through(texts, spans)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 9, b"\x01junk"])
def test_what_was_not_written_here_is_refused(data: bytes) -> None:
    with pytest.raises(RecordUnreadable):
        Alignment.from_bytes(data)


def test_it_holds_no_word() -> None:
    old = "A secret paragraph with Rumpelstilzchen in it.\nWhat may stay."
    data = anchoring.align(old, "What may stay.").to_bytes()
    sketch = Alignment.from_bytes(data).sketch("What may stay.")
    assert len(sketch) == len(old)
    assert sketch.endswith("What may stay.")
    assert "Rumpel" not in sketch
