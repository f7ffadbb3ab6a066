"""The main story in Firefox and in WebKit: mark, share, reopen, recolour, undo, print view, and the keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pytest
from playwright.sync_api import Page, Playwright
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests import browsers
from tests.service import Service

TOWN = """<h1>A bridge for the town</h1>
<p>The town council has voted for a <b>new bridge</b> over the river, to be opened in spring.</p>
<ul><li>It will carry two tracks of the tram.</li><li>Cyclists get a path of their own.</li></ul>
<p>Building begins in <a href="https://example.org/may">the month of May</a>, says the engineer 😀.</p>"""
JAPANESE = "<h1>橋</h1><p>町議会は新しい橋の建設を可決した。来年の春に開通する。</p>"

#: Select from some words to others, as a reader's mouse would, to the middle of a word.
SELECT = """
  const [first, last] = arguments[0];
  const text = document.getElementById('article').textContent;
  const place = (offset) => {
    const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length)
      if (offset <= at + walker.currentNode.length) return [walker.currentNode, offset - at];
  };
  const start = text.indexOf(first);
  getSelection().setBaseAndExtent(...place(start), ...place(text.indexOf(last, start) + last.length));
"""
MARKED = """
  const found = {};
  for (const { dataset, textContent } of document.querySelectorAll('#article mark.snippet')) {
    const colors = dataset.color.split(' ');
    dataset.snippets.split(' ').forEach((number, i) => {
      found[number] = [colors[i], (found[number]?.[1] ?? '') + textContent];
    });
  }
  return Object.values(found);
"""


class Driver(Protocol):
    """What the two ways to drive a browser have in common. `run`: the body of a function, with its argument."""

    def open(self, url: str) -> None: ...
    def run(self, script: str, argument: object = None) -> Any: ...
    def click(self, selector: str) -> None: ...
    def keys(self, *names: str) -> None: ...
    def back(self) -> None: ...


class ByPlaywright:
    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> None:
        self._page.goto(url)

    def run(self, script: str, argument: object = None) -> Any:
        return self._page.evaluate(f"(argument) => (function () {{ {script} }})(argument)", argument)

    def click(self, selector: str) -> None:
        self._page.click(selector)

    def keys(self, *names: str) -> None:
        for name in names:
            self._page.keyboard.press(name)

    def back(self) -> None:
        self._page.go_back()


class BySelenium:
    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.get(url)

    def run(self, script: str, argument: object = None) -> Any:
        return self._driver.execute_script(script, argument)

    def click(self, selector: str) -> None:
        _until(lambda: self._driver.find_element(By.CSS_SELECTOR, selector).is_displayed())
        self._driver.find_element(By.CSS_SELECTOR, selector).click()

    def keys(self, *names: str) -> None:
        known = {"Control": Keys.CONTROL, "Shift": Keys.SHIFT, "Enter": Keys.ENTER, "Escape": Keys.ESCAPE}
        arrows = {"ArrowRight": Keys.ARROW_RIGHT, "ArrowDown": Keys.ARROW_DOWN, "ArrowLeft": Keys.ARROW_LEFT}
        for name in names:
            *held, key = [{**known, **arrows}.get(part, part) for part in name.split("+")]
            chain = ActionChains(self._driver)
            for each in held:
                chain.key_down(each)
            chain.send_keys(key)
            for each in held:
                chain.key_up(each)
            chain.perform()

    def back(self) -> None:
        self._driver.back()


@contextmanager
def _driven(engine: str, playwright: Playwright) -> Iterator[Driver]:
    found = browsers.obtain(engine)
    if engine == "webkit":
        with browsers.webkit(found) as driver:
            yield BySelenium(driver)
        return
    browser = browsers.launch(playwright, found)
    try:
        yield ByPlaywright(browser.new_page())
    finally:
        browser.close()


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.engine(name)) for name in ("firefox", "webkit")]
)
def driver(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Driver]:
    with _driven(request.param, playwright) as driven:
        yield driven


def _until(done: Callable[[], object], patience: float = 15) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            if done():
                return
        except Exception:  # an element that is not there yet
            if time.monotonic() > until:
                raise
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def _saved(driver: Driver, before: str) -> str:
    _until(lambda: driver.run("return document.body.dataset.state") == "saved" and _url(driver) != before)
    return _url(driver)


def _url(driver: Driver) -> str:
    url: str = driver.run("return location.href")
    return url


def _select(driver: Driver, first: str, last: str) -> None:
    """Select, and wait for the toolbar: the one of the selection before is put away only then."""
    driver.run(SELECT, [first, last])
    _until(lambda: driver.run("return !document.querySelector('#toolbar')?.hidden"))


def test_the_story(driver: Driver, service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    article = f"{service.url}/articles/{slug}"
    driver.open(article)
    published = driver.run("return document.getElementById('article').innerHTML")
    _select(driver, "oted for", "new brid")
    driver.click("#toolbar [data-do=mark]")
    _select(driver, "tram.", "Cycl")
    driver.click("#toolbar [data-color=green]")
    shown = [["yellow", "voted for a new bridge"], ["green", "tram.Cyclists"]]
    assert driver.run(MARKED) == shown
    link = _saved(driver, article)
    driver.open(link)
    assert driver.run(MARKED) == shown
    driver.open(f"{link}/print")
    assert driver.run(MARKED) == shown
    driver.open(link)
    driver.click("#article li mark")
    driver.click("#toolbar [data-color=pink]")
    other = _saved(driver, link)
    assert driver.run(MARKED)[1] == ["pink", "tram.Cyclists"]
    driver.keys("Control+z")
    _until(lambda: driver.run(MARKED) == shown)
    assert _saved(driver, other) == link
    _select(driver, "month", "engineer 😀")
    driver.click("#toolbar [data-color=blue]")
    assert driver.run(MARKED)[2] == ["blue", "month of May, says the engineer 😀"]
    last = _saved(driver, link)
    quotes = [each["quote"] for each in service.get(last + ".json").json["snippets"]]
    assert quotes == ["voted for a new bridge", "tram.\nCyclists", "month of May, says the engineer 😀"]
    driver.back()
    _until(lambda: _url(driver) == link)
    assert driver.run(MARKED) == shown
    driver.click("#article b mark")
    driver.click("#toolbar [data-do=remove]")
    driver.click("#article li mark")
    driver.click("#toolbar [data-do=remove]")
    assert driver.run("return document.getElementById('article').innerHTML") == published
    _until(lambda: _url(driver) == article)


def test_the_keyboard(driver: Driver, service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    article = f"{service.url}/articles/{slug}"
    driver.open(article)
    driver.click("#keyboard-mark")
    driver.keys("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Enter", "Escape")
    _until(lambda: driver.run("return document.activeElement.id") == "keyboard-mark" and driver.run(MARKED))
    assert [text for _, text in driver.run(MARKED)] == ["town council"]
    _saved(driver, article)


def test_words_without_spaces(driver: Driver, service: Service, slug: str) -> None:
    service.publish(slug, JAPANESE, lang="ja")
    driver.open(f"{service.url}/articles/{slug}")
    _select(driver, "設を可", "設を可")
    driver.click("#toolbar [data-do=mark]")
    assert [text for _, text in driver.run(MARKED)] == ["建設を可決"]
