"""Links in headings: those that tell of the heading go, its words stay."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("a sign", "<h2 id=a>Costs <a class=headerlink href=#a>¶</a></h2>", '<h2 id="c-a">Costs</h2>'),
        ("the word for it", "<h2 id=a>Costs <a class=anchor href=#a>Permalink</a></h2>", '<h2 id="c-a">Costs</h2>'),
        ("a part of the words",
         "<h2 id=a>1. <a class=header-link href=#a>Costs</a></h2>", '<h2 id="c-a">1. Costs</h2>'),
        ("words before others", "<h3 id=a><a class=anchor href=#a>2.0.0</a> <small>2024</small></h3>",
         '<h3 id="c-a">2.0.0 <small>2024</small></h3>'),
        ("to another page, with a like name", "<h2>A <a class=anchored href=https://a.example/x#y>B</a></h2>",
         '<h2>A <a href="https://a.example/x#y">B</a></h2>'),
        ("of a caption",
         "<figure><img src=https://a.example/b.jpg><figcaption><a class=anchor href=#f>Figure 1.</a> It</figcaption>"
         "</figure>",
         '<figure><img src="https://a.example/b.jpg"><figcaption>Figure 1. It</figcaption></figure>'),
    ],
)  # fmt: skip
def test_a_link_in_a_heading(name: str, source: str, html: str) -> None:
    assert prepare(f"<h1>T</h1><p>a</p>{source}", fallback_title="F").html == f"<h1>T</h1>\n<p>a</p>\n{html}"
