"""Reading the snippets of a link that was sent: from one to the next, on a phone and beside a wide article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import mark, saved
from tests.service import Service

FILLING = "<p>Much is said here that nobody marks, and it goes on for some lines of a narrow screen.</p>" * 12
ARTICLE = (
    f"<h1>Of bars</h1><p>Alpha beta.</p>{FILLING}<p>Gamma <b>delta</b> epsilon.</p>{FILLING}<p>Zeta theta.</p>{FILLING}"
)
PHONE = {"width": 360, "height": 740}
ROW = "#bar :is(a, button):visible"


@pytest.fixture
def sent(service: Service, slug: str) -> str:
    """A link to four snippets, the last of which has lost its words."""
    service.publish(slug, f"{ARTICLE}<p>Quite another sentence, about walruses in spring.</p>", lang="en")
    share = service.share(slug, "Alpha", "Gamma delta epsilon", "theta.", "another sentence, about walruses in spring")
    service.publish(slug, ARTICLE, lang="en")
    return str(share["url"])


def boxes(page: Page) -> list[Any]:
    return [each.bounding_box() for each in page.locator(ROW).all()]


def test_without_script_the_row_is_the_numbers(sent: str, reader: Callable[..., Page]) -> None:
    page = reader(**PHONE, java_script_enabled=False)
    page.goto(sent)

    expect(page.locator(ROW)).to_have_text(["1", "2", "3", "4", "List"])
    for box in boxes(page):
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] + box["height"] <= PHONE["height"]
    page.locator(ROW, has_text="3").click()
    expect(page.locator("mark", has_text="theta.")).to_be_in_viewport()
    page.locator(ROW, has_text="4").click()
    expect(page.locator(".lost .entry", has_text="walruses")).to_be_in_viewport()
    page.locator(ROW, has_text="List").click()
    expect(page.locator("#share-title")).to_be_in_viewport()


def test_on_a_phone_a_row_leads_from_one_to_the_next(sent: str, reader: Callable[..., Page]) -> None:
    page = reader(**PHONE, has_touch=True, is_mobile=True)
    page.goto(sent)
    at, on, back = (
        page.locator("#bar [data-show=step]"),
        page.get_by_label("Next snippet"),
        page.get_by_label("Previous"),
    )
    expect(at).to_have_text("1/4")
    expect(page.locator("#bar")).to_contain_text("4 snippets marked")
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes(page))
    length = page.evaluate("history.length")
    on.tap()
    expect(at).to_have_text("2/4")
    expect(page.locator("mark[data-aim]")).to_have_text(["Gamma ", "delta", " epsilon"])
    expect(page.locator("mark", has_text="delta")).to_be_in_viewport()
    on.tap()
    expect(at).to_have_text("3/4")
    expect(page.locator("mark[data-aim]")).to_have_text(["theta."])
    on.tap()
    expect(at).to_have_text("4/4")
    expect(page.locator(".lost .entry")).to_be_in_viewport()
    on.tap()
    expect(at).to_have_text("1/4")
    back.tap()
    expect(at).to_have_text("4/4")
    assert page.evaluate("history.length") == length


def test_the_row_knows_how_far_somebody_has_read(sent: str, reader: Callable[..., Page]) -> None:
    page = reader(**PHONE, has_touch=True, is_mobile=True)
    page.goto(sent)
    at = page.locator("#bar [data-show=step]")
    expect(at).to_have_text("1/4")
    page.locator("mark", has_text="theta.").evaluate("mark => scrollBy(0, mark.getBoundingClientRect().top - 200)")
    expect(at).to_have_text("3/4")
    page.evaluate("scrollTo(0, document.querySelector('#article').offsetTop)")
    expect(at).to_have_text("1/4")


def test_beside_a_wide_article_it_stands_in_the_head_of_the_list(sent: str, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{sent}#snippet-2")
    expect(page.locator(".shared-head [data-show=step]")).to_have_text("2/4")
    expect(page.locator("mark[data-aim]")).to_have_count(3)
    expect(page.locator(ROW)).to_have_count(2)
    page.get_by_label("Next snippet").click()
    expect(page.locator("mark[data-aim]")).to_have_text(["theta."])
    page.locator("#share .entry a", has_text="Alpha").click()
    expect(page.locator(".shared-head [data-show=step]")).to_have_text("1/4")


def test_nobody_steps_through_marks_that_are_hidden(sent: str, reader: Callable[..., Page]) -> None:
    page = reader(**PHONE)
    page.goto(f"{sent}?marks=off")
    expect(page.locator("#share")).to_be_visible()
    expect(page.locator("#bar")).to_have_count(0)


def test_snippets_in_one_line_are_told_apart(service: Service, slug: str, reader: Callable[..., Page]) -> None:
    service.publish(slug, f"<h1>Of bars</h1>{FILLING}<p>Alpha beta gamma.</p>{FILLING}", lang="en")
    page = reader(**PHONE)
    page.goto(service.share(slug, "Alpha", "gamma")["url"])
    at = page.locator("#bar [data-show=step]")
    expect(at).to_have_text("1/2")
    expect(page.locator("mark", has_text="Alpha")).to_be_in_viewport()
    page.get_by_label("Next snippet").click()
    expect(at).to_have_text("2/2")
    page.evaluate("scrollTo(0, 0)")
    expect(at).to_have_text("–/2")
    page.get_by_label("Next snippet").click()
    expect(at).to_have_text("1/2")


def test_where_an_address_has_led_is_not_where_a_reader_stays(sent: str, reader: Callable[..., Page]) -> None:
    page = reader(**PHONE)
    page.goto(f"{sent}#snippet-3")
    at = page.locator("#bar [data-show=step]")
    expect(at).to_have_text("3/4")
    page.evaluate("scrollTo(0, 0)")
    expect(at).to_have_text("1/4")


def test_keys_lead_on_without_the_tool(sent: str, reader: Callable[..., Page]) -> None:
    page = reader()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(sent)
    at = page.locator("#bar [data-show=step]")
    expect(at).to_have_text("1/4")
    page.get_by_label("Next snippet").focus()
    page.keyboard.press("Enter")
    expect(at).to_have_text("2/4")
    page.keyboard.press("Enter")
    expect(at).to_have_text("3/4")
    expect(page.get_by_label("Next snippet")).to_be_focused()
    assert not [url for url in asked if url.endswith("tool.js")]


def test_a_link_of_ones_own_has_one_row(service: Service, slug: str, reader: Callable[..., Page]) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page = reader(**PHONE)
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta")
    saved(page)
    page.reload()
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#bar")).to_be_hidden()


def test_steps_pass_by_what_the_legend_leaves_out(service: Service, slug: str, reader: Callable[..., Page]) -> None:
    service.publish(slug, "<h1>T</h1><p>one two three four five six</p>", lang="en")
    page = reader()
    page.goto(service.share(slug, ("one", "yellow"), ("three", "pink"), ("five", "yellow"))["url"])
    page.get_by_role("group", name="Colours that are shown").get_by_label("pink").uncheck()
    step = page.locator("#bar [data-show=step]")
    next_one = page.locator("#bar [data-step='1']")
    for number in (3, 1, 3):
        next_one.click()
        expect(step).to_have_text(f"{number}/3")
    page.locator("#bar [data-step='-1']").click()
    expect(step).to_have_text("1/3")
