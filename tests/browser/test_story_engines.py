"""The main story in Firefox and in WebKit: mark, share, reopen, recolour, undo, print view, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.browser import second_hour
from tests.browser.drivers import MARKED, Driver, driven, saved, select, until, url
from tests.service import Service

TOWN = """<h1>A bridge for the town</h1>
<p>The town council has voted for a <b>new bridge</b> over the river, to be opened in spring.</p>
<ul><li>It will carry two tracks of the tram.</li><li>Cyclists get a path of their own.</li></ul>
<p>Building begins in <a href="https://example.org/may">the month of May</a>, says the engineer 😀.</p>"""
JAPANESE = "<h1>橋</h1><p>町議会は新しい橋の建設を可決した。来年の春に開通する。</p>"


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.engine(name)) for name in ("firefox", "webkit")]
)
def driver(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Driver]:
    with driven(request.param, playwright) as found:
        yield found


def test_the_story(driver: Driver, service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    article = f"{service.url}/articles/{slug}"
    driver.open(article)
    published = driver.run("return document.getElementById('article').innerHTML")
    select(driver, "oted for", "new brid")
    driver.click("#toolbar [data-do=mark]")
    select(driver, "tram.", "Cycl")
    driver.click("#toolbar [data-color=green]")
    shown = [["yellow", "voted for a new bridge"], ["green", "tram.Cyclists"]]
    assert driver.run(MARKED) == shown
    link = saved(driver, article)
    driver.open(link)
    assert driver.run(MARKED) == shown
    driver.open(f"{link}/print")
    assert driver.run(MARKED) == shown
    driver.open(link)
    driver.click("#article li mark")
    driver.click("#toolbar [data-color=pink]")
    other = saved(driver, link)
    assert driver.run(MARKED)[1] == ["pink", "tram.Cyclists"]
    driver.keys("Control+z")
    until(lambda: driver.run(MARKED) == shown)
    assert saved(driver, other) == link
    select(driver, "month", "engineer 😀")
    driver.click("#toolbar [data-color=blue]")
    assert driver.run(MARKED)[2] == ["blue", "month of May, says the engineer 😀"]
    last = saved(driver, link)
    quotes = [each["quote"] for each in service.get(last + ".json").json["snippets"]]
    assert quotes == ["voted for a new bridge", "tram.\nCyclists", "month of May, says the engineer 😀"]
    driver.back()
    until(lambda: url(driver) == link)
    assert driver.run(MARKED) == shown
    driver.click("#article b mark")
    driver.click("#toolbar [data-do=remove]")
    driver.click("#article li mark")
    driver.click("#toolbar [data-do=remove]")
    assert driver.run("return document.getElementById('article').innerHTML") == published
    until(lambda: url(driver) == article)


def test_the_keyboard(driver: Driver, service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    article = f"{service.url}/articles/{slug}"
    driver.open(article)
    driver.click("#keyboard-mark")
    driver.keys("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Enter", "Escape")
    until(lambda: driver.run("return document.activeElement.id") == "keyboard-mark" and driver.run(MARKED))
    assert [text for _, text in driver.run(MARKED)] == ["town council"]
    saved(driver, article)


def test_words_without_spaces(driver: Driver, service: Service, slug: str) -> None:
    service.publish(slug, JAPANESE, lang="ja")
    driver.open(f"{service.url}/articles/{slug}")
    select(driver, "設を可", "設を可")
    driver.click("#toolbar [data-do=mark]")
    assert [text for _, text in driver.run(MARKED)] == ["建設を可決"]


def test_sent_a_link_at_a_phones_width(driver: Driver, service: Service, slug: str) -> None:
    driver.narrow()
    link = second_hour.sent(service, slug)
    second_hour.read_by_the_bar(driver, link)
    own = second_hour.keep_add_and_share(driver, link)
    second_hour.come_back(driver, service, own)
    assert service.get(link).status == 200
