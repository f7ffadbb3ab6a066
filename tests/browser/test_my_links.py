"""The reader's own links on a page of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.links import ARTICLE, NAMES, ORDERS, a_file, a_row, a_visit, keep, made, press_twice, rows
from tests.browser.reader import mark, saved, shows
from tests.service import Service

FORBIDDEN = (
    """Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"""
)


@pytest.fixture
def address(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return f"{service.url}/articles/{slug}"


def test_a_visit_is_one_row_and_is_revoked_as_a_whole(page: Page, service: Service, address: str) -> None:
    links = a_visit(page, address)
    assert len(set(links)) == 4
    page.goto(address)
    mark(page, "Alpha")
    other = saved(page, address)
    page.locator(".tools").get_by_role("link", name="My links (2)").click()
    expect(page.get_by_role("heading", name="Of coming back")).to_have_count(1)
    expect(page.locator("[data-part=open]")).to_have_text(["Alpha", "beta"])
    row = rows(page).nth(1)
    expect(row).to_contain_text("4 snippets")
    expect(row).to_contain_text("never expires")
    expect(row.get_by_role("img")).to_have_count(3)
    assert [dot.get_attribute("aria-label") for dot in row.get_by_role("img").all()] == ["Yellow", "Blue", "Pink"]

    row.get_by_role("button", name="Revoke").click()
    expect(row).to_contain_text("3 links that you made on the way to it")
    assert service.get(links[3]).status == 200
    row.get_by_role("button", name="Revoke for good?").click()
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("were revoked")
    assert [service.get(link).status for link in links] == [410] * 4
    assert service.get(other).status == 200
    expect(page.get_by_role("link", name="My links (1)")).to_be_visible()
    expect(rows(page).get_by_role("link")).to_be_focused()


def test_a_row_leads_to_its_newest_link(page: Page, service: Service, address: str) -> None:
    link = a_visit(page, address)[-1]
    page.goto(f"{service.url}/links?lang=ru")
    rows(page).get_by_role("link").click()
    expect(page).to_have_url(f"{link}?lang=ru")
    shows(page, ["beta", "delta", "zeta", "theta"])


def test_a_link_is_copied_and_extended(page: Page, service: Service, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    links = a_visit(page, address)
    page.goto(f"{service.url}/links")
    rows(page).get_by_role("button", name="Copy link").click()
    expect(page.locator(".toast")).to_have_text("Link to 4 snippets copied.")
    assert page.evaluate("navigator.clipboard.readText()") == links[3]
    rows(page).get_by_role("combobox", name="Expiry").select_option("604800")
    expect(rows(page)).to_contain_text("works until")
    expires = [service.get(f"{link}.json").json["expires_at"] for link in links]
    assert [bool(each) for each in expires] == [False, False, False, True]
    page.reload()
    expect(rows(page)).to_contain_text("works until")


def test_what_could_not_be_revoked_is_told_by_name_and_stays(
    page: Page, service: Service, address: str, slug: str
) -> None:
    visit = {"visit": "7", "article": slug}
    late, early = made(service, slug, "zeta", **visit, at=2), made(service, slug, "beta", **visit, at=1)
    gone = made(service, slug, "theta", **visit)
    key = {"Authorization": f"Bearer {gone['manage_key']}"}
    assert service.call("DELETE", f"/api/v1/shares/{gone['token']}", headers=key).status == 204
    keep(page, service, late, early, gone)
    page.route(f"**/api/v1/shares/{early['token']}", lambda route: route.abort())
    expect(rows(page)).to_have_count(1)
    press_twice(page.locator("[data-part=revoke]"))
    expect(page.locator(".toast")).to_have_text("Not revoked, and still open: “beta”. the service cannot be reached")
    expect(page.locator("[data-part=open]")).to_have_text("beta")
    assert page.evaluate(NAMES, "snippets:link") == [f"snippets:link:{early['token']}"]
    page.unroute(f"**/api/v1/shares/{early['token']}")
    press_twice(page.locator("[data-part=revoke]"))
    expect(rows(page)).to_have_count(0)
    assert [service.get(each["url"]).status for each in (late, early, gone)] == [410] * 3


def test_whoever_goes_elsewhere_is_asked_anew(page: Page, service: Service, address: str, slug: str) -> None:
    link = made(service, slug, "beta")
    keep(page, service, link)
    page.locator("[data-part=revoke]").click()
    page.locator("#search").focus()
    page.locator("[data-part=revoke]").click()
    expect(page.locator("[data-part=revoke]")).to_have_text("Revoke for good?")
    assert service.get(link["url"]).status == 200


def test_removed_from_the_list_the_link_goes_on(page: Page, service: Service, address: str) -> None:
    page.goto(address)
    mark(page, "beta")
    link = saved(page)
    other = page.context.new_page()
    other.goto(f"{service.url}/links")
    remove = other.locator("[data-part=remove]")
    remove.click()
    expect(rows(other)).to_contain_text("can no longer be revoked from here")
    remove.click()
    expect(other.get_by_text("No links yet")).to_be_visible()
    expect(other.locator("[data-show=own]")).to_have_text("")
    assert other.evaluate(NAMES, "snippets:link") == []
    assert service.get(link).status == 200
    expect(page.locator("body")).to_have_attribute("data-state", "saved")


def test_links_are_grouped_by_article_and_looked_for(page: Page, service: Service, slug: str) -> None:
    day = "2026-11-0{}T10:00:00Z".format
    keep(
        page,
        service,
        a_row(1, created_at=day(1), title="Of ÉCLAIRS", article="b", words="Sugar"),
        a_row(2, created_at=day(2), words="Old <b>words</b>"),
        a_row(3, created_at=day(3), title="Of ÉCLAIRS", article="b", words="Cream"),
        a_row(4, created_at=day(4), words="New words", expires_at=day(5)),
    )
    found = page.locator("[data-part=open]")
    expect(page.locator("[data-show=links] h2")).to_have_text(["An article", "Of ÉCLAIRS"])
    expect(found).to_have_text(["New words", "Old <b>words</b>", "Cream", "Sugar"])
    expect(rows(page).first).to_contain_text("expired")
    expect(rows(page).first.get_by_role("button")).to_have_text(["Remove from the list"])
    for wanted, words in (
        ("éclairs", ["Cream", "Sugar"]),
        ("  WORDS old ", ["Old <b>words</b>"]),
        ("article", ["New words", "Old <b>words</b>"]),
        ("nowhere", []),
    ):
        page.get_by_role("searchbox").fill(wanted)
        expect(found).to_have_text(words)
    expect(page.get_by_text("None of your links")).to_be_visible()


def test_what_another_page_keeps_comes_to_the_list(mine: Page, address: str) -> None:
    expect(mine.get_by_text("No links yet")).to_be_visible()
    other = mine.context.new_page()
    other.goto(address)
    mark(other, "beta")
    saved(other)
    expect(mine.locator("[data-part=open]")).to_have_text(["beta"])


def test_everything_is_forgotten_here(page: Page, service: Service, address: str) -> None:
    page.goto(address)
    mark(page, "beta", color="pink")
    link = saved(page)
    page.route(ORDERS, lambda route: route.abort())
    mark(page, "zeta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.goto(f"{service.url}/links")
    expect(page.locator(".drafts")).to_contain_text("Not finished: beta — Of coming back")
    page.evaluate("localStorage.others = 'stays'")
    forget = page.locator("#forget")
    forget.click()
    expect(page.locator("[data-show=forget-note]")).to_contain_text("Marks that have no link yet are lost")
    assert len(page.evaluate(NAMES, "snippets:")) == 3
    forget.click()
    expect(page.get_by_text("No links yet")).to_be_visible()
    expect(page.locator(".drafts")).to_be_hidden()
    assert page.evaluate(NAMES, "") == ["others"]
    assert service.get(link).status == 200


def test_where_nothing_is_kept_it_is_said(new_page: Callable[..., Page], service: Service) -> None:
    page = new_page()
    page.add_init_script(FORBIDDEN)
    page.goto(f"{service.url}/links")
    expect(page.get_by_text("cannot be revoked later")).to_be_visible()
    expect(page.get_by_text("No links yet")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)


def test_without_javascript_the_page_says_what_it_is(new_page: Callable[..., Page], service: Service) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{service.url}/")
    page.get_by_role("link", name="My links").click()
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_text("No links yet")).to_be_hidden()


@pytest.mark.parametrize("lang", ["en", "ru", "be"])
def test_my_links_fit_a_phone_and_its_fingers(service: Service, reader: Callable[..., Page], lang: str) -> None:
    page = reader(320, has_touch=True, is_mobile=True)
    keep(page, service, a_row(1, colors=["pink", "blue"]), a_row(2, article="b", title="قوارب", words="يوم الاثنين"))
    page.goto(f"{service.url}/links?lang={lang}")
    expect(page.locator(".own-link")).to_have_count(2)
    page.set_input_files("#file", a_file(0))
    expect(page.locator(".outcome")).to_be_visible()
    page.locator("[data-part=remove]").first.click()
    expect(page.locator("[data-part=note]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('main :is(button, select, input, a)')]
          .filter((each) => each.checkVisibility() && each.offsetHeight < 44).map((each) => each.outerHTML)"""
    )
    assert small == []


def test_a_double_click_revokes_nothing(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    link = saved(page)
    page.goto(f"{service.url}/links")
    button = page.get_by_role("button", name="Revoke")
    button.dblclick()
    expect(page.get_by_role("button", name="Revoke for good?")).to_be_visible()
    assert service.get(link).status == 200
