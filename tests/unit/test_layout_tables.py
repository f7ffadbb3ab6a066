"""Tables that only set places on a page are unwrapped; tables of data stay."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import Prepared, prepare

STORY = "<p>The bridge is open since Monday.</p><p>It took two years, and cost less than was planned.</p>"
LONG = STORY * 4


def made(source: str) -> Prepared:
    return prepare(f"<h1>T</h1>{source}", fallback_title="T")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a menu and a story", f"<table width=100%><tr><td>Menu<br>Home<td>{STORY}</table>"),
        ("a head, a menu and a story", f"<table><tr><td colspan=2>Town<tr><td>Menu<td>{STORY}</table>"),
        ("a grid with a story", f"<table><tr><td>Town<td>Search<tr><td>Menu<td>{LONG}</table>"),
        ("one in one", "<table><tr><td>Menu<td><table><tr><td>a<td>b</table></table>"),
        ("a box", f"<table><tbody><tr><td>{STORY}</table>"),
        ("paragraphs made of breaks", "<table><tr><td>Menu<td>One.<br><br>Two.</table>"),
        ("a card beside a card", "<table><tr><td><h2>A</h2>a<td><h2>B</h2>b<tr><td><h2>C</h2>c<td><h2>D</h2>d</table>"),
        ("said to be one", "<table role=presentation><tr><td>1<td>2<tr><td>3<td>4</table>"),
        ("said to be none", "<table role=none><tr><td>1</table>"),
    ],
)
def test_unwrapped(name: str, source: str) -> None:
    page = made(source)
    first = page.html.partition("\n")[2]
    assert first.startswith("<div><div>")
    assert "colspan" not in page.html
    assert page.notices[0].kind.value == "table"
    assert page.notices[0].did.value == "replaced"
    assert ("<table" in page.html) == (name == "one in one")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("values", "<table><tr><td>1<td>2<tr><td>3<td>4</table>"),
        ("values in paragraphs", "<table><tr><td><p>1<td><p>2<tr><td><p>3<td><p>4</table>"),
        ("one row of values", "<table><tr><td>1<td>2</table>"),
        ("with a head", f"<table><tr><th>Year<td>{STORY}</table>"),
        ("with a caption", f"<table><caption>Costs</caption><tr><td>{STORY}</table>"),
        ("with a summary", f"<table summary='Costs by year'><tr><td>{STORY}</table>"),
        ("said to be one", f"<table role=grid><tr><td>{STORY}</table>"),
        ("with lines", f"<table border=1><tr><td>a<td>{STORY}</table>"),
        ("a programme", f"<table><tr><td>10:00<td>{STORY}<tr><td>11:00<td>{STORY}<tr><td>12:00<td>{STORY}</table>"),
    ],
)
def test_kept(name: str, source: str) -> None:
    page = made(source)
    assert "<table" in page.html
    assert not page.notices


def test_many_take_time_by_their_number() -> None:
    nested = ("<table><tr><td>" * 60 + "a" + "</table>" * 60) * 50
    assert "a" in made(nested + "<table><tr><td><p>a<p>b</table>" * 2_000).html
