"""What several kinds of tests share: the service, and Chromium."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests import browsers
from tests.service import Service

_slugs = itertools.count(1)

# A shell starts what it puts in the background with Ctrl-C ignored, and that is inherited: by us, and by every service
# that the tests start and stop so.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One running service for all tests that do not harm it; each publishes under a slug of its own."""
    with Service(tmp_path_factory.mktemp("service") / "data", WORKERS="2") as running:
        yield running


@pytest.fixture
def slug() -> str:
    """A slug that no other test uses."""
    return f"article-{next(_slugs)}"


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
