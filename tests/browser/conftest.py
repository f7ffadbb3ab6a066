"""Chromium, pages in it, and shares to open in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests import browsers
from tests.browser.texts import EDITED, ELSEWHERE, MARKED, RICH, SOURCE
from tests.service import Service

# How long a busy machine may take for what takes no time by itself, in ms; what does not come at all comes no sooner.
expect.set_options(timeout=30_000)

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><rect width="800" height="450"/></svg>'


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = browsers.launch(playwright, browsers.obtain("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile. What a script throws fails the test, and so does what the policy refuses."""
    faults: list[str] = []
    made = chromium.new_context()
    made.on("weberror", lambda error: faults.append(str(error.error)))
    made.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield made
    made.close()
    assert not faults


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def mine(page: Page, service: Service) -> Page:
    """The page of the reader's own links."""
    page.goto(f"{service.url}/links")
    return page


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Pages in contexts of their own, such as another reader's: `new_page(java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Page:
        contexts.append(chromium.new_context(**options))  # type: ignore[arg-type]  # Playwright's own options
        return contexts[-1].new_page()

    yield open_page
    for each in contexts:
        each.close()


@pytest.fixture
def reader(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Another reader's page, of a width; nothing is asked for elsewhere."""

    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        page = new_page(viewport={"width": width, "height": height}, **options)
        page.route(ELSEWHERE, lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
        return page

    return open_page


@pytest.fixture(scope="session")
def share(service: Service) -> Any:
    """A share whose article was edited after it was marked: one snippet changed, one lost."""
    # The day is no snippet's number: tests count the numbers that are read aloud.
    facts = {"lang": "en", "author": "R. Waters", "publisher": "The Town Courier", "published_at": "2026-05-08"}
    service.publish("river", RICH, source_url=SOURCE, **facts)
    made = service.share("river", *MARKED)
    service.publish("river", EDITED, source_url=SOURCE, **facts)
    return made


@pytest.fixture(scope="session")
def fresh(service: Service) -> Any:
    """A share of an article that nobody edited."""
    service.publish("fresh", RICH, lang="en", source_url=SOURCE)
    return service.share("fresh", *MARKED)
