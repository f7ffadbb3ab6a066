"""What becomes of a publisher's HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import nh3
import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st

from snippetsvc.errors import Invalid
from snippetsvc.html.facts.dates import iso_date
from snippetsvc.html.facts.facts import direction_of
from snippetsvc.html.prepare import prepare
from snippetsvc.html.sanitise import BLOCKS
from snippetsvc.text.document import Document
from tests.documents import documents

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "text.json").read_text())
SOURCE_URL = "https://example.org/news/item.html"


def made(source: str | bytes, **given: Any) -> Document:
    return Document(prepare(source, fallback_title="Fallback & title", **given).html)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vector(vector: dict[str, str]) -> None:
    document = made(vector["source"], source_url=SOURCE_URL)
    assert document.html == vector["html"]
    assert document.text == vector["text"]


@given(documents)
def test_whatever_is_sent_becomes_harmless_and_stable_or_is_refused_by_name(source: str) -> None:
    try:
        document = made(source)
    except Invalid as refusal:
        # Any other error fails here; of generated documents, none is refused for anything else.
        assume(refusal.problems[0].rule != "no-text")
        raise
    tree = BeautifulSoup(document.html, "html.parser")
    assert document.text == "".join(tree.find_all(string=True))
    # An HTML5 parser reads and writes the same bytes.
    assert nh3.clean(document.html, **_everything(tree)) == document.html
    assert document.html.startswith("<h1")
    assert made(document.html).html == document.html
    assert not tree.find_all(
        [
            "article",
            "main",
            "script",
            "style",
            "svg",
            "annotation",
            "form",
            "input",
            "nav",
            "template",
            "noscript",
            "mark",
        ]
    )
    attributes = [each for element in tree.find_all(True) for each in element.attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("style", "class")]
    assert not [value for name, value in attributes if name in ("href", "src", "cite") and "javascript:" in value]
    if not tree.find(["pre", "img"]):
        assert not re.search(r"[\t\f\r]|  | \n|\n |\A[ \n]|[ \n]\Z", document.text)
        assert document.text.count("\n\n") <= len(tree.find_all("br"))


def _everything(tree: BeautifulSoup) -> dict[str, Any]:
    attributes: dict[str, set[str]] = {}
    for element in tree.find_all(True):
        attributes.setdefault(element.name, set()).update(element.attrs)
    return {
        "tags": {element.name for element in tree.find_all(True)},
        "attributes": attributes,
        "url_schemes": {"http", "https", "mailto", "tel"},
        "link_rel": None,
    }


@given(documents, st.randoms(use_true_random=False))
def test_re_indented_mark_up_has_the_same_text(source: str, random: Random) -> None:
    try:
        tight = made(source)
    except Invalid:
        assume(False)
    assert made(_indented(tight.html, random)).html == tight.html


def _indented(html: str, random: Random) -> str:
    """Other white space wherever it means nothing: within and around blocks, for the space between two words."""

    def white() -> str:
        return "".join(random.choices(" \n\t\r\f", k=random.randrange(4)))

    pieces: list[str] = []
    pre = False
    for piece in re.findall(r"<[^>]*>|[^<]+", html):
        name = re.match(r"</?([a-z0-9]*)", piece)
        if name is None:
            pieces.append(piece if pre else re.sub(r"[ \n]", lambda _: random.choice(" \n\t\r\f") + white(), piece))
        elif name[1] == "pre":
            pre = not pre
            pieces.append(white() + piece if pre else piece + white())
        else:
            pieces.append(white() + piece + white() if not pre and name[1] in {*BLOCKS, "br"} else piece)
    return "".join(pieces)


@pytest.mark.parametrize(
    ("name", "source", "rule"),
    [
        ("nothing", "", "no-text"),
        ("a title alone", "<!doctype html><title>App</title><body><div id=root></div><script src=x>", "no-text"),
        ("only what is not displayed", "<script>x</script><p hidden>y</p>", "no-text"),
        ("too deep", "<div>" * 201 + "x", "depth"),
        ("far too deep", "<div>" * 100_000 + "x", "depth"),
        ("far too deep, with end tags of others", "<div></b>" * 100_000 + "x", "depth"),
        ("too deep in formatting", "<b>" * 3_000 + "x", "depth"),
        ("too deep in a thousand things that are not displayed", "<x-y>" * 1_000 + "<x-y hidden>a</x-y>x", "depth"),
    ],
)  # fmt: skip
def test_refused(name: str, source: str, rule: str) -> None:
    with pytest.raises(Invalid) as caught:
        made(source)
    assert [(problem.pointer, problem.rule) for problem in caught.value.problems] == [("/html", rule)]


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("pictures drawn of thousands of tags", f"<p>a</p><svg>{'<path d=M0 />' * 20_000}</svg>b", "a\nb"),
        ("old pages leave their formatting open", "<p><font size=2>a</p>" * 2_000, "\n".join(["a"] * 2_000)),
        ("anchors that are not closed", "<a name=x>a " * 20_000, " ".join(["a"] * 20_000)),
        ("tags in comments", f"<!--{'<div>' * 20_000}-->a", "a"),
        ("tags in scripts", f"<script>'{'<div>' * 20_000}'</script>a", "a"),
        ("a comment that does not end", "a" + "<!--" * 200_000, "a"),
        ("scripts that do not end", "a" + "<script " * 200_000, "a"),
        ("body tags that do not end", "a" + "<body " * 200_000, "a"),
        ("many hidden elements", "<p>a</p>" * 20_000 + "<p hidden>b</p>" * 20_000, "\n".join(["a"] * 20_000)),
    ],
)
def test_odd_but_readable(name: str, source: str, text: str) -> None:
    assert made(source).text == f"Fallback & title\n{text}"


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("an article", "<!doctype html><p>site</p><article><h1>A</h1><p>in</p></article><p>foot</p>", "A\nin"),
        ("main, without an article", "<!doctype html><p>site</p><main><h1>A</h1>in</main>", "A\nin"),
        ("the body", "<html><body><h1>A</h1>in</body></html>", "A\nin"),
        ("the longest",
         "<!doctype html><main><article><h1>A</h1>the story</article><article>x</article></main>", "A\nthe story"),
        ("teasers side by side",
         "<!doctype html><main><h1>A</h1><article>one</article><article>two</article></main>", "A\none\ntwo"),
        ("a headline outside of it is not its own",
         "<!doctype html><h1>Site</h1><article><p>in</p></article>", "Fallback & title\nin"),
    ],
)  # fmt: skip
def test_what_is_taken_of_a_page(name: str, source: str, text: str) -> None:
    assert made(source).text == text


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("an article", "<p>a</p><article><h1>A</h1><p>b</p></article><p>c</p>", "A\na\nb\nc"),
        ("navigation", "<h1>A</h1><nav><ul><li>b</li></ul></nav>", "A\nb"),
        ("a drawing's title", "<svg><title>no</title></svg><h1>A</h1><nav>b</nav>", "A\nb"),
        ("a comment", "<!-- <!doctype html><title>no</title> --><h1>A</h1><nav>b</nav>", "A\nb"),
        ("words before a title", "<h1>A</h1>b <title>no</title><nav>c</nav>", "A\nb\nc"),
    ],
)  # fmt: skip
def test_of_a_fragment_everything_is_meant(name: str, source: str, text: str) -> None:
    assert made(source).text == text


def test_what_a_page_says_of_itself() -> None:
    page = b"""<!doctype html><html lang="ar-EG"><head><meta charset=utf-8><title> A
        title </title><meta name=author content="N. N."><meta property="og:site_name" content="Press &amp; Co">
        <meta property="article:published_time" content="2026-05-01T10:00:00+02:00">
        <link rel=canonical href="https://example.org/x"></head><body><article><p>a <a href=y>b</a></article>"""
    found = prepare(page, fallback_title="no")
    assert (found.title, found.lang, found.dir, found.authors) == ("A title", "ar-EG", "rtl", ("N. N.",))
    assert (found.publisher, found.published_at) == ("Press & Co", "2026-05-01T10:00:00+02:00")
    assert found.html == '<h1>A title</h1>\n<p>a <a href="https://example.org/y">b</a></p>'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("<meta name=Author content='N. N.'><meta name='DC.Date' content=2026-05-01>", ("N. N.", None, "2026-05-01")),
        ("<meta property=article:author content=https://example.org/nn>", (None, None, None)),
        ("<meta name=date content=yesterday><meta property=article:published_time content=2026-05-01T00:00Z>",
         (None, None, "2026-05-01T00:00:00Z")),
        ("<script>'<body>'</script><meta name=publisher content=P>", (None, "P", None)),
        ("<!-- <meta name=author content=x> --><meta name=author content=''><meta name=author content=y>",
         ("y", None, None)),
        (f"<style>{'p{}' * 100_000}</style><meta name=author content=y>", ("y", None, None)),
    ],
)  # fmt: skip
def test_what_meta_elements_say(said: str, expected: tuple[str | None, str | None, str | None]) -> None:
    found = prepare(f"<head><meta property=og:title content=O>{said}</head><body>a", fallback_title="no")
    author = next(iter(found.authors), None)
    assert (found.title, author, found.publisher, found.published_at) == ("O", *expected)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<title>The &lt;b&gt; <b>tag</b> &amp; more</title><p>a", "The <b> <b>tag</b> & more"),
        ("<TITLE lang=en>\n A\n B </TITLE ><p>a", "A B"),
        ("<svg><title>S</title></svg><title>T</title><p>a", "T"),
        ("<!-- <title>no</title> --><script>'<title>no</title>'</script><title>T</title><p>a", "T"),
        ("<title> </title><h1>H</h1>", "H"),
        ("<html><body><title>late</title><p>a", "late"),
    ],
)
def test_titles(source: str, title: str) -> None:
    assert prepare(source, fallback_title="F").title == title


@pytest.mark.parametrize(
    ("source", "lang", "dir"),
    [
        ("<html lang=en><body lang=be dir=rtl><p>a", "be", "rtl"),
        ("<html lang=ru_RU><p>a", "ru-RU", "ltr"),
        ("<html lang='not a language'><p>a", "und", "ltr"),
        ("<html lang=en><body><div lang=fr><article lang=ar>a</article></div>", "ar", "rtl"),
        ("<html lang=en dir=AUTO><body><main>a</main>", "en", "auto"),
    ],
)
def test_language_and_direction(source: str, lang: str, dir: str) -> None:
    found = prepare(source, fallback_title="F")
    assert (found.lang, found.dir) == (lang, dir)


def test_a_canonical_address_is_the_source() -> None:
    page = "<link rel=stylesheet href=x><link rel='Shortlink CANONICAL' href=https://example.org/x>a"
    assert prepare(page, fallback_title="F").source_url == "https://example.org/x"


@pytest.mark.parametrize(
    "source",
    [
        "<ul>a<button><ul><li>x</li></ul></button></ul>",
        "<ol><pre>a<li>b",
        "<h3 id='a b'>q</h3><a href='#a%20b'>r</a>",
        "<ul><div><li>x</li></div></ul>",
    ],
)
def test_publishing_what_was_published_odd_as_it_is_changes_nothing(source: str) -> None:
    once = made(source).html
    assert made(once).html == once


def test_publishing_what_was_published_changes_nothing() -> None:
    inner = "<p id=x>a <a href='#x'>b</a></p><article>c <main>d<div></div>e</main></article>"
    once = made(f"<article><h1>T</h1>{inner}</article>").html
    assert made(once).html == once


def test_what_is_given_wins() -> None:
    found = prepare(
        "<html lang=en dir=ltr><title>x</title><p>a", fallback_title="no", title="T", lang="he", dir="rtl",
        source_url=SOURCE_URL,
    )  # fmt: skip
    assert (found.title, found.lang, found.dir, found.source_url) == ("T", "he", "rtl", SOURCE_URL)


def test_what_a_document_says_of_itself_is_a_line_of_sensible_length() -> None:
    title, author = f"A &#7;title\n{'and more of it ' * 100}", f"Ada&#7; {'W' * 300}"
    head = f"<title>{title}</title><meta name='author' content='{author}'>"
    page = f"{head}<h1>{'Headline ' * 1000}</h1><p>Words</p>"
    made = prepare(page, fallback_title="t")
    assert made.title.startswith("A title and more of it")
    assert made.title.endswith("…")
    assert len(made.title) <= 500
    (author,) = made.authors
    assert author.startswith("Ada W")
    assert len(author) <= 200
    assert Document(made.html).text.count("Headline") == 1000


def test_bytes_that_no_encoding_explains_are_refused() -> None:
    page = b"<html><head><meta charset='utf-8'></head><body><p>Words \x81\x8d\x8f\x90\x9d\xff</p>"
    with pytest.raises(Invalid, match="encoding"):
        prepare(page, fallback_title="t")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("utf-8", "windows-1251"), ("windows-1251", "windows-1251"), ("shift_jis", "shift_jis"),
     ("utf-8-sig", ""), ("utf-16", ""), ("utf-16", "windows-1251"), ("utf-16-le", ""), ("utf-16-be", "utf-16"),
     ("utf-8", "utf-16"), ("koi8-r", "KOI8-R"), ("mac-cyrillic", "x-mac-cyrillic"), ("gb18030", "gb2312"),
     ("cp932", "x-sjis"), ("euc_jp", "euc-jp"), ("iso2022_jp", "iso-2022-jp"), ("cp949", "ks_c_5601-1987")],
)  # fmt: skip
def test_encodings(encoding: str, declared: str) -> None:
    words = "犬" if "jis" in encoding else "Губернатор"
    page = f"<html><head><!-- <meta charset=big5> --><meta charset='{declared}'></head><body><p>{words}</p>"
    assert made(page.encode(encoding)).text.endswith(words)


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "us-ascii", "windows-1252", "no-such-thing", "utf-7", ""])
def test_what_calls_itself_latin_1_is_read_as_windows_1252(declared: str) -> None:
    page = f"<meta http-equiv=content-type content='text/html; charset={declared}'><p>caf\xe9 \x93x\x94 \x97"
    assert made(page.encode("latin-1")).text.endswith("café “x” —")


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "gbk"])
def test_another_alphabet_in_an_encoding_that_is_not_declared_is_refused(encoding: str) -> None:
    page = f"<html><head><script>let x = 'letters'</script></head><body><p>{'Слова по-русски'}".encode(encoding)
    with pytest.raises(Invalid) as caught:
        made(page)
    assert caught.value.problems[0].rule == "encoding"


def test_a_byte_order_mark_is_no_text() -> None:
    assert made("\ufeff<h1>T</h1>a").text == "T\na"


def test_directions() -> None:
    rtl = ["ar", "he-IL", "fa", "pa-Arab-PK", "az-Arab"]
    ltr = ["en", "ru-RU", "und", "sd-Deva", "sr-Latn-RS", "de-1996"]
    assert [direction_of(lang) for lang in rtl + ltr] == ["rtl"] * len(rtl) + ["ltr"] * len(ltr)


@pytest.mark.parametrize(
    ("text", "date"),
    [("2026-05-01", "2026-05-01"), ("2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z"), ("2026-13-01", None),
     ("2026-05-01T01:00+03:00", "2026-05-01T01:00:00+03:00"), ("2026-03-09T23:30-05:00", "2026-03-09T23:30:00-05:00"),
     ("2026-05-01T01:00+00:00", "2026-05-01T01:00:00Z"), ("2026-05-01T01:00", "2026-05-01T01:00:00Z"),
     ("0001-01-01T00:00+14:00", None), ("yesterday", None)],
)  # fmt: skip
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date
