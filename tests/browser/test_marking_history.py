"""The address bar and the browser's history: each entry shows what belongs to it, and leads where it says."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.reader import SHARED, mark, saved, words
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
    assert words(page) == []
    page.go_forward()
    expect(page).to_have_url(second)
    assert words(page) == ["beta", "delta"]
    assert "2%20snippets" in str(page.locator("#panel [data-show=email]").get_attribute("href"))


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
    assert words(page) == []
    page.go_forward()
    expect(page).to_have_url(own)
    assert words(page) == ["delta"]


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
    assert words(page) == ["gamma", "epsilon"]
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
