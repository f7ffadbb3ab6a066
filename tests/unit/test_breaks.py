"""Two line breaks where a paragraph ends make paragraphs, in whole pages."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare

WHOLE = "<!doctype html><title>T</title><body><h1>T</h1>"


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("in the body", "a<br><br>b", "<p>a</p><p>b</p>"),
        ("in a paragraph", "<p lang=en>a<br> <br/>b</p>", '<div lang="en"><p>a</p><p>b</p></div>'),
        ("in a cell", "<table><tr><th>x</th><td>a<br><br><br>b<br>c</td></tr></table>",
         "<table><tbody><tr><th>x</th><td><p>a</p><p>b<br>c</p></td></tr></tbody></table>"),
        ("single ones stay", "<div>a<br>b<br><br>c<br>d</div>", "<div><p>a<br>b</p><p>c<br>d</p></div>"),
        ("beside blocks", "<div><br><br>a<p>b</p><br><br>c<br><br></div>", "<div><p>a</p><p>b</p><p>c</p></div>"),
        ("around words that are marked",
         "<div>a <b>b</b><br><br><i>c</i> d</div>", "<div><p>a <b>b</b></p><p><i>c</i> d</p></div>"),
        ("lines that are set in", "<div>&nbsp;&nbsp; a<br><br>&nbsp;&nbsp; b</div>", "<div><p>a</p><p>b</p></div>"),
        ("in fonts around it all", "<font size=2><font color=red>a<br><br>b</font> c</font>", "<p>a</p><p>b c</p>"),
        ("in what is no block", "<p><b>a<br><br>b</b></p>", "<p><b>a<br><br>b</b></p>"),
        ("in code", "<pre>a<br><br>b</pre>", "<pre>ab</pre>"),
        ("in a heading", "<h2>a<br><br>b</h2>", "<h2>a<br><br>b</h2>"),
        ("single ones", "<div>a<br>b</div>", "<div>a<br>b</div>"),
    ],
)  # fmt: skip
def test_of_a_page(name: str, source: str, html: str) -> None:
    assert prepare(WHOLE + source, fallback_title="F").html.replace("\n", "") == f"<h1>T</h1>{html}"


def test_of_a_fragment_they_stay() -> None:
    assert prepare("<p>a<br><br>b</p>", fallback_title="T").html == "<h1>T</h1>\n<p>a<br>\n<br>\nb</p>"


def test_many_take_no_longer_each() -> None:
    assert prepare(WHOLE + "a<br><br>" * 5_000, fallback_title="F").html.count("<p>") == 5_000
