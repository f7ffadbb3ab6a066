"""Touch, and scripts other than Latin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import mark, marked, saved, shows
from tests.service import Service
from tests.waiting import eventually

ENGLISH = "<h1>Of touching</h1>" + "".join(f"<p>Paragraph {n} has words.</p>" for n in range(40))
ARABIC = "<h1>عن الجسر</h1><p>قالت البلدية إن الجسر الجديد سيفتح في الربيع.</p><p>والنهر تحته.</p>"
JAPANESE = "<h1>橋</h1><p>町議会は新しい橋の建設を可決した。来年の春に開通する。</p>"
THAI = "<h1>สะพาน</h1><p>สภาเมืองอนุมัติสะพานใหม่ข้ามแม่น้ำแล้ว</p>"
UNBROKEN = "<h1>Long</h1><p>" + "unbroken" * 200 + " end.</p><p>😀👩‍👩‍👧 family and 𐍈𐌰𐌹𐍂𐌰𐌽 words</p>"


@pytest.fixture
def phone(new_page: Callable[..., Page], service: Service, slug: str) -> Page:
    service.publish(slug, ENGLISH, lang="en")
    page = new_page(viewport={"width": 390, "height": 760}, has_touch=True, is_mobile=True)
    page.goto(f"{service.url}/articles/{slug}")
    return page


def _hold(page: Page, selector: str) -> None:
    """A long press. Selecting the word under the finger is the system's part, which a headless browser has not."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    point = {"x": box["x"] + 30, "y": box["y"] + box["height"] / 2}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.evaluate(SELECT_WORD, point)
    session.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})


SELECT_WORD = """({ x, y }) => {
  const { startContainer, startOffset } = document.caretRangeFromPoint(x, y);
  getSelection().collapse(startContainer, startOffset);
  getSelection().modify('move', 'backward', 'word');
  getSelection().modify('extend', 'forward', 'word');
}"""


def test_the_story_by_touch(phone: Page) -> None:
    phone.locator("#article p:nth-of-type(2)").scroll_into_view_if_needed()
    _hold(phone, "#article p:nth-of-type(2)")
    bar = phone.locator("#toolbar")
    expect(bar).to_be_visible()
    assert "at-edge" in (bar.get_attribute("class") or "")
    for button in bar.locator("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    selected = phone.evaluate("String(getSelection()).trim()")
    phone.tap("#toolbar [data-color=green]")
    link = saved(phone)
    assert marked(phone) == [(1, "green", selected)]
    phone.tap("#article mark")
    expect(bar).to_be_visible()
    phone.tap("#toolbar [data-color=pink]")
    saved(phone, link)
    assert marked(phone) == [(1, "pink", selected)]
    phone.tap("#article mark")
    phone.tap("#toolbar [data-do=remove]")
    shows(phone, [])


def test_the_toolbar_keeps_clear_of_the_selection(phone: Page) -> None:
    """At the lower edge of the screen; what it would cover is scrolled from under it."""
    for number, from_top in ((3, 90), (30, 600)):
        paragraph = phone.locator(f"#article p:nth-of-type({number})")
        paragraph.evaluate(
            "(each, y) => scrollBy({ top: each.getBoundingClientRect().top - y, behavior: 'instant' })", from_top
        )
        _hold(phone, f"#article p:nth-of-type({number})")
        expect(phone.locator("#toolbar")).to_be_visible()
        bar, text = phone.locator("#toolbar").bounding_box(), paragraph.bounding_box()
        assert bar is not None
        assert text is not None
        assert bar["y"] > text["y"] + text["height"] + 40 or bar["y"] + bar["height"] + 40 < text["y"]
        phone.tap("#article h1", force=True)


def test_many_snippets_at_one_place_can_each_be_picked(phone: Page, service: Service, slug: str) -> None:
    service.publish(slug, "<h1>Of nests</h1><p>Alpha beta gamma delta epsilon zeta.</p>", lang="en")
    nest = ["gamma", "gamma delta", "beta gamma delta", "beta gamma delta epsilon", "Alpha beta gamma delta epsilon"]
    phone.goto(service.share(slug, *[(words, "pink") for words in nest])["url"])
    phone.locator("#article mark", has_text="gamma").tap()
    phone.tap("#toolbar [data-do=keep]")
    phone.locator("#article mark", has_text="gamma").tap()
    phone.wait_for_selector("#toolbar [data-do=remove]")
    for button in phone.locator("#toolbar button").all():
        expect(button).to_be_in_viewport(ratio=1)
    phone.tap("#toolbar [data-number='1']")
    phone.tap("#toolbar [data-do=remove]")
    shows(phone, ["beta gamma delta epsilon", "beta gamma delta", "gamma delta", "gamma"])


def test_right_to_left(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARABIC, lang="ar", dir="rtl")
    page.goto(f"{service.url}/articles/{slug}?lang=en")
    mark(page, "لجسر الجديد")
    shows(page, ["الجسر الجديد"])
    page.click("#keyboard-mark")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    _expect_selected(page, "الجسر قالت")
    page.keyboard.press("ArrowRight")
    _expect_selected(page, "الجسر")


def _expect_selected(page: Page, wanted: str) -> None:
    """Asked from here: the page's policy lets no script of ours wait inside it."""
    eventually(lambda: page.evaluate("String(getSelection()).replace('\\n', ' ')") == wanted)


def test_arabic_letters_stay_joined_at_the_edge_of_a_mark(page: Page, service: Service, slug: str) -> None:
    """A mark in mid-word, as other programs may make it, changes neither the width nor the place of the letters."""
    service.publish(slug, ARABIC, lang="ar", dir="rtl")
    link = (
        service.share(slug, "لج")["url"] if service.text(slug).count("لج") == 1 else service.share(slug, "لجد")["url"]
    )
    page.goto(link)
    with_mark = page.evaluate(WIDTH)
    page.goto(f"{link}?marks=off")
    assert page.evaluate(WIDTH) == pytest.approx(with_mark, abs=0.5)


WIDTH = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector('#article p'));
  return range.getBoundingClientRect().width;
}"""


@pytest.mark.parametrize(
    ("lang", "html", "inside", "found"),
    [
        ("ja", JAPANESE, "設を可", "建設を可決"),
        ("ja", JAPANESE, "しい", "新しい"),
        ("th", THAI, "ะพ", "สะพาน"),
        ("th", THAI, "่น้", "แม่น้ำ"),
    ],
)
def test_words_without_spaces(
    page: Page, service: Service, slug: str, lang: str, html: str, inside: str, found: str
) -> None:
    service.publish(slug, html, lang=lang)
    page.goto(f"{service.url}/articles/{slug}")
    text = page.locator("#article").text_content() or ""
    start = text.index(inside, text.index("\n"))
    page.evaluate(SELECT, [start, start + len(inside)])
    page.click("#toolbar [data-do=mark]")
    shows(page, [found])


#: Select by offsets in UTF-16 units, inside the words too.
SELECT = """([start, end]) => {
  const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
    const node = walker.currentNode;
    if (start >= at && start < at + node.length) range.setStart(node, start - at);
    if (end > at && end <= at + node.length) { range.setEnd(node, end - at); break; }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_long_unbroken_strings_and_astral_characters(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, UNBROKEN, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "unbrokenunbroken")
    mark(page, "𐌰𐌹", "𐌰𐌽")
    mark(page, "family", color="blue")
    link = saved(page)
    shown = [(1, "yellow", "unbroken" * 200), (2, "blue", "family"), (3, "yellow", "𐍈𐌰𐌹𐍂𐌰𐌽")]
    assert marked(page) == shown
    page.goto(link)
    assert marked(page) == shown
    mark(page, "words", color="pink")
    page.goto(saved(page, link))
    assert marked(page) == [*shown, (4, "pink", "words")]
