"""The browser's half of the text model agrees with the vectors, and undoes what it draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from snippetsvc.errors import Invalid
from snippetsvc.html.prepare import prepare
from snippetsvc.models import Span, Status
from snippetsvc.text.document import Document
from snippetsvc.text.highlight import Highlight, draw
from tests.documents import documents
from tests.service import Service

VECTORS = Path(__file__).parents[1] / "vectors"
MARKS: list[dict[str, Any]] = json.loads((VECTORS / "marks.json").read_text())
TEXTS: list[dict[str, Any]] = json.loads((VECTORS / "text.json").read_text())

#: Runs `text.js` on an article root of its own: draws, draws anew on what is drawn, and takes it out.
RUN = """async ([html, text, highlights]) => {
  const entry = document.querySelector('script[type=module]').src;
  const { Points, draw } = await import(entry.replace('article', 'text'));
  const root = document.createElement('article');
  root.innerHTML = html;
  const published = root.innerHTML;
  const nodes = [...root.querySelectorAll('*')];
  const points = new Points(root.textContent);
  const snippets = highlights.map(([number, start, end, color, status]) => ({
    number, color, status, start: points.toUnits(start), end: points.toUnits(end),
  }));
  draw(root, snippets);
  const drawn = root.innerHTML;
  const kept = nodes.every((node) => root.contains(node));
  const again = root.cloneNode(true);
  draw(again, []);
  draw(again, snippets);
  draw(root, snippets.slice(1));
  draw(root, snippets);
  const redrawn = root.cloneNode(true);
  draw(root, []);
  const whole = root.cloneNode(true);
  whole.normalize();
  const count = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let found = 0;
    while (walker.nextNode()) found++;
    return found;
  };
  return {
    published, text: root.textContent === text, drawn, kept, restored: root.innerHTML,
    same: again.isEqualNode(redrawn) && again.innerHTML === drawn, normal: count(root) === count(whole),
  };
}"""

#: What a parser makes of the inner HTML of an article's root.
PARSED = """html => new DOMParser().parseFromString(`<!doctype html><article>${html}</article>`, 'text/html')
    .querySelector('article').innerHTML"""
COLORS = ["yellow", "green", "blue", "pink"]

#: What all is longer than a text node of the parser may be.
LONG = "x" * 70_000


@pytest.fixture(scope="module")
def blank(service: Service) -> str:
    service.publish("blank", "<h1>Blank</h1><p>Nothing to see.</p>")
    return f"{service.url}/articles/blank"


def test_marks_are_drawn_as_the_service_draws_them(page: Page, blank: str) -> None:
    page.goto(blank)
    for vector in MARKS:
        highlights = vector["highlights"]
        ran = page.evaluate(RUN, [vector["html"], vector["text"], highlights])
        name = vector["name"]
        assert ran["published"] == vector["html"], name
        assert ran["text"], name
        assert ran["drawn"] == vector["drawn"], name
        assert (ran["kept"], ran["same"], ran["normal"]) == (True, True, True), name
        assert ran["restored"] == vector["html"], name


def test_generated_marks_on_generated_documents(page: Page, blank: str) -> None:
    """Drawn by the service and by the reader's tool alike, and what is drawn stays as it is when it is parsed."""
    made: list[tuple[Document, list[Highlight]]] = []

    @settings(max_examples=300, deadline=None, database=None, phases=[Phase.generate])
    @given(documents, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from(COLORS)), max_size=6))
    def collect(source: str, places: list[tuple[float, float, str]]) -> None:
        try:
            document = Document(prepare(source, fallback_title="T").html)
        except Invalid:
            return
        last = len(document.text) - 1
        ends = [(sorted((round(one * last), round(other * last))), color) for one, other, color in places]
        spans = sorted((start, -end - 1, color) for (start, end), color in ends)
        spans = [each for each in spans if document.text[each[0] : -each[1]].strip()]
        made.append((document, [
            Highlight(number, Span(start, -end), color, Status.INTACT)
            for number, (start, end, color) in enumerate(spans, 1)
        ]))  # fmt: skip

    collect()
    page.goto(blank)
    for document, highlights in made:
        wanted = draw(document, highlights)
        listed = [[each.number, each.span.start, each.span.end, each.color, each.status] for each in highlights]
        ran = page.evaluate(RUN, [document.html, document.text, listed])
        assert (ran["drawn"], ran["restored"]) == (wanted, document.html)
        assert (ran["text"], ran["kept"], ran["same"], ran["normal"]) == (True, True, True, True)
        assert page.evaluate(PARSED, wanted) == wanted


def test_the_text_of_every_vector_is_the_roots(page: Page, blank: str) -> None:
    page.goto(blank)
    for vector in TEXTS:
        text = page.evaluate(
            "html => Object.assign(document.createElement('article'), { innerHTML: html }).textContent",
            vector["html"],
        )
        assert text == vector["text"], vector["name"]


def test_long_texts_that_the_parser_split(page: Page, service: Service, slug: str) -> None:
    service.publish(slug, f"<h1>Long</h1><p>a {LONG} b</p>")
    share = service.share(slug, "a x" + LONG[1:] + " b")
    page.goto(share["url"])
    page.click("#share [data-do=keep]")
    page.evaluate("document.querySelector('mark').click()")
    page.click("#toolbar [data-do=remove]")
    assert page.evaluate("document.querySelector('#article').innerHTML") == f"<h1>Long</h1>\n<p>a {LONG} b</p>"
