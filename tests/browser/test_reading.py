"""The reader's pages on screen: what they hold, and that they hold together at every width."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.texts import ARABIC, EDITED, MARKED, RICH, RUSSIAN
from tests.service import Service

NEEDED = "Marking needs JavaScript, which is off in this browser. Reading, shared marks and printing work without it."
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><rect width="800" height="450"/></svg>'
ELSEWHERE = re.compile("^https:")
SOURCE = "https://example.org/news/river"

#: Boxes of the article's blocks, and where each of its lines begins.
LINES = """() => {
  const root = document.getElementById('article');
  const range = document.createRange();
  range.selectNodeContents(root);
  const blocks = [...root.querySelectorAll('h1,h2,h3,h4,p,li,blockquote,figcaption,td,th,pre,dt,dd')];
  return {
    blocks: blocks.map((block) => {
      const { left, top, width, height } = block.getBoundingClientRect();
      return [left, top + scrollY, width, height].map((each) => Math.round(each * 8) / 8);
    }),
    height: root.getBoundingClientRect().height,
  };
}"""


@pytest.fixture(scope="module")
def share(service: Service) -> Any:
    """A share whose article was edited after it was marked: one snippet changed, one lost."""
    facts = {"lang": "en", "author": "R. Waters", "publisher": "The Town Courier", "published_at": "2026-05-04"}
    service.publish("river", RICH, source_url=SOURCE, **facts)
    made = service.share("river", *MARKED)
    service.publish("river", EDITED, source_url=SOURCE, **facts)
    return made


@pytest.fixture(scope="module")
def fresh(service: Service) -> Any:
    """A share of an article that nobody edited."""
    service.publish("fresh", RICH, lang="en", source_url=SOURCE)
    return service.share("fresh", *MARKED)


@pytest.fixture
def reader(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Another reader's page, of a width; nothing is asked for elsewhere."""

    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        page = new_page(viewport={"width": width, "height": height}, **options)
        page.route(ELSEWHERE, lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
        return page

    return open_page


def test_beside_the_article_stands_what_a_reader_needs(service: Service, share: Any, page: Page) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    page.goto(f"{service.url}/articles/river")

    expect(page.locator("#marking")).to_contain_text("You can mark snippets of this text.")
    expect(page.locator("#marking")).to_contain_text("unique link in your browser")
    expect(page.get_by_role("link", name="Printable version")).to_have_attribute("href", "/articles/river/print")
    expect(page.locator(".colophon").get_by_role("link", name=SOURCE)).to_have_attribute("href", SOURCE)
    expect(page.locator(".kicker")).to_have_text("The Town CourierR. WatersMay 4, 2026")
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


@pytest.mark.parametrize("width", [320, 375, 768, 1023, 1024, 1440, 2560])
def test_no_page_is_wider_than_its_window(
    service: Service, share: Any, reader: Callable[..., Page], width: int
) -> None:
    service.publish("arabic", ARABIC, lang="ar", dir="rtl")
    page = reader(width)
    for address in (
        f"{service.url}/articles/river?lang=be",
        f"{share['url']}?lang=ru",
        share["print_url"],
        f"{service.url}/articles/arabic",
        f"{service.url}/?lang=ru",
        f"{service.url}/s/unknown",
    ):
        page.goto(address)
        wide, out = page.evaluate(
            """() => [
              document.documentElement.scrollWidth - innerWidth,
              [...document.querySelectorAll('a, button, h1, h2, .entry, .notice')]
                .filter((each) => each.checkVisibility({ visibilityProperty: true }))
                .filter((each) => !each.closest('table, .skip, .visually-hidden'))
                .filter((each) => {
                  const { left, right } = each.getBoundingClientRect();
                  return left < -1 || right > innerWidth + 1;
                })
                .map((each) => each.outerHTML.slice(0, 80)),
            ]"""
        )
        assert (wide, out) == (0, []), address


def test_wide_tables_and_code_scroll_on_their_own(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(320)
    page.goto(f"{service.url}/articles/river")

    for box in ("table", "pre"):
        found = page.locator(f"#article {box}")
        assert found.evaluate("box => box.scrollWidth > box.clientWidth"), box
        assert found.evaluate("box => (box.scrollLeft = 60, box.scrollLeft)") == 60, box
    # What is shown as a block that scrolls is a table all the same.
    expect(page.get_by_role("table", name="Thousands of crowns")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Contractor")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 900, 1280])
@pytest.mark.parametrize(
    ("html", "lang", "direction"), [(RICH, "en", "ltr"), (ARABIC, "ar", "rtl"), (RUSSIAN, "ru", "ltr")]
)
def test_marks_move_nothing(
    service: Service, slug: str, reader: Callable[..., Page], html: str, lang: str, direction: str, width: int
) -> None:
    service.publish(slug, html, lang=lang, dir=direction)
    text = service.text(slug)
    # All of the text, and every third piece of it once more, cut wherever that falls: within words, between blocks.
    spans = [(0, len(text)), *((start, min(start + 7, len(text))) for start in range(0, len(text) - 1, 21))]
    snippets = [
        {"selectors": [{"type": "TextPositionSelector", "start": start, "end": end}], "color": color}
        for (start, end), color in zip(spans, ["yellow", "green", "blue", "pink"] * len(spans), strict=False)
        if text[start:end].strip()
    ]
    made = service.call("POST", "/api/v1/shares", {"article": slug, "snippets": snippets}).json
    page = reader(width, java_script_enabled=True)

    page.goto(f"{made['url']}?marks=off")
    without = page.evaluate(LINES)
    page.goto(made["url"])
    page.evaluate("document.querySelectorAll('mark[data-picked]').forEach(mark => mark.removeAttribute('data-picked'))")
    assert page.locator("#article mark").count() > len(snippets)
    marked = page.evaluate(LINES)

    assert [box[2:] for box in marked["blocks"]] == [box[2:] for box in without["blocks"]]
    assert marked["height"] == without["height"]


def test_a_mark_within_a_word_leaves_arabic_letters_joined(
    service: Service, slug: str, reader: Callable[..., Page]
) -> None:
    service.publish(slug, ARABIC, lang="ar", dir="rtl")
    made = service.share(slug, "ستعيد نه")
    page = reader()
    width = """() => {
      const heading = document.querySelector('#article h1');
      const range = document.createRange();
      range.selectNodeContents(heading);
      return range.getBoundingClientRect().width;
    }"""

    page.goto(f"{made['url']}?marks=off")
    joined = page.evaluate(width)
    page.goto(made["url"])

    # Letters that are torn apart are wider by pixels.
    assert page.evaluate(width) == pytest.approx(joined, abs=0.25)


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


def test_shared_marks_are_there_without_scripts(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])

    expect(page.locator("#article mark#snippet-1")).to_have_text("the council opened the ")
    expect(page.locator("#marking noscript p")).to_be_visible()
    expect(page.locator("#marking noscript p")).to_have_text(NEEDED)
    expect(page.locator("#keyboard-mark")).to_be_hidden()
    expect(page.locator("#panel")).to_be_hidden()
    page.get_by_role("link", name="Green Hands Cooperative").click()
    assert page.url.endswith("#snippet-5")
    expect(page.locator("#snippet-5")).to_be_in_viewport()


def test_with_scripts_nothing_says_that_they_are_off(fresh: Any, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(fresh["url"])

    expect(page.locator("#keyboard-mark")).to_be_visible()
    expect(page.locator("#marking noscript")).to_be_hidden()


def test_a_share_says_what_became_of_its_snippets(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])
    section = page.get_by_role("region", name="5 snippets marked")

    expect(section.locator("time")).to_be_visible()
    expect(section).to_contain_text("The article was edited after the snippets were marked.")
    intact, changed, lost = (
        section.locator("li[value='1']"),
        section.locator("li[value='2']"),
        page.locator("#snippet-4"),
    )
    expect(intact).to_contain_text("the council opened the lower sluice")
    expect(intact).to_contain_text("yellow")
    expect(changed).to_contain_text("These words were edited after they were marked.")
    expect(changed.locator("del")).to_contain_text("an hour")
    expect(changed.locator("ins")).to_contain_text("a single afternoon")
    assert changed.locator("del").evaluate("del => del.textContent").startswith("removed: ")
    expect(lost).to_contain_text("We gave the river its bed back")
    expect(lost).to_contain_text("These words are no longer in the article.")
    expect(page.get_by_role("heading", name="1 snippet is no longer in the article")).to_be_visible()
    expect(page.locator("#article mark[data-snippets~='4']")).to_have_count(0)

    changed_mark = page.locator("#article mark[data-snippets='2'][data-status=changed]").first
    assert changed_mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "dashed"


def test_as_it_was_marked_and_back(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])

    page.get_by_role("link", name="Show it as it was marked").click()
    assert "as=marked" in page.url
    expect(page.locator("#article")).to_have_attribute("data-revision", "1")
    expect(page.locator("#article mark[data-status]:not([data-status~=intact])")).to_have_count(0)
    expect(page.locator("#snippet-4")).to_contain_text("We gave the river")
    expect(page.locator("#share")).to_contain_text("This is the article as it was when the snippets were marked.")
    page.get_by_role("link", name="Show it as it is now").click()
    assert page.url == share["url"]


def test_a_share_is_read_without_its_marks(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])

    page.get_by_role("link", name="Read without marks").click()
    expect(page.locator("#article mark")).to_have_count(0)
    page.get_by_role("link", name="Show the marks").click()
    expect(page.locator("#article mark")).not_to_have_count(0)


def test_a_share_offers_its_exports_and_its_qr_code(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])
    offered = page.locator(".exports")

    for name, end in (("Text", ".txt"), ("Markdown", ".md"), ("JSON", ".json"), ("JSON-LD", ".jsonld")):
        href = offered.get_by_role("link", name=name, exact=True).get_attribute("href") or ""
        assert share["url"].endswith(href.removesuffix(end)), name
    assert offered.locator("img").evaluate("image => image.complete && image.naturalWidth > 0")
    expect(offered).to_contain_text(share["url"])


def test_previews_are_offered_to_other_sites(service: Service, fresh: Any, page: Page) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    page.goto(fresh["url"])
    meta = {
        item["name"]: item["content"]
        for item in page.evaluate(
            """[...document.querySelectorAll('meta[content]')].map(
                 (meta) => ({ name: meta.getAttribute('property') ?? meta.name, content: meta.content }))"""
        )
    }

    assert meta["og:title"] == "The river comes back to the town"
    assert meta["og:url"] == fresh["url"]
    assert meta["og:description"] == "the council opened the lower sluice"
    assert meta["twitter:card"] == "summary"
    assert meta["robots"] == "noindex"
    discovered = page.locator("link[type='application/json+oembed']").get_attribute("href") or ""
    assert service.get(discovered).json["title"] == "The river comes back to the town"


def test_an_earlier_revision_says_so(service: Service, share: Any, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{service.url}/articles/river?revision=1")

    expect(page.locator(".preface")).to_contain_text("You are reading an earlier revision of this article.")
    page.get_by_role("link", name="Read the current one").click()
    expect(page.locator("#article")).to_have_attribute("data-revision", "2")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_shifts_when_the_scripts_start(fresh: Any, reader: Callable[..., Page], width: int) -> None:
    page = reader(width)
    page.add_init_script(
        """window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? '')]);
          }
        }).observe({ type: 'layout-shift', buffered: true });"""
    )
    for address in (fresh["url"], f"{fresh['url'].partition('/s/')[0]}/articles/fresh"):
        page.goto(address)
        expect(page.locator("#keyboard-mark")).to_be_visible()
        page.wait_for_timeout(300)

        assert page.evaluate("window.shifts") == []


def test_a_page_loads_little_and_only_from_here(service: Service, fresh: Any, reader: Callable[..., Page]) -> None:
    answers: list[Response] = []
    page = reader()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(fresh["url"], wait_until="networkidle")

    # The picture of the article itself is its publisher's.
    elsewhere = {answer.url for answer in answers if not answer.url.startswith(service.url)}
    assert elsewhere == {"https://images.invalid/sluice.jpg"}
    weights = {"text/css": 0, "text/javascript": 0}
    for answer in answers:
        kind = answer.headers["content-type"].partition(";")[0]
        if kind in weights:
            weights[kind] += len(gzip.compress(answer.body(), 9))
    assert 0 < weights["text/css"] < 6.5 * 1024
    assert 0 < sum(weights.values()) < 10 * 1024


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


def test_a_revoked_link_leads_to_the_article(service: Service, page: Page) -> None:
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


def test_the_list_of_articles(service: Service, share: Any, page: Page) -> None:
    page.goto(service.url)
    page.get_by_role("link", name="The river comes back to the town").first.click()

    expect(page.locator("#article h1")).to_have_text("The river comes back to the town")


def test_words_that_were_taken_back_are_shown_nowhere(service: Service, reader: Callable[..., Page]) -> None:
    service.publish("retracted", RICH, lang="en")
    made = service.share("retracted", *MARKED)
    service.publish("retracted", EDITED, lang="en")
    assert service.flask("articles", "retract", "retracted", "1").returncode == 0
    page = reader(java_script_enabled=False)

    page.goto(made["url"])
    changed, lost = page.locator("li[value='2']"), page.locator("#snippet-4")
    expect(changed).to_contain_text("The publisher has taken these words back.")
    expect(changed).to_contain_text("Now: lower sluice, and the old river bed filled within a single afternoon")
    changed.get_by_role("link").click()
    expect(page.locator("#article #snippet-2, #article [data-snippets='2']").first).to_be_in_viewport()
    expect(lost).to_contain_text("The publisher has taken these words back.")
    assert "within an hour" not in page.content()
    assert "We gave the river" not in page.content()
    expect(page.get_by_role("link", name="Show it as it was marked")).to_have_count(0)
