"""What search engines are told on an article's page is data in a browser too, whatever stands in it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.service import Service

HOSTILE = "</script><script>document.title='ran'</script><!-- <script> ]]>"


def test_what_a_title_holds_stays_in_the_data(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, "<h1>A headline</h1><p>Words.</p>", title=HOSTILE, author=HOSTILE, lang="en")
    page.goto(f"{service.url}/articles/{slug}")
    block = page.locator('script[type="application/ld+json"]')
    said = block.evaluate("(script) => JSON.parse(script.textContent)")
    assert (said["headline"], said["author"][0]["name"]) == (HOSTILE, HOSTILE)
    assert page.title() == HOSTILE
    assert page.locator("#article p").inner_text() == "Words."
    assert page.locator("#marking").is_visible()
