"""Coming back: the reader's own links on a page of their own, as a file, and what articles and home say of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, Route, expect

from tests.browser.reader import mark, saved, shows
from tests.service import Service

ARTICLE = "<h1>Of coming back</h1><p>Alpha beta gamma delta.</p><p>Epsilon zeta eta theta.</p>"
ORDERS = "**/api/v1/shares"
#: What a browser keeps: `name` is the storage's, each value what stands under a name.
KEEP = "(kept) => { for (const name in kept) localStorage[name] = JSON.stringify(kept[name]) }"
NAMES = "(prefix) => Object.keys(localStorage).filter((name) => name.startsWith(prefix))"
FORBIDDEN = (
    """Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"""
)
SHIFTS = """globalThis.shifts = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value })
  .observe({ type: 'layout-shift', buffered: true })"""


def keep(page: Page, service: Service, *links: Any) -> None:
    """Let the browser keep these links, as records that it made."""
    page.goto(f"{service.url}/links")
    page.evaluate(KEEP, {f"snippets:link:{link['token']}": link for link in links})
    page.goto(f"{service.url}/links")


def made(service: Service, slug: str, words: str, **more: object) -> Any:
    """A link as this browser keeps it."""
    share = service.share(slug, words)
    names = ("token", "url", "print_url", "created_at", "expires_at", "manage_key")
    return {name: share[name] for name in names} | {"title": "Of coming back", "words": words, "count": 1, **more}


def a_row(number: int = 0, **more: object) -> dict[str, object]:
    """A link as a file holds it."""
    fields = {"token": f"1-{number:022}.{'s' * 43}", "manage_key": "k" * 43, "count": 1, "words": f"words {number}"}
    return {**fields, "title": "An article", "article": "an-article", "created_at": "2026-11-01T10:00:00Z", **more}


def a_file(*links: object, **more: object) -> Any:
    body = json.dumps({"warning": "…", "format": "snippetsvc-links", "version": 1, "links": links, **more})
    return {"name": "my-links.json", "mimeType": "application/json", "buffer": body.encode()}


def rows(page: Page) -> Locator:
    return page.locator(".own-link")


def press_twice(button: Locator) -> None:
    button.click()
    button.click()


@pytest.fixture
def address(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return f"{service.url}/articles/{slug}"


@pytest.fixture
def mine(page: Page, service: Service) -> Page:
    page.goto(f"{service.url}/links")
    return page


def a_visit(page: Page, address: str) -> list[str]:
    """Four marks, and a reload in between: the links that they have made, in order."""
    page.goto(address)
    links: list[str] = []
    for words, color in (("beta", None), ("delta", "pink"), ("zeta", "blue"), ("theta", "pink")):
        mark(page, words, color=color)
        links.append(saved(page, links[-1] if links else address))
        if words == "delta":
            page.reload()
            shows(page, ["beta", "delta"])
    return links


def test_a_visit_is_one_row_and_is_revoked_as_a_whole(page: Page, service: Service, address: str) -> None:
    links = a_visit(page, address)
    assert len(set(links)) == 4
    page.goto(address)
    mark(page, "Alpha")
    other = saved(page, address)
    page.locator(".tools").get_by_role("link", name="My links (2)").click()
    expect(page.get_by_role("heading", name="Of coming back")).to_have_count(1)
    expect(page.locator("[data-part=open]")).to_have_text(["Alpha", "beta"])
    row = rows(page).nth(1)
    expect(row).to_contain_text("4 snippets")
    expect(row).to_contain_text("never expires")
    expect(row.get_by_role("img")).to_have_count(3)
    assert [dot.get_attribute("aria-label") for dot in row.get_by_role("img").all()] == ["Yellow", "Blue", "Pink"]

    row.get_by_role("button", name="Revoke").click()
    expect(row).to_contain_text("3 links that you made on the way to it")
    assert service.get(links[3]).status == 200
    row.get_by_role("button", name="Revoke for good?").click()
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("were revoked")
    assert [service.get(link).status for link in links] == [410] * 4
    assert service.get(other).status == 200
    expect(page.get_by_role("link", name="My links (1)")).to_be_visible()
    expect(rows(page).get_by_role("link")).to_be_focused()


def test_a_row_leads_to_its_newest_link(page: Page, service: Service, address: str) -> None:
    link = a_visit(page, address)[-1]
    page.goto(f"{service.url}/links?lang=ru")
    rows(page).get_by_role("link").click()
    expect(page).to_have_url(f"{link}?lang=ru")
    shows(page, ["beta", "delta", "zeta", "theta"])


def test_a_link_is_copied_and_extended(page: Page, service: Service, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    links = a_visit(page, address)
    page.goto(f"{service.url}/links")
    rows(page).get_by_role("button", name="Copy link").click()
    expect(page.locator(".toast")).to_have_text("Link to 4 snippets copied.")
    assert page.evaluate("navigator.clipboard.readText()") == links[3]
    rows(page).get_by_role("combobox", name="Expiry").select_option("604800")
    expect(rows(page)).to_contain_text("works until")
    expires = [service.get(f"{link}.json").json["expires_at"] for link in links]
    assert [bool(each) for each in expires] == [False, False, False, True]
    page.reload()
    expect(rows(page)).to_contain_text("works until")


def test_what_could_not_be_revoked_is_told_by_name_and_stays(
    page: Page, service: Service, address: str, slug: str
) -> None:
    visit = {"visit": "7", "article": slug}
    late, early = made(service, slug, "zeta", **visit, at=2), made(service, slug, "beta", **visit, at=1)
    gone = made(service, slug, "theta", **visit)
    key = {"Authorization": f"Bearer {gone['manage_key']}"}
    assert service.call("DELETE", f"/api/v1/shares/{gone['token']}", headers=key).status == 204
    keep(page, service, late, early, gone)
    page.route(f"**/api/v1/shares/{early['token']}", lambda route: route.abort())
    expect(rows(page)).to_have_count(1)
    press_twice(page.locator("[data-part=revoke]"))
    expect(page.locator(".toast")).to_have_text("Not revoked, and still open: “beta”. the service cannot be reached")
    expect(page.locator("[data-part=open]")).to_have_text("beta")
    assert page.evaluate(NAMES, "snippets:link") == [f"snippets:link:{early['token']}"]
    page.unroute(f"**/api/v1/shares/{early['token']}")
    press_twice(page.locator("[data-part=revoke]"))
    expect(rows(page)).to_have_count(0)
    assert [service.get(each["url"]).status for each in (late, early, gone)] == [410] * 3


def test_whoever_goes_elsewhere_is_asked_anew(page: Page, service: Service, address: str, slug: str) -> None:
    link = made(service, slug, "beta")
    keep(page, service, link)
    page.locator("[data-part=revoke]").click()
    page.locator("#search").focus()
    page.locator("[data-part=revoke]").click()
    expect(page.locator("[data-part=revoke]")).to_have_text("Revoke for good?")
    assert service.get(link["url"]).status == 200


def test_removed_from_the_list_the_link_goes_on(page: Page, service: Service, address: str) -> None:
    page.goto(address)
    mark(page, "beta")
    link = saved(page)
    other = page.context.new_page()
    other.goto(f"{service.url}/links")
    remove = other.locator("[data-part=remove]")
    remove.click()
    expect(rows(other)).to_contain_text("can no longer be revoked from here")
    remove.click()
    expect(other.get_by_text("No links yet")).to_be_visible()
    expect(other.locator("[data-show=own]")).to_have_text("")
    assert other.evaluate(NAMES, "snippets:link") == []
    assert service.get(link).status == 200
    expect(page.locator("body")).to_have_attribute("data-state", "saved")


def test_links_are_grouped_by_article_and_looked_for(page: Page, service: Service, slug: str) -> None:
    day = "2026-11-0{}T10:00:00Z".format
    keep(
        page,
        service,
        a_row(1, created_at=day(1), title="Of ÉCLAIRS", article="b", words="Sugar"),
        a_row(2, created_at=day(2), words="Old <b>words</b>"),
        a_row(3, created_at=day(3), title="Of ÉCLAIRS", article="b", words="Cream"),
        a_row(4, created_at=day(4), words="New words", expires_at=day(5)),
    )
    found = page.locator("[data-part=open]")
    expect(page.locator("[data-show=links] h2")).to_have_text(["An article", "Of ÉCLAIRS"])
    expect(found).to_have_text(["New words", "Old <b>words</b>", "Cream", "Sugar"])
    expect(rows(page).first).to_contain_text("expired")
    expect(rows(page).first.get_by_role("button")).to_have_text(["Remove from the list"])
    for wanted, words in (
        ("éclairs", ["Cream", "Sugar"]),
        ("  WORDS old ", ["Old <b>words</b>"]),
        ("article", ["New words", "Old <b>words</b>"]),
        ("nowhere", []),
    ):
        page.get_by_role("searchbox").fill(wanted)
        expect(found).to_have_text(words)
    expect(page.get_by_text("None of your links")).to_be_visible()


def test_what_another_page_keeps_comes_to_the_list(mine: Page, address: str) -> None:
    expect(mine.get_by_text("No links yet")).to_be_visible()
    other = mine.context.new_page()
    other.goto(address)
    mark(other, "beta")
    saved(other)
    expect(mine.locator("[data-part=open]")).to_have_text(["beta"])


def test_everything_is_forgotten_here(page: Page, service: Service, address: str) -> None:
    page.goto(address)
    mark(page, "beta", color="pink")
    link = saved(page)
    page.route(ORDERS, lambda route: route.abort())
    mark(page, "zeta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.goto(f"{service.url}/links")
    expect(page.locator(".drafts")).to_contain_text("Not finished: beta — Of coming back")
    page.evaluate("localStorage.others = 'stays'")
    forget = page.locator("#forget")
    forget.click()
    expect(page.locator("[data-show=forget-note]")).to_contain_text("Marks that have no link yet are lost")
    assert len(page.evaluate(NAMES, "snippets:")) == 3
    forget.click()
    expect(page.get_by_text("No links yet")).to_be_visible()
    expect(page.locator(".drafts")).to_be_hidden()
    assert page.evaluate(NAMES, "") == ["others"]
    assert service.get(link).status == 200


def test_links_go_to_another_browser_as_a_file(
    page: Page, service: Service, address: str, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    links = a_visit(page, address)
    page.goto(f"{service.url}/links")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    content = json.loads(file.read_text())
    first, sentence = next(iter(content.items()))
    assert (first, "can revoke these links" in sentence) == ("warning", True)
    assert len(content["links"]) == 4
    assert "http" not in file.read_text()

    other = new_page()
    other.goto(f"{service.url}/links")
    for came in ("4 links came in.", "0 links came in. 4 were here already."):
        other.set_input_files("#file", file)
        expect(other.locator(".outcome p")).to_have_text(came)
        expect(rows(other)).to_have_count(1)
    expect(other.locator("[data-part=open]")).to_have_attribute("href", links[3].removeprefix(service.url))
    press_twice(other.locator("[data-part=revoke]"))
    expect(rows(other)).to_have_count(0)
    assert [service.get(link).status for link in links] == [410] * 4


def test_a_file_replaces_no_key_and_brings_no_address(page: Page, service: Service, address: str, slug: str) -> None:
    link = made(service, slug, "beta")
    keep(page, service, link)
    bad = "https://elsewhere.invalid/"
    page.set_input_files(
        "#file",
        a_file({**a_row(), "token": link["token"]}, a_row(1, url=bad, print_url=bad, api=bad, words="<img src=x>")),
    )
    expect(page.locator(".outcome p")).to_have_text("1 link came in. 1 was here already.")
    assert page.evaluate(f"JSON.parse(localStorage['snippets:link:{link['token']}']).manage_key") == link["manage_key"]
    expect(page.locator("[data-part=open]", has_text="<img src=x>")).to_have_attribute(
        "href", f"/s/{a_row(1)['token']}"
    )
    assert bad not in json.dumps(page.evaluate("Object.values(localStorage)"))


WRONG: dict[str, tuple[object, str]] = {
    "no link at all": (5, "the link"),
    "nothing": (None, "the link"),
    "a list": ([], "token"),
    "a forged token": (a_row(token="../../articles"), "token"),
    "no key": (a_row(manage_key=None), "manage_key"),
    "a key that would be another header": (a_row(manage_key=f"{'k' * 42}\n"), "manage_key"),
    "no number": (a_row(count="3"), "count"),
    "too many snippets": (a_row(count=1001), "count"),
    "no time": (a_row(created_at="yesterday"), "created_at"),
    "no such day": (a_row(expires_at="2026-13-41T00:00:00Z"), "expires_at"),
    "words too long": (a_row(words="w" * 1001), "words"),
    "a title that is none": (a_row(title={"text": "T"}), "title"),
    "no slug": (a_row(article="//elsewhere.invalid"), "article"),
    "another colour": (a_row(colors=["red"]), "colors"),
    "colours in words": (a_row(colors="yellow"), "colors"),
    "no visit": (a_row(visit="<b>"), "visit"),
}


def test_wrong_rows_of_a_file_are_named_and_left_out(mine: Page) -> None:
    mine.set_input_files("#file", a_file(*(row for row, _ in WRONG.values()), a_row(7)))
    expect(mine.locator(".outcome p")).to_have_text("1 link came in. 16 were left out:")
    expect(mine.locator(".outcome li")).to_have_text(
        [f"Row {n}: {field} is missing, or not as it should be." for n, (_, field) in enumerate(WRONG.values(), 1)]
    )
    expect(mine.locator("[data-part=open]")).to_have_text(["words 7"])


@pytest.mark.parametrize(
    ("file", "said"),
    [
        pytest.param({**a_file(), "buffer": b"{"}, "no file of links", id="no JSON"),
        pytest.param({**a_file(), "buffer": b"null"}, "no file of links", id="nothing in it"),
        pytest.param(a_file(links={}), "no file of links", id="no list"),
        pytest.param(a_file(format="x"), "no file of links", id="something else"),
        pytest.param(a_file(version=2), "another version", id="a later version"),
        pytest.param(a_file(*[0] * 10_001), "more than 10,000 links", id="too many"),
        pytest.param({**a_file(), "buffer": b" " * 5_000_001}, "larger than 5 MB", id="too large"),
    ],
)
def test_a_file_that_cannot_be_taken(mine: Page, file: Any, said: str) -> None:
    mine.set_input_files("#file", file)
    expect(mine.locator(".outcome")).to_contain_text(said)
    expect(rows(mine)).to_have_count(0)


def test_ten_thousand_links(mine: Page) -> None:
    mine.set_input_files("#file", a_file(*(a_row(n, article=f"a-{n % 100}") for n in range(10_000))))
    expect(mine.locator(".outcome p")).to_have_text("10,000 links came in.")
    expect(mine.locator("[data-show=found]")).to_have_text("10,000 links")
    expect(mine.get_by_role("link", name="My links (99+)")).to_be_visible()
    expect(rows(mine)).to_have_count(100)
    mine.get_by_role("button", name="Show more").click()
    expect(rows(mine)).to_have_count(200)
    expect(rows(mine).nth(100).get_by_role("link")).to_be_focused()
    mine.get_by_role("searchbox").fill("words 4321")
    expect(mine.locator("[data-part=open]")).to_have_text(["words 4321"])
    mine.reload()
    expect(rows(mine).first).to_be_visible()


def test_a_browser_without_room_says_so(mine: Page) -> None:
    mine.evaluate(
        "for (let size = 2 ** 22; size; size >>= 1) { try { localStorage[size] = 'x'.repeat(size) } catch {} }"
    )
    mine.set_input_files("#file", a_file(a_row(1), a_row(2)))
    expect(mine.locator(".outcome p")).to_have_text("0 links came in. This browser has no room for 2 of them.")


def test_where_nothing_is_kept_it_is_said(new_page: Callable[..., Page], service: Service) -> None:
    page = new_page()
    page.add_init_script(FORBIDDEN)
    page.goto(f"{service.url}/links")
    expect(page.get_by_text("cannot be revoked later")).to_be_visible()
    expect(page.get_by_text("No links yet")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)


def test_without_javascript_the_page_says_what_it_is(new_page: Callable[..., Page], service: Service) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{service.url}/")
    page.get_by_role("link", name="My links").click()
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_text("No links yet")).to_be_hidden()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "You marked 4 passages on "), ("ru", " вы отметили 4 фрагмента"), ("be", " вы пазначылі 4 фрагменты")],
)
def test_an_article_says_what_was_marked_of_it_and_nothing_moves(
    page: Page, service: Service, address: str, lang: str, said: str
) -> None:
    link = a_visit(page, address)[-1]
    page.add_init_script(SHIFTS)
    page.set_viewport_size({"width": 360, "height": 740})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}?lang={lang}")
    invitation = page.locator(".invitation")
    expect(invitation).to_contain_text(said)
    expect(page.locator("[data-show=own]")).to_have_text(" (1)")
    assert page.evaluate("shifts") == 0
    assert not [url for url in asked if url.endswith("/tool.js")]
    invitation.get_by_role("link").click()
    expect(page).to_have_url(f"{link}?lang={lang}")


def test_of_other_articles_an_article_says_nothing(page: Page, service: Service, address: str) -> None:
    a_visit(page, address)
    service.publish("another", "<h1>Another</h1><p>Words.</p>", lang="en")
    page.goto(f"{service.url}/articles/another")
    expect(page.locator("[data-show=own]")).to_have_text(" (1)")
    expect(page.locator(".invitation")).to_contain_text("Mark any passage")


def test_home_lists_what_is_not_finished(page: Page, service: Service, address: str) -> None:
    page.goto(address)
    page.route(ORDERS, lambda route: route.abort())
    mark(page, "beta")
    expect(page.locator("body")).to_have_attribute("data-state", "retrying")
    page.goto(f"{service.url}/")
    expect(page.locator(".drafts li")).to_have_text(["Not finished: beta — Of coming back"])
    page.unroute(ORDERS)
    page.locator(".drafts a").click()
    shows(page, ["beta"])
    saved(page)
    page.goto(f"{service.url}/")
    expect(page.locator("[data-show=own]")).to_have_text(" (1)")
    expect(page.locator(".drafts")).to_be_hidden()


def test_what_is_being_marked_in_another_tab_is_not_unfinished(page: Page, service: Service, address: str) -> None:
    held: list[Route] = []
    page.route(ORDERS, lambda route: held.append(route))
    page.goto(address)
    with page.expect_request(ORDERS):
        mark(page, "beta")
    other = page.context.new_page()
    other.goto(address.rpartition("/articles")[0])
    other.wait_for_load_state("networkidle")
    expect(other.locator(".drafts")).to_be_hidden()
    held[0].continue_()
    saved(page)


def test_who_has_marked_nothing_loads_next_to_nothing(page: Page, service: Service) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{service.url}/", wait_until="networkidle")
    scripts = {answer.url.rpartition("/")[2]: len(answer.body()) for answer in answers if answer.url.endswith(".js")}
    assert list(scripts) == ["home.js"]
    assert scripts["home.js"] < 500


@pytest.mark.parametrize("lang", ["en", "ru", "be"])
def test_my_links_fit_a_phone_and_its_fingers(service: Service, reader: Callable[..., Page], lang: str) -> None:
    page = reader(320, has_touch=True, is_mobile=True)
    keep(page, service, a_row(1, colors=["pink", "blue"]), a_row(2, article="b", title="قوارب", words="يوم الاثنين"))
    page.goto(f"{service.url}/links?lang={lang}")
    expect(page.locator(".own-link")).to_have_count(2)
    page.set_input_files("#file", a_file(0))
    expect(page.locator(".outcome")).to_be_visible()
    page.locator("[data-part=remove]").first.click()
    expect(page.locator("[data-part=note]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('main :is(button, select, input, a)')]
          .filter((each) => each.checkVisibility() && each.offsetHeight < 44).map((each) => each.outerHTML)"""
    )
    assert small == []
