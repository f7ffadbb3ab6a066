"""Spans carried through edits: tables of named situations, in English unless the name says otherwise."""

from __future__ import annotations

import pytest

from snippetsvc import anchoring
from snippetsvc.anchoring import Status
from snippetsvc.selectors import Span

OLD = """\
The river rose on Monday and the mill stopped. Nobody in the valley had seen so much water since the great flood.
The baker carried his ovens to the upper floor, and the school was closed for three days. Children built dams of clay.
When the water went away, the bridge was gone."""


def carried(old: str, new: str, quote: str) -> tuple[str | None, str]:
    start = old.index(quote)
    (result,) = anchoring.carry(old, new, [Span(start, start + len(quote))])
    return (result.span.of(new) if result.span else None), str(result.status)


@pytest.mark.parametrize(
    ("edit", "quote", "expected"),
    [
        pytest.param(("Monday", "Tuesday"), "on Monday and", ("on Tuesday and", "changed"), id="word replaced"),
        pytest.param(("Monday", "Tuesday"), "Monday", ("Tuesday", "changed"), id="the only word replaced"),
        pytest.param(("Monday", "Tuesday"), "rose on Monday", ("rose on Tuesday", "changed"), id="last word replaced"),
        pytest.param(("built", "biult"), "built dams", ("biult dams", "changed"), id="typo"),
        pytest.param((" since the great flood", ""), "the great flood", (None, "lost"), id="deleted"),
        pytest.param(
            (" since the great flood", ""), "so much water since", ("so much water", "changed"), id="end deleted"
        ),
        pytest.param(("his ovens", "“his ovens”"), "ovens to", ("ovens” to", "changed"), id="quotation mark put in"),
        pytest.param(
            ("The river", "Above.\nThe river"), "The river rose", ("The river rose", "intact"), id="put in above"
        ),
        pytest.param(
            ("stopped. Nobody", "stopped.\nNobody"), "stopped. Nobody", ("stopped.\nNobody", "intact"), id="split"
        ),
    ],
)
def test_edit(edit: tuple[str, str], quote: str, expected: tuple[str | None, str]) -> None:
    assert carried(OLD, OLD.replace(*edit), quote) == expected


def test_moved_paragraph() -> None:
    first, second, third = OLD.split("\n")
    assert carried(OLD, "\n".join([third, first, second]), "the bridge") == ("the bridge", "intact")


def test_status_names() -> None:
    assert [str(status) for status in Status] == ["intact", "changed", "lost"]
