"""For everyone: axe-core, what screen readers are told, focus, targets, contrast, forced colours, zoom."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.reader import select
from tests.browser.texts import ARABIC, EDITED, MARKED, RICH, RUSSIAN
from tests.service import Service

ELSEWHERE = re.compile("^https:")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

#: sRGB to WCAG's contrast, of colours as getComputedStyle gives them.
CONTRAST = """
const channels = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
const luminance = (color) => {
  const [r, g, b] = channels(color).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
"""


@pytest.fixture(scope="module")
def share(service: Service) -> Any:
    """A share whose article was edited after it was marked: one snippet changed, one lost."""
    facts = {"lang": "en", "publisher": "The Town Courier", "source_url": "https://example.org/news/river"}
    service.publish("accessible", RICH, **facts)
    made = service.share("accessible", *MARKED)
    service.publish("accessible", EDITED, **facts)
    service.publish("accessible-ru", RUSSIAN, lang="ru")
    service.publish("accessible-ar", ARABIC, lang="ar", dir="rtl")
    made["russian"] = service.share("accessible-ru", "нижний шлюз", ("сотни людей", "blue"))["url"]
    made["arabic"] = service.share("accessible-ar", "يوم الاثنين", ("بالقوارب", "pink"))["url"]
    return made


@pytest.fixture
def reader(new_page: Callable[..., Page]) -> Callable[..., Page]:
    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        page = new_page(viewport={"width": width, "height": height}, **options)
        page.route(ELSEWHERE, lambda route: route.abort())
        return page

    return open_page


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def states(service: Service, share: Any) -> dict[str, str]:
    return {
        "index": f"{service.url}/",
        "article": f"{service.url}/articles/accessible",
        "earlier revision": f"{service.url}/articles/accessible?revision=1",
        "printable article": f"{service.url}/articles/accessible/print",
        "share": share["url"],
        "share as marked": f"{share['url']}?as=marked",
        "share without marks": f"{share['url']}?marks=off",
        "printable share": share["print_url"],
        "printable snippets": f"{share['print_url']}?only=snippets",
        "Russian": share["russian"],
        "Arabic": share["arabic"],
        "unknown": f"{service.url}/s/unknown",
    }


def test_axe_finds_nothing_on_any_page(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(bypass_csp=True)
    for name, address in states(service, share).items():
        page.goto(address)
        if page.locator("#keyboard-mark").count():
            expect(page.locator("#keyboard-mark")).to_be_visible()
            page.wait_for_timeout(200)
        assert violations(page) == [], name


@pytest.mark.parametrize("code", ["en", "ru", "be"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_any_language_and_scheme(
    service: Service, share: Any, reader: Callable[..., Page], code: str, scheme: str, width: int
) -> None:
    page = reader(width, bypass_csp=True, color_scheme=scheme)
    for address in (f"{service.url}/", f"{service.url}/articles/accessible", share["url"]):
        page.goto(f"{address}?lang={code}")
        page.wait_for_timeout(200)
        assert violations(page) == [], address


@pytest.mark.parametrize("dialog", ["help", "links"])
def test_axe_finds_nothing_in_a_dialog(service: Service, share: Any, reader: Callable[..., Page], dialog: str) -> None:
    page = reader(bypass_csp=True)
    page.goto(f"{service.url}/articles/accessible")
    page.locator(f"[data-do={dialog}]").first.click()

    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_while_a_reader_marks(
    service: Service, share: Any, reader: Callable[..., Page], width: int
) -> None:
    page = reader(width, bypass_csp=True)
    page.goto(f"{service.url}/articles/accessible")
    expect(page.locator("#keyboard-mark")).to_be_visible()

    select(page, "Hundreds of people")
    expect(page.get_by_role("toolbar")).to_be_visible()
    assert violations(page) == [], "toolbar"
    page.click("#toolbar [data-color=pink]")
    expect(page.get_by_role("region", name="1 snippet")).to_be_visible()
    if width < 1024:
        page.click("[data-do=fold]")
    page.locator(".more summary").click()
    expect(page.locator("#panel-expiry")).to_be_visible()
    assert violations(page) == [], "panel"
    page.click("[data-do=clear]")
    expect(page.locator(".toast")).to_be_visible()
    assert violations(page) == [], "toast"
    page.click("#keyboard-mark")
    expect(page.locator(".hint")).to_be_visible()
    assert violations(page) == [], "marking with the keyboard"


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
    assert root.evaluate("root => root.textContent") == service.text("accessible")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("contrast", ["no-preference", "more"])
def test_marks_have_contrast(share: Any, reader: Callable[..., Page], scheme: str, contrast: str) -> None:
    """Which axe cannot tell, as marks are drawn with gradients."""
    page = reader(color_scheme=scheme, contrast=contrast)
    page.goto(f"{share['url']}?as=marked")
    rows = page.evaluate(
        "() => {"
        + CONTRAST
        + """
          const paper = getComputedStyle(document.body).backgroundColor;
          const { color: soft } = getComputedStyle(document.querySelector('figcaption'));
          const { color: link } = getComputedStyle(document.querySelector('#article a'));
          return [...document.querySelectorAll('#article mark')].flatMap((mark) => {
            const style = getComputedStyle(mark);
            const fills = style.backgroundImage.match(/rgb\\([^)]*\\)/g).slice(-2);
            return fills.map((fill) => ({
              color: mark.dataset.color,
              words: Math.min(...[style.color, soft, link].map((color) => contrast(color, fill))),
              line: Math.min(contrast(style.textDecorationColor, fill), contrast(style.textDecorationColor, paper)),
            }));
          });
        }"""
    )

    assert {color for row in rows for color in row["color"].split()} == {"yellow", "green", "blue", "pink"}
    for row in rows:
        assert row["words"] >= 4.5, row
        assert row["line"] >= 3, row


def test_forced_colours_keep_what_tells_marks_apart(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(forced_colors="active")
    page.goto(f"{share['url']}?as=marked")
    look = "mark => { const s = getComputedStyle(mark); return [s.textDecorationLine, s.textDecorationStyle]; }"

    lines = [
        page.locator(f'#article mark[data-color="{color}"]').first.evaluate(look)
        for color in ("yellow", "green", "blue", "pink", "yellow pink")
    ]

    assert lines == [
        ["underline", "solid"],
        ["underline", "dashed"],
        ["underline", "dotted"],
        ["underline", "double"],
        ["underline overline", "double"],
    ]


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

    for name in ("Printable version", "Read without marks", "Take the snippets with you"):
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
