"""What a document says of its article, in whichever vocabulary, and which of them is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from snippetsvc.html.prepare import Prepared, prepare
from snippetsvc.models import NoticeKind

HOST = "https://harbour.example/"


def page(head: str = "", body: str = "<h1>Ferry</h1><p>It runs again.</p>", html: str = "") -> str:
    return f"<!doctype html><html {html}><head>{head}</head><body>{body}</body></html>"


def ld(*documents: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in documents)


def made(source: str, **given: Any) -> Prepared:
    return prepare(source, fallback_title="F", **given)


def article(**properties: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **properties}


def facts(prepared: Prepared) -> dict[str, Any]:
    names = "title authors publisher published_at modified_at lang canonical_url license description image".split()
    return {name: value for name in names if (value := getattr(prepared, name)) not in (None, (), "und", "F")}


ALL = {
    "title": "Ferry runs",
    "authors": ("Ann Ode", "Bo Ek"),
    "publisher": "Harbour Office",
    "published_at": "2026-03-04T08:00:00+01:00",
    "modified_at": "2026-03-05",
    "lang": "sv",
    "canonical_url": f"{HOST}ferry",
    "license": "https://licence.example/by",
    "description": "After a winter.",
    "image": f"{HOST}ferry.jpg",
}

GRAPH = ld(
    {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "Harbour"},
            {"@type": ["WebPage", "ItemPage"], "@id": HOST, "name": "Ferry runs | A", "dateModified": "2026-03-05"},
            {"@type": ["Article", "NewsArticle"], "author": [{"@id": "#a"}, {"name": "Bo Ek"}],
             "headline": "Ferry runs", "publisher": {"@id": "#office"}, "inLanguage": ["sv"],
             "datePublished": "2026-03-04T08:00:00+01:00",
             "mainEntityOfPage": {"@type": "WebPage", "@id": f"{HOST}ferry"},
             "license": {"@id": "https://licence.example/by"},
             "description": "After a winter.", "image": {"@id": "#lead"}},
            {"@type": "Person", "@id": "#a", "name": "Ann Ode"},
            {"@type": "Organization", "@id": "#office", "name": "Harbour Office"},
            {"@type": "ImageObject", "@id": "#lead", "contentUrl": f"{HOST}ferry.jpg"},
        ],
    }
)  # fmt: skip
MICRODATA = f"""<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="name headline">Ferry runs</h2>
    <span itemprop=author itemscope itemtype=https://schema.org/Person><a itemprop=url href=/a><b itemprop=name>Ann
    Ode</b></a></span> and <a itemprop=author href=/b>Bo Ek</a>, <time itemprop=datePublished
    datetime=2026-03-04T08:00:00+01:00>4 March</time><div hidden itemprop=publisher itemscope><meta itemprop=name
    content="Harbour Office"></div><meta itemprop=dateModified content=2026-03-05><meta itemprop=inLanguage content=sv>
    <link itemprop=mainEntityOfPage href={HOST}ferry><a itemprop=license href=https://licence.example/by>Licence</a>
    <p itemprop=description>After a winter.</p><img itemprop=image src={HOST}ferry.jpg></div>"""
OPEN_GRAPH = f"""<meta property=og:title content="Ferry runs"><meta name=author content="Ann Ode; Bo Ek">
    <meta property="article:publisher" content=https://social.example/harbour><meta property=og:site_name
    content="Harbour Office"><meta property=article:published_time content=2026-03-04T08:00:00+01:00><meta
    property=article:modified_time content=2026-03-05><meta property=og:locale content=sv><meta property=og:url
    content={HOST}ferry><link rel=license href=https://licence.example/by><meta name=description content="After a
    winter."><meta property=og:image content={HOST}ferry.jpg>"""
DUBLIN_CORE = f"""<meta name=DC.Title content="Ferry runs"><meta name=dcterms.creator content="Ann Ode"><meta
    name=DCTERMS.Creator content="Bo Ek"><meta name=dc:publisher content="Harbour Office"><meta name=DC.Date.issued
    content=2026-03-04T08:00:00+01:00><meta name=dct.modified content=2026-03-05><meta name=DC.language content=sv>
    <link rel=canonical href={HOST}ferry><meta name=dcterms.license content=https://licence.example/by><meta
    name=DC.description content="After a winter."><link rel=image_src href={HOST}ferry.jpg>"""
CITATION = f"""<meta name=citation_title content="Ferry runs"><meta name=citation_author content="Ann Ode"><meta
    name=citation_author content="Bo Ek"><meta name=citation_publisher content="Harbour Office"><meta
    name=citation_publication_date content=2026-03-04T08:00:00+01:00><meta name=lastmod content=2026/03/05><meta
    name=citation_language content=sv><meta name=citation_public_url content={HOST}ferry><meta name=license
    content=https://licence.example/by><meta name=citation_abstract content="After a winter."><meta
    name=twitter:image content={HOST}ferry.jpg>"""


@pytest.mark.parametrize("body", [False, True], ids=["in the head", "in the body"])
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(GRAPH, id="JSON-LD"),
        pytest.param(MICRODATA, id="microdata"),
        pytest.param(OPEN_GRAPH, id="Open Graph"),
        pytest.param(DUBLIN_CORE, id="Dublin Core"),
        pytest.param(CITATION, id="citation"),
    ],
)
def test_every_vocabulary_says_everything(said: str, body: bool) -> None:
    text = "<h1>Ferry runs</h1><p>It runs again.</p>"
    assert facts(made(page(body=f"<img src=/x.gif>{said}{text}") if body else page(said, text))) == ALL


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("JSON-LD before microdata", ld(article(author="First")), "<b itemprop=author>Second</b>"),
        ("microdata before metas", "<p itemprop=author>First</p>", "<meta name=author content=Second>"),
        ("metas before links", "<meta name=author content=First>", "<a rel=author href=/x>Second</a>"),
        ("an article before its page", ld(article(author="First")), ld({"@type": "WebPage", "author": "Second"})),
    ],
)
def test_who_is_believed(name: str, first: str, then: str) -> None:
    assert made(page(body=f"{then}<p>Words.</p>{first}")).authors == ("First",)
    assert made(page(body=f"<p>Words.</p>{then}")).authors == ("Second",)


@pytest.mark.parametrize(
    ("name", "value", "authors"),
    [
        ("a name", "Ann Ode", ("Ann Ode",)),
        ("names", ["Ann Ode", {"@type": "Person", "name": "Bo Ek"}], ("Ann Ode", "Bo Ek")),
        ("a list that is called one", {"@list": ["Ann Ode", "Bo Ek"]}, ("Ann Ode", "Bo Ek")),
        ("parts of a name", {"givenName": "Ann", "familyName": "Ode"}, ("Ann Ode",)),
        ("a name in a language", {"name": {"@value": "Ann Ode", "@language": "en"}}, ("Ann Ode",)),
        ("a name with a character of HTML", "O&#39;Dea &amp; Sons", ("O'Dea & Sons",)),
        ("the same name twice", ["Ann Ode", "ANN ODE"], ("Ann Ode",)),
        ("an address", "https://social.example/ann", ()),
        ("somebody who is not described", {"@id": "#nobody"}, ()),
        ("somebody who is described in a circle", {"@id": "#a", "name": {"@id": "#a"}}, ()),
        ("nothing", [None, 7, "", {}, [["x"]]], ()),
    ],
)
def test_authors_in_json(name: str, value: Any, authors: tuple[str, ...]) -> None:
    assert made(page(ld(article(author=value)))).authors == authors


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">{"@type": "Article", "author": "Broken</script>',
        '<script type="application/ld+json"></script>',
        f'<script type="application/ld+json">{"[" * 100_000}</script>',
        f'<script type="application/ld+json">{"1" * 5_000}</script>',
        '<script type="application/json">{"@type": "Article", "author": "No"}</script>',
        ld({"@type": "Organization", "author": "No"}, {"@type": "ItemList", "itemListElement": [article(author="No")]}),
        ld({"@graph": {"@graph": 1}}, [[1]], "x", None),
    ],
)
def test_json_that_says_nothing_is_passed_over(script: str) -> None:
    assert made(page(script + ld(article(author="Ann Ode")))).authors == ("Ann Ode",)


@pytest.mark.parametrize(
    "script",
    [
        '<script type="Application/LD+JSON; charset=utf-8"><!--\n{"@type": "Article",'
        '"author": "Ann\n Ode"}\n--></script>',
        '<script type=application/ld+json>//<![CDATA[\n{"@type": "Article", "author": "Ann Ode"}\n//]]></script>',
        '<script type=application/ld+json>{"@type": "Article", "author": ["Ann Ode", ],\n}</script>',
        ld({"@type": "schema:Report", "schema:author": {"schema:name": "Ann Ode"}}),
        ld({"@type": "http://schema.org/BlogPosting", "http://schema.org/author": "Ann Ode"}),
        ld({"@type": "WebPage", "mainEntity": article(author="Ann Ode")}),
        ld({"@type": "Blog", "blogPost": [article(author="Ann Ode")]}),
    ],
)
def test_json_in_other_spellings(script: str) -> None:
    assert made(page(script)).authors == ("Ann Ode",)


def test_of_several_articles_the_one_of_this_page_counts() -> None:
    others = [article(headline="Pier", author="No"), article(headline="Quay", author="No", url=f"{HOST}quay")]
    by_address = ld(*others, article(author="Ann Ode", mainEntityOfPage=f"{HOST}ferry"))
    assert made(page(f"<link rel=canonical href={HOST}ferry>{by_address}")).authors == ("Ann Ode",)
    by_title = ld(*others, article(author="Ann Ode", headline="Ferry"))
    assert made(page(f"<title>Ferry | Harbour</title>{by_title}")).authors == ("Ann Ode",)
    assert made(page(ld(*others))).authors == ()


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Ferry runs | Harbour Office", "Harbour Office", "Ferry runs"),
        ("Ferry runs - Harbour Office", "Harbour Office", "Ferry runs"),
        ("Ferry runs — HARBOUR OFFICE", "Harbour Office", "Ferry runs"),
        ("Ferry runs · News · Harbour Office", "Harbour Office", "Ferry runs · News"),
        ("Ferry runs « Harbour Office", "Harbour Office", "Ferry runs"),
        ("Ferry runs [Harbour Office]", "Harbour Office", "Ferry runs"),
        ("Ferry runs_港", "港", "Ferry runs"),
        ("渡船｜港", "港", "渡船"),
        ("Harbour Office: Ferry runs", "Harbour Office", "Ferry runs"),
        ("Harbour Office » Ferry runs", "Harbour Office", "Ferry runs"),
        ("Ferry runs | Harbour - The Office", "Harbour – The Office", "Ferry runs"),
        ("Ferry runs | The Harbour", "Harbour", "Ferry runs"),
        ("Ferry runs | Harbour", "Harbour.example", "Ferry runs"),
        ("Ferry-Harbour", "Harbour", "Ferry-Harbour"),
        ("Ferry: the harbour", "Harbour Office", "Ferry: the harbour"),
        ("Ferry - runs again", "Harbour", "Ferry - runs again"),
        ("Harbour", "Harbour", "Harbour"),
        ("Harbour | Harbour", "Harbour", "Harbour"),
    ],
)  # fmt: skip
def test_the_name_of_the_site_is_no_title(title: str, site: str, expected: str) -> None:
    for said in (f'<meta property=og:site_name content="{site}">', ld({"@type": "WebSite", "name": site})):
        assert made(page(f"<title>{title}</title>{said}", body="<p>Words.</p>")).title == expected


@pytest.mark.parametrize(
    ("title", "address", "expected"),
    [
        ("Ferry runs | Harbour", "https://www.harbour.example/ferry", "Ferry runs"),
        ("Ferry runs | Harbour Office", "https://harbour-office.example/", "Ferry runs"),
        ("Ferry runs - news.harbour.example", "https://news.harbour.example/", "Ferry runs"),
        ("Python: a history", "https://python.example/", "Python: a history"),
        ("Ferry runs | Harbour", "https://[", "Ferry runs | Harbour"),
        ("Ferry runs | Harbour", None, "Ferry runs | Harbour"),
    ],
)
def test_a_host_names_its_site(title: str, address: str | None, expected: str) -> None:
    assert made(page(f"<title>{title}</title>", body="<p>Words.</p>"), source_url=address).title == expected


def test_what_leads_home_names_the_site() -> None:
    logo = "<header><a href='/'><img src=/logo.png alt='Stadt Hafen'></a></header>"
    assert made(page("<title>Fähre | Stadt Hafen</title>", f"{logo}<p>Sie fährt.")).title == "Fähre"


@pytest.mark.parametrize(
    ("html", "head", "lang"),
    [
        ("lang=be", ld(article(inLanguage="ru")), "be"),
        ("xml:lang=be", "", "be"),
        ("", ld(article(inLanguage={"@type": "Language", "name": "Belarusian", "alternateName": "be"})), "be"),
        ("", "<meta http-equiv=Content-Language content=ru><meta property=og:locale content=be_BY>", "ru"),
        ("", "<meta http-equiv=content-language content='ru, be'><meta property=og:locale content=be_BY>", "be-BY"),
        ("", "<meta name=language content=Belarusian><meta name=dc.language content=be>", "be"),
        ("", "<meta name=language content=Belarusian>", "und"),
    ],
)
def test_language(html: str, head: str, lang: str) -> None:
    assert made(page(head, html=html)).lang == lang


@pytest.mark.parametrize(
    ("name", "body", "published", "modified"),
    [
        ("under the headline", "<h1>Ferry</h1><p>By Ann, <time datetime=2026-03-04>4 March</time></p><p>It runs.</p>",
         "2026-03-04", None),
        ("above it", "<header><time>4 March 2026</time><h1>Ferry</h1></header><p>It runs.</p>", "2026-03-04", None),
        ("both", "<h1>Ferry</h1><div><time class='entry-date published' datetime=2026-03-04>a</time><time "
         "class=updated datetime=2026-03-05>b</time></div>", "2026-03-04", "2026-03-05"),
        ("in a sentence", "<h1>Ferry</h1><p>It runs until <time datetime=2026-12-24>Christmas</time>.</p>", None, None),
        ("in another article", "<h1>Ferry</h1><p>It runs.</p><h2>Pier</h2><p><time datetime=2026-03-04>x</time></p>",
         None, None),
        ("beside it", "<h1>Ferry</h1><aside><time datetime=2026-03-04>today</time></aside>", None, None),
        ("an hour", "<h1>Ferry</h1><p><time>12:30</time></p>", None, None),
        ("of a headline that nothing names", "<h2>Pier</h2><p><time datetime=2026-03-04>x</time></p>", None, None),
    ],
)  # fmt: skip
def test_the_time_beside_the_headline(name: str, body: str, published: str | None, modified: str | None) -> None:
    found = made(page("<title>Ferry | Harbour</title>", body))
    assert (found.published_at, found.modified_at) == (published, modified)
    assert NoticeKind.DATE not in [notice.kind for notice in found.notices]


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("a relative address", "<link rel=canonical href=/ferry><meta property=og:image content=a.jpg>",
         {"canonical_url": f"{HOST}ferry", "image": f"{HOST}news/a.jpg"}),
        ("a base", "<base href=/b/><meta property=og:image content=a.jpg>", {"image": f"{HOST}b/a.jpg"}),
        ("what leads nowhere", "<meta property=og:image content=data:x><link rel=canonical href='https://[x'>", {}),
        ("what is no address", '<meta property=og:image content="https://h.example/a b.jpg">', {}),
        ("a licence by its name", "<meta name=dcterms.license content='CC BY 4.0'>", {"license": "CC BY 4.0"}),
        ("a licence in the text", "<a rel='license noopener' href=/terms>Terms</a>", {"license": f"{HOST}terms"}),
    ],
)  # fmt: skip
def test_addresses(name: str, said: str, expected: dict[str, str]) -> None:
    found = facts(made(page(body=f"{said}<p>Words.</p>"), source_url=f"{HOST}news/item"))
    assert found == expected


def test_of_a_paper_with_thousands_of_authors_some_are_named() -> None:
    authors = [{"name": f"Author {number}"} for number in range(5_000)]
    assert len(made(page(ld(article(author=authors)))).authors) == 100


def test_a_fragment_says_of_itself_what_it_says() -> None:
    found = made("<meta name=author content='Ann Ode'><h1>Ferry</h1><p><time datetime=2026-03-04>4 March</time></p>")
    assert (found.authors, found.published_at) == (("Ann Ode",), None)
