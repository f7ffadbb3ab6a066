"""Selecting and marking: which words become a snippet, and what happens to it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import mark, marked, saved, select, shows, words
from tests.service import Service

ARTICLE = """<h1>Of marking</h1>
<p>Alpha <em>beta</em> gamma delta, epsilon zeta eta theta.</p>
<ul><li>first item</li><li>second item</li></ul>
<table><tr><th>head one</th><th>head two</th></tr><tr><td>cell one</td><td>cell two</td></tr></table>
<p>Before <a href="#there">a link of words</a> after. It’s well-known, 3.14 and naïve.</p>
<p id="there">Iota kappa lambda mu.</p>"""
#: Select by DOM positions, which the mouse cannot reach everywhere: (selector, child, offset) of both ends.
SET = """([a, i, m, b, j, n]) => {
  const at = (selector, child) => {
    const element = document.querySelector(selector);
    return child < 0 ? element : element.childNodes[child];
  };
  getSelection().setBaseAndExtent(at(a, i), m, at(b, j), n);
}"""


@pytest.fixture
def article(page: Page, service: Service, slug: str) -> Page:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    return page


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("pha", "et", "Alpha beta"),
        ("gamma", "delta,", "gamma delta,"),
        (" gamma", "delta", "gamma delta"),
        ("item", "second", "itemsecond"),
        ("one", "cell o", "onehead twocell one"),
        ("theta.", "first", "theta.\nfirst"),
        ("Before", "link", "Before a link"),
        ("s well", "known", "It’s well-known"),
        ("14", "a", "3.14 and"),
        ("aï", None, "naïve"),
    ],
)
def test_ends_snap_to_words(article: Page, first: str, last: str | None, found: str) -> None:
    mark(article, first, last)
    shows(article, [found])


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (["body", -1, 0, "#article h1", 0, 2], "Of"),
        (["#article > p:last-of-type", 0, 6, "body", -1, 9], "kappa lambda mu."),
        (["#article > p:last-of-type", 0, 10, "#article > p:last-of-type", 0, 1], "Iota kappa"),
        (["#article li", 0, 0, "#article li + li", -1, 0], "first item"),
        (["#article td", -1, 0, "#article td + td", -1, 1], "cell onecell two"),
    ],
    ids=["begins outside", "ends outside", "backwards", "ends before the next block", "whole cells"],
)
def test_selections_are_clipped_and_trimmed(article: Page, ends: list[object], found: str) -> None:
    article.evaluate(SET, ends)
    article.click("#toolbar [data-do=mark]")
    shows(article, [found])


def test_everything_selected_is_the_article_alone(article: Page) -> None:
    article.keyboard.press("Control+a")
    article.click("#toolbar [data-do=mark]")
    text = article.evaluate("document.getElementById('article').textContent")
    saved(article)
    snippet = article.evaluate(
        "fetch(document.querySelector('[data-show=link]').value + '.json').then((a) => a.json())"
    )
    assert [each["quote"] for each in snippet["snippets"]] == [text.strip()]


def test_a_triple_click_marks_the_paragraph(article: Page) -> None:
    article.get_by_text("Iota kappa").click(click_count=3)
    article.click("#toolbar [data-do=mark]")
    shows(article, ["Iota kappa lambda mu."])


def test_nothing_is_offered_for_what_holds_no_word(article: Page) -> None:
    select(article, "gamma")
    expect(article.locator("#toolbar")).to_be_visible()
    article.evaluate(SET, ["#article p", 2, 12, "#article p", 2, 14])
    expect(article.locator("#toolbar")).to_be_hidden()
    article.locator(".masthead .home").click(click_count=3, button="right", trial=True)
    article.evaluate(SET, [".masthead .home", 0, 0, ".masthead .home", 0, 3])
    article.wait_for_timeout(500)
    expect(article.locator("#toolbar")).to_be_hidden()


def test_one_colour_joins_and_others_overlap(article: Page) -> None:
    mark(article, "gamma")
    mark(article, "delta")
    shows(article, ["gamma delta"])
    mark(article, "epsilon", "zeta")
    shows(article, ["gamma delta", "epsilon zeta"])
    mark(article, "delta", "epsilon", color="blue")
    assert marked(article) == [
        (1, "yellow", "gamma delta"),
        (2, "blue", "delta, epsilon"),
        (3, "yellow", "epsilon zeta"),
    ]
    mark(article, "beta", "zeta eta", color="yellow")
    assert marked(article) == [(1, "yellow", "beta gamma delta, epsilon zeta eta"), (2, "blue", "delta, epsilon")]


def test_neighbouring_paragraphs_stay_two_snippets(article: Page) -> None:
    mark(article, "first item")
    mark(article, "second item")
    shows(article, ["first item", "second item"])


def test_the_last_colour_is_remembered(article: Page) -> None:
    mark(article, "gamma", color="green")
    mark(article, "theta")
    article.reload()
    mark(article, "kappa")
    assert [color for _, color, _ in marked(article)] == ["green", "green", "green"]


def test_removing_restores_the_article(article: Page) -> None:
    before = article.evaluate("document.getElementById('article').innerHTML")
    home = article.url
    mark(article, "Alpha", "first")
    mark(article, "gamma", color="pink")
    mark(article, "Before", "Iota", color="blue")
    saved(article, home)
    article.locator("#panel [data-do=clear]").click()
    assert article.evaluate("document.getElementById('article').innerHTML") == before
    expect(article).to_have_url(home)
    expect(article.locator("#panel [data-do=undo]")).to_be_enabled()
    article.locator(".toast button").click()
    assert len(words(article)) == 3
    saved(article, home)


def test_overlapping_snippets_can_each_be_picked(article: Page) -> None:
    mark(article, "gamma", "zeta")
    mark(article, "delta", "epsilon", color="blue")
    article.locator("#article mark", has_text="delta").click()
    picks = article.locator("#toolbar [data-do=pick]")
    expect(picks).to_have_count(2)
    expect(article.locator("#toolbar [data-number='2']")).to_have_attribute("aria-pressed", "true")
    article.locator("#toolbar [data-number='1']").click()
    expect(article.locator("mark[data-picked]")).to_have_count(3)
    article.locator("#toolbar [data-do=remove]").click()
    assert marked(article) == [(1, "blue", "delta, epsilon")]


def test_undo_and_redo(article: Page) -> None:
    mark(article, "gamma")
    mark(article, "theta", color="green")
    article.locator("#article mark", has_text="gamma").click()
    article.click("#toolbar [data-color=pink]")
    last = marked(article)
    assert [color for _, color, _ in last] == ["pink", "green"]
    for colors in (["yellow", "green"], ["yellow"], []):
        article.keyboard.press("Control+z")
        expect(article.locator("#article mark")).to_have_count(len(colors))
        for color in colors:
            expect(article.locator(f"#article mark[data-color={color}]")).to_have_count(1)
    article.keyboard.press("Control+y")
    article.keyboard.press("Control+Shift+z")
    article.locator("#panel [data-do=redo]").click()
    assert marked(article) == last


def test_undo_is_not_taken_from_where_somebody_writes(article: Page) -> None:
    """Such as in what an extension of the browser puts into the page."""
    mark(article, "gamma")
    article.evaluate(
        """() => {
          const fields = ['<input>', '<textarea></textarea>', '<p contenteditable>'];
          for (const html of fields) document.body.insertAdjacentHTML('beforeend', html);
        }"""
    )
    for field in ("body > input", "body > textarea", "body > p"):
        article.locator(field).focus()
        article.keyboard.type("a")
        article.keyboard.press("Control+z")
        shows(article, ["gamma"])
    article.locator("body > p").evaluate("each => each.remove()")
    article.keyboard.press("Control+z")
    expect(article.locator("#article mark")).to_have_count(0)


def test_a_mark_in_a_link_leaves_the_link_working(article: Page) -> None:
    mark(article, "Before", "after")
    saved(article)
    link = article.locator("#article a mark")
    link.click()
    expect(article).to_have_url(re.compile(r"#c-there$"))
    link.hover()
    article.click("#toolbar [data-do=remove]")
    shows(article, [])
    assert (
        article.evaluate("document.querySelector('#article a').outerHTML") == '<a href="#c-there">a link of words</a>'
    )


def test_the_toolbar_leaves_selection_and_focus_alone(article: Page) -> None:
    article.focus(".masthead .home")
    select(article, "gamma", "delta")
    expect(article.locator("#toolbar")).to_be_visible()
    assert article.evaluate("String(getSelection())") == "gamma delta"
    assert not article.evaluate("document.querySelector('#toolbar').contains(document.activeElement)")
    article.keyboard.press("Escape")
    expect(article.locator("#toolbar")).to_be_hidden()
    assert article.evaluate("String(getSelection())") == "gamma delta"
    select(article, "theta")
    expect(article.locator("#toolbar")).to_be_visible()
    article.set_viewport_size({"width": 800, "height": 300})
    select(article, "Alpha")
    expect(article.locator("#toolbar")).to_be_visible()
    article.mouse.wheel(0, 200)
    expect(article.locator("#toolbar")).to_be_hidden()


def test_switched_off_it_says_how_to_get_it_back(article: Page) -> None:
    mark(article, "gamma")
    article.click("#panel [data-do=off]")
    expect(article.locator(".toast")).to_contain_text("switched on again")
    select(article, "theta")
    article.wait_for_timeout(500)
    expect(article.locator("#toolbar")).to_be_hidden()
    shows(article, ["gamma"])
    article.reload()
    article.click("[data-do=on]")
    select(article, "theta")
    expect(article.locator("#toolbar")).to_be_visible()


def test_shortcuts_can_be_switched_off(article: Page) -> None:
    """At once, whatever the network does: the very next key is not taken any more."""
    select(article, "gamma")
    article.keyboard.press("Alt+Shift+m")
    expect(article.locator("#article mark")).to_have_text("gamma")
    article.keyboard.press("Alt+Shift+h")
    article.context.set_offline(True)
    article.locator("#help [data-do=keys]").uncheck()
    article.locator("#help [data-do=close]").click()
    article.keyboard.press("Control+z")
    select(article, "theta")
    article.keyboard.press("Alt+Shift+m")
    shows(article, ["gamma"])


def test_the_list_of_snippets_is_one_tab_stop(article: Page) -> None:
    for each in ("gamma", "zeta", "kappa", "second"):
        mark(article, each)
    stops = article.locator("#panel [data-show=list] a:not([tabindex='-1'])")
    expect(article.locator("#panel [data-show=list] a")).to_have_count(4)
    stops.first.focus()
    expect(stops).to_have_count(1)
    article.keyboard.press("ArrowDown")
    article.keyboard.press("Delete")
    # The first key brings the module that knows about keys.
    expect(article.locator("#panel [data-show=list] a")).to_have_count(3)
    shows(article, ["gamma", "second", "kappa"])
    expect(article.locator("#panel [data-show=list] a:focus")).to_have_text("second")
    article.keyboard.press("4")
    expect(article.locator("#article mark[data-color=pink]")).to_have_count(1)
    assert [color for _, color, _ in marked(article)] == ["yellow", "pink", "yellow"]


def test_words_that_a_translation_changed_are_not_marked(article: Page) -> None:
    article.evaluate("document.querySelector('#article p').firstChild.data = 'Alef '")
    select(article, "gamma")
    expect(article.locator(".toast")).to_contain_text("translating")
    article.keyboard.press("Alt+Shift+m")
    shows(article, [])
