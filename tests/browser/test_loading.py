"""Scripts that are slow or cannot be had."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader import mark, saved, select, shows
from tests.service import Service

ARTICLE = "<h1>Of loading</h1><p>Alpha beta gamma delta.</p>"
#: The script that marks, and its words.
TOOL = re.compile(r"/(tool\.js|words\.\w+\.json)$")


@pytest.fixture
def address(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return f"{service.url}/articles/{slug}"


def test_a_tool_that_could_not_be_loaded_is_asked_for_again(page: Page, address: str) -> None:
    page.route(TOOL, lambda route: route.abort())
    page.goto(address)
    with page.expect_event("requestfailed", lambda request: bool(TOOL.search(request.url))):
        page.keyboard.press("Tab")
    page.unroute(TOOL)
    mark(page, "beta")
    saved(page)


def test_a_tool_that_is_slow_or_missing_says_so_and_comes_from_elsewhere(page: Page, address: str) -> None:
    """Some browsers remember that a script could not be had at an address."""
    held: list[Route] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/tool.js") else None)
    page.route("**/tool.js", lambda route: held.append(route), times=1)
    page.goto(address)
    select(page, "beta")
    expect(page.get_by_text("is being loaded")).to_be_visible()
    held[0].abort()
    expect(page.get_by_text("could not be loaded")).to_be_visible()
    mark(page, "gamma")
    saved(page)
    expect(page.locator(".coming:visible")).to_have_count(0)
    assert len(set(asked)) == len(asked) == 2
    page.locator(".more summary").click()
    page.click("[data-do=quote]")
    expect(page.locator(".toast")).to_have_text("Quotation copied.")
    page.keyboard.press("Control+z")
    shows(page, [])


@pytest.mark.parametrize("failing", ["**/tool.js", "**/words.ru.json"])
@pytest.mark.parametrize(
    ("how", "over"),
    [
        pytest.param(lambda route: route.abort(), "requestfailed", id="no network"),
        pytest.param(lambda route: route.fulfill(status=503, json={}), "response", id="no service"),
    ],
)
def test_the_tool_and_its_words_come_together_or_are_asked_for_again(
    page: Page, address: str, failing: str, how: Callable[[Route], None], over: Literal["requestfailed"]
) -> None:
    page.route(failing, how)
    page.goto(f"{address}?lang=ru")
    with page.expect_event(over, lambda each: each.url.endswith(failing[2:])):
        page.keyboard.press("Tab")
    page.unroute(failing)
    select(page, "beta")
    expect(page.locator("#toolbar [data-do=mark]")).to_have_text("Отметить")


@pytest.mark.parametrize("script", ["sharing.js", "keys.js"])
def test_a_script_that_could_not_be_had_is_asked_for_under_another_address(
    page: Page, service: Service, slug: str, script: str
) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    saved(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if script in request.url else None)
    page.route(f"**/{script}", lambda route: route.abort(), times=1)

    def act() -> None:
        if script == "sharing.js":
            page.click("[data-do=quote]")
        else:
            page.keyboard.press("Control+z")

    page.locator(".more summary").click()
    act()
    expect(page.locator(".toast")).to_contain_text("cannot be reached")
    act()
    if script == "sharing.js":
        expect(page.locator(".toast")).to_have_text("Quotation copied.")
    else:
        shows(page, [])
    assert len(set(asked)) == len(asked) == 2
