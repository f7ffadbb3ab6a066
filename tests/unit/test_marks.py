"""Drawing: marks in, and neither the text nor the structure changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st

from snippetsvc.errors import Invalid
from snippetsvc.html.prepare import prepare
from snippetsvc.models import Span, Status
from snippetsvc.text.document import NOT_PHRASING, Document
from snippetsvc.text.highlight import Highlight, draw
from tests.documents import documents

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "marks.json").read_text())
COLORS = ["yellow", "green", "blue", "pink"]


def highlight(number: int, start: int, end: int, color: str, status: str) -> Highlight:
    return Highlight(number, Span(start, end), color, Status(status))


def without_marks(html: str) -> str:
    return re.sub(r"</?mark[^>]*>|<span id=\"snippet-\d+\"></span>", "", html)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vector(vector: dict[str, Any]) -> None:
    document = Document(vector["html"])
    assert document.text == vector["text"]
    drawn = draw(document, [highlight(*each) for each in vector["highlights"]])
    assert drawn == vector["drawn"]
    assert without_marks(drawn) == vector["html"]


@given(documents, st.data())
def test_the_marks_hold_the_words_and_change_nothing_else(source: str, data: st.DataObject) -> None:
    try:
        document = Document(prepare(source, fallback_title="T").html)
    except Invalid:
        assume(False)
    offsets = st.integers(0, len(document.text) - 1)
    spans = data.draw(st.lists(st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), offsets, offsets), max_size=6))
    spans = sorted({span for span in spans if span.of(document.text).strip()}, key=lambda span: (span.start, -span.end))
    colors = data.draw(st.lists(st.sampled_from(COLORS), min_size=len(spans), max_size=len(spans)))
    drawn = draw(
        document,
        [Highlight(number, span, colors[number - 1], Status.INTACT) for number, span in enumerate(spans, 1)],
    )
    assert without_marks(drawn) == document.html
    tree = BeautifulSoup(drawn, "html.parser")
    assert "".join(tree.find_all(string=True)) == document.text
    assert len({element["id"] for element in tree.select("[id^=snippet-]")}) == len(spans)
    for number, span in enumerate(spans, 1):
        marks = tree.select(f'mark[data-snippets~="{number}"]')
        words = "".join("".join(mark.find_all(string=True)) for mark in marks)
        # All words, formulas as a whole, and all white space but the layout of tables and lists.
        assert re.sub(r"\s", "", words) == re.sub(r"\s", "", document.whole(span).of(document.text))
        # Of what takes no mark, only `ruby` has words of its own.
        strays = [mark.parent for mark in marks if mark.parent and mark.parent.name in NOT_PHRASING]
        assert {stray.name for stray in strays} <= {"ruby"}
        assert all(
            any(mark.find(string=re.compile(r"[^ \t\n\f\r]")) for mark in stray.find_all("mark")) for stray in strays
        )
        assert tree.find(id=f"snippet-{number}") is not None
        assert len(tree.select(f'[data-starts~="{number}"]')) == len(tree.select(f'[data-ends~="{number}"]')) == 1
