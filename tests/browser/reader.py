"""What a reader does with an article, as a vocabulary for the tests of marking."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import Error, Page, expect

SHARED = re.compile(r"/s/[^/]+$")

#: The boxes of the first and of the last character of some words of the article, scrolled into view.
_ENDS = """([first, last]) => {
  const root = document.getElementById('article');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push([walker.currentNode, at]);
  const text = root.textContent;
  const box = (offset) => {
    const [node, at] = nodes.findLast(([, at]) => at <= offset);
    const range = document.createRange();
    range.setStart(node, offset - at);
    range.setEnd(node, offset - at + 1);
    return range;
  };
  const start = text.indexOf(first);
  const end = text.indexOf(last, start) + last.length - 1;
  if (start < 0 || end < start) throw new Error(`not in the article: ${first} … ${last}`);
  scrollBy({ top: box(start).getBoundingClientRect().top - innerHeight / 2, behavior: 'instant' });
  const rtl = (range) => getComputedStyle(range.startContainer.parentElement).direction === 'rtl';
  return [start, end].map((offset, index) => {
    const range = box(offset);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return [(index === 1) === rtl(range) ? left + 1 : right - 1, (top + bottom) / 2, left, right];
  });
}"""

_SELECT_FROM_TO = """([fromX, fromY, toX, toY]) => {
  const from = document.caretRangeFromPoint(fromX, fromY);
  const to = document.caretRangeFromPoint(toX, toY);
  getSelection().setBaseAndExtent(from.startContainer, from.startOffset, to.startContainer, to.startOffset);
}"""


def select(page: Page, first: str, last: str | None = None) -> None:
    """Drag the mouse over words of the article, from the first character of `first` to the last one of `last`."""
    begin, end = page.evaluate(_ENDS, [first, last or first])
    rtl = page.evaluate("getComputedStyle(document.getElementById('article')).direction") == "rtl"
    page.mouse.move(begin[3] - 1 if rtl else begin[2] + 1, begin[1])
    page.mouse.down()
    page.mouse.move(end[2] + 1 if rtl else end[3] - 1, end[1], steps=4)
    page.mouse.up()


def mark(page: Page, first: str, last: str | None = None, color: str | None = None) -> None:
    """Select words and mark them with the toolbar."""
    select(page, first, last)
    page.click(f"#toolbar [data-color={color}]" if color else "#toolbar [data-do=mark]")


def marked(page: Page) -> list[tuple[int, str, str]]:
    """The snippets that the page shows: number, colour, words (their pieces joined)."""
    found: dict[int, tuple[str, str]] = {}
    pieces: list[Any] = page.locator("#article mark.snippet").evaluate_all(
        "all => all.map((each) => [each.dataset.snippets, each.dataset.color, each.textContent])"
    )
    for numbers, colors, text in pieces:
        for number, color in zip(numbers.split(), colors.split(), strict=True):
            found[int(number)] = (color, found.get(int(number), ("", ""))[1] + text)
    return [(number, *found[number]) for number in sorted(found)]


def words(page: Page) -> list[str]:
    """The words of the snippets that the page shows, in the order of their numbers."""
    return [text for _, _, text in marked(page)]


def shows(page: Page, wanted: list[str]) -> None:
    """Wait until the page shows just these snippets: what the history does comes about when it does."""
    until = time.monotonic() + 30
    found: list[str] | None = None
    while found != wanted:
        assert time.monotonic() < until, f"{found} instead of {wanted}"
        page.wait_for_timeout(20)
        try:
            found = words(page)
        except Error:
            # Just now the page is loaded anew.
            found = None


def saved(page: Page, before: str | None = None) -> str:
    """Wait until the marks have a link, other than `before`; the page's address then."""
    expect(page.locator("body")).to_have_attribute("data-state", "saved")
    if before is not None:
        page.wait_for_url(lambda url: url != before)
    expect(page).to_have_url(SHARED)
    return page.url


def state(page: Page) -> str:
    return page.locator("#panel [data-show=state]").inner_text()


def hold(page: Page, first: str, last: str | None = None) -> None:
    """Select words of the article with a finger. What is selected under a long press, and by dragging its handles, is
    the system's part, which a headless browser has not."""
    begin, end = page.evaluate(_ENDS, [first, last or first])
    point = {"x": (begin[2] + begin[3]) / 2, "y": begin[1]}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.evaluate(_SELECT_FROM_TO, [point["x"], begin[1], end[0], end[1]])
    session.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    session.detach()
