"""Colours: told apart by more than themselves, with contrast, in the dark and where the system forces its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.reader import mark, saved
from tests.service import Service

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


def test_colours_have_lines_of_their_own_and_overlaps_show_both(fresh: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(fresh["url"])
    look = """mark => {
      const style = getComputedStyle(mark);
      return [style.textDecorationStyle, style.textDecorationColor, style.backgroundImage];
    }"""

    looks = {
        colors: page.locator(f'#article mark[data-color="{colors}"]').first.evaluate(look)
        for colors in ("yellow", "green", "blue", "pink", "yellow pink")
    }

    single = [looks[color] for color in ("yellow", "green", "blue", "pink")]
    assert [line for line, _, _ in single] == ["solid", "dashed", "dotted", "double"]
    assert len({color for _, color, _ in single}) == 4
    assert len({image for _, _, image in single}) == 4
    # The line of the second below, that of the first above it, and both colours between.
    line, color, image = looks["yellow pink"]
    assert (line, color) == tuple(looks["pink"][:2])
    assert looks["yellow"][1] in image
    for each in ("yellow", "pink"):
        assert looks[each][2].split("rgb")[1].split(")")[0] in image


def test_in_the_dark_the_page_is_dark(fresh: Any, reader: Callable[..., Page]) -> None:
    page = reader(color_scheme="dark")
    page.goto(fresh["url"])
    shades = page.evaluate(
        """() => {
          const shade = (color) => color.match(/\\d+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0);
          const style = getComputedStyle(document.body);
          return [shade(style.backgroundColor), shade(style.color)];
        }"""
    )

    assert shades[0] < 120
    assert shades[1] > 600


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


LOOK = """mark => {
  const style = getComputedStyle(mark);
  return [style.backgroundImage, style.textDecorationColor, style.textDecorationStyle];
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_legend_leaves_colours_out(fresh: Any, reader: Callable[..., Page], scripts: bool) -> None:
    page = reader(java_script_enabled=scripts)
    page.goto(fresh["url"])
    legend = page.get_by_role("group", name="Colours that are shown")
    assert [label.inner_text() for label in legend.locator("label").all()] == [
        "yellow 1",
        "green 1",
        "blue 1",
        "pink 2",
    ]
    looks = {color: page.locator(f'#article mark[data-color="{color}"]').first for color in ("yellow", "yellow pink")}
    both, nothing = looks["yellow pink"].evaluate(LOOK)[0], ["none", "rgba(0, 0, 0, 0)"]
    pink = page.locator('#article mark[data-color="pink"]').first.evaluate(LOOK)

    legend.get_by_label("yellow").uncheck()
    assert looks["yellow"].evaluate(LOOK)[:2] == nothing
    image, *line = looks["yellow pink"].evaluate(LOOK)
    assert (image.removeprefix("none, "), line) == (pink[0], pink[1:])
    entries = page.locator("#share .entry")
    assert [entry.is_visible() for entry in entries.all()] == [False, True, True, True, True]

    legend.get_by_label("pink").uncheck()
    assert looks["yellow pink"].evaluate(LOOK)[:2] == nothing
    legend.get_by_label("yellow").check()
    assert looks["yellow"].evaluate(LOOK)[:2] != nothing
    legend.get_by_label("pink").check()
    assert looks["yellow pink"].evaluate(LOOK)[0] == both


def test_a_share_of_one_colour_has_no_legend(service: Service, slug: str, reader: Callable[..., Page]) -> None:
    service.publish(slug, "<h1>T</h1><p>one two three</p>")
    page = reader()
    page.goto(service.share(slug, "one", "three")["url"])
    assert page.locator("#share .entry").count() == 2
    assert page.locator(".legend").count() == 0


def test_own_marks_have_their_colours_whatever_the_legend_leaves_out(fresh: Any, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(fresh["url"])
    page.get_by_label("yellow").uncheck()
    mark(page, "Hundreds of people")
    saved(page, fresh["url"])
    assert page.locator("#article mark", has_text="Hundreds of people").evaluate(LOOK)[0] != "none"


def test_the_lines_of_a_mark_and_of_a_link_in_it_are_two(fresh: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(fresh["url"])
    lines = page.locator("#article a .snippet", has_text="the water works").evaluate(
        """mark => [mark.closest('a'), mark].map((each) => {
          const { textDecorationLine, textUnderlineOffset, textDecorationThickness } = getComputedStyle(each);
          return [textDecorationLine, ...[textUnderlineOffset, textDecorationThickness].map(parseFloat)];
        })"""
    )
    (first, offset, thickness), (second, other, _) = lines
    assert first == second == "underline"
    assert other > offset + thickness + 1


@pytest.mark.parametrize("heading", ["h1", "h2", "h3"])
def test_marks_on_headings_clip_no_letter_of_the_line_above(
    service: Service, slug: str, reader: Callable[..., Page], heading: str
) -> None:
    above, marked = "Gypsy jugglers jog", "Gypsies juggle"
    start = "" if heading == "h1" else "<h1>Of headings</h1>"
    service.publish(slug, f"{start}<{heading}>{above}<br>{marked}</{heading}><p>Words.</p>", lang="en")
    address = service.share(slug, marked)["url"]
    # A script would scroll to the mark.
    page = reader(java_script_enabled=False)
    pictures = []
    for query in ("", "?marks=off"):
        page.goto(address + query)
        line = page.evaluate(
            """(name) => {
              const text = document.querySelector(`#article ${name}`).firstChild;
              const range = document.createRange();
              range.selectNodeContents(text);
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x, y, width, height };
            }""",
            heading,
        )
        pictures.append(page.screenshot(clip=line))
    assert pictures[0] == pictures[1]
