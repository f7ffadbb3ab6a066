"""What readers copy of an article is the article: no mark of ours, no id, no colour of a dark screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.reader import mark
from tests.service import Service

ARTICLE = """<h1>Of copying</h1>
<p>Alpha <b>beta</b> gamma <a href="#note">delta</a> epsilon.</p>
<ul><li>One item.</li><li>Another item.</li></ul>
<pre><code>level = 1
print(level)</code></pre>
<table><tr><td>North</td><td>7</td></tr><tr><td>South</td><td>9</td></tr></table>
<table><thead><tr><th>Place</th><th>Boats</th></tr></thead></table>
<p>See <a href="#note"><em>the whole count</em></a>, x<sup>22</sup>.</p>
<blockquote><p>First said.</p><p>Then said.</p></blockquote>
<ul><li>Of words <strong>in bold print</strong> here.</li></ul>
<p id="note">Zeta eta.</p>"""
_SELECT = """([first, last]) => {
  const root = document.getElementById('article');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const start = root.textContent.indexOf(first);
  const end = root.textContent.indexOf(last, start) + last.length;
  let from, to;
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
    const { currentNode } = walker;
    if (!from && start < at + currentNode.length) from = [currentNode, start - at];
    if (!to && end <= at + currentNode.length) to = [currentNode, end - at];
  }
  getSelection().setBaseAndExtent(...from, ...to);
}"""


@pytest.fixture
def shared(page: Page, context: BrowserContext, service: Service, slug: str) -> Page:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    service.publish(slug, ARTICLE, lang="en")
    page.emulate_media(color_scheme="dark")
    marks = ["beta gamma delta", "gamma delta epsilon", "One item", "print(level)", "North", "Place", "whole count"]
    marks += ["22", "Then said", "bold print"]
    page.goto(service.share(slug, *marks)["url"])
    return page


def _copied(page: Page, kind: str) -> str:
    page.keyboard.press("Control+c")
    text: str = page.evaluate(
        "async (kind) => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind
    )
    # What Chromium puts around it.
    return re.sub(r"<!--.*?-->|</?(html|head|body|meta)\b[^>]*>", "", text).strip("\n") if kind == "text/html" else text


@pytest.mark.parametrize(
    ("first", "last", "html"),
    [
        ("Alpha", "epsilon.", 'Alpha <b>beta</b> gamma <a href="PAGE#c-note">delta</a> epsilon.'),
        ("amma", "amma", "amma"),
        ("delta", "delta", '<a href="PAGE#c-note">delta</a>'),
        ("One", "Another", "<ul><li>One item.</li>\n<li>Another</li></ul>"),
        ("print", "level)", "<pre><code>print(level)</code></pre>"),
        (
            "North",
            "South",
            "<table><tbody><tr><td>North</td>\n<td>7</td></tr>\n<tr><td>South</td></tr></tbody></table>",
        ),
        (
            "Place",
            "Boats",
            "<table><thead><tr><th>Place</th>\n<th>Boats</th></tr></thead></table>",
        ),
        ("whole", "whole", '<a href="PAGE#c-note"><em>whole</em></a>'),
        ("22", "22", "<sup>22</sup>"),
        ("First", "Then", "<blockquote><p>First said.</p>\n<p>Then</p></blockquote>"),
        ("Then", "said.", "Then said."),
        ("bold", "print", "<strong>bold print</strong>"),
        ("epsilon", "One", "<p>epsilon.</p>\n<ul><li>One</li></ul>"),
    ],
    ids=[
        "a paragraph",
        "inside a mark",
        "inside a link",
        "a list",
        "code",
        "a table",
        "the head of a table",
        "elements in a link",
        "a power",
        "a quotation",
        "words of a quotation",
        "words of an item",
        "blocks",
    ],
)
def test_marks_stay_behind(shared: Page, first: str, last: str, html: str) -> None:
    """Before the tool is there, so at once."""
    shared.evaluate(_SELECT, [first, last])
    selected = shared.evaluate("String(getSelection())")
    assert _copied(shared, "text/html") == html.replace("PAGE", shared.url)
    assert _copied(shared, "text/plain") == selected


def test_of_a_whole_page_the_article_is_copied(shared: Page) -> None:
    shared.keyboard.press("Control+a")
    found = _copied(shared, "text/html")
    assert "Of copying</h1>" in found
    assert "<mark" not in found
    assert "Printable version" not in found


def test_marks_just_made_stay_behind_as_well(page: Page, context: BrowserContext, service: Service, slug: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "beta", "delta")
    page.evaluate(_SELECT, ["Alpha", "epsilon."])
    assert "<mark" not in _copied(page, "text/html")


def test_what_holds_no_mark_is_copied_as_browsers_do(shared: Page) -> None:
    shared.evaluate(_SELECT, ["Zeta", "eta."])
    assert "style=" in _copied(shared, "text/html")
