"""A page that says it is XHTML is read as such: what ends in its own tag takes nothing in."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare

DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
)
XMLNS = '<html lang="en" xmlns="http://www.w3.org/1999/xhtml">'
BODY = "<body><h1>T</h1>"


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("a title", f"{DECLARED}<html><head><title/></head>{BODY}<p>a</p>", "<p>a</p>"),
        ("a script", f"{DOCTYPE}<html><head><script src='/s.js'/></head>{BODY}<p>a</p>", "<p>a</p>"),
        ("a style with an attribute that has a sign in it",
         f"{XMLNS}<head><style title='a > b' /></head>{BODY}<p>a</p>", "<p>a</p>"),
        ("places without words", f'{XMLNS}{BODY}<p><a id="x"/>a <i/>b<span/></p><p>c</p>',
         '<p><a id="c-x"></a>a b</p>\n<p>c</p>'),
        ("paragraphs and blocks without words", f"{XMLNS}{BODY}<p/>a<div/>b<p>c</p>", "a<br>\nb\n<p>c</p>"),
        ("line breaks in both spellings", f"{XMLNS}{BODY}<p>a<br/>b<br></br>c</p>", "<p>a<br>\nb<br>\nc</p>"),
        ("words that are no mark-up",
         f"{XMLNS}{BODY}<p><![CDATA[a < b & <c/>]]></p>", "<p>a &lt; b &amp; &lt;c/&gt;</p>"),
        ("a script with a section", f"{XMLNS}<script>//<![CDATA[\n'<p/>'\n//]]></script>{BODY}<p>a</p>", "<p>a</p>"),
        ("an element that is named after a sheet",
         f"{XMLNS}{BODY}<style-guide>a <i/>b</style-guide>", "a b"),
        ("a comment", f"{XMLNS}{BODY}<!-- <title/> <![CDATA[ --><p>a</p>", "<p>a</p>"),
        ("an address that ends so", f"{XMLNS}{BODY}<p><a href='https://example.org/'>a</a> b</p>",
         '<p><a href="https://example.org/">a</a> b</p>'),
        ("an address without quotation marks", f"{XMLNS}{BODY}<p><a href=https://example.org/>a</a> b</p>",
         '<p><a href="https://example.org/">a</a> b</p>'),
        ("languages", f'{XMLNS}{BODY}<p xml:lang="fr">a <i xml:lang="la" lang="la">b</i></p>',
         '<p lang="fr">a <i lang="la">b</i></p>'),
        ("a page that does not say so", f"<!doctype html>{BODY}<p>a <i/>b</p>", "<p>a <i>b</i></p>"),
    ],
)  # fmt: skip
def test_what_is_read(name: str, source: str, html: str) -> None:
    assert prepare(source, fallback_title="F").html == f"<h1>T</h1>\n{html}"


def test_what_does_not_end_is_read_in_linear_time() -> None:
    words = "a" + "<![CDATA[" * 50_000 + "<script " * 50_000
    assert prepare(f"{XMLNS}{BODY}<p>{words}", fallback_title="F").html.startswith("<h1>T</h1>\n<p>a")
