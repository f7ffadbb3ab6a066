"""What a phone shows first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from snippetsvc.language import LANGUAGES
from tests.service import Service

ARTICLE = "<h1>The harbour opens on Monday</h1>" + "<p>Alpha beta gamma delta, and so on.</p>" * 40
TOP = """(selector) => document.querySelector(selector).getBoundingClientRect().top + scrollY"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sent", [False, True], ids=["an article", "a link"])
def test_the_headline_comes_first(
    service: Service, slug: str, reader: Callable[..., Page], sent: bool, lang: str
) -> None:
    service.publish(slug, ARTICLE, publisher="The Town Courier", published_at="2026-05-08")
    address = service.share(slug, "The harbour")["url"] if sent else f"{service.url}/articles/{slug}"
    page = reader(360, 740, has_touch=True, is_mobile=True)
    page.goto(f"{address}?lang={lang}")
    tools = page.locator(".tools > :visible")

    assert page.evaluate(TOP, "#article h1") < 740 / 2
    boxes = [each.bounding_box() for each in tools.all()]
    assert len(boxes) == 4
    assert all(box is not None and box["height"] == 44 for box in boxes)
    assert len({box["y"] for box in boxes if box is not None}) == 1
    if sent:
        assert page.evaluate(TOP, "#share") > page.evaluate(TOP, "#article p:last-child")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
