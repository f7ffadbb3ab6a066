"""Folds in an article: what is on them can be marked, what they hide is not marked unseen, and jumps open them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import SHARED, saved, shows, words
from tests.service import Service

ARTICLE = """<h1>Of folds</h1>
<p>The second count was the smaller one.</p>
<details><summary>How the count was <a href="#end">made</a></summary><p>Two clerks walked with chalk.</p>
<details><summary>An inner one</summary><p>Deeply hidden words.</p></details></details>
<p id="end">On Monday there was a calm sea.</p>"""
FOLD = "document.querySelector('#article details').open"
_SELECT = """([first, last]) => {
  const text = (start) => {
    const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.includes(start)) return walker.currentNode;
  };
  const from = text(first), to = text(last);
  getSelection().setBaseAndExtent(from, from.data.indexOf(first), to, to.data.indexOf(last) + last.length);
}"""


@pytest.fixture
def folds(page: Page, service: Service, slug: str) -> Page:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    # What minds the folds comes by itself, after the page.
    page.wait_for_load_state("networkidle")
    return page


def _point(page: Page) -> tuple[float, float]:
    box = page.locator("#article summary").first.bounding_box()
    assert box is not None
    return box["x"] + 60, box["y"] + box["height"] / 2


@pytest.mark.parametrize("tool", ["on its way", "there"])
@pytest.mark.parametrize("open", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize(
    ("clicks", "selected"), [(2, "count"), (3, "How the count was made")], ids=["double click", "triple click"]
)
def test_clicks_that_select_on_a_fold_do_not_fold(
    folds: Page, tool: str, open: bool, clicks: int, selected: str
) -> None:
    if not open:
        folds.evaluate(f"{FOLD} = false")
    if tool == "there":
        folds.keyboard.press("Shift")
        expect(folds.locator("body")).to_have_attribute("data-tool", "on")
    x, y = folds.evaluate(
        """() => {
          const range = document.createRange(), text = document.querySelector('#article summary').firstChild;
          range.setStart(text, 9); range.setEnd(text, 10);
          const { left, top, height } = range.getBoundingClientRect();
          return [left + 2, top + height / 2];
        }"""
    )
    folds.mouse.click(x, y, click_count=clicks)
    folds.click("#toolbar [data-do=mark]")
    shows(folds, [selected])
    assert folds.evaluate(FOLD) is open


def test_a_drag_over_words_on_a_fold_does_not_fold(folds: Page) -> None:
    x, y = _point(folds)
    folds.mouse.move(x, y)
    folds.mouse.down()
    folds.mouse.move(x + 90, y, steps=4)
    folds.mouse.up()
    folds.click("#toolbar [data-do=mark]")
    assert folds.evaluate(FOLD) is True
    assert words(folds)[0] in "How the count was made"


def test_a_link_with_an_address_that_cannot_be_read_does_no_harm(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, "<h1>Of signs</h1><p id='50%'>Words. <a href='#50%'>Half of it.</a></p>", lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    page.locator("#article a").click()
    expect(page.locator("body")).to_have_attribute("data-tool", "on")
    page.locator("#article a").click()
    expect(page).to_have_url(re.compile("#"))


def test_a_plain_click_and_a_key_fold(folds: Page) -> None:
    folds.mouse.click(*_point(folds))
    assert folds.evaluate(FOLD) is False
    folds.locator("#article summary").first.press("Enter")
    assert folds.evaluate(FOLD) is True


def test_a_click_on_a_mark_on_a_fold_offers_what_can_be_done(folds: Page, service: Service, slug: str) -> None:
    folds.goto(service.share(slug, "How the count was made")["url"])
    folds.locator("#article summary mark").first.click()
    expect(folds.locator("#toolbar")).to_be_visible()
    assert folds.evaluate(FOLD) is True
    folds.locator("#article summary a").click()
    expect(folds).to_have_url(re.compile("#c-end$"))


def test_switched_off_a_click_on_a_mark_folds(folds: Page, service: Service, slug: str) -> None:
    folds.evaluate("localStorage['snippets:off'] = 'true'")
    folds.goto(service.share(slug, "How the count was")["url"])
    expect(folds.locator("body")).to_have_attribute("data-tool", "off")
    folds.locator("#article summary mark").first.click()
    assert folds.evaluate(FOLD) is False


@pytest.mark.parametrize(
    ("closed", "found"),
    [
        ("details", ["smaller one.\nHow the count was made", "On Monday"]),
        (
            "details details",
            ["smaller one.\nHow the count was made\nTwo clerks walked with chalk.\nAn inner one", "On Monday"],
        ),
        ("", ["smaller one.\nHow the count was made\nTwo clerks walked with chalk.\nAn inner one\n"
              "Deeply hidden words.\nOn Monday"]),
    ],
    ids=["outer", "inner", "none"],
)  # fmt: skip
def test_words_that_nobody_sees_are_not_marked(folds: Page, service: Service, closed: str, found: list[str]) -> None:
    home = folds.url
    if closed:
        folds.evaluate(f"document.querySelector('#article {closed}').open = false")
    folds.evaluate(_SELECT, ["smaller", "On Monday"])
    folds.click("#toolbar [data-do=mark]")
    link = saved(folds, home)
    assert [each["quote"] for each in service.get(link + ".json").json["snippets"]] == found


def _by_key(page: Page) -> None:
    page.keyboard.press("Alt+Shift+n")


def _by_the_list(page: Page) -> None:
    page.locator("#share .entry a").click()


@pytest.mark.parametrize("jump", [_by_key, _by_the_list], ids=["key", "list"])
def test_what_leads_into_a_fold_opens_it(
    folds: Page, service: Service, slug: str, jump: Callable[[Page], None]
) -> None:
    folds.goto(service.share(slug, "Deeply hidden")["url"])
    for fold in ("#article details details", "#article details"):
        folds.evaluate(f"document.querySelector('{fold}').open = false")
    jump(folds)
    expect(folds.locator("#article mark")).to_be_in_viewport()


def test_words_in_a_fold_are_reached_by_the_keyboard(folds: Page) -> None:
    folds.evaluate(f"{FOLD} = false")
    folds.locator("#keyboard-mark").click()
    for _ in range(3):
        folds.keyboard.press("ArrowDown")
    folds.keyboard.press("Enter")
    expect(folds.locator("#article mark")).to_be_in_viewport()
    shows(folds, ["Two"])
    expect(folds).to_have_url(SHARED)
