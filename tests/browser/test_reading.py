"""The reader's pages on screen: what stands on them, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.texts import ARABIC, ELSEWHERE, RUSSIAN, SOURCE
from tests.service import Service


def test_beside_the_article_stands_what_a_reader_needs(service: Service, share: Any, page: Page) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    page.goto(f"{service.url}/articles/river")

    invitation = "Mark any passage: the address in your browser becomes a unique link to it."
    expect(page.locator("#marking")).to_contain_text(invitation)
    expect(page.get_by_role("link", name="Printable version")).to_have_attribute("href", "/articles/river/print")
    expect(page.locator(".colophon").get_by_role("link", name=SOURCE)).to_have_attribute("href", SOURCE)
    expect(page.locator(".kicker")).to_have_text("The Town CourierR. WatersMay 8, 2026")
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", f"{service.url}/articles/river")
    expect(page).to_have_title("The river comes back to the town")


def test_the_root_holds_the_article_and_nothing_of_ours(service: Service, share: Any, page: Page) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    for address in (f"{service.url}/articles/river", share["url"], share["print_url"]):
        page.goto(address)
        root = page.locator("article#article[data-article=river][data-revision='2'][lang=en][dir=ltr]")

        expect(root).to_have_count(1)
        assert root.evaluate("root => root.textContent") == service.text("river")
        assert root.evaluate("root => root.firstChild.nodeName") == "H1"


def test_an_earlier_revision_says_so(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{service.url}/articles/river?revision=1")

    expect(page.locator(".preface")).to_contain_text("You are reading an earlier revision of this article.")
    page.get_by_role("link", name="Read the current one").click()
    expect(page.locator("#article")).to_have_attribute("data-revision", "2")


def test_the_list_of_articles(service: Service, slug: str, page: Page) -> None:
    title = f"Of the list, {slug}"
    service.publish(slug, f"<h1>{title}</h1><p>Words.</p>")
    page.goto(service.url)
    page.get_by_role("link", name=title).click()

    expect(page.locator("#article h1")).to_have_text(title)


def style(page: Page, selector: str, *names: str) -> list[str]:
    look = "(part, names) => names.map((name) => getComputedStyle(part)[name])"
    found: list[str] = page.locator(selector).first.evaluate(look, names)
    return found


def test_text_is_as_large_as_a_book_s_and_a_line_as_long(
    service: Service, slug: str, reader: Callable[..., Page]
) -> None:
    service.publish(slug, "<h1>T</h1><p>Words.</p>", lang="en")
    page = reader(1366)
    page.goto(f"{service.url}/articles/{slug}")
    assert style(page, "#article p", "fontSize", "lineHeight", "width") == ["20px", "32.4px", "672px"]


@pytest.mark.parametrize("lang", ["ar", "fa", "ur"])
@pytest.mark.parametrize("path", ["/articles/{}", "/articles/{}/print"])
def test_naskh_for_headlines_and_text(
    service: Service, slug: str, reader: Callable[..., Page], lang: str, path: str
) -> None:
    service.publish(slug, ARABIC, lang=lang)
    page = reader(1366)
    page.goto(service.url + path.format(slug))
    size, height, family = style(page, "#article h1", "fontSize", "lineHeight", "fontFamily")
    assert float(height[:-2]) / float(size[:-2]) == pytest.approx(1.4, abs=0.01)
    assert "Naskh" in family
    assert style(page, "#article p", "fontFamily") == [family]


@pytest.mark.parametrize("lang", ["ja", "zh"])
def test_lines_break_as_the_language_does_and_letters_stand_close(
    service: Service, slug: str, reader: Callable[..., Page], lang: str
) -> None:
    service.publish(slug, "<h1>川が町に戻る</h1><p>月曜日に議会は下流の水門を開いた。</p>", lang=lang)
    page = reader(1366)
    page.goto(f"{service.url}/articles/{slug}")
    for part in ("#article h1", "#article p"):
        assert style(page, part, "letterSpacing", "lineBreak") == ["normal", "strict"]
    assert page.locator("#article").get_attribute("lang") == lang


NUMBERED = """<h1>A headline of words</h1><p>Plain words, and then marked words.</p><h2>A heading of words</h2>
<ul><li>An item<ol><li>Nested items</li></ol></li></ul><blockquote><p>Quoted words.</p></blockquote>
<table><tbody><tr><td>A row</td><td>Marked cells</td></tr></tbody></table><pre>let code = marked;
print(code)</pre>"""
STARTS = ("headline", "marked words", "heading", "An item", "Nested", "Quoted", "Marked cells", "print(code)")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 360, 800, 1366])
def test_numbers_stand_in_the_margin_beside_the_line_in_which_a_snippet_begins(
    service: Service, slug: str, new_page: Callable[..., Page], direction: str, width: int
) -> None:
    service.publish(slug, NUMBERED, lang="en", dir=direction)
    share = service.share(slug, *STARTS)
    page = new_page(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page.goto(share["url"])
    lines = page.evaluate(
        """() => {
          const article = document.getElementById('article');
          const { left, right } = article.getBoundingClientRect();
          const outside = article.dir === 'rtl' ? { x: right, width: 16 } : { x: left - 16, width: 16 };
          return [...article.querySelectorAll('[data-starts]')].map((mark) => {
            const { top, bottom } = mark.getClientRects()[0];
            return { ...outside, y: top + scrollY - 6, height: bottom - top + 6 };
          });
        }"""
    )
    assert len(lines) == len(STARTS)
    marked = [page.screenshot(clip=line, full_page=True) for line in lines]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.getElementById('article').innerText.match(/[0-9]/)") is None
    page.goto(f"{share['url']}?marks=off")
    plain = [page.screenshot(clip=line, full_page=True) for line in lines]
    assert [beside == without for beside, without in zip(marked, plain, strict=True)] == [False] * len(lines)


@pytest.mark.parametrize(("width", "quotes"), [(360, ("one", "two", "three")), (1366, ("one", "two", "three", "four"))])
def test_numbers_of_one_line_do_not_cover_each_other(
    service: Service, slug: str, new_page: Callable[..., Page], width: int, quotes: tuple[str, ...]
) -> None:
    service.publish(slug, "<h1>T</h1><p>one two three four five</p>", lang="en")
    address = service.share(slug, *quotes)["url"]
    page = new_page(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page.goto(address)
    places = page.evaluate(
        """() => [...document.querySelectorAll('#article [data-starts]')].map((mark) => {
          const { fontSize, marginRight, translate } = getComputedStyle(mark, '::before');
          // Digits are about three quarters as high as their size.
          return [marginRight, translate.split(' ')[1] ?? 0, 0.75 * parseFloat(fontSize)].map(parseFloat);
        })"""
    )
    assert len(places) == len(quotes)
    for (out, down, high), (other_out, other_down, _) in combinations(places, 2):
        assert abs(down - other_down) > high or abs(out - other_out) > 2 * high, places


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("en", "There is nothing at this address"),
        ("ru", "По этому адресу ничего нет"),
        ("be", "Па гэтым адрасе нічога няма"),
    ],
)
def test_an_unknown_address_leads_on(service: Service, page: Page, code: str, headline: str) -> None:
    answer = page.goto(f"{service.url}/s/nothing?lang={code}")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name=headline)).to_be_visible()
    page.locator("main").get_by_role("link").click()
    assert page.url == f"{service.url}/?lang={code}"


def test_a_revoked_link_leads_to_the_article(service: Service, reader: Callable[..., Page]) -> None:
    page = reader(locale="ru-RU")
    service.publish("revoking", RUSSIAN, lang="ru")
    made = service.share("revoking", "нижний шлюз")
    page.goto(made["url"])
    headers = {"Authorization": f"Bearer {made['manage_key']}"}
    assert service.call("DELETE", f"/api/v1/shares/{made['token']}", headers=headers).status == 204

    answer = page.goto(made["url"])

    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("heading", name="Эта ссылка отозвана")).to_be_visible()
    page.get_by_role("link", name="Река возвращается в город").click()
    expect(page.locator("#article")).to_have_attribute("data-article", "revoking")
