"""What a reader does until a page is in some state. A step takes a page there, and waits until it is seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from pictures.world import Addresses
from tests.browser.reader import hold, saved, select

Step = Callable[[Page, Addresses], None]

_COARSE = "matchMedia('(pointer: coarse)').matches"


def at(place: str, query: str = "") -> Step:
    """Open one of the addresses."""

    def step(page: Page, addresses: Addresses) -> None:
        page.goto(addresses[place] + query)

    return step


def then(*steps: Step) -> Step:
    """One after the other."""

    def step(page: Page, addresses: Addresses) -> None:
        for each in steps:
            each(page, addresses)

    return step


def selecting(first: str, last: str | None = None) -> Step:
    """Select words, by touch or mouse; what can be done with them is offered."""

    def step(page: Page, _: Addresses) -> None:
        (hold if page.evaluate(_COARSE) else select)(page, first, last)
        expect(page.get_by_role("toolbar")).to_be_visible()

    return step


def pressing(selector: str) -> Step:
    """Press the first of these that is seen."""

    def step(page: Page, _: Addresses) -> None:
        first = page.locator(selector).locator("visible=true").first
        if page.evaluate(_COARSE):
            first.tap()
        else:
            first.click()

    return step


def marking(*snippets: tuple[str, str]) -> Step:
    """Mark words in their colours; they have a link then."""

    def step(page: Page, addresses: Addresses) -> None:
        for words, color in snippets:
            before = page.url
            then(selecting(words), pressing(f"#toolbar [data-color={color}]"))(page, addresses)
            saved(page, before)
        # What a mouse rests on looks different.
        page.mouse.move(0, 0)

    return step


def seeing(selector: str, text: str | re.Pattern[str] = "") -> Step:
    def step(page: Page, _: Addresses) -> None:
        expect(page.locator(selector).filter(has_text=text).locator("visible=true").first).to_be_in_viewport()

    return step


def typing(*keys: str) -> Step:
    def step(page: Page, _: Addresses) -> None:
        for key in keys:
            page.keyboard.press(key)

    return step


def arrived(page: Page, _: Addresses) -> None:
    """A link that was sent leads to its first snippet."""
    expect(page.locator("#article mark.snippet").first).to_be_in_viewport()


def back_at_the_top(page: Page, _: Addresses) -> None:
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_function("scrollY === 0")


def offline(page: Page, _: Addresses) -> None:
    page.context.set_offline(True)


def coming_back(page: Page, addresses: Addresses) -> None:
    """Go elsewhere, and open the address again."""
    address = page.url
    page.goto(addresses["home"])
    page.goto(address)
