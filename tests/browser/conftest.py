"""Chromium, and pages in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests import browsers

# How long a busy machine may take for what takes no time by itself, in ms; what does not come at all comes no sooner.
expect.set_options(timeout=30_000)


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
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Pages in contexts of their own, such as another reader's: `new_page(java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Page:
        contexts.append(chromium.new_context(**options))  # type: ignore[arg-type]  # Playwright's own options
        return contexts[-1].new_page()

    yield open_page
    for each in contexts:
        each.close()
