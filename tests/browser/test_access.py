"""For readers who see, point or move otherwise: focus, targets, zoom, spacing, no motion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.service import Service


@pytest.mark.parametrize("width", [320, 1280])
def test_focus_is_visible_and_not_hidden(service: Service, share: Any, reader: Callable[..., Page], width: int) -> None:
    page = reader(width, 640)
    page.goto(share["url"])
    expect(page.locator("#keyboard-mark")).to_be_visible()
    seen: list[str] = []

    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at || at === document.body) return null;
              const box = at.getBoundingClientRect();
              const style = getComputedStyle(at);
              const points = [[0.5, 0.5], [0.05, 0.2], [0.95, 0.8]];
              const boxes = [...at.getClientRects()];
              const clear = boxes.some((each) => points.some(([x, y]) => {
                const top = document.elementFromPoint(each.left + each.width * x, each.top + each.height * y);
                return top && (at.contains(top) || top.contains(at));
              }));
              return { name: at.outerHTML.slice(0, 90), clear, line: parseFloat(style.outlineWidth),
                       style: style.outlineStyle, label: at.id || at.dataset.do || at.textContent };
            }"""
        )
        if found is None:
            break
        assert found["style"] != "none", found
        assert found["line"] >= 2, found
        assert found["clear"], found
        seen.append(found["label"])

    assert "Skip to the article" in seen[0]
    assert "keyboard-mark" in seen
    # One tab stop for all snippets.
    assert sum("river bed" in label or "Green Hands" in label for label in seen) <= 1


def test_targets_are_large_enough_for_fingers(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(375, 720, has_touch=True, is_mobile=True)
    for address in (share["url"], f"{service.url}/"):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, .button, .masthead a, .tools a, .entry a')]
              .filter((each) => each.checkVisibility({ visibilityProperty: true }))
              .map((each) => [each.outerHTML.slice(0, 80), each.offsetWidth, each.offsetHeight])
              .filter(([, width, height]) => height < 44 || width < 24)"""
        )
        assert small == [], address


def test_nothing_moves_for_those_who_do_not_want_it(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(reduced_motion="reduce")
    page.goto(share["url"])

    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_at_400_percent_everything_can_be_reached(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    """1280 by 1024 pixels at 400 %."""
    page = reader(320, 256)
    page.goto(share["url"])
    expect(page.locator("#keyboard-mark")).to_be_visible()

    for name in ("Printable version", "Hide the marks", "Take the snippets with you"):
        found = page.get_by_text(name).first
        found.scroll_into_view_if_needed()
        expect(found).to_be_in_viewport()
    # What is fixed to the window leaves room to read.
    covered = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter((each) => getComputedStyle(each).position === 'fixed' && each.checkVisibility())
          .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0)"""
    )
    assert covered < 256 / 2


def test_the_text_can_be_spaced_out(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    """WCAG 1.4.12."""
    page = reader(320, bypass_csp=True)
    page.goto(share["url"])
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        " p { margin-block-end: 2em !important }"
    )

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.button, h1, h2, .kicker, .notice, .tools .link')]
          .filter((each) => each.checkVisibility({ visibilityProperty: true }))
          .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
          .map((each) => each.outerHTML.slice(0, 90))"""
    )
    assert cut == []
