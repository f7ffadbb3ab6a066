"""Words that stand apart on the screen stand apart in the text; readings stand behind what they are readings of."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare
from snippetsvc.text.document import Document

WHOLE = "<!doctype html><title>T</title>"


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("boxes in a row", "<div style='display: flex'><b>May 1</b><i>2 min</i></div>", "May 1 2 min"),
        ("boxes in a grid", "<div style='color:red;display:inline-grid'><a href=/a>A</a><a href=/b>B</a></div>", "A B"),
        ("boxes in a line", "<p>a<span style='display:inline-block'>b</span><span>c</span></p>", "ab c"),
        ("boxes by a class", "<div class='md:flex gap-2'><span>A. B.</span><span>May 1</span></div>", "A. B. May 1"),
        ("labels", "<div><label for=a>Apples</label><label for=b>Pears</label></div>", "Apples Pears"),
        ("signs that belong to words", "<div style=display:flex><b>May 1</b><i>, 2026</i> <b>(</b><i>x</i></div>",
         "May 1, 2026 (x"),
        ("what has nothing between", "<p><b>a</b><i>b</i></p>", "ab"),
        ("what is apart", "<div style=display:flex><b>a</b> <i>b</i><p>c</p><p>d</p></div>", "a b\nc\nd"),
        ("code", "<pre style=display:flex><b>a</b><i>b</i></pre>", "ab"),
        ("a time", WHOLE + "<p><time>May 1</time><span>2 min</span></p>", "May 1 2 min"),
        ("something before a time", WHOLE + "<div><span>By A. B.</span><svg></svg><time>May 1</time></div>",
         "By A. B. May 1"),
        ("links that are all there is", WHOLE + "<div><a href=#a>News</a><a href=#b>Sports</a></div>", "News Sports"),
        ("parts of a line", WHOLE + "<div><span class=by>A. B.</span><span class=on>May 1</span></div>", "A. B. May 1"),
        ("a caption and whose it is",
         WHOLE + "<figcaption><span class=caption>A bridge.</span><span class=credit>A. B.</span></figcaption>",
         "A bridge. A. B."),
        ("parts of a sentence", WHOLE + "<p>Of <span class=a>un</span><span class=b>like</span></p>", "Of unlike"),
        ("looks in a word", WHOLE + "<p><span class=c1>un</span><span class=c12>like</span></p>", "unlike"),
        ("code in a line", WHOLE + "<p><code><span class=name>ab</span><span class=op>-=</span></code></p>", "ab-="),
        ("the name of a function",
         WHOLE + "<dl><dt class='sig py'><span class=mod>ab.</span><span class=fn>c</span><dd>d", "ab.c\nd"),
        ("links in a sentence", WHOLE + "<div>Of <a href=#a>un</a><a href=#b>like</a></div>", "Of unlike"),
        ("letters one by one", WHOLE + "<div><span class=l>a</span><span class=l>b</span></div>", "ab"),
        ("a first letter", WHOLE + "<div><span class=first>O</span><span class=rest>nce</span></div>", "Once"),
    ],
)  # fmt: skip
def test_words(name: str, source: str, text: str) -> None:
    assert Document(prepare(source, fallback_title="T").html).text == f"T\n{text}"


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("a base with a name",
         "<ruby><rb>橋</rb><rp>(</rp><rt>はし</rt><rp>)</rp></ruby>", "<ruby>橋<rt>はし</rt></ruby>"),
        ("a reading of all", "<ruby><rb>開通</rb><rtc>かいつう</rtc></ruby>", "<ruby>開通<rt>かいつう</rt></ruby>"),
        ("bases before their readings", "<ruby><rb>東<rb>京<rt>とう<rt>きょう</ruby>",
         "<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>"),
        ("bases and readings in groups",
         "<ruby><rbc><rb>東</rb><rb>京</rb></rbc><rtc><rt>とう</rt><rt>きょう</rt></rtc><rtc>Tokyo</rtc></ruby>",
         "<ruby>東<rt>とう</rt>京<rt>きょう</rt><rt>Tokyo</rt></ruby>"),
        ("pairs", "<ruby><rb>東</rb><rt>とう</rt><rb>京</rb><rt>きょう</rt></ruby>",
         "<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>"),
    ],
)  # fmt: skip
def test_readings(name: str, source: str, html: str) -> None:
    assert prepare(f"<p>{source}</p>", fallback_title="T").html == f"<h1>T</h1>\n<p>{html}</p>"
