"""The reader's pages on screen: what stands on them, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.texts import ELSEWHERE, RUSSIAN, SOURCE
from tests.service import Service


def test_beside_the_article_stands_what_a_reader_needs(service: Service, share: Any, page: Page) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    page.goto(f"{service.url}/articles/river")

    invitation = "Mark any passage: the address in your browser becomes a unique link to it."
    expect(page.locator("#marking")).to_contain_text(invitation)
    expect(page.get_by_role("link", name="Printable version")).to_have_attribute("href", "/articles/river/print")
    expect(page.locator(".colophon").get_by_role("link", name=SOURCE)).to_have_attribute("href", SOURCE)
    expect(page.locator(".kicker")).to_have_text("The Town CourierR. WatersMay 8, 2026")
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", f"{service.url}/articles/river")
    expect(page).to_have_title("The river comes back to the town")


def test_the_root_holds_the_article_and_nothing_of_ours(service: Service, share: Any, page: Page) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    for address in (f"{service.url}/articles/river", share["url"], share["print_url"]):
        page.goto(address)
        root = page.locator("article#article[data-article=river][data-revision='2'][lang=en][dir=ltr]")

        expect(root).to_have_count(1)
        assert root.evaluate("root => root.textContent") == service.text("river")
        assert root.evaluate("root => root.firstChild.nodeName") == "H1"


def test_an_earlier_revision_says_so(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{service.url}/articles/river?revision=1")

    expect(page.locator(".preface")).to_contain_text("You are reading an earlier revision of this article.")
    page.get_by_role("link", name="Read the current one").click()
    expect(page.locator("#article")).to_have_attribute("data-revision", "2")


def test_the_list_of_articles(service: Service, slug: str, page: Page) -> None:
    title = f"Of the list, {slug}"
    service.publish(slug, f"<h1>{title}</h1><p>Words.</p>")
    page.goto(service.url)
    page.get_by_role("link", name=title).click()

    expect(page.locator("#article h1")).to_have_text(title)


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("en", "There is nothing at this address"),
        ("ru", "По этому адресу ничего нет"),
        ("be", "Па гэтым адрасе нічога няма"),
    ],
)
def test_an_unknown_address_leads_on(service: Service, page: Page, code: str, headline: str) -> None:
    answer = page.goto(f"{service.url}/s/nothing?lang={code}")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name=headline)).to_be_visible()
    page.locator("main").get_by_role("link").click()
    assert page.url == f"{service.url}/?lang={code}"


def test_a_revoked_link_leads_to_the_article(service: Service, reader: Callable[..., Page]) -> None:
    page = reader(locale="ru-RU")
    service.publish("revoking", RUSSIAN, lang="ru")
    made = service.share("revoking", "нижний шлюз")
    page.goto(made["url"])
    headers = {"Authorization": f"Bearer {made['manage_key']}"}
    assert service.call("DELETE", f"/api/v1/shares/{made['token']}", headers=headers).status == 204

    answer = page.goto(made["url"])

    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("heading", name="Эта ссылка отозвана")).to_be_visible()
    page.get_by_role("link", name="Река возвращается в город").click()
    expect(page.locator("#article")).to_have_attribute("data-article", "revoking")
