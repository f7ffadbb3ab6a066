"""Sitemaps and feeds name pages; what is dangerous in XML is refused, and nothing is fetched or opened for it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from snippetsvc.errors import Invalid, NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.lists import listed_in
from tests.importing.servers import Listening

WHERE = Address.of("https://news.example/lists/feed.xml")
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = ["https://news.example/a", "https://news.example/b?c=1&d=2"]
SITEMAP = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- by a plugin -->\n<?xml-stylesheet href="/a.xsl"?>\n<urlset {SPACE} '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://news.example/a</loc>'
    "<lastmod>2026-01-02</lastmod><image:image><image:loc>https://news.example/a.png</image:loc></image:image></url>"
    "<url><loc>\n  https://news.example/b?c=1&amp;d=2\n</loc></url></urlset>"
)
RSS = (
    "<rss version='2.0'><channel><title>News</title><link>https://news.example/</link><item><title>A</title>"
    "<link>https://news.example/a</link></item><item><title>B</title><link>/b?c=1&amp;d=2</link></item>"
    "<item><title>Without a link</title></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link href="https://news.example/"/>'
    '<entry><title>A</title><link rel="alternate" href="https://news.example/a"/>'
    '<link rel="enclosure" href="https://news.example/a.mp3"/></entry>'
    '<entry><title>B</title><link href="../b?c=1&amp;d=2"/></entry></feed>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<item><title>A</title><link>https://news.example/a</link></item>"
    "<item><title>B</title><link>https://news.example/b?c=1&amp;d=2</link></item></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("data", "lasting"),
    {
        "a sitemap": (SITEMAP.encode(), True),
        "with a mark of its encoding": (b"\xef\xbb\xbf" + SITEMAP.encode(), True),
        "after empty lines": (b"\n\n" + SITEMAP.encode(), True),
        "without a namespace": (SITEMAP.replace(SPACE, "").encode(), True),
        "with a prefix": (
            SITEMAP.replace("xmlns=", "xmlns:s=")
            .replace("<u", "<s:u")
            .replace("</u", "</s:u")
            .replace("<loc", "<s:loc")
            .replace("</loc", "</s:loc")
            .encode(),
            True,
        ),
        "packed": (gzip.compress(SITEMAP.encode()), True),
        "RSS": (RSS.encode(), False),
        "Atom": (ATOM.encode(), False),
        "RSS 1.0": (RDF.encode(), False),
        "RSS that is a little broken": (RSS.replace("<title>B", "<title>B & C").encode(), False),
    }.values(),
)
def test_pages_that_are_listed(data: bytes, lasting: bool) -> None:
    listed = listed_in(data, WHERE)
    assert listed is not None
    assert (listed.pages, listed.lists, listed.lasting) == (PAGES, [], lasting)


def test_an_index_lists_sitemaps() -> None:
    index = f"<sitemapindex {SPACE}><sitemap><loc>https://news.example/1.xml.gz</loc></sitemap></sitemapindex>"
    listed = listed_in(index.encode(), WHERE)
    assert listed is not None
    assert (listed.pages, listed.lists) == ([], ["https://news.example/1.xml.gz"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Words.",
        b"<!doctype html><title>urlset</title>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><rss/></html>',
        b"<!-- <urlset> --><html/>",
        b"<?a?>" * 10_000,
        b"<!--" * 10_000,
    ],
)
def test_what_is_no_list(data: bytes) -> None:
    assert listed_in(data, WHERE) is None


ENTITIES = '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("before", "location"),
    {
        "entities of entities": (ENTITIES, "https://news.example/&b;"),
        "a file": ('<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "https://news.example/&a;"),
        "something elsewhere": ('<!DOCTYPE urlset [<!ENTITY a SYSTEM "http://127.0.0.1:{port}/">]>', "&a;"),
        "a document type elsewhere": ('<!DOCTYPE urlset SYSTEM "http://127.0.0.1:{port}/a.dtd">', "https://a.example/"),
        "parameters": ('<!DOCTYPE urlset [<!ENTITY % a SYSTEM "http://127.0.0.1:{port}/"> %a;]>', "https://a.example/"),
        "an entity that nobody declares": ("", "https://news.example/&b;"),
        "more elements than it may have": ("", "<a/>" * 1_000_000),
        "not well-formed": ("", "https://news.example/?a&b</url>"),
    }.values(),
)
def test_sitemaps_that_are_refused(before: str, location: str) -> None:
    with Listening() as listening:
        data = f"<?xml version='1.0'?>{before.replace('{port}', str(listening.port))}<urlset><url><loc>{location}</loc>"
        with pytest.raises(Invalid, match=r"XML|document type|elements"):
            listed_in(f"{data}</url></urlset>".encode(), WHERE)
        assert listening.connections() == 0


@pytest.mark.parametrize("system", ["file://{file}", "http://127.0.0.1:{port}/"])
def test_a_feed_brings_nothing_from_elsewhere(system: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("secret")
    system = system.replace("{file}", str(file))
    with Listening() as listening:
        entity = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{system}">]>'.replace("{port}", str(listening.port))
        data = f"<?xml version='1.0'?>{entity}{RSS.replace('/b?', '/&a;?')}"
        listed = listed_in(data.encode(), WHERE)
        assert listening.connections() == 0
    assert listed is not None
    assert listed.pages[0] == "https://news.example/a"
    assert "secret" not in "".join(listed.pages)


@pytest.mark.parametrize("data", [b"<rss><channel", b"<?xml version='1.0' encoding='punycode'?><rss><channel/></rss>"])
def test_a_feed_that_is_none(data: bytes) -> None:
    with pytest.raises(Invalid, match="feed"):
        listed_in(data, WHERE)


def test_a_sitemap_that_unpacks_to_too_much() -> None:
    with pytest.raises(NotFetched, match="52,428,800"):
        listed_in(gzip.compress(SITEMAP.encode() + bytes(60_000_000)), WHERE)
