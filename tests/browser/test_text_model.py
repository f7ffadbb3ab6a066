"""One text for server and browser: the canonical text is `root.textContent`, to the character."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import Phase, given, settings
from playwright.sync_api import Page

from snippetsvc.errors import Invalid
from snippetsvc.html.prepare import prepare
from snippetsvc.text.document import Document
from tests.documents import documents
from tests.service import Service

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "text.json").read_text())

#: A page's root filled with each HTML in turn, as a parser fills it: what it then holds.
_READ = """htmls => htmls.map(html => {
    const source = `<!doctype html><body><article id="article">${html}</article>`;
    const page = new DOMParser().parseFromString(source, "text/html");
    const root = page.getElementById('article');
    return [root.textContent, root.innerHTML, page.body.children.length];
})"""


def test_every_vector_as_it_is_served(service: Service, slug: str, page: Page) -> None:
    for number, vector in enumerate(VECTORS):
        name = f"{slug}-{number}"
        assert service.publish(name, vector["source"], title="Fallback & title").status == 201
        page.goto(f"{service.url}/articles/{name}")
        root = page.locator("#article")
        assert root.evaluate("root => root.textContent") == service.text(name), vector["name"]
        assert root.inner_html() == service.get(f"/api/v1/articles/{name}/html").text, vector["name"]


def test_generated_documents(page: Page) -> None:
    """All in one call: a browser reads hundreds of documents in the time of one exchange with it."""
    made: list[Document] = []

    @settings(max_examples=600, deadline=None, database=None, phases=[Phase.generate])
    @given(documents)
    def collect(source: str) -> None:
        try:
            made.append(Document(prepare(source, fallback_title="T").html))
        except Invalid:
            return

    collect()
    assert len(made) > 200
    for document, (text, html, children) in zip(made, page.evaluate(_READ, [each.html for each in made]), strict=True):
        assert text == document.text
        assert html == document.html
        assert children == 1
