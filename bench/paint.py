"""First paint of a page in Chromium, with our style and script and without them.

Both sides are answered from here, so that neither asks the service for the page itself, and the time is counted from
its first byte: what is compared is what a browser does until something is seen, and what it has to fetch for that.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Route, sync_playwright

from tests import browsers

#: Loads of each side in a round, in turn.
LOADS = 5
_OURS = re.compile(r'<link rel="stylesheet"[^>]*>|<script [^>]*src="[^>]*></script>')
_MILLISECONDS = """() => {
  const [{ responseStart }] = performance.getEntriesByType('navigation');
  return performance.getEntriesByType('paint')[0].startTime - responseStart;
}"""


def compare(address: str, rounds: int) -> list[float]:
    """with / without, of the milliseconds until the first paint, of each round. Raises `browsers.Missing`.

    A browser that is not there is not obtained: `make browsers` does that.
    """
    found = browsers.find("chromium")
    if not found:
        raise browsers.Missing("there is no Chromium here (make browsers obtains it)")
    page = _get(address)
    bare, parts = _OURS.subn("", page)
    if parts < 2:
        raise SystemExit(f"error: neither style nor script of ours was found at {address}")
    ratios = []
    with sync_playwright() as playwright, browsers.launch(playwright, found) as browser:
        for number in range(rounds + 1):
            loads = [(_load(browser, address, page), _load(browser, address, bare)) for _ in range(LOADS)]
            ours, other = (median(side) for side in zip(*loads, strict=True))
            ratios.append(ours / other)
            title = f"round {number} of {rounds}" if number else "warming up"
            print(f"  {title:15} with {ours:6.1f} ms   without {other:6.1f} ms   {ratios[-1]:.2f}", flush=True)
    return ratios[1:]


def _get(address: str) -> str:
    request = urllib.request.Request(address, headers={"Accept": "text/html", "Accept-Language": "en"})
    with urllib.request.urlopen(request) as answer:
        text: str = answer.read().decode()
    return text


def _load(browser: Browser, address: str, html: str) -> float:
    """Milliseconds from the first byte to the first paint, of a browser that has been nowhere before."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    try:
        tab = context.new_page()
        tab.route(address, _answer_with(html))
        tab.goto(address)
        tab.wait_for_function("performance.getEntriesByType('paint').length")
        milliseconds: float = tab.evaluate(_MILLISECONDS)
        return milliseconds
    finally:
        context.close()


def _answer_with(html: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
