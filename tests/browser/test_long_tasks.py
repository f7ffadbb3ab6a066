"""On a long article, a slow machine and many snippets, scripts leave the page to its reader."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.service import Service

SLOWER = 4
#: The longest task of scripts, as a share of the longest that the page has without any. On the machines at hand the
#: latter takes some 280 ms, and what a browser calls a long task begins at 50.
SHARE = 0.25
#: How long a busy machine may take for what takes no time by itself, in ms.
PATIENCE = 60_000
#: Tasks of scripts, in a trace. What they cause later (style, layout) has tasks of its own.
SCRIPTS = {"v8.evaluateModule", "EvaluateScript", "FunctionCall", "RunMicrotasks", "TimerFire", "EventDispatch"}
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
SCRIPT_FILES = re.compile(r"\.js$")
WORDS = (
    "water gate river town engineer measured spring wrote built remembers council bridge lower sluice old bed".split()
)


@pytest.fixture(scope="module")
def share(service: Service) -> Any:
    """50,000 words, 1,000 snippets."""
    chance = random.Random(4)
    body = "".join(f"<p>{' '.join(chance.choices(WORDS, k=100))}.</p>" for _ in range(500))
    service.publish("long-tasks", f"<h1>Long</h1>{body}", lang="en")
    step = len(service.text("long-tasks")) // 1001
    snippets = [
        {
            "selectors": [{"type": "TextPositionSelector", "start": start, "end": start + 40 + number % 300}],
            "color": color,
        }
        for number, color in enumerate(["yellow", "green", "blue", "pink"] * 250)
        for start in [10 + number * step]
    ]
    return service.call("POST", "/api/v1/shares", {"article": "long-tasks", "snippets": snippets}).json


@pytest.fixture
def slow_page(new_page: Callable[..., Page]) -> Callable[[], Page]:
    def open_page() -> Page:
        page = new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        return page

    return open_page


def _traced(page: Page, act: Callable[[], object]) -> list[dict[str, Any]]:
    """The events of the renderer while `act` goes on."""
    client = page.context.new_cdp_session(page)
    over: list[Any] = []
    client.on("Tracing.tracingComplete", lambda event: over.append(event))
    categories = ["devtools.timeline", "v8", "disabled-by-default-devtools.timeline"]
    client.send("Tracing.start", {"transferMode": "ReturnAsStream", "traceConfig": {"includedCategories": categories}})
    act()
    client.send("Tracing.end")
    while not over:
        page.wait_for_timeout(50)
    text = ""
    while True:
        piece = client.send("IO.read", {"handle": over[0]["stream"]})
        text += piece["data"]
        if piece["eof"]:
            return list(json.loads(text)["traceEvents"])


def _scripts(events: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Processor time of the scripts' tasks, in ms, and what they are; what other programs take does not count."""
    timed = [event for event in events if event.get("ph") == "X" and event["name"] in SCRIPTS and "tdur" in event]
    return sorted(((event["tdur"] // 1000, event["name"]) for event in timed), reverse=True)


@pytest.fixture(scope="module")
def own(share: Any, chromium: Browser) -> int:
    """Processor time of the longest task that the page has with its scripts blocked, in ms: laying it out."""
    page = chromium.new_page()
    page.route(SCRIPT_FILES, lambda route: route.abort())
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    events = _traced(page, lambda: page.goto(share["url"]))
    page.close()
    return int(max(event["tdur"] // 1000 for event in events if event["name"] in TASKS and "tdur" in event))


def test_reading_brings_no_long_task_of_scripts(share: Any, own: int, slow_page: Callable[[], Page]) -> None:
    def run() -> list[tuple[int, str]]:
        page = slow_page()

        def read() -> None:
            page.goto(share["url"])
            expect(page.locator("#keyboard-mark")).to_be_visible(timeout=PATIENCE)

        return _scripts(_traced(page, read))

    # A task that is long by itself is so each time.
    assert min(max(run()) for _ in range(3)) < (own * SHARE, "")


def test_the_tool_starts_without_a_long_task(share: Any, own: int, slow_page: Callable[[], Page]) -> None:
    def run() -> list[tuple[int, str]]:
        page = slow_page()
        page.goto(share["url"])
        expect(page.locator("#keyboard-mark")).to_be_visible(timeout=PATIENCE)

        def hover() -> None:
            page.evaluate("document.querySelector('mark').dispatchEvent(new Event('pointerover', { bubbles: true }))")
            expect(page.locator("body")).to_have_attribute("data-tool", "on", timeout=PATIENCE)

        return _scripts(_traced(page, hover))

    assert min(max(run()) for _ in range(3)) < (own * SHARE, "")


def test_blocked_scripts_leave_the_same_page(share: Any, slow_page: Callable[[], Page]) -> None:
    """What the measure above leaves out: scripts that start move nothing, so that no layout is made anew."""
    shifts = """globalThis.shifts = [];
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts.push(value) })
      .observe({ type: 'layout-shift', buffered: true })"""
    heights = []
    for blocked in (True, False):
        page = slow_page()
        if blocked:
            page.route(SCRIPT_FILES, lambda route: route.abort())
        page.add_init_script(shifts)
        page.goto(share["url"])
        page.wait_for_timeout(500)  # Nothing tells that nothing shifts.
        assert page.evaluate("shifts") == []
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
    assert heights[0] == heights[1]
