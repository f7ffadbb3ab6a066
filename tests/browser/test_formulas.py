"""A formula is one unit: marked in part it is marked as a whole, and people read its alternative text."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.reader import SHARED, mark, words
from tests.service import Service

ARTICLE = r"""<h1>Of energy</h1>
<p>Its energy is <math><semantics><mrow><mi>E</mi><mo>=</mo><msup><mi>mc</mi><mn>2</mn></msup></mrow>
<annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math>, half of it
<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of <math><mi>E</mi></math> each.</p>"""


def test_a_part_of_a_formula_is_marked_shared_and_read_as_the_whole(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    mark(page, "energy is E", "mc")
    page.wait_for_url(SHARED)
    assert words(page) == ["energy is E=mc2"]
    expect(page.locator("mark.snippet > math")).to_have_count(1)
    expect(page.locator("#panel .quote")).to_have_text("energy is E=mc^2")

    token = page.url.rsplit("/", 1)[1]
    assert "“energy is E=mc^2”" in service.get(f"/s/{token}.txt").text
    assert r"> energy is E=mc^2" in service.get(f"/s/{token}.md").text
    (snippet,) = service.get(f"/api/v1/shares/{token}").json["snippets"]
    assert snippet["quote"] == "energy is E=mc2"
    drawn = page.locator("#article").inner_html()
    page.goto(f"{service.url}/s/{token}")
    assert page.locator("#article").inner_html() == drawn


def test_a_mark_on_a_formula_is_taken_off(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, ARTICLE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    before = page.locator("#article").inner_html()
    mark(page, "half of it 12")
    page.wait_for_url(SHARED)
    assert words(page) == ["half of it 12"]
    page.locator("mark.snippet > math").click()
    page.click("#toolbar [data-do=remove]")
    page.wait_for_url(re.compile(r"/articles/"))
    assert page.locator("#article").inner_html() == before
