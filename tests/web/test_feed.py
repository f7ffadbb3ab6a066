"""The feed: what a feed reader is told of the articles, and by what it knows them again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.service import PUBLISHER, Answer, Service
from tests.web.xml import tree

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MORNING = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def feed_of(answer: Answer) -> Element:
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = tree(answer.body)
    assert feed.tag == f"{ATOM}feed"
    return feed


def entries_of(feed: Element) -> dict[str, Element]:
    """The entries by their titles, in their order."""
    return {str(entry.findtext(f"{ATOM}title")): entry for entry in feed.iter(f"{ATOM}entry")}


def links_of(element: Element) -> dict[str, str]:
    """Addresses by what they are to the element."""
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def facts_of(entry: Element) -> dict[str, object]:
    """What an entry says, by name; its links by their relation; its authors in a list."""
    texts = {name: entry.findtext(ATOM + name) for name in ("title", "published", "updated")}
    authors = [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
    return {**texts, "authors": authors, "lang": entry.get(LANG), **links_of(entry)}


def test_an_entry_says_what_is_known_of_its_article(service: Service, slug: str) -> None:
    details = {"lang": "en", "author": "Ada Writer", "publisher": "The Gazette", "source_url": "https://g.example/?a&b"}
    published_at = "2026-02-03T23:30:00+03:00"
    answer = service.publish(slug, f"<h1>Of {slug}</h1><p>Words.</p>", published_at=published_at, **details)
    first = answer.json["revisions"][0]["created_at"]

    assert facts_of(entries_of(feed_of(service.get("/feed.atom")))[f"Of {slug}"]) == {
        "title": f"Of {slug}",
        "published": "2026-02-03T20:30:00Z",
        "updated": first,
        "authors": ["Ada Writer"],
        "lang": "en",
        "alternate": f"{service.url}/articles/{slug}",
        "via": "https://g.example/?a&b",
    }


@pytest.mark.parametrize(
    ("details", "said"),
    [
        pytest.param({"published_at": "2026-02-03"}, {"published": "2026-02-03T00:00:00Z"}, id="a day"),
        pytest.param({"publisher": "The Gazette"}, {"authors": ["The Gazette"]}, id="a publisher alone"),
        pytest.param({"author": "A & <B>"}, {"authors": ["A & <B>"]}, id="signs of XML"),
        pytest.param({"lang": "ar", "dir": "rtl"}, {"lang": "ar"}, id="a language"),
        pytest.param({"title": "]]> &amp; <b> 🚢"}, {"title": "]]> &amp; <b> 🚢"}, id="a title with signs of XML"),
        pytest.param({"title": "a\ufffeb\uffff"}, {"title": "ab"}, id="what XML cannot hold is left out"),
        pytest.param({"source_url": "https://x.example/a\ufffe"}, {}, id="and of addresses, too"),
        pytest.param({}, {"authors": []}, id="nothing: the feed's own author stands for it"),
    ],
)
def test_facts(service: Service, slug: str, details: dict[str, str], said: dict[str, object]) -> None:
    assert service.publish(slug, "<p>Words.</p>", **details).status == 201
    newest = next(iter(entries_of(feed_of(service.get("/feed.atom"))).values()))
    facts = facts_of(newest)
    assert facts["alternate"] == f"{service.url}/articles/{slug}"
    assert {name: facts[name] for name in said} == said


def test_the_newest_stand_first_and_fifty_at_most(service: Service) -> None:
    listed = [article["slug"] for article in service.get("/api/v1/articles").json["articles"]]
    for number in range(50 - len(listed) + 2):
        service.publish(f"of-many-{number}", "<p>Words.</p>")
    listed = [article["slug"] for article in service.get("/api/v1/articles").json["articles"]]
    feed = feed_of(service.get("/feed.atom"))
    pages = [links_of(entry)["alternate"] for entry in feed.iter(f"{ATOM}entry")]
    assert pages == [f"{service.url}/articles/{slug}" for slug in listed]
    assert len(pages) == 50


def test_a_feed_has_all_that_atom_asks_for(service: Service, harbour: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    feed = feed_of(service.get("/feed.atom"))
    assert feed.findtext(f"{ATOM}title") == "Articles"
    assert feed.findtext(f"{ATOM}id") == f"{service.url}/feed.atom"
    assert links_of(feed) == {"self": f"{service.url}/feed.atom", "alternate": f"{service.url}/"}
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "127.0.0.1"
    entries = list(feed.iter(f"{ATOM}entry"))
    assert feed.findtext(f"{ATOM}updated") == max(str(entry.findtext(f"{ATOM}updated")) for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) > 0
    for entry in entries:
        assert urlsplit(str(entry.findtext(f"{ATOM}id"))).scheme
        assert entry.findtext(f"{ATOM}title")
        assert urlsplit(links_of(entry)["alternate"]).netloc


def test_an_article_is_known_again_whatever_becomes_of_it(
    service: Service, slug: str, by_clock: Callable[..., FlaskClient]
) -> None:
    """It is the same entry, or a reader would be told of it as something new."""
    title = f"Of {slug}"
    service.publish(slug, f"<h1>{title}</h1><p>Words.</p>")
    before = entries_of(feed_of(service.get("/feed.atom")))[title]

    service.publish(slug, f"<h1>{title}</h1><p>Other words.</p>")
    assert service.flask("articles", "rename", slug, f"{slug}-new").returncode == 0
    elsewhere = by_clock(lambda: MORNING, BASE_URL="https://elsewhere.example/news").get("/feed.atom")
    after = entries_of(tree(elsewhere.data))[title]

    assert links_of(after)["alternate"] == f"https://elsewhere.example/news/articles/{slug}-new"
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")


def test_an_edit_is_a_later_time(service: Service, slug: str, by_clock: Callable[..., FlaskClient]) -> None:
    title = f"Of {slug}"
    service.publish(slug, f"<h1>{title}</h1><p>Words.</p>")
    client = by_clock(lambda: MORNING)
    body = {"html": f"<h1>{title}</h1><p>Other words.</p>"}
    assert client.put(f"/api/v1/articles/{slug}", json=body, headers=PUBLISHER).status_code == 200
    feed = feed_of(service.get("/feed.atom"))
    facts = facts_of(entries_of(feed)[title])
    assert facts["updated"] == feed.findtext(f"{ATOM}updated") == "2026-12-01T08:00:00Z"
    assert str(facts["published"]) < "2026-12-01"


@pytest.mark.parametrize("command", [["withdraw"], ["retract", "1"]], ids=["withdrawn", "retracted"])
def test_what_was_taken_back_is_in_nothing(service: Service, slug: str, command: list[str]) -> None:
    title = f"Of {slug}"
    service.publish(slug, f"<h1>{title}</h1><p>Words.</p>")
    before = entries_of(feed_of(service.get("/feed.atom")))[title]
    name, *numbers = command
    assert service.flask("articles", name, slug, *numbers).returncode == 0
    for path in ("/feed.atom", "/sitemap.xml", "/sitemap-1.xml"):
        assert f"/articles/{slug}<" not in service.get(path).text
        assert title not in service.get(path).text

    service.publish(slug, f"<h1>{title}</h1><p>Words again.</p>")
    after = entries_of(feed_of(service.get("/feed.atom")))[title]
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


def test_a_feed_in_another_language_leads_to_pages_in_it(service: Service, slug: str) -> None:
    service.publish(slug, "<p>Words.</p>", lang="en")
    feed = feed_of(service.get("/feed.atom?lang=be"))
    assert (feed.get(LANG), feed.findtext(f"{ATOM}title")) == ("be", "Артыкулы")
    assert links_of(feed)["self"] == f"{service.url}/feed.atom?lang=be"
    newest = next(feed.iter(f"{ATOM}entry"))
    assert (newest.get(LANG), links_of(newest)["alternate"]) == ("en", f"{service.url}/articles/{slug}?lang=be")
    assert feed.findtext(f"{ATOM}id") == f"{service.url}/feed.atom", "the same feed"
    assert service.get("/feed.atom").headers["vary"] == "Accept-Language"


def test_pages_lead_to_it(service: Service, below: Service, harbour: str) -> None:
    for running, base in ((service, ""), (below, "/marks")):
        for path in ("/", f"/articles/{harbour}"):
            page = BeautifulSoup(running.get(path).text, "html.parser")
            (found,) = page.select('link[rel=alternate][type="application/atom+xml"]')
            assert found["href"] == f"{base}/feed.atom"
            feed_of(running.get(str(found["href"])))


def test_below_a_path(below: Service) -> None:
    for path in ("/feed.atom", "/marks/feed.atom"):
        feed = feed_of(below.get(path))
        addresses = [*links_of(feed).values(), *links_of(next(feed.iter(f"{ATOM}entry"))).values()]
        assert all(address.startswith("https://news.example/marks/") for address in addresses)
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "news.example"


@pytest.mark.parametrize("path", ["/feed.atom", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt"])
def test_other_methods(service: Service, path: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = service.call(method, path, {})
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer.headers["content-type"] == "application/problem+json"
