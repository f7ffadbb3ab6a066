"""axe-core finds nothing: on any page, in any language and scheme, in dialogs, while a reader marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from pictures.drawing import opened
from pictures.states import STATES, State
from pictures.world import Addresses, publish
from tests.browser.links import take
from tests.browser.reader import select
from tests.browser.texts import ARABIC, RUSSIAN
from tests.service import Service

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # What it has nothing to say about is not told node by node.
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


@pytest.fixture(scope="module")
def addresses(service: Service) -> Addresses:
    return publish(service)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing_in_any_state_that_is_drawn(chromium: Browser, addresses: Addresses, state: State) -> None:
    with opened(chromium, replace(state, script=True), bypass_csp=True) as page:
        # axe is a script itself: where none is to run, it comes when the page is there.
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": not state.script})
        state.reach(page, addresses)
        session.send("Emulation.setScriptExecutionDisabled", {"value": False})
        # What scrolls is given a place in the order of tabs by a script; without one, browsers have to do that.
        passed = () if state.script else ("scrollable-region-focusable",)
        assert [each for each in violations(page) if each[0] not in passed] == []


def states(service: Service, share: Any) -> dict[str, str]:
    service.publish("russian", RUSSIAN, lang="ru")
    service.publish("arabic", ARABIC, lang="ar", dir="rtl")
    return {
        "index": f"{service.url}/",
        "article": f"{service.url}/articles/river",
        "earlier revision": f"{service.url}/articles/river?revision=1",
        "printable article": f"{service.url}/articles/river/print",
        "share": share["url"],
        "share as marked": f"{share['url']}?as=marked",
        "share without marks": f"{share['url']}?marks=off",
        "printable share": share["print_url"],
        "snippets alone": f"{share['url']}?only=snippets",
        "printable snippets": f"{share['print_url']}?only=snippets",
        "Russian": service.share("russian", "нижний шлюз", ("сотни людей", "blue"))["url"],
        "Arabic": service.share("arabic", "يوم الاثنين", ("بالقوارب", "pink"))["url"],
        "my links": f"{service.url}/links",
        "unknown": f"{service.url}/s/unknown",
    }


def test_axe_finds_nothing_on_any_page(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(bypass_csp=True)
    for name, address in states(service, share).items():
        page.goto(address)
        if page.locator("#keyboard-mark").count():
            expect(page.locator("#keyboard-mark")).to_be_visible()
            page.wait_for_timeout(200)
        assert violations(page) == [], name


@pytest.mark.parametrize("code", ["en", "ru", "be"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_any_language_and_scheme(
    service: Service, share: Any, reader: Callable[..., Page], code: str, scheme: str, width: int
) -> None:
    page = reader(width, bypass_csp=True, color_scheme=scheme)
    for address in (f"{service.url}/", f"{service.url}/articles/river", share["url"]):
        page.goto(f"{address}?lang={code}")
        page.wait_for_timeout(200)
        assert violations(page) == [], address


def test_axe_finds_nothing_in_a_dialog(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(bypass_csp=True)
    page.goto(f"{service.url}/articles/river")
    page.locator("[data-do=help]").first.click()

    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_my_links(
    service: Service, share: Any, reader: Callable[..., Page], width: int, scheme: str
) -> None:
    page = reader(width, bypass_csp=True, color_scheme=scheme)
    page.goto(f"{service.url}/articles/river")
    select(page, "Hundreds of people")
    page.click("#toolbar [data-color=pink]")
    expect(page.locator("body")).to_have_attribute("data-state", "saved")
    page.goto(f"{service.url}/links")
    take(page, {"name": "f.json", "mimeType": "application/json", "buffer": b"{}"})
    expect(page.locator(".outcome")).to_be_visible()
    page.get_by_role("button", name="Remove from the list").first.click()
    expect(page.locator("[data-part=note]").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_while_a_reader_marks(
    service: Service, share: Any, reader: Callable[..., Page], width: int
) -> None:
    page = reader(width, bypass_csp=True)
    page.goto(f"{service.url}/articles/river")
    expect(page.locator("#keyboard-mark")).to_be_visible()

    select(page, "Hundreds of people")
    expect(page.get_by_role("toolbar")).to_be_visible()
    assert violations(page) == [], "toolbar"
    page.click("#toolbar [data-color=pink]")
    expect(page.get_by_role("region", name="1 snippet")).to_be_visible()
    if width < 1024:
        page.click("[data-do=fold]")
    page.locator(".more summary").click()
    expect(page.locator("#panel-expiry")).to_be_visible()
    assert violations(page) == [], "panel"
    page.click("[data-do=clear]")
    expect(page.locator(".toast")).to_be_visible()
    assert violations(page) == [], "toast"
    page.click("#keyboard-mark")
    expect(page.locator(".hint")).to_be_visible()
    assert violations(page) == [], "marking with the keyboard"
