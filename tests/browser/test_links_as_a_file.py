"""The reader's own links go to another browser as a file, and nothing of a file is taken unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.links import ARTICLE, a_file, a_row, a_visit, keep, made, press_twice, rows, take
from tests.service import Service


@pytest.fixture
def address(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return f"{service.url}/articles/{slug}"


def test_links_go_to_another_browser_as_a_file(
    page: Page, service: Service, address: str, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    links = a_visit(page, address)
    page.goto(f"{service.url}/links")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    content = json.loads(file.read_text())
    first, sentence = next(iter(content.items()))
    assert (first, "can revoke these links" in sentence) == ("warning", True)
    assert len(content["links"]) == 4
    assert "http" not in file.read_text()

    other = new_page()
    other.goto(f"{service.url}/links")
    for came in ("4 links came in.", "0 links came in. 4 were here already."):
        take(other, file)
        expect(other.locator(".outcome p")).to_have_text(came)
        expect(rows(other)).to_have_count(1)
    expect(other.locator("[data-part=open]")).to_have_attribute("href", links[3].removeprefix(service.url))
    press_twice(other.locator("[data-part=revoke]"))
    expect(rows(other)).to_have_count(0)
    assert [service.get(link).status for link in links] == [410] * 4


def test_a_file_replaces_no_key_and_brings_no_address(page: Page, service: Service, address: str, slug: str) -> None:
    link = made(service, slug, "beta")
    keep(page, service, link)
    bad = "https://elsewhere.invalid/"
    take(
        page,
        a_file({**a_row(), "token": link["token"]}, a_row(1, url=bad, print_url=bad, api=bad, words="<img src=x>")),
    )
    expect(page.locator(".outcome p")).to_have_text("1 link came in. 1 was here already.")
    assert page.evaluate(f"JSON.parse(localStorage['snippets:link:{link['token']}']).manage_key") == link["manage_key"]
    expect(page.locator("[data-part=open]", has_text="<img src=x>")).to_have_attribute(
        "href", f"/s/{a_row(1)['token']}"
    )
    assert bad not in json.dumps(page.evaluate("Object.values(localStorage)"))


WRONG: dict[str, tuple[object, str]] = {
    "no link at all": (5, "the link"),
    "nothing": (None, "the link"),
    "a list": ([], "token"),
    "a forged token": (a_row(token="../../articles"), "token"),
    "no key": (a_row(manage_key=None), "manage_key"),
    "a key that would be another header": (a_row(manage_key=f"{'k' * 42}\n"), "manage_key"),
    "no number": (a_row(count="3"), "count"),
    "too many snippets": (a_row(count=1001), "count"),
    "no time": (a_row(created_at="yesterday"), "created_at"),
    "no such day": (a_row(expires_at="2026-13-41T00:00:00Z"), "expires_at"),
    "words too long": (a_row(words="w" * 1001), "words"),
    "a title that is none": (a_row(title={"text": "T"}), "title"),
    "no slug": (a_row(article="//elsewhere.invalid"), "article"),
    "another colour": (a_row(colors=["red"]), "colors"),
    "colours in words": (a_row(colors="yellow"), "colors"),
    "no visit": (a_row(visit="<b>"), "visit"),
}


def test_wrong_rows_of_a_file_are_named_and_left_out(mine: Page) -> None:
    take(mine, a_file(*(row for row, _ in WRONG.values()), a_row(7)))
    expect(mine.locator(".outcome p")).to_have_text("1 link came in. 16 were left out:")
    expect(mine.locator(".outcome li")).to_have_text(
        [f"Row {n}: {field} is missing, or not as it should be." for n, (_, field) in enumerate(WRONG.values(), 1)]
    )
    expect(mine.locator("[data-part=open]")).to_have_text(["words 7"])


@pytest.mark.parametrize(
    ("file", "said"),
    [
        pytest.param({**a_file(), "buffer": b"{"}, "no file of links", id="no JSON"),
        pytest.param({**a_file(), "buffer": b"null"}, "no file of links", id="nothing in it"),
        pytest.param(a_file(links={}), "no file of links", id="no list"),
        pytest.param(a_file(format="x"), "no file of links", id="something else"),
        pytest.param(a_file(version=2), "another version", id="a later version"),
        pytest.param(a_file(*[0] * 10_001), "more than 10,000 links", id="too many"),
        pytest.param({**a_file(), "buffer": b" " * 5_000_001}, "larger than 5 MB", id="too large"),
    ],
)
def test_a_file_that_cannot_be_taken(mine: Page, file: Any, said: str) -> None:
    take(mine, file)
    expect(mine.locator(".outcome")).to_contain_text(said)
    expect(rows(mine)).to_have_count(0)


def test_ten_thousand_links(mine: Page) -> None:
    take(mine, a_file(*(a_row(n, article=f"a-{n % 100}") for n in range(10_000))))
    expect(mine.locator(".outcome p")).to_have_text("10,000 links came in.")
    expect(mine.locator("[data-show=found]")).to_have_text("10,000 links")
    expect(mine.get_by_role("link", name="My links (99+)")).to_be_visible()
    expect(rows(mine)).to_have_count(100)
    mine.get_by_role("button", name="Show more").click()
    expect(rows(mine)).to_have_count(200)
    expect(rows(mine).nth(100).get_by_role("link")).to_be_focused()
    mine.get_by_role("searchbox").fill("words 4321")
    expect(mine.locator("[data-part=open]")).to_have_text(["words 4321"])
    mine.reload()
    expect(rows(mine).first).to_be_visible()


def test_a_browser_without_room_says_so(mine: Page) -> None:
    mine.evaluate(
        "for (let size = 2 ** 22; size; size >>= 1) { try { localStorage[size] = 'x'.repeat(size) } catch {} }"
    )
    take(mine, a_file(a_row(1), a_row(2)))
    expect(mine.locator(".outcome p")).to_have_text("0 links came in. This browser has no room for 2 of them.")
