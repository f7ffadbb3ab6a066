"""Which heading leads, what is moved for it, and the levels of the others."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare
from snippetsvc.models import Did, NoticeKind

PAGES = {
    "the title's own words": ("Pier", "<h1>Pier</h1><p>a</p>", "Pier", "<h1>Pier</h1>\n<p>a</p>"),
    "of another level, above it a logo": (
        "Pier opens | Town",
        "<h1><a href=https://t.example/>Town</a></h1><h2>Pier opens</h2><p>a</p>",
        "Pier opens",
        "<h1>Pier opens</h1>\n<h2><a href=\"https://t.example/\">Town</a></h2>\n<p>a</p>",
    ),
    "behind the site's name": ("Town: News » Pier", "<p>a</p><h3>Pier</h3>", "Pier", "<h1>Pier</h1>\n<p>a</p>"),
    "the longest of those that fit": (
        "Pier - Town", "<h2>Pier</h2><h2>Pier Town</h2><p>a</p>", "Pier - Town",
        "<h1>Pier Town</h1>\n<h2>Pier</h2>\n<p>a</p>",
    ),
    "not a longer one that speaks of it": (
        "Pier opens", "<h2>Pier opens</h2><p>a</p><h2>2 thoughts on Pier opens</h2><p>b</p>", "Pier opens",
        "<h1>Pier opens</h1>\n<p>a</p>\n<h2>2 thoughts on Pier opens</h2>\n<p>b</p>",
    ),
    "a heading by its role": (
        "Pier", "<div role=heading aria-level=1>Pier</div><p>a</p>", "Pier", "<h1>Pier</h1>\n<p>a</p>",
    ),
    "reworded for the title": (
        "The northern pier of the town reopens today",
        "<h1>Northern pier of the town reopens</h1><p>a</p>",
        "Northern pier of the town reopens",
        "<h1>Northern pier of the town reopens</h1>\n<p>a</p>",
    ),
    "cut off for the title": (
        "The northern pier reop… | Town",
        "<h2>The Town</h2><h1>The northern pier reopens today, ten years after the flood</h1><p>a</p>",
        "The northern pier reopens today, ten years after the flood",
        "<h1>The northern pier reopens today, ten years after the flood</h1>\n<h2>The Town</h2>\n<p>a</p>",
    ),
    "none: the title leads": (
        "Report", "<p>Foreword</p><h1>1 Means</h1><p>a</p>", "Report",
        "<h1>Report</h1>\n<p>Foreword</p>\n<h2>1 Means</h2>\n<p>a</p>",
    ),
    "parts and chapters stay apart": (
        "Pier", "<h1>Pier</h1><h1>I</h1><h2>1</h2><h6>a</h6><h1>II</h1>", "Pier",
        "<h1>Pier</h1>\n<h2>I</h2>\n<h3>1</h3>\n<h6>a</h6>\n<h2>II</h2>",
    ),
    "what is below it already stays": (
        "Pier", "<h1>Pier</h1><h3>1</h3><h4>a</h4>", "Pier", "<h1>Pier</h1>\n<h3>1</h3>\n<h4>a</h4>",
    ),
    "an empty heading is no level": (
        "Pier", "<h1 class=logo id=x></h1><h2>Pier</h2><h2>1</h2>", "Pier",
        '<h1>Pier</h1>\n<div id="c-x"></div><h2>1</h2>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("title", "body", "expected", "html"), PAGES.values(), ids=PAGES)
def test_of_a_page_the_heading_leads_that_has_the_words_of_its_title(
    title: str, body: str, expected: str, html: str
) -> None:
    made = prepare(f"<!doctype html><title>{title}</title><body>{body}</body>", fallback_title="Fallback")
    assert (made.title, made.html) == (expected, html)


FRAGMENTS = {
    "its only one": ("<p>a</p><h1>T</h1>", None, "<h1>T</h1>\n<p>a</p>"),
    "one that it begins with": ("<h1>T</h1><p>a</p><h1>U</h1>", None, "<h1>T</h1>\n<p>a</p>\n<h2>U</h2>"),
    "one in a header that it begins with": (
        "<header><p>k</p><h1>T</h1></header><h1>U</h1>", None, "<h1>T</h1>\n<header><p>k</p></header>\n<h2>U</h2>",
    ),
    "that of the title which is given": ("<h1>T</h1><h2>U</h2><p>a</p>", "U", "<h1>U</h1>\n<h2>T</h2>\n<p>a</p>"),
    "its own, whatever title is given": ("<h1>T</h1><p>a</p>", "U", "<h1>T</h1>\n<p>a</p>"),
    "chapters are none": (
        "<p>a</p><h1>1</h1><h2>x</h2><h1>2</h1>", None,
        "<h1>Fallback</h1>\n<p>a</p>\n<h2>1</h2>\n<h3>x</h3>\n<h2>2</h2>",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "title", "html"), FRAGMENTS.values(), ids=FRAGMENTS)
def test_of_a_fragment(source: str, title: str | None, html: str) -> None:
    made = prepare(source, fallback_title="Fallback", title=title)
    assert made.html == html
    assert made.title == (title or html[4 : html.index("</h1>")])
    again = prepare(made.html, fallback_title="Fallback", title=title)
    assert (again.html, again.notices) == (made.html, ())


@pytest.mark.parametrize(
    ("body", "moved"),
    [
        ("<p>a</p><h1>Pier</h1>", True),
        ("<img src=https://x.example/a.jpg><h1>Pier</h1>", True),
        ("<div><h1>Pier</h1></div><p>a</p>", False),
        ("<div> <span></span> </div><script>1</script><h2>Pier</h2><p>a</p>", False),
        ("<nav>Menu</nav><h1>Pier</h1><p>a</p>", False),
        ("<p>a</p>", False),
    ],
)
def test_it_is_told_when_something_stood_before_it(body: str, moved: bool) -> None:
    made = prepare(f"<!doctype html><title>Pier</title><body>{body}", fallback_title="Fallback")
    found = [(each.did, each.example) for each in made.notices if each.kind is NoticeKind.HEADLINE]
    assert found == ([(Did.MOVED, "Pier")] if moved else [])
