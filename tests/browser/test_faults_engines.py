"""In Firefox and in WebKit: altered pages, jumps, folds, copies, times and printing do no harm to marks either."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.browser.drivers import Driver, driven, saved, select, texts, until, url
from tests.service import Service

ARTICLE = """<h1>Boats in the harbour</h1>
<p>The ferry left at nine and came back at noon with <a href="#note">the crew</a>.</p>
<details><summary>How the count was made</summary><p>Two clerks walked with chalk.</p></details>
<p>On Tuesday there was a strong wind, and <a href="https://example.org/list">the list</a> was long.</p>
<p id="note">The mayor signed it late.</p>"""
SENT = ["came back at noon", "a strong wind", "signed it"]
PUT_IN = "document.querySelector('#article h1').append(' (5 min read)');"
TRANSLATED = """
  const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.toUpperCase();
"""
TOAST = "return document.querySelector('.toast')?.textContent ?? ''"
#: Dispatched and read, since a browser that is driven keeps its clipboard to itself.
COPY = """
  const [first, last] = arguments[0];
  const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
  let from, to;
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    if (!from && data.includes(first)) from = [walker.currentNode, data.indexOf(first)];
    if (data.includes(last)) to = [walker.currentNode, data.indexOf(last) + last.length];
  }
  getSelection().setBaseAndExtent(...from, ...to);
  const event = new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
  document.body.dispatchEvent(event);
  return [event.defaultPrevented, event.clipboardData.getData('text/html'), event.clipboardData.getData('text/plain')];
"""


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.engine(name)) for name in ("firefox", "webkit")]
)
def driver(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Driver]:
    with driven(request.param, playwright) as found:
        yield found


@pytest.fixture
def article(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en", published_at="2026-03-09T23:30:00-05:00")
    return f"{service.url}/articles/{slug}"


@pytest.fixture
def sent(article: str, service: Service, slug: str) -> str:
    return str(service.share(slug, *SENT)["url"])


def test_words_that_were_put_in(driver: Driver, service: Service, sent: str) -> None:
    driver.open(sent)
    driver.run(PUT_IN)
    driver.click("#share [data-do=keep]")
    driver.click("#article mark[data-snippets='2']")
    driver.click("#toolbar [data-do=remove]")
    link = saved(driver, sent)
    assert texts(driver) == [SENT[0], SENT[2]]
    assert [each["quote"] for each in service.get(link + ".json").json["snippets"]] == [SENT[0], SENT[2]]


def test_other_words(driver: Driver, sent: str) -> None:
    driver.open(sent)
    driver.run(TRANSLATED)
    before = driver.run("return document.getElementById('article').innerHTML")
    driver.click("#article mark[data-snippets='2']")
    until(lambda: "translating" in driver.run(TOAST))
    driver.keys("Control+z")
    assert driver.run("return document.getElementById('article').innerHTML") == before
    assert url(driver) == sent


def test_back_over_a_jump(driver: Driver, article: str) -> None:
    driver.open(article)
    select(driver, "came back", "at noon")
    driver.click("#toolbar [data-do=mark]")
    first = saved(driver, article)
    driver.run("document.querySelector('#article a').click()")
    until(lambda: url(driver).endswith("#c-note"))
    select(driver, "signed", "signed")
    driver.click("#toolbar [data-do=mark]")
    second = saved(driver, f"{first}#c-note")
    driver.back()
    until(lambda: url(driver) == second)
    assert texts(driver) == ["came back at noon", "signed"]
    assert driver.run("return document.querySelector('.tools a').href") == f"{second}/print"
    driver.back()
    until(lambda: url(driver) == article)
    assert texts(driver) == []


def test_words_that_nobody_sees(driver: Driver, article: str) -> None:
    driver.open(article)
    driver.run("document.querySelector('#article details').open = false")
    select(driver, "the crew", "On Tuesday")
    driver.click("#toolbar [data-do=mark]")
    assert texts(driver) == ["the crew.\nHow the count was made", "On Tuesday"]


def test_a_mark_on_a_fold(driver: Driver, service: Service, slug: str, article: str) -> None:
    driver.open(service.share(slug, "How the count", "Two clerks")["url"])
    driver.click("#article summary mark")
    until(lambda: driver.run("return document.querySelector('#toolbar')?.hidden === false"))
    assert driver.run("return document.querySelector('#article details').open")
    driver.run("document.querySelector('#article details').open = false")
    driver.click("#share .entry:nth-child(2) a")
    until(lambda: driver.run("return document.querySelector('#article details').open"))


def test_copies(driver: Driver, sent: str) -> None:
    driver.open(sent)
    prevented, html, text = driver.run(COPY, ["a strong", "the list"])
    assert prevented
    assert html == 'a strong wind, and <a href="https://example.org/list">the list</a>'
    assert text == "a strong wind, and the list"
    assert driver.run(COPY, ["The ferry", "left"])[0] is False


def test_times(driver: Driver, sent: str) -> None:
    driver.open(sent)
    shown, own = driver.run(
        """const time = document.querySelector('#share time');
        const form = { dateStyle: 'long', timeStyle: 'short' };
        return [time.textContent, new Date(time.dateTime).toLocaleString(document.documentElement.lang, form)];"""
    )
    assert shown == own
    assert re.search("March 9, 2026|9 марта", driver.run("return document.querySelector('.kicker').textContent"))
