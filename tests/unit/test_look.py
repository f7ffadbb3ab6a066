"""What a style alone says of words is said by elements afterwards."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare

SHEET = (
    "<!doctype html><title>T</title><style>@import url(x);<!-- .k1, span.k2 {font-weight:700} .k3{font-style:italic}"
    "/* .k4{font-weight:bold} */ .k5{text-decoration:underline} .k6{ Text-Decoration: Line-Through !important}"
    ".k7{vertical-align:super}.k8{vertical-align:sub;font-weight:400} .k9 span{font-weight:700} p.k9{font-weight:700}"
    "@media print{.k4{font-weight:700}} .k10{font-weight:700;font-style:italic} --></style><body>"
)


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("bold, by two selectors", "<p><span class=k1>a</span> <span class='k0 k2'>b</span></p>",
         "<p><strong>a</strong> <strong>b</strong></p>"),
        ("italic", "<p><span class=k3>a</span></p>", "<p><em>a</em></p>"),
        ("both", "<p><span class=k10>a <br>b</span></p>", "<p><strong><em>a<br>\nb</em></strong></p>"),
        ("a link", "<p>Words and <a class=k1 href=https://example.org/>a</a></p>",
         '<p>Words and <a href="https://example.org/"><strong>a</strong></a></p>'),
        ("struck", "<p><span class=k6>a</span></p>", "<p><s>a</s></p>"),
        ("raised and lowered", "<p>m<span class=k7>2</span> H<span class=k8>2</span>O</p>",
         "<p>m<sup>2</sup> H<sub>2</sub>O</p>"),
        ("a later rule wins", "<p><span class='k8 k1'>a</span></p>", "<p><sub>a</sub></p>"),
        ("the element itself wins",
         "<p><span class=k1 style='font-weight: normal'>a</span></p>", "<p><span>a</span></p>"),
        ("what only looks underlined, is commented out, for print, for blocks or deeper down",
         "<p class=k9><span class='k4 k5 k9'>a</span></p>", "<p><span>a</span></p>"),
        ("a heading is bold as it is", "<h2><span class=k10>a</span></h2>", "<h2><em>a</em></h2>"),
        ("what says so already", "<p><b><span class=k1>a</span></b> <sup><span class=k7>1</span></sup></p>",
         "<p><b><span>a</span></b> <sup><span>1</span></sup></p>"),
        ("nothing to say it of", "<p>a<span class=k1> </span>b</p>", "<p>a b</p>"),
    ],
)  # fmt: skip
def test_a_sheet_in_the_page(name: str, source: str, html: str) -> None:
    assert prepare(SHEET + source, fallback_title="F").html == f"<h1>T</h1>\n{html}"


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("attributes",
         "<p><span style='color:red;FONT-WEIGHT:Bold'>a</span> <font style='font-style:oblique'>b</font></p>",
         "<p><strong>a</strong> <em>b</em></p>"),
        ("bold that is none", "<p><b style='font-weight:normal'>a</b> <strong style='font-weight:400'>b</strong></p>",
         "<p><span>a</span> <span>b</span></p>"),
        ("what Google Docs copies",
         "<b id=docs-internal-guid-1 style=font-weight:normal><p dir=ltr><span style=font-weight:400>a</span></p></b>",
         '<div><p dir="ltr"><span>a</span></p></div>'),
        ("bold of Word", "<p><b style='mso-bidi-font-weight:normal'>a</b></p>", "<p><b>a</b></p>"),
        ("struck elements", "<p><strike>a</strike></p><p style='text-decoration:line-through'>b <b>c</b></p>",
         "<p><s>a</s></p>\n<p><s>b <b>c</b></s></p>"),
        ("an alert of a code host", "<div class='markdown-alert markdown-alert-note'><p>a</p></div>",
         "<blockquote><p>a</p></blockquote>"),
        ("a language, and a direction", "<p><font lang=fr>a</font> <x-y dir=rtl>b</x-y></p><x-y lang=de><p>c</p></x-y>",
         '<p><span lang="fr">a</span> <span dir="rtl">b</span></p>\n<div lang="de"><p>c</p></div>'),
        ("a note's mark of Word",
         "<p>a<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference><span class=MsoFootnoteReference>[1]"
         "</span></span></a></p><p id=_ftn1>b</p>",
         '<p>a<a href="#c-_ftn1" id="c-_ftnref1"><sup><span>[1]</span></sup></a></p>\n<p id="c-_ftn1">b</p>'),
    ],
)  # fmt: skip
def test_a_style_of_its_own(name: str, source: str, html: str) -> None:
    assert prepare(source, fallback_title="T").html == f"<h1>T</h1>\n{html}"


@pytest.mark.parametrize("sheet", ["@a" * 200_000, "a" * 400_000, "a{" * 200_000, "/*" * 200_000, "@a{b{" * 80_000])
def test_a_sheet_that_makes_no_sense_is_read_once(sheet: str) -> None:
    assert prepare(f"<style>{sheet}</style><p>a", fallback_title="T").html == "<h1>T</h1>\n<p>a</p>"
