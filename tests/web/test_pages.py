"""Pages of articles and shares: what the root holds, which revision, which marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.service import Service
from tests.web.harbour import TEXT
from tests.web.roots import article_of


def test_the_article_page(service: Service, harbour: str) -> None:
    answer = service.get(f"/articles/{harbour}")
    article = article_of(answer)
    assert article.name == "article"
    names = {name: article[name] for name in ("data-article", "data-revision", "lang", "dir")}
    assert names == {"data-article": harbour, "data-revision": "1", "lang": "en", "dir": "ltr"}
    assert article.get_text() == TEXT
    page = BeautifulSoup(answer.text, "html.parser")
    assert [tag["href"] for tag in page.select("link[rel=canonical]")] == [f"{service.url}/articles/{harbour}"]
    assert page.select('a[href="https://gazette.example/h"]')


def test_my_links_is_a_page_that_nobody_keeps(service: Service) -> None:
    answer = service.get("/links?lang=en&page=2")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["vary"] == "Accept-Language"
    page = BeautifulSoup(answer.text, "html.parser")
    assert [tag["content"] for tag in page.select("meta[name=robots]")] == ["noindex"]
    assert "JavaScript is off" in page.select("noscript")[0].get_text()
    assert [tag["href"] for tag in page.select(".languages a")] == ["?lang=en", "?lang=be", "?lang=ru"]


@pytest.mark.parametrize(
    "path", ["/?lang=ru", "/articles/{slug}?lang=ru", "/s/{token}?lang=ru", "/links?lang=ru", "/nothing?lang=ru"]
)
def test_my_links_are_reached_from_every_pages_head(service: Service, harbour: str, link: Any, path: str) -> None:
    page = BeautifulSoup(service.get(path.format(slug=harbour, token=link["token"])).text, "html.parser")
    assert [tag.get_text() for tag in page.select('.masthead a[href="/links?lang=ru"]')] == ["Мои ссылки"]


@pytest.mark.parametrize("query", ["", "?as=marked", "?marks=off", "/print"])
def test_a_shared_page_is_nobody_elses(service: Service, link: Any, query: str) -> None:
    """A phone's Share menu gives away the canonical address where there is one."""
    page = BeautifulSoup(service.get(f"/s/{link['token']}{query}").text, "html.parser")
    assert not page.select("link[rel=canonical]")
    assert [tag["content"] for tag in page.select("meta[property='og:url']")] in ([], [link["url"]])


@pytest.mark.parametrize("query", ["", "?as=marked", "?lang=ru", "?as=nonsense&marks=on"])
def test_the_shared_page_is_marked(service: Service, link: Any, query: str) -> None:
    article = article_of(service.get(f"/s/{link['token']}{query}"))
    assert article.get_text() == TEXT
    drawn = [
        (mark["data-snippets"], mark["data-color"], mark["data-status"], mark.get_text(), mark.get("id"))
        for mark in article.select("mark.snippet")
    ]
    assert drawn == [
        ("1", "yellow", "intact", "Monday", "snippet-1"),
        ("2", "pink", "intact", "Ferries 🚢", "snippet-2"),
    ]


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/articles/{slug}", ["?x=1", "?x=2&x=3", "?page=7&as=marked&only=snippets"]),
        ("/articles/{slug}?revision=1", ["?revision=1&x", "?revision=01"]),
        ("/articles/{slug}/print", ["?utm_source=a", "?marks=off"]),
        ("/s/{token}", ["?as=nonsense", "?marks=on&revision=5", "?only=none&page=1"]),
        ("/s/{token}?as=marked&marks=off", ["?marks=off&as=marked&fbclid=1"]),
        ("/s/{token}/print?only=snippets", ["?only=snippets&y=1"]),
    ],
)
def test_what_a_page_does_not_go_by_makes_no_other_page(
    harbour: str, link: Any, later: Callable[..., FlaskClient], path: str, same: list[str]
) -> None:
    client = later(0)
    address = path.format(slug=harbour, token=link["token"])
    first = client.get(address)
    kept = len(client.application.extensions["snippetsvc"].rendered)
    assert kept
    for query in same:
        other = client.get(address.partition("?")[0] + query)
        assert (other.status_code, other.get_data()) == (200, first.get_data()), query
    assert len(client.application.extensions["snippetsvc"].rendered) == kept


def test_without_marks(service: Service, link: Any) -> None:
    article = article_of(service.get(f"/s/{link['token']}?marks=off"))
    assert article.get_text() == TEXT
    assert not article.select("mark")


def test_an_older_revision(service: Service, slug: str) -> None:
    for words in ("First", "Second"):
        service.publish(slug, f"<h1>Title</h1><p>{words} words.</p>")
    for path, words, number in (
        (f"/articles/{slug}", "Second", "2"),
        (f"/articles/{slug}?revision=1", "First", "1"),
        (f"/articles/{slug}/print?revision=1", "First", "1"),
    ):
        article = article_of(service.get(path))
        assert words in article.get_text()
        assert article["data-revision"] == number
    assert "First" in service.get(f"/api/v1/articles/{slug}/text?revision=1").text
    assert "<p>First words.</p>" in service.get(f"/api/v1/articles/{slug}/html?revision=1").text
