"""What was withdrawn stands struck; what was done stands ticked."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare


def body(source: str) -> str:
    return prepare(f"<h1>T</h1>{source}", fallback_title="T").html.removeprefix("<h1>T</h1>").strip()


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("an old element", "<p><strike>10</strike> 12</p>", "<p><s>10</s> 12</p>"),
        ("a style", "<p><span style='text-decoration: line-through'>10</span> 12</p>", "<p><s>10</s> 12</p>"),
        ("a style among others",
         "<p><font style='color:red;TEXT-DECORATION-LINE:underline line-through'>10</font> 12</p>",
         "<p><s>10</s> 12</p>"),
        ("a class", "<p><span class='mr-1 line-through'>10</span> 12</p>", "<p><span><s>10</s></span> 12</p>"),
        ("a paragraph", "<p style='text-decoration:line-through'>10 <b>or</b> 11</p>", "<p><s>10 <b>or</b> 11</s></p>"),
        ("a link", "<a href=tel:1 style='text-decoration:line-through'>10</a>", '<a href="tel:1"><s>10</s></a>'),
        ("blocks", "<div style='text-decoration:line-through'>a<p>b</p><ul><li>c</ul></div>",
         "<div><s>a</s>\n<p><s>b</s></p>\n<ul><li><s>c</s></li></ul></div>"),
        ("nothing", "<p><a href=tel:1 style='text-decoration:none'>10</a></p>", '<p><a href="tel:1">10</a></p>'),
        ("once", "<del style='text-decoration:line-through'>10</del>", "<del>10</del>"),
    ],
)  # fmt: skip
def test_struck(name: str, source: str, html: str) -> None:
    assert body(source) == html


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("of a list",
         "<ul><li><input type=checkbox disabled checked> a</li><li><input type=CHECKBOX disabled>b</li></ul>",
         "<ul><li>☑ a</li>\n<li>☐ b</li></ul>"),
        ("in a label", "<ul><li><label><input type=checkbox checked><span></span></label> a</li></ul>",
         "<ul><li>☑ a</li></ul>"),
        ("before a block", "<ul><li><label><input type=checkbox><span></span></label><div><p>a</p></div></li></ul>",
         "<ul><li><div><p>☐ a</p></div></li></ul>"),
        ("by its role", "<ul><li role=checkbox aria-checked=true>a</li></ul><i role=checkbox aria-checked=false></i> b",
         "<ul><li>☑ a</li></ul>\n☐ b"),
        ("that the list says", "<ul data-checked=true><li>a</li></ul><ol><li data-list=unchecked>b</li></ol>",
         "<ul><li>☑ a</li></ul>\n<ol><li>☐ b</li></ol>"),
        ("said twice", "<ul><li data-checked=true><input type=checkbox checked>a</li></ul>", "<ul><li>☑ a</li></ul>"),
        ("drawn", "<ul><li><div class='checkbox checkbox-on'></div> a</li></ul>", "<ul><li>☑ a</li></ul>"),
        ("in a list in a list",
         "<ul><li>a<ul><li><input type=checkbox>b</li></ul></li></ul>", "<ul><li>a\n<ul><li>☐ b</li></ul></li></ul>"),
        ("that ask for something", "<form><ul><li><input type=checkbox name=n>a</li></ul></form>",
         "<div><ul><li>a</li></ul></div>"),
    ],
)  # fmt: skip
def test_ticked(name: str, source: str, html: str) -> None:
    assert body(source) == html


def test_boxes_are_told() -> None:
    source = "<h1>T</h1><ul><li><input type=checkbox checked>a<li><input type=checkbox>b</ul>"
    (notice,) = prepare(source, fallback_title="T").notices
    assert (notice.kind.value, notice.did.value, notice.count, notice.example) == ("control", "replaced", 2, "☑")
