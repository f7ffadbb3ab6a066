"""Firefox and WebKit, each by its own way to be driven, behind one vocabulary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from playwright.sync_api import Page, Playwright
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests import browsers

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
    def narrow(self) -> None: ...


#: A phone's window, in CSS pixels.
PHONE = (360, 740)


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

    def narrow(self) -> None:
        """As narrow as a phone."""
        width, height = PHONE
        self._page.set_viewport_size({"width": width, "height": height})


class ByTouch(ByPlaywright):
    """A finger in place of the mouse, in a context that has one."""

    def click(self, selector: str) -> None:
        self._page.tap(selector)


class BySelenium:
    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.get(url)

    def run(self, script: str, argument: object = None) -> Any:
        return self._driver.execute_script(script, argument)

    def click(self, selector: str) -> None:
        until(lambda: self._driver.find_element(By.CSS_SELECTOR, selector).is_displayed())
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

    def narrow(self) -> None:
        """As narrow as a phone, or as the window gets."""
        self._driver.set_window_size(*PHONE)
        until(lambda: self.run("return innerWidth") < 1.5 * PHONE[0])


@contextmanager
def driven(engine: str, playwright: Playwright) -> Iterator[Driver]:
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


def until(done: Callable[[], object], patience: float = 60) -> None:
    """Wait until `done()` is true."""
    end = time.monotonic() + patience
    while True:
        try:
            if done():
                return
        except Exception:  # an element that is not there yet
            if time.monotonic() > end:
                raise
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def saved(driver: Driver, before: str) -> str:
    until(lambda: driver.run("return document.body.dataset.state") == "saved" and url(driver) != before)
    return url(driver)


def url(driver: Driver) -> str:
    address: str = driver.run("return location.href")
    return address


def texts(driver: Driver) -> list[str]:
    """The words of the snippets that the page shows."""
    return [words for _, words in driver.run(MARKED)]


def select(driver: Driver, first: str, last: str) -> None:
    """Select, and wait for the toolbar: the one of the selection before is put away only then."""
    driver.run(SELECT, [first, last])
    until(lambda: driver.run("return !document.querySelector('#toolbar')?.hidden"))
