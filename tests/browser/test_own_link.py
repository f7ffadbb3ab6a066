"""One's own link, opened again, is one's own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import mark, saved, shows
from tests.service import Service

ARTICLE = "<h1>Of one's own</h1><p>Alpha beta gamma delta, and epsilon.</p>"


@pytest.fixture
def own(page: Page, service: Service, slug: str) -> Page:
    service.publish(slug, ARTICLE, lang="en")
    page.set_viewport_size({"width": 1366, "height": 650})
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    mark(page, "delta")
    link = saved(page)
    page.goto("about:blank")
    page.goto(link)
    return page


def test_it_is_the_same_tool(own: Page) -> None:
    expect(own.locator("#panel")).to_be_visible()
    expect(own.get_by_role("button", name="Copy link")).to_be_in_viewport(ratio=1)
    expect(own.locator("#panel .entry:visible")).to_have_count(2)
    expect(own.locator("#share")).to_be_hidden()
    expect(own.get_by_text("Mark snippets for yourself")).to_be_hidden()
    expect(own.locator("[data-do=keep]:visible")).to_have_count(0)


def test_it_is_changed_without_asking(own: Page) -> None:
    before = own.url
    own.click("#article mark >> nth=0")
    own.click("#toolbar [data-do=remove]")
    saved(own, before)
    shows(own, ["delta"])


def test_undo_reaches_over_a_reload(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    mark(page, "beta")
    mark(page, "delta", color="pink")
    saved(page)
    page.reload()
    shows(page, ["beta", "delta"])
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Control+z")
    shows(page, ["beta"])
    page.keyboard.press("Control+z")
    shows(page, [])
    expect(page.locator("#panel")).to_be_hidden()
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+y")
    shows(page, ["beta", "delta"])


def test_what_is_marked_is_revoked_from_the_panel_with_the_links_made_on_the_way(
    page: Page, service: Service, slug: str
) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    first = saved(page)
    mark(page, "delta")
    second = saved(page, first)
    page.goto("about:blank")
    page.goto(second)
    page.locator(".more summary").click()
    button = page.locator("#panel [data-show=revoke]")
    button.click()
    expect(button).to_have_text("Revoke for good?")
    assert service.get(second).status == 200
    button.click()
    expect(page.locator("body")).to_have_attribute("data-state", "revoked")
    assert [service.get(link).status for link in (first, second)] == [410, 410]
    expect(button).to_be_hidden()


def test_a_revoked_link_is_not_made_anew_by_itself(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    saved(page)
    page.locator(".more summary").click()
    for _ in range(2):
        page.locator("#panel [data-show=revoke]").click()
    expect(page.locator("body")).to_have_attribute("data-state", "revoked")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.evaluate("dispatchEvent(new Event('online'))")
    page.goto(service.url)
    expect(page.locator("[data-show=drafts]")).to_be_hidden()
    assert "POST" not in asked
