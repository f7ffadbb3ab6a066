"""The main story: mark, find the link in the address bar, open it elsewhere, see and print the marks."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import second_hour
from tests.browser.drivers import PHONE, ByTouch
from tests.browser.reader import mark, marked, saved, shows
from tests.service import Service

TOWN = """<h1>A bridge for the town</h1>
<p>The town council has voted for a <b>new bridge</b> over the river, to be opened in spring.</p>
<ul><li>It will carry two tracks of the tram.</li><li>Cyclists get a path of their own.</li></ul>
<p>Building begins in <a href="https://example.org/may">the month of May</a>, says the engineer.</p>
<p>The old bridge stays open until then.</p>"""
#: The line feed between two list items is in no mark: it stands directly in the list.
MARKED = [
    (1, "yellow", "voted for a new bridge over"),
    (2, "pink", "tram.Cyclists"),
    (3, "yellow", "begins in the month of May, says"),
]


def _as_others_see_it(page: Page, url: str) -> None:
    page.goto(url)
    assert marked(page) == MARKED
    page.goto(f"{url}/print")
    assert marked(page) == MARKED


def test_with_the_mouse(page: Page, new_page: Callable[..., Page], service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    article = f"{service.url}/articles/{slug}"
    page.goto(article)
    mark(page, "voted for", "bridge over")
    mark(page, "tram.", "Cyclists", color="pink")
    mark(page, "begins", "says", color="yellow")
    link = saved(page)
    assert marked(page) == MARKED
    expect(page.locator("#panel [data-show=count]")).to_have_text("3 snippets")
    expect(page.locator("#panel [data-show=link]")).to_have_value(link)
    expect(page.locator("#panel [data-show=print]")).to_have_attribute("href", f"{link}/print")
    page.reload()
    assert (page.url, marked(page)) == (link, MARKED)
    page.go_back()
    expect(page).to_have_url(article)
    assert marked(page) == []
    page.go_forward()
    expect(page).to_have_url(link)
    assert marked(page) == MARKED
    _as_others_see_it(new_page(java_script_enabled=False), link)
    _as_others_see_it(new_page(), link)


def test_with_the_keyboard_alone(page: Page, new_page: Callable[..., Page], service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    keys = page.keyboard
    button = page.locator("#keyboard-mark")
    for _ in range(20):
        keys.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    keys.press("Enter")
    _press(page, "ArrowDown", *["ArrowRight"] * 4, *["Shift+ArrowRight"] * 5, "Enter")
    _press(page, "ArrowDown", *["ArrowRight"] * 7, "Shift+ArrowRight", "4")
    _press(page, "ArrowDown", "ArrowRight", *["Shift+ArrowRight"] * 6, "1")
    keys.press("Escape")
    assert button.evaluate("each => each === document.activeElement")
    link = saved(page)
    assert marked(page) == MARKED
    keys.press("Alt+Shift+n")
    keys.press("Alt+Shift+n")
    _press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter")
    other = saved(page, link)
    assert [color for _, color, _ in marked(page)] == ["yellow", "yellow", "yellow"]
    keys.press("Control+z")
    assert saved(page, other) == link
    assert marked(page) == MARKED
    elsewhere = new_page(java_script_enabled=False)
    elsewhere.goto(link)
    assert marked(elsewhere) == MARKED


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_share_is_never_changed(page: Page, new_page: Callable[..., Page], service: Service, slug: str) -> None:
    service.publish(slug, TOWN, lang="en")
    given = service.share(slug, "new bridge")["url"]
    page.goto(given)
    mark(page, "old bridge")
    own = saved(page, given)
    shows(page, ["new bridge", "old bridge"])
    expect(page.locator("[data-of-share]")).to_be_hidden()
    page.go_back()
    expect(page).to_have_url(given)
    shows(page, ["new bridge"])
    expect(page.locator("[data-of-share]")).to_be_visible()
    page.go_forward()
    expect(page).to_have_url(own)
    shows(page, ["new bridge", "old bridge"])
    elsewhere = new_page()
    elsewhere.goto(given)
    shows(elsewhere, ["new bridge"])


def test_sent_a_link_on_a_phone(new_page: Callable[..., Page], service: Service, slug: str) -> None:
    width, height = PHONE
    phone = new_page(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
    link = second_hour.sent(service, slug)
    second_hour.read_by_the_bar(ByTouch(phone), link)
    own = second_hour.keep_add_and_share(ByTouch(phone), link)
    phone.close()
    second_hour.come_back(ByTouch(phone.context.new_page()), service, own)
    assert service.get(link).status == 200


def test_sent_a_link_where_no_script_runs(new_page: Callable[..., Page], service: Service, slug: str) -> None:
    width, height = PHONE
    page = new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
    page.goto(second_hour.sent(service, slug))
    bar = page.get_by_role("navigation", name="Snippets")
    for number, words in enumerate(second_hour.SENT, 1):
        bar.get_by_role("link", name=f"Snippet {number}").click()
        expect(page.locator("#article mark", has_text=words)).to_be_in_viewport()
    bar.get_by_role("link", name="List").click()
    for words in second_hour.SENT:
        expect(page.get_by_role("listitem").filter(has_text=words)).to_be_in_viewport()
