"""On a page whose words were altered no offset meets another text: marks fit, or none is made, and it is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.reader import mark, saved, shows
from tests.service import Service

ARTICLE = (
    "<h1>Boats in the harbour</h1>"
    "<p>The ferry left at nine and came back at noon with <a href='https://example.org/crew'>the whole crew</a>.</p>"
    "<p>On Monday there was a calm sea 🌊, on Tuesday a strong wind.</p>"
    "<ul><li>One buoy.</li><li>Two nets.</li></ul>"
    "<p>The mayor signed the list late in the evening.</p>"
)
SENT = ["came back at noon", "a strong wind", "signed the list"]

#: What extensions do: put words of their own into the article, and leave the others.
PUT_IN = {
    "words behind the headline": "root.querySelector('h1').append(' (5 min read)')",
    "a line between blocks": "root.querySelector('p').before(box('5 min read'), document.createTextNode('\\n'))",
    "an element before everything": "root.prepend(box('\\n  Read aloud\\n'))",
    "words inside of a sentence": "root.querySelector('p').firstChild.splitText(10).before(box(' [3] '))",
    "the same words as there": "root.querySelector('p').before(box('The ferry'))",
    "at the end": "root.append(box('The mayor signed'))",
    "a badge behind each word": """for (const text of texts()) {
      const pieces = text.data.split(/(?<=\\S)(?=\\s)/);
      text.replaceWith(...pieces.flatMap((piece) => [piece, box('¹')]));
    }""",
    "an element around words": """const text = root.querySelector('p').firstChild.splitText(4);
      text.splitText(5); text.replaceWith(box(text.data))""",
}
#: What changes the marks themselves, and no word.
WRAPPED = {
    "marks in another class": "for (const mark of marks()) mark.classList.add('read-aloud')",
    "marks in elements": "for (const mark of marks()) { mark.before(box('')); mark.previousSibling.append(mark) }",
    "elements in marks": "for (const mark of marks()) mark.innerHTML = `<b>${mark.innerHTML}</b>`",
    "no marks at all": "for (const mark of marks()) mark.replaceWith(...mark.childNodes)",
}
#: Other words in the place of what was published, or nothing.
REPLACED = {
    "a translation in place": "for (const text of texts()) text.data = text.data.replace(/(?<=\\S)$/, 'xx')",
    "a translation in elements": """for (const text of texts()) {
      if (!text.data.trim()) continue;
      const outer = document.createElement('font'), inner = document.createElement('font');
      inner.textContent = 'xx ' + text.data.toUpperCase();
      outer.append(inner);
      text.replaceWith(outer);
    }""",
    "one word": "for (const text of texts()) text.data = text.data.replace('nine', 'ten')",
    "a passage taken out": "root.querySelectorAll('p')[1].remove()",
    "blocks in another order": "root.append(root.querySelector('p'))",
    "another root": "root.replaceWith(root.cloneNode(true))",
    "a paragraph twice": "const p = root.querySelector('p'); p.after(p.cloneNode(true))",
}
_RUN = """(alter) => {
  const root = document.getElementById('article');
  const box = (words) => Object.assign(document.createElement('b'), { textContent: words });
  const texts = () => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const marks = () => root.querySelectorAll('mark');
  new Function('root', 'box', 'texts', 'marks', alter)(root, box, texts, marks);
}"""


def alter(page: Page, how: str) -> None:
    page.evaluate(_RUN, how)


@pytest.fixture
def plain(page: Page, service: Service, slug: str) -> Page:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    return page


@pytest.fixture
def sent(page: Page, service: Service, slug: str) -> Page:
    """A link that was sent, before the tool is there."""
    service.publish(slug, ARTICLE, lang="en")
    page.goto(service.share(slug, *SENT)["url"])
    page.wait_for_load_state("networkidle")
    return page


def quotes(service: Service, link: str) -> list[str]:
    return [snippet["quote"] for snippet in service.get(f"{link.removeprefix(service.url)}.json").json["snippets"]]


@pytest.mark.parametrize("how", WRAPPED.values(), ids=WRAPPED.keys())
def test_what_others_do_to_marks_is_no_matter(plain: Page, service: Service, how: str) -> None:
    """Two begin at one word, so that an empty element carries the id of the second."""
    home = plain.url
    mark(plain, "calm sea 🌊")
    mark(plain, "calm", color="blue")
    first = saved(plain, home)
    alter(plain, how)
    mark(plain, "nets", color="green")
    second = saved(plain, first)
    assert quotes(service, second) == ["calm sea 🌊", "calm", "nets"]
    shows(plain, ["calm sea 🌊", "calm", "nets"])
    ids = plain.locator("#article [id^=snippet-]").evaluate_all("all => all.map(({ id }) => id)")
    assert sorted(ids) == ["snippet-1", "snippet-2", "snippet-3"]
    plain.keyboard.press("Control+z")
    shows(plain, ["calm sea 🌊", "calm"])
    plain.locator("#panel [data-do=clear]").click()
    expect(plain.locator("#article :is(mark, [id^=snippet-])")).to_have_count(0)


@pytest.mark.parametrize("how", PUT_IN.values(), ids=PUT_IN.keys())
def test_what_was_sent_is_changed_in_the_right_places(sent: Page, service: Service, how: str) -> None:
    """Put in before the tool is there: taken away and recoloured is what was meant, and the rest is what was sent."""
    before = sent.url
    alter(sent, how)
    sent.click("#share [data-do=keep]")
    # The tool draws marks anew that something was put into.
    expect(sent.locator("#panel")).to_be_visible()
    sent.locator("#article mark", has_text="wind").first.click()
    sent.click("#toolbar [data-do=remove]")
    link = saved(sent, before)
    assert quotes(service, link) == [SENT[0], SENT[2]]
    sent.locator("#article mark", has_text="signed").last.click()
    sent.click("#toolbar [data-color=pink]")
    assert quotes(service, saved(sent, link)) == [SENT[0], SENT[2]]


@pytest.mark.parametrize("how", PUT_IN.values(), ids=PUT_IN.keys())
def test_marks_are_made_and_undone_in_the_right_places(plain: Page, service: Service, how: str) -> None:
    """Put in while somebody marks: nothing of it becomes part of a quote, and nothing of it is lost."""
    home = plain.url
    mark(plain, "calm sea 🌊")
    first = saved(plain, home)
    alter(plain, how)
    others = "document.querySelectorAll('#article b').length"
    count = plain.evaluate(others)
    text = plain.locator("#article").evaluate("root => root.textContent")
    mark(plain, "nets", color="green")
    shows(plain, ["calm sea 🌊", "nets"])
    assert quotes(service, saved(plain, first)) == ["calm sea 🌊", "nets"]
    for left in (["calm sea 🌊"], []):
        plain.keyboard.press("Control+z")
        expect(plain.locator("#panel .entry")).to_have_count(len(left))
        shows(plain, left)
    assert plain.locator("#article").evaluate("root => root.textContent") == text
    assert plain.evaluate(others) == count


def _is_told(page: Page) -> None:
    expect(page.locator(".toast")).to_contain_text("translating")


def _tap(page: Page) -> None:
    page.locator("#article mark").first.click()


def _select(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#article li'))")


def _undo(page: Page) -> None:
    page.keyboard.press("Control+z")


def _clear(page: Page) -> None:
    page.locator("#panel [data-do=clear]").click()


def _by_keyboard(page: Page) -> None:
    page.keyboard.press("Alt+Shift+k")


@pytest.mark.parametrize("act", [_tap, _select, _undo, _clear, _by_keyboard], ids=lambda act: act.__name__.strip("_"))
@pytest.mark.parametrize("how", [REPLACED["one word"], REPLACED["a translation in elements"]], ids=["word", "page"])
def test_on_other_words_nothing_is_changed_and_it_is_said(
    plain: Page, service: Service, how: str, act: Callable[[Page], None]
) -> None:
    mark(plain, "The ferry", "left")
    mark(plain, "calm sea", color="green")
    link = saved(plain)
    orders: list[Request] = []
    plain.on("request", lambda request: orders.append(request) if request.method == "POST" else None)
    alter(plain, how)
    before = plain.locator("#article").inner_html()
    act(plain)
    _is_told(plain)
    expect(plain.locator("#toolbar")).to_be_hidden()
    assert plain.locator("#article").inner_html() == before
    assert plain.url == link
    assert orders == []


@pytest.mark.parametrize("how", REPLACED.values(), ids=REPLACED.keys())
def test_back_and_forward_load_a_page_of_other_words_anew(plain: Page, service: Service, how: str) -> None:
    home = plain.url
    mark(plain, "The ferry", "left")
    link = saved(plain, home)
    published = service.text(home.rpartition("/")[2])
    for move, address, marks in ((plain.go_back, home, []), (plain.go_forward, link, ["The ferry left"])):
        alter(plain, how)
        move()
        expect(plain).to_have_url(address)
        expect(plain.locator("#article")).to_have_js_property("textContent", published)
        shows(plain, marks)


def test_the_keyboard_goes_on_between_words_that_are_put_in(plain: Page, service: Service) -> None:
    """What is shown as selected is what Enter marks."""
    plain.keyboard.press("Alt+Shift+k")
    expect(plain.locator(".hint")).to_be_visible()
    for _ in range(5):
        plain.keyboard.press("ArrowRight")
    alter(plain, PUT_IN["words behind the headline"])
    plain.keyboard.press("ArrowRight")
    shown = plain.evaluate("String(getSelection())")
    plain.keyboard.press("Enter")
    shows(plain, [shown])
    assert quotes(service, saved(plain)) == [shown]


def test_a_text_that_cannot_be_fetched_is_said(sent: Page) -> None:
    sent.route("**/text?revision*", lambda route: route.abort())
    alter(sent, PUT_IN["words behind the headline"])
    sent.locator("#article mark").first.click()
    expect(sent.locator(".toast")).to_contain_text("cannot be reached")
    sent.unroute("**/text?revision*")
    sent.locator("#article mark").first.click()
    expect(sent.locator("#toolbar")).to_be_visible()


def test_it_is_said_once_while_somebody_only_selects(plain: Page) -> None:
    mark(plain, "calm sea")
    alter(plain, REPLACED["one word"])
    _select(plain)
    _is_told(plain)
    plain.evaluate("document.querySelector('.toast').remove()")
    plain.evaluate("getSelection().selectAllChildren(document.querySelector('#article h1'))")
    plain.keyboard.press("Alt+Shift+h")
    expect(plain.locator("#help")).to_be_visible()
    expect(plain.locator(".toast")).to_have_count(0)


def test_marks_are_possible_again_when_the_words_are_back(plain: Page, service: Service) -> None:
    alter(plain, "globalThis.kept = root.innerHTML;" + REPLACED["a translation in elements"])
    _select(plain)
    _is_told(plain)
    plain.evaluate("document.getElementById('article').innerHTML = kept")
    mark(plain, "calm sea")
    assert quotes(service, saved(plain)) == ["calm sea"]


def test_what_is_sent_along_are_the_words_on_the_page(plain: Page) -> None:
    """So the service compares them with the published ones, however long they are."""
    with plain.expect_request("**/api/v1/shares") as order:
        mark(plain, "The ferry", "late in the evening.")
    body: Any = order.value.post_data_json
    sent = body["snippets"][0]["selectors"]
    assert [each["type"] for each in sent] == ["TextPositionSelector", "TextQuoteSelector"]
    text = plain.locator("#article").evaluate("root => root.textContent")
    assert sent[1]["exact"] == text[text.index("The ferry") :]


#: name, pieces of the page, the published text, indexes of what was put in (None: there is no telling)
PIECES: list[tuple[str, list[str], str, list[int] | None]] = [
    ("nothing put in", ["One ", "two."], "One two.", []),
    ("at the beginning", ["x", "One ", "two."], "One two.", [0]),
    ("in the middle", ["One ", "x", "two."], "One two.", [1]),
    ("at the end", ["One ", "two.", "x"], "One two.", [2]),
    ("a copy of words elsewhere", ["two.", "One ", "two."], "One two.", [0]),
    ("it begins like the text", ["One", "One ", "two."], "One two.", [0]),
    ("a space more", ["One", " ", " ", "two"], "One two", [1]),
    ("an empty piece", ["One", "", " two"], "One two", []),
    ("which of two words", ["go ", "go ", "on"], "go on", None),
    ("which of two runs", ["a", "b", "a", "b"], "ab", None),
    ("shorter", ["One "], "One two.", None),
    ("another word", ["One ", "too."], "One two.", None),
    ("another word and more", ["One ", "too.", " And more."], "One two.", None),
    ("another order", ["two.", "One ", "x"], "One two.", None),
    ("in one piece with it", ["x One ", "two."], "One two.", None),
    ("no words at all", [], "One", None),
    ("too many ways", ["a"] * 2_000, "a" * 1_000, None),
]


def test_what_was_put_in_is_told_from_the_article(plain: Page) -> None:
    found: list[Any] = plain.evaluate(
        """async (rows) => {
          const entry = document.querySelector('script[type=module]').src;
          const { strangers } = await import(entry.replace('article', 'strangers'));
          return rows.map(([, pieces, text]) => {
            const found = strangers(pieces, text);
            return found && [...found].sort((a, b) => a - b);
          });
        }""",
        PIECES,
    )
    for (name, pieces, text, wanted), got in zip(PIECES, found, strict=True):
        own = None if got is None else "".join(piece for index, piece in enumerate(pieces) if index not in got)
        assert (own is None) == (wanted is None), name
        assert own is None or own == text, name
        assert wanted is None or [pieces[index].strip() for index in wanted] == [pieces[i].strip() for i in got], name
