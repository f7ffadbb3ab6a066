"""What a reader marked is never lost, and is stored exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.reader import mark, saved, shows, state, words
from tests.service import Service
from tests.waiting import eventually

ARTICLE = "<h1>Of saving</h1><p>Alpha beta gamma delta.</p><p>Epsilon zeta eta theta.</p>"
ORDERS = "**/api/v1/shares"
#: The names of what the browser keeps.
KEPT = "kind => Object.keys(localStorage).filter((name) => name.startsWith(`snippets:${kind}:`))"


@pytest.fixture
def address(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return f"{service.url}/articles/{slug}"


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    """A service that a test may stop."""
    with Service(tmp_path / "data") as running:
        yield running


@pytest.fixture
def keys(page: Page) -> list[str]:
    """The Idempotency-Keys of the page's orders."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            found.append(request.headers["idempotency-key"])

    page.on("request", note)
    return found


def test_several_marks_in_a_row_become_one_link(page: Page, address: str, keys: list[str]) -> None:
    page.clock.install()
    page.goto(address)
    page.keyboard.press("Shift")
    expect(page.locator("body")).to_have_attribute("data-tool", "on")
    page.clock.pause_at("2100-01-01")
    for number in range(2):
        page.evaluate("(n) => getSelection().selectAllChildren(document.querySelectorAll('#article p')[n])", number)
        page.keyboard.press("Alt+Shift+m")
        expect(page.locator("#article mark")).to_have_count(number + 1)
        page.clock.run_for(500)
    page.clock.run_for(500)
    saved(page)
    assert len(keys) == 1


def test_undone_it_is_the_same_link_again(page: Page, address: str, keys: list[str]) -> None:
    page.goto(address)
    mark(page, "beta")
    first = saved(page)
    mark(page, "zeta")
    second = saved(page, first)
    page.keyboard.press("Control+z")
    assert saved(page, second) == first
    page.keyboard.press("Control+y")
    assert saved(page, first) == second
    assert len(keys) == 2
    page.go_back()
    expect(page).to_have_url(address)


def test_a_service_that_is_away_and_comes_back(page: Page, own_service: Service, keys: list[str]) -> None:
    own_service.publish("news", ARTICLE, lang="en")
    page.goto(f"{own_service.url}/articles/news")
    mark(page, "beta")
    first = saved(page)
    own_service.stop()
    mark(page, "zeta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    assert "Trying again" in state(page)
    assert page.url == first
    shows(page, ["beta", "zeta"])
    page.click("#panel [data-do=copy]")
    expect(page.locator(".toast")).to_contain_text("not stored yet")
    expect(page.locator("#panel [data-show=print]")).to_be_hidden()
    own_service.start()
    link = saved(page, first)
    shows(page, ["beta", "zeta"])
    assert len(set(keys)) == 2
    assert [each["quote"] for each in own_service.get(link + ".json").json["snippets"]] == ["beta", "zeta"]


def test_a_draft_survives_a_reload_and_is_stored_once(page: Page, address: str, keys: list[str]) -> None:
    """The order arrives, its answer does not; the page is loaded again, and asks for the same link."""
    page.goto(address)
    answers: list[str] = []

    def swallow(route: Route) -> None:
        answers.append(route.fetch().json()["url"])
        route.abort()

    page.route(ORDERS, swallow)
    mark(page, "beta", color="green")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.reload()
    expect(page.locator(".toast")).to_contain_text("are back")
    shows(page, ["beta"])
    page.unroute(ORDERS)
    assert saved(page) == answers[0]
    assert len(set(keys)) == 1
    assert page.evaluate(KEPT, "draft") == []
    page.go_back()
    expect(page).to_have_url(address)
    shows(page, [])


def test_an_answer_that_is_faster_than_the_page_that_is_loaded_again_takes_no_marks_from_it(
    page: Page, context: BrowserContext, address: str, service: Service, keys: list[str]
) -> None:
    beside = context.new_page()
    beside.goto(service.url)
    page.goto(address)
    held: list[Route] = []
    page.route(ORDERS, lambda route: held.append(route))
    with page.expect_request(ORDERS):
        mark(page, "beta")
    page.route(address, lambda route: held.append(route))
    with page.expect_request(address):
        page.evaluate("location.reload()")
    page.unroute(ORDERS)
    order, reloaded = held
    order.continue_()
    # What is asked of the page itself waits for the one that comes.
    eventually(lambda: beside.evaluate(KEPT, "link"))
    reloaded.continue_()
    expect(page.locator(".toast")).to_contain_text("are back")
    shows(page, ["beta"])
    expect(page).to_have_url(saved(page))
    assert len(set(keys)) == 1
    assert page.evaluate(KEPT, "draft") == []


def test_a_draft_survives_a_reload_without_locks(page: Page, address: str) -> None:
    """Browsers have them on https alone. An answer that comes while the page goes does not make its draft look kept."""
    page.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    page.route(ORDERS, lambda route: route.abort())
    page.goto(address)
    mark(page, "beta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.unroute(ORDERS)
    page.reload()
    saved(page)
    shows(page, ["beta"])


def test_a_draft_survives_a_closed_tab(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route(ORDERS, lambda route: route.abort())
    page.goto(address)
    mark(page, "beta")
    page.close()
    page = context.new_page()
    page.goto(address)
    saved(page)
    shows(page, ["beta"])


def test_leaving_at_once_loses_nothing(page: Page, address: str, service: Service) -> None:
    page.goto(address)
    mark(page, "beta")
    page.goto(service.url)
    page.goto(address)
    saved(page)
    shows(page, ["beta"])


def test_two_tabs_leave_each_other_alone(context: BrowserContext, address: str) -> None:
    """Both wait for the service; each gets its own marks stored, and a third begins with none."""
    one, two, three = context.new_page(), context.new_page(), context.new_page()
    for page in (one, two):
        page.route(ORDERS, lambda route: route.abort())
        page.goto(address)
    mark(one, "beta")
    mark(two, "zeta")
    mark(one, "delta")
    three.goto(address)
    mark(three, "theta")
    saved(three)
    assert (words(one), words(two), words(three)) == (["beta", "delta"], ["zeta"], ["theta"])
    for page, own in ((one, ["beta", "delta"]), (two, ["zeta"])):
        page.unroute(ORDERS)
        page.evaluate("dispatchEvent(new Event('online'))")
        saved(page)
        page.reload()
        shows(page, own)
    assert len(three.evaluate(KEPT, "link")) == 3
    assert three.evaluate(KEPT, "draft") == []


def test_marks_of_another_page_get_their_link_in_passing(
    context: BrowserContext, address: str, service: Service
) -> None:
    page = context.new_page()
    page.goto(address)
    page.route(ORDERS, lambda route: route.abort())
    mark(page, "beta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.close()
    service.publish("elsewhere", "<h1>Elsewhere</h1><p>Other words.</p>")
    page = context.new_page()
    page.goto(f"{service.url}/articles/elsewhere")
    expect(page.locator(".toast")).to_contain_text("have a link now", timeout=15_000)
    shows(page, [])
    page.goto(f"{service.url}/links")
    link = page.locator("[data-part=open]").get_attribute("href")
    assert [each["quote"] for each in service.get(f"{link}.json").json["snippets"]] == ["beta"]


def test_marks_of_another_page_that_cannot_get_one_are_not_dropped_in_silence(
    context: BrowserContext, address: str, service: Service, slug: str
) -> None:
    page = context.new_page()
    page.goto(address)
    page.route(ORDERS, lambda route: route.abort())
    mark(page, "beta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.close()
    assert service.flask("articles", "withdraw", slug).returncode == 0
    service.publish("elsewhere", "<h1>Elsewhere</h1><p>Other words.</p>")
    page = context.new_page()
    page.goto(f"{service.url}/articles/elsewhere")
    expect(page.locator(".toast")).to_contain_text("could not be saved: the article", timeout=15_000)
    assert page.evaluate(KEPT, "draft") == []


def test_a_refusal_is_said_and_not_repeated(
    page: Page, address: str, service: Service, slug: str, keys: list[str]
) -> None:
    page.clock.install()
    page.goto(address)
    assert service.flask("articles", "withdraw", slug).returncode == 0
    mark(page, "beta")
    expect(page.locator("body")).to_have_attribute("data-state", "refused")
    said = state(page)
    assert "could not be saved:" in said
    page.clock.run_for(120_000)
    assert len(keys) == 1
    shows(page, ["beta"])
    page.click("#panel [data-do=copy]")
    expect(page.locator(".toast")).to_have_text(said)


def test_what_others_left_in_the_storage_does_no_harm(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(
        """() => {
          for (const value of ['{{{', '[]', '{"order":{}}']) {
            for (const name of ['color', 'draft:1', 'link:x']) localStorage[`snippets:${name}`] = value;
          }
          localStorage['snippets:draft:2'] = JSON.stringify({ at: 0, path: location.pathname, key: 5,
            order: { ...document.getElementById('article').dataset, revision: 1, snippets: 'none' } });
        }"""
    )
    page.reload()
    mark(page, "beta")
    saved(page)
    shows(page, ["beta"])
    page.locator(".tools").get_by_role("link", name="My links").click()
    expect(page.locator(".own-link")).to_have_count(1)
    page.get_by_role("button", name="Forget everything here").click()


@pytest.mark.parametrize("how", ["return null", "throw new DOMException('no', 'SecurityError')"])
def test_without_storage_everything_else_works(new_page: Callable[..., Page], address: str, how: str) -> None:
    page = new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in ("localStorage", "sessionStorage"):
        page.add_init_script(f"Object.defineProperty(window, '{name}', {{ get() {{ {how} }} }})")
    page.goto(address)
    mark(page, "beta")
    first = saved(page)
    page.reload()
    page.go_back()
    expect(page).to_have_url(address)
    shows(page, [])
    page.go_forward()
    expect(page).to_have_url(first)
    shows(page, ["beta"])
    assert errors == []


def test_a_visit_that_marks_nothing_keeps_nothing(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    page.locator("#article").click()
    assert page.evaluate("localStorage.length") == 0
