"""Pages hold together at every width, and neither marks nor scripts move anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.texts import ARABIC, RICH, RUSSIAN
from tests.service import Service

#: Boxes of the article's blocks, and where each of its lines begins.
LINES = """() => {
  const root = document.getElementById('article');
  const range = document.createRange();
  range.selectNodeContents(root);
  const blocks = [...root.querySelectorAll('h1,h2,h3,h4,p,li,blockquote,figcaption,td,th,pre,dt,dd')];
  return {
    blocks: blocks.map((block) => {
      const { left, top, width, height } = block.getBoundingClientRect();
      return [left, top + scrollY, width, height].map((each) => Math.round(each * 8) / 8);
    }),
    height: root.getBoundingClientRect().height,
  };
}"""


@pytest.mark.parametrize("width", [320, 375, 768, 1023, 1024, 1440, 2560])
def test_no_page_is_wider_than_its_window(
    service: Service, share: Any, reader: Callable[..., Page], width: int
) -> None:
    service.publish("arabic", ARABIC, lang="ar", dir="rtl")
    page = reader(width)
    for address in (
        f"{service.url}/articles/river?lang=be",
        f"{share['url']}?lang=ru",
        share["print_url"],
        f"{service.url}/articles/arabic",
        f"{service.url}/?lang=ru",
        f"{service.url}/s/unknown",
    ):
        page.goto(address)
        wide, out = page.evaluate(
            """() => [
              document.documentElement.scrollWidth - innerWidth,
              [...document.querySelectorAll('a, button, h1, h2, .entry, .notice')]
                .filter((each) => each.checkVisibility({ visibilityProperty: true }))
                .filter((each) => !each.closest('table, .tools, .skip, .visually-hidden'))
                .filter((each) => {
                  const { left, right } = each.getBoundingClientRect();
                  return left < -1 || right > innerWidth + 1;
                })
                .map((each) => each.outerHTML.slice(0, 80)),
            ]"""
        )
        assert (wide, out) == (0, []), address


def test_wide_tables_and_code_scroll_on_their_own(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(320)
    page.goto(f"{service.url}/articles/river")

    for box in ("table", "pre"):
        found = page.locator(f"#article {box}")
        assert found.evaluate("box => box.scrollWidth > box.clientWidth"), box
        assert found.evaluate("box => (box.scrollLeft = 60, box.scrollLeft)") == 60, box
    # What is shown as a block that scrolls is a table all the same.
    expect(page.get_by_role("table", name="Thousands of crowns")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Contractor")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 900, 1280])
@pytest.mark.parametrize(
    ("html", "lang", "direction"), [(RICH, "en", "ltr"), (ARABIC, "ar", "rtl"), (RUSSIAN, "ru", "ltr")]
)
def test_marks_move_nothing(
    service: Service, slug: str, reader: Callable[..., Page], html: str, lang: str, direction: str, width: int
) -> None:
    service.publish(slug, html, lang=lang, dir=direction)
    text = service.text(slug)
    # All of the text, and every third piece of it once more, cut wherever that falls: within words, between blocks.
    spans = [(0, len(text)), *((start, min(start + 7, len(text))) for start in range(0, len(text) - 1, 21))]
    snippets = [
        {"selectors": [{"type": "TextPositionSelector", "start": start, "end": end}], "color": color}
        for (start, end), color in zip(spans, ["yellow", "green", "blue", "pink"] * len(spans), strict=False)
        if text[start:end].strip()
    ]
    made = service.call("POST", "/api/v1/shares", {"article": slug, "snippets": snippets}).json
    page = reader(width, java_script_enabled=True)

    page.goto(f"{made['url']}?marks=off")
    without = page.evaluate(LINES)
    page.goto(made["url"])
    page.evaluate("document.querySelectorAll('mark[data-picked]').forEach(mark => mark.removeAttribute('data-picked'))")
    assert page.locator("#article mark").count() > len(snippets)
    marked = page.evaluate(LINES)

    assert [box[2:] for box in marked["blocks"]] == [box[2:] for box in without["blocks"]]
    assert marked["height"] == without["height"]


def test_a_mark_within_a_word_leaves_arabic_letters_joined(
    service: Service, slug: str, reader: Callable[..., Page]
) -> None:
    service.publish(slug, ARABIC, lang="ar", dir="rtl")
    made = service.share(slug, "ستعيد نه")
    page = reader()
    width = """() => {
      const heading = document.querySelector('#article h1');
      const range = document.createRange();
      range.selectNodeContents(heading);
      return range.getBoundingClientRect().width;
    }"""

    page.goto(f"{made['url']}?marks=off")
    joined = page.evaluate(width)
    page.goto(made["url"])

    # Letters that are torn apart are wider by pixels.
    assert page.evaluate(width) == pytest.approx(joined, abs=0.25)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_shifts_when_the_scripts_start(fresh: Any, reader: Callable[..., Page], width: int) -> None:
    page = reader(width)
    page.add_init_script(
        """window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? '')]);
          }
        }).observe({ type: 'layout-shift', buffered: true });"""
    )
    for address in (fresh["url"], f"{fresh['url'].partition('/s/')[0]}/articles/fresh"):
        page.goto(address)
        expect(page.locator("#keyboard-mark")).to_be_visible()
        page.wait_for_timeout(300)

        assert page.evaluate("window.shifts") == []
