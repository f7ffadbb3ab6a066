"""Lists as Word and Google Docs write them are nested lists afterwards."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare


def item(marker: str, words: str, level: int = 1, number: str = "l0") -> str:
    """A paragraph as Word saves and copies an item."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-.25in;mso-list:{number} level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{marker}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        f"<span lang=EN-GB>{words}<o:p></o:p></span></p>\n"
    )


def filtered(marker: str, words: str, margin: str = "") -> str:
    """The same, saved as "filtered" HTML."""
    return (
        f"<p class=MsoListParagraph style='{margin};text-indent:-18.0pt'><span style='font-family:Symbol'>{marker}"
        f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;\n&nbsp; </span></span>{words}</p>\n"
    )


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("bullets", item("·", "a") + item("·", "b"), "<ul><li>a</li><li>b</li></ul>"),
        ("levels", item("·", "a") + item("o", "b", 2) + item("§", "c", 3) + item("·", "d"),
         "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("numbers", item("3.", "a") + item("4.", "b") + item("7.", "c"),
         '<ol start="3"><li>a</li><li>b</li><li value="7">c</li></ol>'),
        ("letters and numerals",
         item("1)", "a") + item("i.", "b", 2) + item("ii.", "c", 2) + item("2)", "d") + item("A.", "e", 2),
         '<ol><li>a<ol type="i"><li>b</li><li>c</li></ol></li><li>d<ol type="A"><li>e</li></ol></li></ol>'),
        ("a letter that is a numeral, too", item("h)", "a") + item("i)", "b") + item("j)", "c"),
         '<ol start="8" type="a"><li>a</li><li>b</li><li>c</li></ol>'),
        ("numbers of several levels", item("1.", "a") + item("1.1.", "b", 2) + item("1.2.", "c", 2) + item("2.", "d"),
         "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>"),
        ("a marker of words", item("Article 1.", "a") + item("Article 2.", "b"),
         "<ul><li>Article 1. a</li><li>Article 2. b</li></ul>"),
        ("another list", item("1.", "a") + item("2.", "b") + item("1.", "c", 1, "l1"),
         "<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>"),
        ("another kind", item("1.", "a") + item("·", "b"), "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        ("it goes on after other words", item("1.", "a") + "<p class=MsoNormal>x</p>" + item("2.", "b"),
         '<ol><li>a</li></ol><p>x</p><ol start="2"><li>b</li></ol>'),
        ("an item of two paragraphs", item("1.", "a") + "<p class=MsoListParagraph>x</p>" + item("2.", "b"),
         "<ol><li>a<p>x</p></li><li>b</li></ol>"),
        ("from the third level", item("·", "a", 3) + item("·", "b", 1), "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("a heading keeps its number", item("1.", "a").replace("<p", "<h2").replace("</p", "</h2"), "<h2>1. a</h2>"),
        ("conditional comments alone",
         "<p class=MsoNormal style='mso-list:l0 level1 lfo1'><!--[if !supportLists]-->-<span>&nbsp;&nbsp;&nbsp; </span>"
         "<!--[endif]-->a</p>", "<ul><li>a</li></ul>"),
        ("filtered", filtered("·", "a") + filtered("o", "b", "margin-left:72.0pt") + filtered("·", "c"),
         "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("filtered, numbers", filtered("1.", "a") + filtered("2.", "b") + filtered("1.", "c"),
         "<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>"),
        ("a paragraph that is set in", "<p class=MsoListParagraph>Mr.&nbsp;A says</p>", "<p>Mr.&nbsp;A says</p>"),
    ],
)  # fmt: skip
def test_word(name: str, source: str, html: str) -> None:
    found = prepare(source, fallback_title="T").html.replace('<span lang="EN-GB">', "").replace("</span>", "")
    assert found.replace("<span>", "").replace("\n", "") == f"<h1>T</h1>{html}"


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("Google Docs", "<ul class='c1 lst-kix_a-0 start'><li>a</li></ul><ul class='lst-kix_a-1 start'><li>b</li><li>c"
         "</li></ul>\n<ul class=lst-kix_a-0><li>d</li></ul>",
         "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("Google Docs, a level left out", "<ul class=lst-kix_a-0><li>a</li></ul><ul class=lst-kix_a-2><li>b</li></ul>",
         "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("Google Docs, numbers in bullets",
         "<ul class=lst-kix_a-0><li>a</li></ul><ol class=lst-kix_a-1 start=3><li>b</li></ol>",
         '<ul><li>a<ol start="3"><li>b</li></ol></li></ul>'),
        ("Google Docs, two lists", "<ul class=lst-kix_a-0><li>a</li></ul><ul class=lst-kix_b-0><li>b</li></ul>",
         "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("Google Docs, words between",
         "<ul class=lst-kix_a-0><li>a</li></ul><p>x</p><ul class=lst-kix_a-1><li>b</li></ul>",
         "<ul><li>a</li></ul><p>x</p><ul><li>b</li></ul>"),
        ("Google Docs, copied",
         "<ul><li aria-level=1>a</li><ul><li aria-level=2>b</li></ul><li aria-level=1>c</li></ul>",
         "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("Word Online", "".join(
            f"<div class=ListContainerWrapper><ul><li data-aria-level={level} data-listid=1>{words}</li></ul></div>"
            for level, words in [(1, "a"), (2, "b"), (1, "c")]),
         "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("an old page", "<!doctype html><h1>T</h1><ul><li>a</li><ul><li>b</li></ul></ul>",
         "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("lists side by side", "<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
    ],
)  # fmt: skip
def test_lists_that_stand_side_by_side(name: str, source: str, html: str) -> None:
    assert prepare(source, fallback_title="T").html.replace("\n", "") == f"<h1>T</h1>{html}"


def test_many_items_take_no_longer_each() -> None:
    source = "".join(item("·", "a", 1 + number % 3) for number in range(3_000))
    assert prepare(source, fallback_title="T").html.count("<li>") == 3_000
