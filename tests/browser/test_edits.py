"""An old link after each of five edits: every mark right, changed or lost as it should be, on screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from snippetsvc.language import LANGUAGES
from tests.browser import reader
from tests.service import Service

HEAD = "<h1>Harbour news</h1>"
PIER = "<p>The old pier will be closed from Monday, the harbour master said on Friday.</p>"
CRANE = "<p>A new crane can lift <b>eighty tonnes</b>, twice as much as the one it replaces.</p>"
LIST = "<ul><li>Berths one to four stay open</li><li>Berth five is closed</li></ul>"
COST = "<p>The works cost nine million and are paid for by the port.</p>"

MARKED = {
    1: "closed from Monday, the harbour master said",
    2: "lift eighty tonnes, twice",
    3: "stay open\nBerth five",
    4: "cost nine million",
}

#: What is published, and what each snippet is then: its status and the words that are marked.
EDITS: list[tuple[str, str, dict[int, tuple[str, str]]]] = [
    (
        "a notice above, and nothing else",
        HEAD + "<p>Updated at noon. More when the harbour master has spoken.</p>" + PIER + CRANE + LIST + COST,
        {number: ("intact", words) for number, words in MARKED.items()},
    ),
    (
        "a day corrected, and typographic spaces",
        HEAD + PIER.replace("Monday", "Tuesday") + CRANE + LIST + COST.replace("nine million", "nine&nbsp;million"),
        {
            1: ("changed", "closed from Tuesday, the harbour master said"),
            2: ("intact", MARKED[2]),
            3: ("intact", MARKED[3]),
            4: ("intact", "cost nine\xa0million"),
        },
    ),
    (
        "the story turned round",
        HEAD + COST + LIST + CRANE + PIER,
        {number: ("intact", words) for number, words in MARKED.items()},
    ),
    (
        "a paragraph taken out, while its words stand elsewhere by chance",
        HEAD + PIER + "<p>They met twice, did not lift the ban, and sold eighty tonnes of fish.</p>" + LIST + COST,
        {
            1: ("intact", MARKED[1]),
            2: ("lost", ""),
            3: ("intact", MARKED[3]),
            4: ("intact", MARKED[4]),
        },
    ),
    (
        "almost as it was",
        HEAD + PIER + CRANE + LIST.replace("five is closed", "six is closed") + COST,
        {
            1: ("intact", MARKED[1]),
            2: ("intact", MARKED[2]),
            3: ("changed", "stay open\nBerth six"),
            4: ("intact", MARKED[4]),
        },
    ),
]  # fmt: skip


def test_five_edits(service: Service, slug: str, page: Page) -> None:
    service.publish(slug, HEAD + PIER + CRANE + LIST + COST)
    token = service.share(slug, *MARKED.values())["token"]
    for number, (what, html, expected) in enumerate(EDITS, start=2):
        assert service.publish(slug, html).json["revision"] == number, what
        for path in ("", "/print"):
            page.goto(f"{service.url}/s/{token}{path}")
            assert shown(page) == expected, (what, path)
        page.goto(f"{service.url}/s/{token}?as=marked")
        assert shown(page) == {number: ("intact", words) for number, words in MARKED.items()}, what


def test_back_to_a_link_that_was_opened_before_an_edit(service: Service, slug: str, page: Page) -> None:
    service.publish(slug, HEAD + PIER + COST)
    opened = service.share(slug, "cost nine million")["url"]
    page.goto(opened)
    reader.mark(page, "The old pier")
    own = reader.saved(page, opened)
    service.publish(slug, HEAD + "<p>Updated at noon.</p>" + PIER.replace("closed", "shut for good") + COST)
    page.reload()
    assert sorted(reader.words(page)) == ["The old pier", "cost nine million"]
    page.go_back()
    expect(page).to_have_url(opened)
    expect(page.locator("#article mark")).to_have_text(["cost nine million"])
    page.go_forward()
    expect(page).to_have_url(own)
    expect(page.locator("#article mark")).to_have_text(["The old pier", "cost nine million"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_changed_stands_in_the_first_screen_of_a_phone(
    service: Service, slug: str, new_page: Callable[..., Page], lang: str
) -> None:
    service.publish(slug, HEAD + PIER + CRANE + LIST + COST)
    link = service.share(slug, *MARKED.values())["url"]
    service.publish(slug, HEAD + COST + PIER.replace("Monday", "Tuesday") + LIST)
    page = new_page(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page.goto(f"{link}?lang={lang}")
    expect(page.get_by_role("note")).to_be_in_viewport(ratio=1)
    expect(page.locator("#article h1")).to_be_in_viewport(ratio=1)


def test_what_changed_is_told_of_the_link_alone(service: Service, slug: str, page: Page) -> None:
    service.publish(slug, HEAD + PIER + COST)
    link = service.share(slug, "cost nine million")["url"]
    service.publish(slug, HEAD + PIER + COST.replace("nine", "ten"))
    page.goto(link)
    told = page.get_by_role("note")
    expect(told).to_contain_text("The snippet was edited since.")
    reader.mark(page, "The old pier")
    reader.saved(page, link)
    expect(told).to_be_hidden()
    page.go_back()
    expect(told).to_be_visible()


def shown(page: Page) -> dict[int, tuple[str, str]]:
    """Of each snippet its status and its marked words, which must say the same in the article and in the list."""
    found: dict[int, tuple[str, str]] = {}
    for entry in page.locator(".snippet-list > li").all():
        number, status = int(entry.get_attribute("value") or 0), entry.get_attribute("data-status") or ""
        marks = page.locator(f'#article mark[data-snippets~="{number}"]')
        words = "".join(marks.all_text_contents())
        assert {mark.get_attribute("data-status") for mark in marks.all()} == ({status} if words else set())
        # The line feed between two list items is layout, and not marked.
        found[number] = (status, re.sub(r"open(?=B)", "open\n", words))
        if status == "lost":
            assert MARKED[number] in entry.inner_text().replace("\n", " ")
    return found
