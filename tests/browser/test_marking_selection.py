"""What is marked is what is selected as a control is pressed; what is put away stays away; edges are words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import mark, marked, saved, select, shows, words
from tests.service import Service
from tests.waiting import eventually

ARTICLE = "<h1>Of selecting</h1><p>Alpha beta gamma delta epsilon.</p><p>Zeta eta theta.</p>"
#: Select some characters of the first paragraph.
_SELECT = """([start, end]) => {
  const text = document.querySelector('#article p').firstChild;
  getSelection().setBaseAndExtent(text, start, text, end);
}"""
BETA, BETA_GAMMA = [6, 10], [6, 16]


@pytest.fixture
def article(page: Page, service: Service, slug: str) -> Page:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    return page


@pytest.mark.parametrize(
    ("press", "color"),
    [("[data-do=mark]", "yellow"), ("[data-color=blue]", "blue")],
    ids=["mark", "a colour"],
)
@pytest.mark.parametrize("way", ["pointer", "key"])
def test_a_selection_that_is_extended_is_marked_as_it_is(article: Page, press: str, color: str, way: str) -> None:
    """In one go, so that the toolbar has no time to come again."""
    article.evaluate(_SELECT, BETA)
    button = article.locator(f"#toolbar {press}")
    expect(button).to_be_visible()
    if way == "key":
        button.focus()
    article.evaluate(
        f"""([span, selector, way]) => {{
          ({_SELECT})(span);
          const button = document.querySelector(`#toolbar ${{selector}}`);
          if (way === 'pointer') button.dispatchEvent(new PointerEvent('pointerdown', {{ bubbles: true }}));
          button.click();
        }}""",
        [BETA_GAMMA, press, way],
    )
    assert marked(article) == [(1, color, "beta gamma")]


def test_all_that_is_selected_is_removed(article: Page) -> None:
    mark(article, "Zeta")
    mark(article, "theta", color="green")
    both = "getSelection().selectAllChildren(document.querySelectorAll('#article p')[1])"
    select(article, "Zeta")
    expect(article.locator("#toolbar [data-do=remove]")).to_be_visible()
    article.evaluate(f"() => {{ {both}; document.querySelector('#toolbar [data-do=remove]').click() }}")
    shows(article, [])


def test_a_press_that_drops_the_selection_means_what_was_selected(article: Page) -> None:
    """As on some phones."""
    article.evaluate(_SELECT, BETA_GAMMA)
    expect(article.locator("#toolbar [data-do=mark]")).to_be_visible()
    article.evaluate(
        """() => {
          const button = document.querySelector('#toolbar [data-do=mark]');
          button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch' }));
          getSelection().removeAllRanges();
          button.click();
        }"""
    )
    shows(article, ["beta gamma"])


def test_a_selection_that_is_gone_is_not_marked(article: Page) -> None:
    article.evaluate(_SELECT, BETA)
    expect(article.locator("#toolbar [data-do=mark]")).to_be_visible()
    article.evaluate(
        "() => { getSelection().removeAllRanges(); document.querySelector('#toolbar [data-do=mark]').click() }"
    )
    shows(article, [])


@pytest.mark.parametrize("when", ["before the toolbar comes", "when it is there"])
def test_what_is_put_away_stays_away(article: Page, when: str) -> None:
    """The selection stays; another one is offered again."""
    article.keyboard.press("Shift")  # brings the tool, and what it knows of keys
    expect(article.locator("body")).to_have_attribute("data-tool", "on")
    article.clock.install()
    article.evaluate(_SELECT, BETA)
    if when == "when it is there":
        article.clock.run_for(1000)
        expect(article.locator("#toolbar")).to_be_visible()
    article.keyboard.press("Escape")
    article.clock.run_for(1000)
    expect(article.locator("#toolbar")).to_be_hidden()
    article.evaluate("document.dispatchEvent(new PointerEvent('pointerup'))")
    article.clock.run_for(1000)
    expect(article.locator("#toolbar")).to_be_hidden()
    assert article.evaluate("String(getSelection())") == "beta"
    article.evaluate(_SELECT, BETA_GAMMA)
    article.clock.run_for(1000)
    expect(article.locator("#toolbar")).to_be_visible()


def test_what_was_selected_before_is_not_marked_by_a_shortcut(article: Page) -> None:
    select(article, "beta")
    article.click("#toolbar [data-do=mark]")
    shows(article, ["beta"])
    article.keyboard.press("Control+z")
    shows(article, [])
    article.keyboard.press("Alt+Shift+m")
    article.keyboard.press("Alt+Shift+h")
    expect(article.locator("#help")).to_be_visible()
    assert words(article) == []


def test_what_is_offered_goes_with_what_it_was_for(article: Page) -> None:
    """A change by other means: the toolbar would speak of snippets that are others now."""
    mark(article, "beta")
    mark(article, "theta")
    article.locator("#article mark", has_text="beta").click()
    expect(article.locator("#toolbar [data-do=remove]")).to_be_visible()
    article.keyboard.press("Control+z")
    shows(article, ["beta"])
    expect(article.locator("#toolbar")).to_be_hidden()


def test_the_keyboard_mode_begins_without_a_toolbar(article: Page) -> None:
    mark(article, "theta")
    article.keyboard.press("Alt+Shift+k")
    expect(article.locator(".hint")).to_be_visible()
    expect(article.locator("#toolbar")).to_be_hidden()


#: What Unicode calls White_Space, but for what HTML makes one space of, and U+FEFF, which nobody sees either.
_SPACES = [
    *"\x0b\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
]


def test_no_white_space_stands_at_the_edge_of_a_mark(page: Page, service: Service, slug: str) -> None:
    lines = [f"<p>a{space}word{number}{space}b</p>" for number, space in enumerate(_SPACES)]
    service.publish(slug, f"<h1>Of spaces</h1>{''.join(lines)}", lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    for number in range(len(_SPACES)):
        page.evaluate(
            """(number) => {
              const text = document.querySelectorAll('#article p')[number].firstChild;
              getSelection().setBaseAndExtent(text, 1, text, text.length - 1);
            }""",
            number,
        )
        page.keyboard.press("Alt+Shift+m")
        expect(page.locator("#article mark")).to_have_count(number + 1)
    found = words(page)
    for number, space in enumerate(_SPACES):
        # These two join words to one (UAX 29, ExtendNumLet and Format).
        joins = space in "\u202f\ufeff"
        assert found[number] == (f"a{space}word{number}{space}b" if joins else f"word{number}"), repr(space)


def test_the_toolbar_marks_what_a_drag_selects(article: Page) -> None:
    select(article, "beta", "gamma")
    article.click("#toolbar [data-do=mark]")
    saved(article)
    shows(article, ["beta gamma"])


def test_the_toolbar_follows_the_selection(page: Page, service: Service, slug: str) -> None:
    """Out of sight it waits, and in sight it is where it was; a window of another size is no reason to go."""
    service.publish(slug, ARTICLE + "<p>Filling, that nobody marks.</p>" * 60, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    select(page, "eta theta")
    toolbar = page.locator("#toolbar")
    expect(toolbar).to_be_visible()
    distance = """() => {
      const [words, bar] = [getSelection().getRangeAt(0), document.querySelector('#toolbar')];
      return Math.round(bar.getBoundingClientRect().top - words.getBoundingClientRect().bottom);
    }"""
    before = page.evaluate(distance)
    page.mouse.wheel(0, 60)
    eventually(lambda: page.evaluate("scrollY") == 60)
    eventually(lambda: page.evaluate(distance) == before)
    page.mouse.wheel(0, 2000)
    expect(toolbar).to_be_hidden()
    page.mouse.wheel(0, -2000)
    expect(toolbar).to_be_visible()
    page.set_viewport_size({"width": 900, "height": 600})
    expect(toolbar).to_be_visible()
    assert abs(page.evaluate(distance) - before) <= 1
    page.click("#toolbar [data-do=mark]")
    shows(page, ["eta theta"])


def test_a_first_drag_that_the_tool_comes_in_the_middle_of(page: Page, service: Service, slug: str) -> None:
    """The toolbar waits for the end of it, and the words under it are not selected instead."""
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    page.clock.install()
    box = page.locator("#article p").first.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, y)
    page.mouse.down()
    with page.expect_response("**/tool.js"):
        page.mouse.move(box["x"] + 90, y, steps=3)
    expect(page.locator("body")).to_have_attribute("data-tool", "on")
    page.mouse.move(box["x"] + 92, y)
    page.clock.fast_forward(1000)
    expect(page.locator("#toolbar")).to_be_hidden()
    page.mouse.up()
    expect(page.locator("#toolbar")).to_be_visible()
    page.click("#toolbar [data-do=mark]")
    shows(page, ["Alpha beta"])


def test_of_a_selection_beyond_the_article_only_what_is_inside_lights_up(
    page: Page, service: Service, slug: str
) -> None:
    service.publish(slug, ARTICLE, lang="en", publisher="The Town Courier")
    page.goto(f"{service.url}/articles/{slug}")
    page.evaluate(
        """() => {
          const { firstChild } = document.querySelector('.kicker .publisher');
          getSelection().setBaseAndExtent(firstChild, 0, document.querySelector('#article p').firstChild, 5);
        }"""
    )
    expect(page.locator("#toolbar [data-do=mark]")).to_be_visible()
    fill = "(each) => getComputedStyle(each, '::selection').backgroundColor"
    assert page.locator(".publisher").evaluate(fill) == "rgba(0, 0, 0, 0)"
    assert page.locator("#article h1").evaluate(fill) != "rgba(0, 0, 0, 0)"
    page.click("#toolbar [data-do=mark]")
    shows(page, ["Of selecting\nAlpha"])


def test_shift_and_ctrl_with_an_arrow_mark_what_they_show(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    page.click("#keyboard-mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Control+ArrowRight")
    eventually(lambda: page.evaluate("String(getSelection())") == "Alpha beta")
    page.keyboard.press("Enter")
    shows(page, ["Alpha beta"])
