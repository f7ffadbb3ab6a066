"""What was sent is read and given on as it is; what changes it is the reader's own copy of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import mark, marked, saved, shows
from tests.service import Service

ARTICLE = "<h1>Of sending</h1><p>Alpha beta gamma delta, and epsilon.</p><p>Zoe omega theta iota, and kappa.</p>"
SENT = ["beta", "delta", "omega"]


@pytest.fixture
def link(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en")
    return str(service.share(slug, *SENT)["url"])


@pytest.fixture
def sent(page: Page, link: str) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(link)
    return page


def _offered(page: Page) -> list[str]:
    expect(page.locator("#toolbar")).to_be_visible()
    found: list[str] = page.locator("#toolbar button").evaluate_all("all => all.map(each => each.dataset.do)")
    return found


def test_a_mark_that_was_sent_is_offered_to_be_read_and_given_on(sent: Page, link: str) -> None:
    sent.click("#article mark >> nth=1")
    assert _offered(sent) == ["step", "step", "snippet-link", "snippet-quote", "keep"]
    expect(sent.locator("#toolbar")).to_contain_text("2 of 3")
    sent.get_by_role("button", name="Next snippet").and_(sent.locator("#toolbar *")).click()
    expect(sent.locator("#toolbar")).to_contain_text("3 of 3")
    expect(sent.locator("#article mark[data-picked]")).to_have_text("omega")
    expect(sent.locator("#share .entry[data-lit]")).to_contain_text("omega")
    sent.click("#toolbar [data-do=snippet-quote]")
    expect(sent.locator(".toast")).to_have_text("Quotation copied.")
    assert sent.evaluate("navigator.clipboard.readText()") == f"“omega”\n\n— Of sending\n{link}#snippet-3\n"
    assert sent.url == link


def test_no_key_and_no_selection_changes_what_was_sent(sent: Page, link: str) -> None:
    sent.focus("#share .entry a")
    sent.keyboard.press("3")
    sent.keyboard.press("Delete")
    sent.evaluate("getSelection().selectAllChildren(document.querySelector('#article p'))")
    expect(sent.locator("#toolbar [data-do=mark]")).to_be_visible()
    expect(sent.locator("#toolbar [data-do=remove]")).to_have_count(0)
    assert [words for _, _, words in marked(sent)] == SENT
    assert sent.url == link


def test_kept_marks_are_the_readers_own(sent: Page, link: str, service: Service) -> None:
    sent.get_by_role("button", name="Keep the 3 marks you were sent").click()
    expect(sent.locator("#panel")).to_be_visible()
    assert sent.url == link
    sent.reload()
    sent.click("#article mark >> nth=0")
    assert "remove" in _offered(sent)
    sent.click("#toolbar [data-do=remove]")
    own = saved(sent, link)
    shows(sent, SENT[1:])
    sent.go_back()
    expect(sent).to_have_url(link)
    shows(sent, SENT)
    assert [each["quote"] for each in service.get(link + ".json").json["snippets"]] == SENT
    assert [each["quote"] for each in service.get(own + ".json").json["snippets"]] == SENT[1:]


def test_own_marks_beside_those_that_were_sent(sent: Page, link: str) -> None:
    mark(sent, "theta")
    saved(sent, link)
    fills = sent.locator("#article mark").evaluate_all(
        "all => all.map(each => [each.textContent, each.hasAttribute('data-sent')])"
    )
    assert fills == [["beta", True], ["delta", True], ["omega", True], ["theta", False]]
    sent.click("#article mark >> nth=0")
    assert "remove" not in _offered(sent)
    sent.keyboard.press("Escape")
    sent.click("#article mark >> nth=3")
    assert "remove" in _offered(sent)
    sent.click("#panel [data-do=clear]")
    shows(sent, SENT)
    expect(sent).to_have_url(link)


def test_marking_what_was_sent_once_more_changes_nothing(sent: Page, link: str) -> None:
    mark(sent, "beta")
    expect(sent.locator("#toolbar")).to_be_hidden()
    mark(sent, "omega", color="pink")
    saved(sent, link)
    assert [(color, words) for _, color, words in marked(sent)] == [
        ("yellow", "beta"), ("yellow", "delta"), ("yellow", "omega"), ("pink", "omega"),
    ]  # fmt: skip


def test_what_the_page_offers_to_take_along_is_what_is_marked(sent: Page, link: str) -> None:
    mark(sent, "theta")
    own = saved(sent, link)
    exports = sent.locator(".exports")
    expect(exports.locator(".address")).to_have_text(own)
    addresses = exports.locator("a").evaluate_all("all => all.map(each => each.href)")
    assert all(address.startswith(own) for address in addresses)
    assert exports.locator("img").evaluate("(image) => image.src") == f"{own}/qr.svg"


@pytest.mark.parametrize("lang", ["en", "ru", "be"])
def test_keeping_is_said_in_the_readers_language(new_page: Callable[..., Page], link: str, lang: str) -> None:
    page = new_page(locale=lang)
    page.goto(link)
    button = page.locator("#share [data-do=keep]")
    said = button.inner_text()
    assert "3" in said
    mark(page, "theta")
    expect(page.locator("#panel [data-do=keep]")).to_have_text(said)


def test_keeping_lasts_as_long_as_the_visit(sent: Page, link: str) -> None:
    keep = sent.locator("[data-do=keep]:visible")
    mark(sent, "theta")
    saved(sent, link)
    sent.click("#panel [data-do=keep]")
    expect(keep).to_have_count(0)
    sent.keyboard.press("Control+z")
    shows(sent, SENT)
    expect(keep).to_have_count(0)
    sent.keyboard.press("Control+y")
    shows(sent, [*SENT, "theta"])
    sent.go_back()
    shows(sent, SENT)
    expect(sent.locator("#article mark")).to_have_count(3)
    expect(keep).to_have_count(0)
    sent.go_forward()
    shows(sent, [*SENT, "theta"])
    expect(keep).to_have_count(0)


def test_what_was_sent_is_so_after_marks_without_a_link_are_back(sent: Page, link: str) -> None:
    sent.route("**/api/v1/shares", lambda route: route.abort())
    mark(sent, "theta")
    expect(sent.locator("body")).to_have_attribute("data-state", "retrying")
    sent.reload()
    shows(sent, [*SENT, "theta"])
    expect(sent.locator("#panel [data-do=keep]")).to_contain_text("3")


@pytest.mark.parametrize("address", ["?marks=off", ""], ids=["without its marks", "as it is"])
def test_a_strangers_link_is_not_called_ones_own(sent: Page, link: str, address: str) -> None:
    sent.goto(link + address)
    mark(sent, "theta")
    saved(sent, link)
    sent.keyboard.press("Control+z")
    shows(sent, [] if address else SENT)
    expect(sent.get_by_text("Mark snippets for yourself")).to_be_visible()
    expect(sent.get_by_text("These snippets are yours")).to_be_hidden()
