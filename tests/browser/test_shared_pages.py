"""A share on screen, with and without scripts: its marks, what became of them, what it offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.texts import EDITED, ELSEWHERE, MARKED, RICH
from tests.service import Service

NEEDED = "Marking needs JavaScript, which is off in this browser. Reading, shared marks and printing work without it."


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

    expect(section.locator(".meta time")).to_be_visible()
    told = "1 of 5 snippets was edited since and 1 is no longer in the article."
    expect(page.locator(".preface").get_by_role("note")).to_contain_text(told)
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
    expect(page.get_by_role("note")).to_contain_text("This is the article as it was when the snippets were marked.")
    page.get_by_role("link", name="Show it as it is now").click()
    assert page.url == share["url"]


def test_a_share_is_read_without_its_marks(share: Any, reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto(share["url"])

    page.get_by_role("link", name="Hide the marks").click()
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
