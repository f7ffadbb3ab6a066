"""A reader's second hour, by whatever drives a browser: sent a link, keeping, adding, sharing, coming back."""

from __future__ import annotations

from functools import partial

from tests.browser.drivers import MARKED, Driver, saved, select, texts, until, url
from tests.service import Service
from tests.stories import sentence, story

#: Each far from the next, and the first out of sight until the page has led there.
SENT = [sentence(number) for number in (21, 42, 63, 90)]
OWN = sentence(75)
ARTICLE = f"<h1>A day at the harbour</h1>{story(40)}"

#: What the bar says, and whether the snippet that it names is in sight.
_READ = """
  const { textContent } = document.querySelector('#bar [data-show=step]');
  const mark = document.querySelector(`#article mark[data-snippets~="${parseInt(textContent)}"]`);
  const { top, bottom } = mark?.getBoundingClientRect() ?? {};
  return [textContent, top >= 0 && bottom <= innerHeight];
"""
_TO_OWN = """
  [...document.querySelectorAll('#article p')].find((each) => each.textContent.includes(arguments[0]))
    .scrollIntoView({ block: 'center', behavior: 'instant' });
"""
_SHARED = "return globalThis.shared"
#: Where a system has no sheet of its own to share with.
_SHEET = "navigator.share = (what) => { globalThis.shared = what.url; return Promise.resolve(); }"
_A_WEEK = """
  const select = document.querySelector('.own-link [data-part=expiry]');
  select.value = '604800';
  select.dispatchEvent(new Event('change', { bubbles: true }));
"""


def sent(service: Service, slug: str) -> str:
    """A link to four sentences."""
    service.publish(slug, ARTICLE, lang="en")
    return str(service.share(slug, *SENT)["url"])


def read_by_the_bar(driver: Driver, link: str) -> None:
    """From the first to the last."""
    # Others may have left something in this browser.
    driver.open(f"{link}/print")
    driver.run("localStorage.clear()")
    driver.open(link)
    driver.run(_SHEET)
    for number in (1, 2, 3, 4):
        if number > 1:
            driver.click("#bar [data-step='1']")
        until(partial(_reads, driver, [f"{number}/4", True]))


def _reads(driver: Driver, wanted: list[object]) -> bool:
    found: list[object] = driver.run(_READ)
    return found == wanted


def keep_add_and_share(driver: Driver, link: str) -> str:
    """From a tapped mark. Answers with the link of one's own."""
    driver.click("#article mark[data-snippets='4']")
    until(lambda: driver.run("return document.querySelector('#toolbar .which').textContent") == "4 of 4")
    driver.click("#toolbar [data-do=keep]")
    until(lambda: not driver.run("return document.getElementById('panel').hidden"))
    assert url(driver).partition("#")[0] == link
    # What is offered for a selection waits until this is in sight.
    driver.run(_TO_OWN, OWN)
    select(driver, OWN, OWN)
    driver.click("#toolbar [data-do=mark]")
    own = saved(driver, url(driver)).partition("#")[0]
    assert own != link
    assert texts(driver) == sorted([*SENT, OWN], key=ARTICLE.index)
    until(lambda: not driver.run("return document.querySelector('.toast')"))
    sheet = ".panel-head [data-do=share]"
    if not driver.run("return document.querySelector(arguments[0]).offsetHeight", sheet):
        # With a mouse it is one of several ways.
        driver.click("#panel [data-do=fold]")
        driver.click("#panel .more summary")
        sheet = "#panel .more [data-do=share]"
    driver.click(sheet)
    until(lambda: driver.run(_SHARED) == own)
    return own


def come_back(driver: Driver, service: Service, own: str) -> None:
    """Find it again from home, let it live on, take it back."""
    driver.open(f"{service.url}/")
    driver.click("a[href*='/links']")
    until(lambda: _asks(driver, "Revoke"))
    assert driver.run("return document.querySelectorAll('.own-link').length") == 1
    driver.run(_A_WEEK)
    until(lambda: service.get(f"{own}.json").json["expires_at"])
    driver.click(".own-link [data-part=open]")
    until(lambda: url(driver) == own and len(driver.run(MARKED)) == len(SENT) + 1)
    driver.back()
    for asked in ("Revoke", "Revoke for good?"):
        until(partial(_asks, driver, asked))
        driver.click(".own-link [data-part=revoke]")
    until(lambda: service.get(own).status == 410)
    driver.open(own)
    assert "revoked" in driver.run("return document.querySelector('h1').textContent")


def _asks(driver: Driver, words: str) -> bool:
    found: list[str | None] = driver.run(
        """const { ariaDisabled, textContent } = document.querySelector('.own-link [data-part=revoke]');
        return [ariaDisabled, textContent];"""
    )
    return found == [None, words]
