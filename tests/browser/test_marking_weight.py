"""What the tool costs a reader: bytes, layout, storage, requests."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from snippetsvc.language import LANGUAGES
from tests.browser.reader import mark, saved
from tests.service import Service

#: Bytes (docs/adr/0005-static-files.md): the scripts and sheets that a page loads before anybody marks, and a whole
#: story of marking; of that, half a kilobyte is for formulas (docs/adr/0013-formulas.md), and three are what
#: tells a reader of the links that were made before.
BEFORE = 9_000
MOST = 34_500
#: Bytes as a proxy compresses them, of all that comes before anything is marked, but for the article's words and the
#: icon; of that, scripts.
WIRE = 12_400
SCRIPTS = 8_000
#: Where the article's paragraphs stand on the page.
LINES = """() => [...document.querySelectorAll('#article p')].map((each) => {
  const { left, top, width, height } = each.getBoundingClientRect();
  return [left, top + scrollY, width, height].map(Math.round);
})"""
ARTICLE = "<h1>Of weight</h1>" + "<p>Alpha beta gamma delta, and so on.</p>" * 40


def _weights(page: Page) -> dict[str, int]:
    """The scripts and sheets that the page loads, in bytes of gzip, by their addresses; filled as they come."""
    found: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.endswith((".js", ".css")):
            found[response.url] = len(gzip.compress(response.body(), 9))

    page.on("response", weigh)
    return found


def test_a_whole_story_of_marking_stays_light(page: Page, service: Service, slug: str) -> None:
    """What a page loads before anybody marks is far less; keys and the list of links come when they are wanted."""
    service.publish(slug, ARTICLE, lang="en")
    weights = _weights(page)
    page.goto(f"{service.url}/articles/{slug}")
    page.wait_for_load_state("networkidle")
    assert sum(weights.values()) < BEFORE, weights
    page.evaluate("getSelection().selectAllChildren(document.querySelectorAll('#article p')[3])")
    page.click("#toolbar [data-do=mark]")
    link = saved(page)
    page.click("#article mark")
    page.click("#toolbar [data-color=pink]")
    link = saved(page, link)
    page.locator(".more summary").click()
    page.click("[data-do=quote]")
    expect(page.locator(".toast")).to_be_visible()
    page.goto(link)
    page.wait_for_load_state("networkidle")
    assert sum(weights.values()) < MOST, weights
    assert any(url.endswith("/sharing.js") for url in weights)
    assert all(url.startswith(service.url) for url in weights)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_comes_over_the_wire_before_anything_is_marked(page: Page, service: Service, slug: str, lang: str) -> None:
    """A hundred of these bytes are what search engines are told of the article (JSON-LD), thirty the feed's address."""
    service.publish(slug, ARTICLE)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{service.url}/articles/{slug}?lang={lang}")
    page.wait_for_load_state("networkidle")
    weights: dict[str, int] = {}
    for answer in answers:
        kind, body = answer.request.resource_type, answer.text()
        if kind == "document":
            body = re.sub(r'(<article id="article".*?>).*(</article>)', r"\1\2", body, flags=re.DOTALL)
        weights[kind] = weights.get(kind, 0) + len(gzip.compress(body.encode(), 6))
    # The icon, which browsers ask for when they like.
    weights.pop("other", None)
    assert set(weights) == {"document", "stylesheet", "script"}
    assert sum(weights.values()) <= WIRE, weights
    assert weights["script"] <= SCRIPTS, weights


def test_nothing_moves(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.add_init_script(
        """globalThis.shifts = 0;
        new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value })
          .observe({ type: 'layout-shift', buffered: true })"""
    )
    page.goto(f"{service.url}/articles/{slug}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifts") == 0
    before = page.evaluate(LINES)
    mark(page, "Alpha", "so on")
    saved(page)
    assert page.evaluate(LINES) == before


def test_a_page_loads_little_and_only_from_here(service: Service, fresh: Any, reader: Callable[..., Page]) -> None:
    answers: list[Response] = []
    page = reader()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(fresh["url"], wait_until="networkidle")

    # The picture of the article itself is its publisher's.
    elsewhere = {answer.url for answer in answers if not answer.url.startswith(service.url)}
    assert elsewhere == {"https://images.invalid/sluice.jpg"}
    weights = {"text/css": 0, "text/javascript": 0}
    for answer in answers:
        kind = answer.headers["content-type"].partition(";")[0]
        if kind in weights:
            weights[kind] += len(gzip.compress(answer.body(), 9))
    assert 0 < weights["text/css"] < 6.75 * 1024
    assert 0 < sum(weights.values()) < 10.5 * 1024
