"""What screen readers are told, by the accessibility tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.service import Service


def spoken(page: Page) -> list[str]:
    """What the accessibility tree holds as text, in its order."""
    client = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    said: list[str] = []

    def walk(node: dict[str, Any]) -> None:
        if node.get("role", {}).get("value") == "StaticText":
            said.append(node["name"]["value"])
            return
        for child in node.get("childIds", []):
            walk(nodes[child])

    walk(next(iter(nodes.values())))
    return said


@pytest.mark.parametrize(
    ("code", "begins", "changed", "ends"),
    [
        ("en", "Snippet 1 begins.", "Snippet 2, changed since it was marked, begins.", "End of snippet 3."),
        ("ru", "Начало фрагмента 1.", "Начало фрагмента 2, изменённого после отметки.", "Конец фрагмента 3."),
        ("be", "Пачатак фрагмента 1.", "Пачатак фрагмента 2, змененага пасля пазнакі.", "Канец фрагмента 3."),
    ],
)
def test_screen_readers_are_told_once_where_a_snippet_begins_and_ends(
    share: Any, reader: Callable[..., Page], code: str, begins: str, changed: str, ends: str
) -> None:
    page = reader(java_script_enabled=False)
    page.goto(f"{share['url']}?lang={code}")
    said = spoken(page)

    assert said.count(begins) == 1
    assert said[said.index(begins) + 1].startswith("the council")
    assert said.count(changed) == 1
    assert said[said.index(changed) + 1].startswith("lower sluice")
    # The third crosses a bold word and a link, and is announced once all the same.
    assert said.count(ends) == 1
    assert said[said.index(ends) - 1] == "the water works"
    assert sum(number in each for each in said for number in (" 4.", " 4,", " 4 ")) == 0


def test_announcements_are_no_text(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(share["url"])

    root = page.locator("#article")
    assert root.evaluate("root => root.textContent") == service.text("river")
    assert (
        root.evaluate("root => { getSelection().selectAllChildren(root); return getSelection().toString() }").count(
            "begins"
        )
        == 0
    )
    assert page.locator("#article [aria-label]").count() == 0


def test_words_that_went_and_came_are_told_apart_by_words(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])
    said = "|".join(each.strip() for each in spoken(page))

    assert "removed:|an hour|end of removed" in said
    assert "added:|a single afternoon|end of added" in said
