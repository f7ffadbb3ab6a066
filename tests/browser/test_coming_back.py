"""What articles and home say to a reader who comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.browser.links import ARTICLE, ORDERS, a_visit
from tests.browser.reader import mark, saved, shows
from tests.service import Service

SHIFTS = """globalThis.shifts = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value })
  .observe({ type: 'layout-shift', buffered: true })"""


@pytest.fixture
def address(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return f"{service.url}/articles/{slug}"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "You marked 4 passages on "), ("ru", " вы отметили 4 фрагмента"), ("be", " вы пазначылі 4 фрагменты")],
)
def test_an_article_says_what_was_marked_of_it_and_nothing_moves(
    page: Page, service: Service, address: str, lang: str, said: str
) -> None:
    link = a_visit(page, address)[-1]
    page.add_init_script(SHIFTS)
    page.set_viewport_size({"width": 360, "height": 740})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}?lang={lang}")
    invitation = page.locator(".invitation")
    expect(invitation).to_contain_text(said)
    expect(page.locator("[data-show=own]")).to_have_text(" (1)")
    assert page.evaluate("shifts") == 0
    assert not [url for url in asked if url.endswith("/tool.js")]
    invitation.get_by_role("link").click()
    expect(page).to_have_url(f"{link}?lang={lang}")


def test_of_other_articles_an_article_says_nothing(page: Page, service: Service, address: str) -> None:
    a_visit(page, address)
    service.publish("another", "<h1>Another</h1><p>Words.</p>", lang="en")
    page.goto(f"{service.url}/articles/another")
    expect(page.locator("[data-show=own]")).to_have_text(" (1)")
    expect(page.locator(".invitation")).to_contain_text("Mark any passage")


def test_home_lists_what_is_not_finished(page: Page, service: Service, address: str) -> None:
    page.goto(address)
    page.route(ORDERS, lambda route: route.abort())
    mark(page, "beta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.goto(f"{service.url}/")
    expect(page.locator(".drafts li")).to_have_text(["Not finished: beta — Of coming back"])
    page.unroute(ORDERS)
    page.locator(".drafts a").click()
    shows(page, ["beta"])
    saved(page)
    page.goto(f"{service.url}/")
    expect(page.locator("[data-show=own]")).to_have_text(" (1)")
    expect(page.locator(".drafts")).to_be_hidden()


def test_what_is_being_marked_in_another_tab_is_not_unfinished(page: Page, service: Service, address: str) -> None:
    held: list[Route] = []
    page.route(ORDERS, lambda route: held.append(route))
    page.goto(address)
    with page.expect_request(ORDERS):
        mark(page, "beta")
    other = page.context.new_page()
    other.goto(address.rpartition("/articles")[0])
    other.wait_for_load_state("networkidle")
    expect(other.locator(".drafts")).to_be_hidden()
    held[0].continue_()
    saved(page)


def test_who_has_marked_nothing_loads_next_to_nothing(page: Page, service: Service) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{service.url}/", wait_until="networkidle")
    scripts = {answer.url.rpartition("/")[2]: len(answer.body()) for answer in answers if answer.url.endswith(".js")}
    assert list(scripts) == ["home.js"]
    assert scripts["home.js"] < 500
