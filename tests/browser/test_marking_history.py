"""The address bar and the browser's history: each entry shows what belongs to it, and leads where it says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader import SHARED, mark, saved, shows
from tests.service import Service

ARTICLE = "<h1>Of history</h1><p>Some peculiar sentence about walruses.</p><p>Alpha beta gamma delta epsilon.</p>"
#: Its beginning is another; the rest stands elsewhere now.
EDITED = "<h1>Of history</h1><p>Quite other words, put here later.</p><p>Alpha beta gamma delta epsilon.</p>"


def test_entries_of_the_history_and_their_titles(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    address = f"{service.url}/articles/{slug}"
    page.goto(address)
    mark(page, "beta")
    first = saved(page)
    mark(page, "delta")
    second = saved(page, first)
    expect(page).to_have_title("2 snippets: Of history")
    page.go_back()
    expect(page).to_have_url(address)
    expect(page).to_have_title("Of history")
    expect(page.locator("#panel")).to_be_hidden()
    shows(page, [])
    page.go_forward()
    expect(page).to_have_url(second)
    shows(page, ["beta", "delta"])
    assert "2%20snippets" in str(page.locator("#panel [data-show=email]").get_attribute("href"))


def test_the_page_names_a_canonical_address_while_that_is_its_own(page: Page, service: Service, slug: str) -> None:
    """A phone's Share menu gives it away, in place of the link."""
    service.publish(slug, ARTICLE, lang="en")
    address = f"{service.url}/articles/{slug}"
    canonical = page.locator("link[rel=canonical]")
    page.goto(address)
    mark(page, "beta")
    saved(page)
    expect(canonical).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(address)
    expect(canonical).to_have_attribute("href", address)
    page.go_forward()
    expect(canonical).to_have_count(0)
    page.reload()
    expect(canonical).to_have_count(0)


def test_looking_at_a_share_without_its_marks_leaves_the_address(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    address = service.share(slug, "beta")["url"] + "?marks=off"
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator("body")).to_have_attribute("data-tool", "on")
    expect(page).to_have_url(address)
    mark(page, "delta")
    own = saved(page, address)
    page.go_back()
    expect(page).to_have_url(address)
    shows(page, [])
    page.go_forward()
    expect(page).to_have_url(own)
    shows(page, ["delta"])


def test_looking_at_a_share_whose_words_are_gone_leaves_the_address(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    address = service.share(slug, "peculiar sentence about walruses")["url"]
    service.publish(slug, EDITED, lang="en")
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator("body")).to_have_attribute("data-tool", "on")
    expect(page).to_have_url(address)
    expect(page.locator("#share")).to_be_visible()


def test_back_over_an_edit_never_marks_wrong_words(page: Page, service: Service, slug: str) -> None:
    """The entry before was written for another revision: its offsets mean other words in this one."""
    service.publish(slug, ARTICLE, lang="en")
    address = service.share(slug, "gamma")["url"]
    page.goto(address)
    mark(page, "epsilon")
    own = saved(page, address)
    service.publish(slug, EDITED, lang="en")
    page.reload()
    expect(page.locator("#article")).to_have_attribute("data-revision", "2")
    shows(page, ["gamma", "epsilon"])
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.locator("#article mark")).to_have_text(["gamma"])
    page.go_forward()
    expect(page).to_have_url(own)
    expect(page.locator("#article mark")).to_have_text(["gamma", "epsilon"])


def test_back_to_an_older_revision(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    service.publish(slug, EDITED, lang="en")
    address = f"{service.url}/articles/{slug}?revision=1"
    page.goto(address)
    mark(page, "beta")
    own = saved(page)
    page.reload()
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.locator("#article")).to_have_attribute("data-revision", "1")
    page.go_forward()
    expect(page).to_have_url(own)
    expect(page.locator("#article mark")).to_have_text(["beta"])


def test_own_marks_on_anothers_link_are_listed_on_paper(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(service.share(slug, "beta")["url"])
    mark(page, "delta")
    expect(page).to_have_url(SHARED)
    page.emulate_media(media="print")
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("#panel .entry .quote")).to_have_text(["beta", "delta"])
    expect(page.locator("#panel .entry").first).to_be_visible()


FAR = "".join(f"<p>Paragraph {number} of many.</p>" for number in range(40))
NOTED = (
    "<h1>Of jumps</h1><p>Alpha beta <a href='#note'>[1]</a> gamma.</p>"
    f"{FAR}<p id='note'>Delta epsilon. <a href='#top'>Back</a></p><p id='top'>Zeta eta.</p>"
)


def _follow_the_note(page: Page) -> None:
    page.locator("#article a").first.click()


def _follow_the_list(page: Page) -> None:
    page.locator("#panel .entry a").first.click()


@pytest.fixture
def noted(page: Page, service: Service, slug: str) -> Page:
    service.publish(slug, NOTED, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    return page


@pytest.mark.parametrize("jump", [_follow_the_note, _follow_the_list], ids=["a footnote", "our list"])
def test_back_over_a_jump_takes_no_marks_away(noted: Page, service: Service, jump: Callable[[Page], None]) -> None:
    home = noted.url
    mark(noted, "beta")
    first = saved(noted, home)
    jump(noted)
    expect(noted).to_have_url(re.compile("#"))
    mark(noted, "epsilon")
    expect(noted.locator("body")).to_have_attribute("data-state", "saved")
    expect(noted).to_have_url(SHARED)
    second = noted.url
    assert second != first
    noted.go_back()
    expect(noted).to_have_url(second)
    shows(noted, ["beta", "epsilon"])
    mark(noted, "Zeta")
    third = saved(noted, second)
    noted.go_forward()
    expect(noted).to_have_url(re.compile(re.escape(third)))
    shows(noted, ["beta", "epsilon", "Zeta"])
    noted.keyboard.press("Control+z")
    shows(noted, ["beta", "epsilon"])
    assert [each["quote"] for each in service.get(f"{third}.json").json["snippets"]] == ["beta", "epsilon", "Zeta"]
    noted.go_back()
    noted.go_back()
    expect(noted).to_have_url(home)
    shows(noted, [])


def test_back_over_a_jump_before_anything_is_stored(noted: Page) -> None:
    """Then the address is the article's still, and what is marked stands in no entry of the history."""
    home = noted.url
    noted.route("**/api/v1/shares", lambda route: route.abort())
    for name in ("beta", "epsilon"):
        mark(noted, name)
        _follow_the_note(noted)
        expect(noted).to_have_url(f"{home}#c-note")
    for move, address in ((noted.go_back, home), (noted.go_forward, f"{home}#c-note")):
        move()
        expect(noted).to_have_url(address)
        shows(noted, ["beta", "epsilon"])
    noted.unroute("**/api/v1/shares")
    noted.evaluate("dispatchEvent(new Event('online'))")
    saved(noted, home)
    shows(noted, ["beta", "epsilon"])


def test_back_over_a_jump_that_was_made_while_a_link_was_not_stored_yet(noted: Page) -> None:
    home = noted.url
    noted.route("**/api/v1/shares", lambda route: route.abort())
    mark(noted, "beta")
    _follow_the_note(noted)
    expect(noted).to_have_url(f"{home}#c-note")
    noted.unroute("**/api/v1/shares")
    noted.evaluate("dispatchEvent(new Event('online'))")
    own = saved(noted, f"{home}#c-note")
    noted.go_back()
    expect(noted).to_have_url(f"{home}#c-note")
    shows(noted, [])
    noted.go_forward()
    expect(noted).to_have_url(own)
    shows(noted, ["beta"])


def test_a_jump_on_a_link_that_was_sent(noted: Page, service: Service, slug: str) -> None:
    sent = service.share(slug, "gamma")["url"]
    noted.goto(sent)
    _follow_the_note(noted)
    expect(noted).to_have_url(f"{sent}#c-note")
    mark(noted, "epsilon")
    own = saved(noted, f"{sent}#c-note")
    for address, marks in ((f"{sent}#c-note", ["gamma"]), (sent, ["gamma"])):
        noted.go_back()
        expect(noted).to_have_url(address)
        shows(noted, marks)
    noted.evaluate("history.go(2)")
    expect(noted).to_have_url(own)
    shows(noted, ["gamma", "epsilon"])


def test_two_steps_back_over_a_jump_from_before_the_tool_was_there(noted: Page) -> None:
    """Such an entry of the history says nothing of marks."""
    home = noted.url
    noted.evaluate("location.hash = 'c-note'")
    mark(noted, "epsilon")
    own = saved(noted, f"{home}#c-note")
    noted.evaluate("history.go(-2)")
    expect(noted).to_have_url(home)
    expect(noted.locator("#article mark")).to_have_count(0)
    noted.evaluate("history.go(2)")
    expect(noted).to_have_url(own)
    shows(noted, ["epsilon"])


@pytest.mark.parametrize("script", ["article.js", "tool.js"])
@pytest.mark.parametrize("again", ["history", "reload"])
def test_back_that_is_faster_than_the_page(noted: Page, again: str, script: str) -> None:
    """The page of a link is loaded anew, and left for the article before its scripts are there."""
    home = noted.url
    mark(noted, "beta")
    own = saved(noted, home)
    if again == "history":
        noted.goto("about:blank")
    held: list[Route] = []
    noted.route(f"**/{script}", lambda route: held.append(route), times=1)
    with noted.expect_request(f"**/{script}"):
        if again == "history":
            noted.go_back(wait_until="commit")
        else:
            noted.evaluate("location.reload()")
    expect(noted.locator("#article mark")).to_have_count(1)
    noted.evaluate("history.back()")
    expect(noted).to_have_url(home)
    held[0].continue_()
    shows(noted, [])
    expect(noted).to_have_url(home)
    noted.go_forward()
    expect(noted).to_have_url(own)
    shows(noted, ["beta"])
