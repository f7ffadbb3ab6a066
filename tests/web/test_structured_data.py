"""What an article's page says of it to search engines, by schema.org."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.service import PUBLISHER, Answer, Service

HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> & \"'\\ \u2028 🚢"


def data_of(answer: Answer) -> list[Any]:
    """The data blocks of a page, read."""
    page = BeautifulSoup(answer.text, "html.parser")
    return [json.loads(script.get_text()) for script in page.select('script[type="application/ld+json"]')]


def test_an_article_says_what_it_is(service: Service, harbour: str) -> None:
    first = service.get(f"/api/v1/articles/{harbour}").json["revisions"][0]["created_at"]
    assert data_of(service.get(f"/articles/{harbour}")) == [
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "url": f"{service.url}/articles/{harbour}",
            "headline": "Harbour opens",
            "inLanguage": "en",
            "datePublished": "2026-02-03",
            "dateModified": first,
            "author": [{"@type": "Person", "name": "Ada Writer"}],
            "publisher": {"@type": "Organization", "name": "The Gazette"},
            "isBasedOn": "https://gazette.example/h",
        }
    ]


def test_what_nobody_has_said_is_left_out(service: Service, slug: str) -> None:
    created = service.publish(slug, "<h1>A title</h1><p>Words.</p>", lang="be").json["revisions"][0]["created_at"]
    (said,) = data_of(service.get(f"/articles/{slug}"))
    assert said == {
        "@context": "https://schema.org",
        "@type": "Article",
        "url": f"{service.url}/articles/{slug}",
        "headline": "A title",
        "inLanguage": "be",
        "datePublished": created,
        "dateModified": created,
    }


def test_an_edit_is_told(service: Service, slug: str, by_clock: Callable[..., FlaskClient]) -> None:
    created = service.publish(slug, "<h1>A title</h1><p>Words.</p>").json["revisions"][0]["created_at"]
    client = by_clock(lambda: datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    client.put(f"/api/v1/articles/{slug}", json={"html": "<h1>Another</h1><p>Words.</p>"}, headers=PUBLISHER)
    (said,) = data_of(service.get(f"/articles/{slug}?lang=ru"))
    assert (said["headline"], said["datePublished"]) == ("Another", created)
    assert said["dateModified"] == "2026-12-01T08:00:00Z"
    assert data_of(service.get(f"/articles/{slug}?revision=2")) == [said]


def test_nothing_that_a_publisher_wrote_ends_it(service: Service, slug: str) -> None:
    details = {"author": HOSTILE, "publisher": HOSTILE, "title": HOSTILE}
    assert service.publish(slug, "<p>Words.</p>", **details).status == 201
    answer = service.get(f"/articles/{slug}")
    (said,) = data_of(answer)
    assert said["headline"] == said["author"][0]["name"] == said["publisher"]["name"] == HOSTILE.replace("\u2028 ", "")
    block = answer.text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert "<" not in block
    assert json.loads(block) == said


@pytest.mark.parametrize(
    "path",
    [
        "/s/{token}",
        "/s/{token}?as=marked",
        "/s/{token}?marks=off",
        "/s/{token}/print",
        "/s/{token}/print?only=snippets",
        "/articles/{slug}/print",
        "/articles/{slug}?revision=1",
        "/",
    ],
)
def test_no_other_page_has_it(service: Service, slug: str, path: str) -> None:
    """Not those that are kept out of search engines, nor a revision that the article is no longer."""
    service.publish(slug, "<h1>A title</h1><p>Some words.</p>")
    token = service.share(slug, "Some words")["token"]
    service.publish(slug, "<h1>A title</h1><p>Some words, and others.</p>")
    answer = service.get(path.format(slug=slug, token=token))
    assert answer.status == 200
    assert "ld+json" not in answer.text


def test_below_a_path(below: Service) -> None:
    (said,) = data_of(below.get("/articles/harbour"))
    assert said["url"] == "https://news.example/marks/articles/harbour"
