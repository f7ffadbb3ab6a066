"""Links within an article, to the article itself, by way of a counter, and from headings to themselves."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare

PAGE = "https://example.org/news/item.html"


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("an id", "<p><a href='#a'>x</a></p><h2 id=a>A</h2>", '<p><a href="#c-a">x</a></p>\n<h2 id="c-a">A</h2>'),
        ("a name", "<p><a href='#a'>x</a></p><p><a name=a></a>A</p>",
         '<p><a href="#c-a">x</a></p>\n<p><a id="c-a"></a>A</p>'),
        ("percent signs",
         "<p><a href='#%D1%8F'>x</a></p><p id=я>A</p>", '<p><a href="#c-я">x</a></p>\n<p id="c-я">A</p>'),
        ("a code host's prefix", "<p><a href='#a'>x</a></p><p id=user-content-a>A</p>",
         '<p><a href="#c-user-content-a">x</a></p>\n<p id="c-user-content-a">A</p>'),
        ("both spellings of a name", "<p><a href='#a'>x</a></p><p id=user-content-a>A</p><p id=a>B</p>",
         '<p><a href="#c-a">x</a></p>\n<p id="c-user-content-a">A</p>\n<p id="c-a">B</p>'),
        ("an element that is nothing here", "<p><a href='#a'>x</a> <font id=a>A</font></p>",
         '<p><a href="#c-a">x</a> <span id="c-a">A</span></p>'),
        ("the page's address", f"<p><a href='{PAGE}#a'>x</a></p><p id=a>A</p>",
         '<p><a href="#c-a">x</a></p>\n<p id="c-a">A</p>'),
        ("the page's address, relative", "<p><a href='item.html#a'>x</a></p><p id=a>A</p>",
         '<p><a href="#c-a">x</a></p>\n<p id="c-a">A</p>'),
        ("the page's address, and a place that went", "<p><a href='/news/item.html#b'>x</a></p>",
         f'<p><a href="{PAGE}#b">x</a></p>'),
        ("the page's address alone", "<p><a href='item.html'>x</a></p>", f'<p><a href="{PAGE}">x</a></p>'),
        ("another page's", "<p><a href='other.html#a'>x</a></p><p id=a>A</p>",
         '<p><a href="https://example.org/news/other.html#a">x</a></p>\n<p id="c-a">A</p>'),
        ("notes",
         "<p>x<sup><a id=r1 href='#n1'>1</a></sup></p><p id=n1>N <a href='#r1'>↩</a></p>",
         '<p>x<sup><a href="#c-n1" id="c-r1">1</a></sup></p>\n<p id="c-n1">N <a href="#c-r1">↩</a></p>'),
    ],
)  # fmt: skip
def test_places_in_the_article(name: str, source: str, html: str) -> None:
    assert prepare(source, fallback_title="T", source_url=PAGE).html == f"<h1>T</h1>\n{html}"


@pytest.mark.parametrize(
    ("name", "source", "html", "notices"),
    [
        ("nowhere", "<p><a href='#b'>the words</a></p>", "<p>the words</p>", [("link", "dropped", 1, "the words")]),
        ("in what goes", "<p><a href='#b'>x</a></p><svg><g id=b></g></svg>", "<p>x</p>", [("link", "dropped", 1, "x")]),
        ("the top", "<p><a href='#'>x</a> <a href='#top'>y</a></p>", "<p>x y</p>", []),
        ("a place of its own", "<p><a id=a href='#b'>x</a> <a href='#a'>y</a></p>",
         '<p><a id="c-a">x</a> <a href="#c-a">y</a></p>', [("link", "dropped", 1, "x")]),
    ],
)  # fmt: skip
def test_links_that_lead_nowhere(name: str, source: str, html: str, notices: list[tuple[str, str, int, str]]) -> None:
    found = prepare(source, fallback_title="T")
    assert found.html == f"<h1>T</h1>\n{html}"
    assert [(each.kind, each.did, each.count, each.example) for each in found.notices] == notices


@pytest.mark.parametrize(
    ("name", "head", "given", "link", "resolved"),
    [
        ("the canonical address", f"<link rel=canonical href={PAGE}>", None, "item.html#a", "#c-a"),
        ("the one that is shared", f"<meta property=og:url content={PAGE}>", None, f"{PAGE}#a", "#c-a"),
        ("what is given counts alone",
         "<link rel=canonical href=https://example.org/>", PAGE, "/#a", "https://example.org/#a"),
        ("a base", "<base href=https://example.net/files/>", PAGE, "x.pdf", "https://example.net/files/x.pdf"),
        ("a relative base", "<base href=/files/>", PAGE, "x.pdf", "https://example.org/files/x.pdf"),
        ("a relative base, and nothing to resolve it",
         "<base href=/files/>", None, "https://example.org/", "https://example.org/"),
        ("the first base",
         "<base target=_top><base href=/one/><base href=/two/>", PAGE, "x", "https://example.org/one/x"),
        ("a base that is none", "<base href='http://[x'>", PAGE, "x", "https://example.org/news/x"),
        ("places in spite of a base", "<base href=/>", PAGE, "#a", "#c-a"),
    ],
)  # fmt: skip
def test_a_page_s_own_address(name: str, head: str, given: str | None, link: str, resolved: str) -> None:
    page = f"<!doctype html><title>T</title>{head}<body><p id=a>Words and <a href='{link}'>x</a></p>"
    html = prepare(page, fallback_title="F", source_url=given).html
    assert html == f'<h1>T</h1>\n<p id="c-a">Words and <a href="{resolved}">x</a></p>'


@pytest.mark.parametrize(
    ("address", "straight"),
    [
        ("https://www.google.com/url?q=https://example.org/r%3Fa%3D1%26b%23c&sa=D&ust=1",
         "https://example.org/r?a=1&b#c"),
        ("http://google.co.uk/url?sa=t&url=http%3A%2F%2Fexample.org%2F", "http://example.org/"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F&data=x",
         "https://example.org/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F&h=x", "https://example.org/"),
        ("https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2F%D1%8F", "https://example.org/я"),
        ("https://www.google.com/url?q=https://www.google.com/url%3Fq%3Dhttps://example.org/", "https://example.org/"),
        ("https://www.google.com/url?q=javascript:x()", None),
        ("https://www.google.com/search?q=https://example.org/", None),
        ("https://google.com.example.org/url?q=https://example.net/", None),
        ("https://example.org/out?url=https://example.net/", None),
    ],
)  # fmt: skip
def test_by_way_of_a_counter(address: str, straight: str | None) -> None:
    html = prepare(f"<p><a href='{address}'>x</a>", fallback_title="T").html
    expected = (straight or address).replace("&", "&amp;")
    assert html == f'<h1>T</h1>\n<p><a href="{expected}">x</a></p>'


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("a sign", "<h2 id=a>A<a class=headerlink href='#a' title=Permalink>¶</a></h2>", '<h2 id="c-a">A</h2>'),
        ("a sign in front", "<h2 id=a><a aria-hidden=true href='#a'>#</a> A</h2>", '<h2 id="c-a">A</h2>'),
        ("a drawing", "<h2 id=a><a href='#a'><svg><title>Link</title></svg></a>A</h2>", '<h2 id="c-a">A</h2>'),
        ("a picture of a chain", "<h2 id=a>A <a href='https://example.org/x#a'>🔗</a></h2>", '<h2 id="c-a">A</h2>'),
        ("words that say so",
         "<h2 id=a>A<a class=hash-link href='#a'>Direct link to A</a></h2>", '<h2 id="c-a">A</h2>'),
        ("the heading gets its name", "<h2><a id=a class=anchor href='#a'></a>A</h2>", '<h2 id="c-a">A</h2>'),
        ("beside the heading", "<div><h2>A</h2> <a id=user-content-a class=anchor href='#a'><svg></svg></a></div>",
         '<div><h2 id="c-user-content-a">A</h2></div>'),
        ("all of its words", "<h2 id=a><a class=toclink href='#a'>A</a></h2>", '<h2 id="c-a">A</h2>'),
        ("a term", "<dl><dt id=a>a()<a class=headerlink href='#a'>¶</a></dt><dd>x</dd></dl>",
         '<dl><dt id="c-a">a()</dt>\n<dd>x</dd></dl>'),
        ("another name that is looked for", "<p><a href='#b'>x</a></p><h2 id=a><a id=b href='#b'>#</a>A</h2>",
         '<p><a href="#c-b">x</a></p>\n<h2 id="c-a"><span id="c-b"></span>A</h2>'),
        ("a note's mark", "<h2 id=a>A<a href='#n'>*</a></h2><p id=n>N</p>",
         '<h2 id="c-a">A<a href="#c-n">*</a></h2>\n<p id="c-n">N</p>'),
        ("a link of another kind", "<h2>A <a href=https://example.org/#x>B</a></h2>",
         '<h2>A <a href="https://example.org/#x">B</a></h2>'),
        ("buttons for editors",
         "<h2>A<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2><p>B <a rel=edit href=/e>E</a></p>",
         "<h2>A</h2>\n<p>B</p>"),
    ],
)  # fmt: skip
def test_links_of_headings_to_themselves(name: str, source: str, html: str) -> None:
    found = prepare(source, fallback_title="T")
    assert found.html == f"<h1>T</h1>\n{html}"
    assert found.notices == ()


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("Word's title",
         "<p class=MsoTitle>A</p><h1>B</h1><p class=MsoNormal>x</p>", "<h1>A</h1>\n<h2>B</h2>\n<p>x</p>"),
        ("Word's deep headings", "<p class=MsoTitle>A</p><p class=MsoHeading7>B</p>", "<h1>A</h1>\n<h6>B</h6>"),
        ("Word's outline", "<h1>A</h1><p class=MsoNormal style='mso-outline-level:2'>B</p>", "<h1>A</h1>\n<h2>B</h2>"),
        ("Google's title",
         "<style>.c3{color:red}</style><p class='c3 title'>A</p><p class='c3 subtitle'>B</p><h1>C</h1>",
         "<h1>A</h1>\n<p>B</p>\n<h2>C</h2>"),
        ("a title of another kind", "<h1>A</h1><p class=title>B</p>", "<h1>A</h1>\n<p>B</p>"),
    ],
)  # fmt: skip
def test_paragraphs_that_are_headings_by_style(name: str, source: str, html: str) -> None:
    assert prepare(source, fallback_title="T").html == html
