"""Marking on a small screen: what is offered stays in sight, clear of the text and of everything else at the edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.reader import mark, marked, saved, shows
from tests.service import Service
from tests.waiting import eventually

ARTICLE = "<h1>Of small screens</h1>" + "".join(
    f"<p>Paragraph {n} has some words, and a few more of them.</p>" for n in range(40)
)
#: Select words by the number of their paragraph, counted from 1, as a finger that is held there would.
SELECT = """([number, first, last]) => {
  const paragraph = document.querySelector(`#article p:nth-of-type(${number})`);
  paragraph.scrollIntoView({ block: 'center', behavior: 'instant' });
  const text = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (text.nextNode() && !text.currentNode.data.includes(first));
  const { currentNode: node } = text;
  getSelection().setBaseAndExtent(node, node.data.indexOf(first), node, node.data.indexOf(last) + last.length);
}"""
#: What of an element can be seen, in the coordinates of what the screen shows: its sides, and the screen's size.
SEEN = """(element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const { offsetLeft, offsetTop, width, height } = visualViewport;
  return [left - offsetLeft, top - offsetTop, width + offsetLeft - right, height + offsetTop - bottom];
}"""
#: From where on, from the top, everything in the middle of the screen is something other than the article.
FREE = """() => {
  let y = innerHeight;
  while (y > 0 && !document.elementFromPoint(innerWidth / 2, y - 1)?.closest('main > :not(.side, .toolbar)')) y--;
  return y / innerHeight;
}"""


@pytest.fixture
def phone(new_page: Callable[..., Page], service: Service, slug: str) -> Page:
    service.publish(slug, ARTICLE, lang="en")
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(f"{service.url}/articles/{slug}")
    page.locator("#article p").nth(2).tap()
    return page


@pytest.fixture
def bar(phone: Page) -> Locator:
    return phone.locator("#toolbar")


def _mark(page: Page, number: int) -> str:
    before = page.url
    page.evaluate(SELECT, [number, "some", "words"])
    page.tap("#toolbar [data-do=mark]")
    return saved(page, before)


def test_the_bar_stays_as_long_as_the_selection(phone: Page, bar: Locator) -> None:
    phone.evaluate(SELECT, [20, "some", "words"])
    expect(bar).to_be_visible()
    for size in ({"width": 360, "height": 660}, {"width": 740, "height": 360}, {"width": 360, "height": 740}):
        phone.set_viewport_size(size)  # type: ignore[arg-type]  # of this shape
        expect(bar.locator("[data-do=mark]")).to_be_in_viewport(ratio=1)
        assert phone.evaluate("String(getSelection())") == "some words"
    phone.evaluate("scrollBy(0, 120)")
    expect(bar).to_be_visible()
    phone.tap("#toolbar [data-do=mark]")
    saved(phone)


def test_the_bar_lies_in_what_a_magnified_screen_shows(phone: Page, bar: Locator) -> None:
    phone.evaluate(SELECT, [20, "some", "words"])
    expect(bar).to_be_visible()
    phone.context.new_cdp_session(phone).send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2.5})
    eventually(lambda: phone.evaluate("visualViewport.scale") > 2)
    eventually(lambda: all(side >= -1 for side in bar.evaluate(SEEN)))
    wide = bar.evaluate("(bar) => bar.getBoundingClientRect().width * visualViewport.scale")
    assert wide == pytest.approx(360, abs=2)


def test_the_bar_stands_on_the_folded_panel(phone: Page, bar: Locator) -> None:
    _mark(phone, 10)
    phone.evaluate(SELECT, [20, "some", "words"])
    expect(bar).to_be_visible()
    panel, box = phone.locator("#panel").bounding_box(), bar.bounding_box()
    assert panel
    assert box
    assert box["y"] + box["height"] <= panel["y"] + 1
    assert panel["y"] + panel["height"] == 740


def test_a_phone_on_its_side_leaves_the_text_three_quarters(phone: Page, bar: Locator) -> None:
    _mark(phone, 10)
    phone.set_viewport_size({"width": 740, "height": 360})
    assert phone.evaluate(FREE) >= 0.75
    phone.evaluate(SELECT, [20, "some", "words"])
    expect(bar).to_be_visible()
    assert phone.evaluate(FREE) >= 0.75


def test_back_closes_the_panel_and_an_entry_leads_to_its_place(phone: Page) -> None:
    link = _mark(phone, 10)
    body = phone.locator("#panel-body")
    fold = phone.locator("[data-do=fold]")
    fold.tap()
    expect(body).to_be_visible()
    phone.go_back()
    expect(body).to_be_hidden()
    assert phone.url == link
    assert [words for _, _, words in marked(phone)] == ["some words"]
    fold.tap()
    expect(body).to_be_visible()
    fold.tap()
    expect(body).to_be_hidden()
    phone.evaluate("scrollTo(0, 0)")
    fold.tap()
    phone.tap("#panel .entry a")
    expect(body).to_be_hidden()
    expect(phone.locator("#article mark[data-aim]")).to_be_in_viewport()
    phone.go_back()
    expect(body).to_be_hidden()
    expect(phone.locator("#article mark")).to_have_count(1)
    phone.go_back()
    shows(phone, [])


def test_the_head_of_an_open_panel_stays_put(phone: Page) -> None:
    for number in range(5, 25):
        phone.evaluate(SELECT, [number, "some", "words"])
        phone.tap("#toolbar [data-do=mark]")
    saved(phone)
    phone.tap("[data-do=fold]")
    expect(phone.locator("#panel .entry")).to_have_count(20)
    lists = "all => all.filter(each => each.scrollHeight > each.clientHeight + 1).length"
    assert phone.locator("#panel .snippet-list").evaluate_all(lists) == 0
    phone.locator("#panel .entry").last.scroll_into_view_if_needed()
    expect(phone.get_by_role("button", name="Copy link")).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_nothing_is_wider_than_the_smallest_screen(phone: Page, bar: Locator) -> None:
    phone.set_viewport_size({"width": 320, "height": 568})
    phone.evaluate(SELECT, [20, "some", "words"])
    for button in bar.locator("button").all():
        expect(button).to_be_in_viewport(ratio=1)
    _mark(phone, 20)
    phone.tap("[data-do=fold]")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert phone.locator("#panel").evaluate("(panel) => panel.scrollWidth") == 320


def test_a_mark_is_stretched_by_its_ends_word_by_word(phone: Page) -> None:
    link = _mark(phone, 20)
    phone.tap("#article mark")
    session = phone.context.new_cdp_session(phone)
    handle = phone.locator(".handle[data-end=end]")
    expect(handle).to_be_visible()
    for name, to in (("end", "more"), ("start", "has")):
        box = phone.locator(f".handle[data-end={name}]").bounding_box()
        assert box
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 12}
        aim = phone.evaluate(
            """(word) => {
              const node = document.querySelector('#article p:nth-of-type(20)').firstChild;
              const walker = document.createTreeWalker(node.parentNode, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(word);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + word.length);
                const { left, right, bottom } = range.getBoundingClientRect();
                return { x: (left + right) / 2, y: bottom + 12 };
              }
            }""",
            to,
        )
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [aim]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        link = saved(phone, link)
        # A browser may take a tap so soon after another touch for no click.
        phone.locator("#article mark").dispatch_event("click")
        expect(handle).to_be_visible()
    shows(phone, ["has some words, and a few more"])


def test_what_was_sent_has_no_handles(phone: Page, service: Service, slug: str) -> None:
    phone.goto(service.share(slug, "Paragraph 3 has")["url"])
    phone.tap("#article mark")
    expect(phone.locator("#toolbar [data-do=keep]")).to_be_visible()
    expect(phone.locator(".handle:visible")).to_have_count(0)
    phone.tap("#toolbar [data-do=keep]")
    phone.tap("#article mark")
    expect(phone.locator(".handle:visible")).to_have_count(2)


def test_the_systems_own_share_sheet_comes_first(new_page: Callable[..., Page], service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.add_init_script("navigator.share = async (what) => { globalThis.shared = what }")
    page.goto(f"{service.url}/articles/{slug}")
    page.locator("#article p").nth(2).tap()
    link = _mark(page, 10)
    buttons = page.locator("#panel .panel-head button:visible")
    assert buttons.evaluate_all("all => all.map(each => each.dataset.do)") == ["share", "copy", "fold"]
    buttons.first.tap()
    eventually(lambda: page.evaluate("globalThis.shared?.url") == link)


def test_marking_and_copying_in_one(new_page: Callable[..., Page], service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{service.url}/articles/{slug}")
    page.locator("#article p").nth(2).tap()
    page.evaluate(SELECT, [10, "some", "words"])
    page.tap("#toolbar [data-do=mark-copy]")
    expect(page.locator(".toast")).to_have_text("Link to 1 snippet copied.")
    assert page.evaluate("navigator.clipboard.readText()") == saved(page)


def test_help_is_of_fingers(phone: Page) -> None:
    phone.get_by_role("button", name="Help").tap()
    expect(phone.locator("#help")).to_contain_text("Press a word")
    expect(phone.locator("#help kbd:visible")).to_have_count(0)


def test_back_closes_a_panel_that_was_open_when_the_link_came(phone: Page) -> None:
    held: list[Route] = []
    phone.route("**/api/v1/shares", lambda route: held.append(route), times=1)
    phone.evaluate(SELECT, [10, "some", "words"])
    with phone.expect_request("**/api/v1/shares"):
        phone.tap("#toolbar [data-do=mark]")
        phone.tap("[data-do=fold]")
    expect(phone.locator("#panel-body")).to_be_visible()
    held[0].continue_()
    link = saved(phone)
    phone.go_back()
    expect(phone.locator("#panel-body")).to_be_hidden()
    assert phone.url == link
    shows(phone, ["some words"])
    phone.go_back()
    shows(phone, [])


def test_under_a_mark_a_mouse_selects(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "some words, and")
    saved(page)
    page.click("#article mark")
    expect(page.locator("#toolbar")).to_be_visible()
    expect(page.locator(".handle:visible")).to_have_count(0)
