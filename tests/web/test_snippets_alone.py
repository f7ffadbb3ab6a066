"""The snippets of a link without the article: under its headings, each leading to its place."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.service import Service

ARTICLE = """<h1>The harbour</h1><p>Before any heading.</p>
<h2>Ferries</h2><p>They sail on Monday.</p><h3>In winter &amp; fog</h3><p>They sail at noon.</p>
<h2>The <math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math> pier</h2><p>It is closed. It opens in May.</p>"""
MARKED = ("Before any heading", "sail on Monday", "at noon", "is closed", "opens in May")
UNDER = [
    ([], ["1"]),
    (["Ferries"], ["2"]),
    (["Ferries", "In winter & fog"], ["3"]),
    (["The x^2 pier"], ["4", "5"]),
]


def grouped(page: BeautifulSoup) -> list[tuple[list[str], list[str]]]:
    """The headings above each list of snippets that have a place, and the numbers in it."""
    groups, headings = [], list[str]()
    for part in page.select(".shared > .under, .shared > ol:not(.lost)"):
        if part.name == "ol":
            groups.append((headings, [str(entry["value"]) for entry in part.select("li")]))
            headings = []
        else:
            headings = [span.get_text() for span in part.select("span")]
    return groups


@pytest.mark.parametrize("path", ["", "/print"])
def test_they_stand_under_the_headings_of_the_article(service: Service, slug: str, path: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    share = service.share(slug, *MARKED)
    answer = service.get(f"{share['url']}{path}?only=snippets")
    page = BeautifulSoup(answer.text, "html.parser")

    assert grouped(page) == UNDER
    assert not page.select("#article")
    assert [tag.get_text() for tag in page.select("h1")] == ["The harbour"]
    assert [quote.get_text() for quote in page.select(".entry .quote")] == list(MARKED)
    token = share["token"]
    assert [a["href"] for a in page.select(".entry a")] == [f"/s/{token}#snippet-{number}" for number in range(1, 6)]
    assert "noindex" in answer.headers["x-robots-tag"]
    assert page.select("meta[name=robots][content=noindex]")


def test_what_was_edited_and_what_is_lost_is_told(service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    share = service.share(slug, *MARKED)
    edited = ARTICLE.replace("is closed. It opens in May", "stands").replace("sail on Monday", "sail on Tuesday")
    service.publish(slug, edited, lang="en")

    page = BeautifulSoup(service.get(f"{share['url']}?only=snippets").text, "html.parser")
    assert [entry["value"] for entry in page.select(".lost .entry")] == ["4", "5"]
    assert page.select('.entry[value="2"] ins')
    assert not page.select(".lost a")

    then = BeautifulSoup(service.get(f"{share['url']}?only=snippets&as=marked").text, "html.parser")
    assert grouped(then) == UNDER
    assert not then.select(".lost, ins")
    assert all("?as=marked#snippet-" in str(a["href"]) for a in then.select(".entry a"))


def test_an_unchanged_page_costs_a_304(service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    address = service.share(slug, "at noon")["url"] + "?only=snippets"
    first = service.get(address)

    assert first.headers["cache-control"] == "private, no-cache"
    assert service.get(address, **{"If-None-Match": first.headers["etag"]}).status == 304
    others = [address.replace("?", "/print?"), address.removesuffix("?only=snippets"), f"{address}&lang=ru"]
    assert len({service.get(each).headers["etag"] for each in (address, *others)}) == 4
