"""What becomes of a publisher's pictures."""

from __future__ import annotations

import re

import pytest

from snippetsvc.html.prepare import prepare

ADDRESS = "https://press.example/news/item.html"
LATE = "https://cdn.example/bridge.jpg"


def body(source: str, source_url: str | None = ADDRESS) -> str:
    return (
        prepare(f"<h1>T</h1>{source}", fallback_title="T", source_url=source_url)
        .html.removeprefix("<h1>T</h1>")
        .strip()
    )


def told(source: str, source_url: str | None = ADDRESS) -> list[tuple[str, str, int, str]]:
    made = prepare(f"<h1>T</h1>a{source}", fallback_title="T", source_url=source_url)
    return [(each.kind.value, each.did.value, each.count, each.example) for each in made.notices]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("loads late", f"<img data-src={LATE}>"),
        ("with a dot in its place", f'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-lazy-src="{LATE}">'),
        ("with a blurred one in its place", f'<img src="/small/bridge-blur.jpg" data-original="{LATE}">'),
        ("with a spinner in its place", f'<img src="/theme/ajax-loader.gif" data-hi-res-src="{LATE}">'),
        ("under a name of its own", f'<img src="/img/blank.gif" data-photo="{LATE}">'),
        ("in sizes", f'<img src=/s.jpg srcset="/a.jpg 300w, {LATE} 1200w, /b.jpg 600w">'),
        ("in densities", f'<img src=/s.jpg srcset="/s.jpg 1x,{LATE} 2x">'),
        ("in sizes that load late", f'<img src=/s.jpg srcset="data:image/gif;base64,R0l 9w" data-srcset="{LATE} 9w">'),
        ("a set alone", f'<img srcset="{LATE}">'),
        ("a picture that waits for a script", f'<img style="display:none" data-src="{LATE}">'),
        ("sizes of what stands for it", f'<img width=1 height=1 src="data:," data-src="{LATE}">'),
        ("its height is not known", f'<img src="{LATE}" height="0" width="570">'),
        ("drawn to fill", f'<img src="{LATE}" style="width:0;height:0;min-width:100%">'),
        ("sources", f'<picture><source srcset="/n.webp 300w, {LATE} 900w"><img src=/s.jpg></picture>'),
        ("a source alone", f'<picture><source srcset="{LATE}"></picture>'),
        ("a source that loads late", f'<picture><source data-srcset="{LATE}"><img src="data:,"></picture>'),
        ("a source for the dark",
         f'<picture><source media="(prefers-color-scheme: dark)" srcset="/d.png 2x"><img src="{LATE}"></picture>'),
        ("a source for small screens",
         f'<picture><source media="(max-width: 600px)" srcset="/d.png 900w"><img srcset="{LATE} 400w"></picture>'),
        ("of AMP", f'<amp-img src="{LATE}" layout=fill><noscript><img src="{LATE}"></noscript></amp-img>'),
        ("of AMP, its size a proportion", f'<amp-img src="{LATE}" width=1 height=1 layout=responsive></amp-img>'),
        ("an element of its own", f'<lazy-image src="{LATE}"></lazy-image>'),
        ("shown without scripts", f'<noscript><img src="{LATE}"></noscript>'),
        ("beside an empty one", f'<img src="data:," class=lazy><noscript><img src="{LATE}"></noscript>'),
        ("before one that loads late", f'<noscript><img src="{LATE}"></noscript><img data-src="{LATE}">'),
        ("beside itself, smaller", f'<img data-src="{LATE}"><noscript><img src="/bridge-300.jpg"></noscript>'),
    ],
)  # fmt: skip
def test_a_picture_is_published_once_by_its_own_address(name: str, source: str) -> None:
    assert re.sub(r' (width|height)="\d+"', "", body(source)) == f'<img src="{LATE}">'
    assert body(f"<figure>{source}<figcaption>It</figcaption></figure>").count("<img") == 1


@pytest.mark.parametrize(
    ("name", "source", "address"),
    [
        ("commas in a set", '<img srcset="/w_300,h_200/a.jpg 300w, https://a.example/w_900,h_600/a.jpg 900w,">',
         "https://a.example/w_900,h_600/a.jpg"),
        ("names of signs, without scripts", "<noscript><img src='https://a.example/a.jpg?copy=1&copy=2'></noscript>",
         "https://a.example/a.jpg?copy=1&amp;copy=2"),
        ("signs by name, without scripts", "<noscript><img src='https://a.example/a.jpg?b&amp;c'></noscript>",
         "https://a.example/a.jpg?b&amp;c"),
    ],
)  # fmt: skip
def test_an_address_may_have_any_signs(name: str, source: str, address: str) -> None:
    assert body(source) == f'<img src="{address}">'


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("one pixel", '<img src="https://count.example/x" width=1 height=1>'),
        ("no pixel", '<img src="https://count.example/x" width="0" height="0">'),
        ("by its style", '<img src="https://count.example/x" style="width: 1px; height: 1px; border: 0">'),
        ("without scripts", '<noscript><img src="https://count.example/x.gif"></noscript>'),
        ("with words", "<noscript><p>Please switch scripts on</p></noscript>"),
        ("keeps a distance", '<img src="/spacer.gif" width=1 height=20>'),
        ("a spinner", '<img src="/img/spinner.gif">'),
        ("a dot", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
        ("a frame that counts", "<noscript><iframe src='https://count.example/' height=0 width=0></iframe></noscript>"),
    ],
)
def test_what_counts_or_fills_is_no_picture(name: str, source: str) -> None:
    assert body(f"a{source}") == "a"
    assert told(source) == []


@pytest.mark.parametrize(
    ("name", "source", "html", "notice"),
    [
        ("by http", "<img src=http://a.example/b.jpg alt='The bridge'>",
         'a <a href="http://a.example/b.jpg">The bridge</a> b', ("picture", "linked", 1, "http://a.example/b.jpg")),
        ("by http, without words", "<img src=http://a.example/bridge.jpg>",
         'a <a href="http://a.example/bridge.jpg">🖼</a> b', ("picture", "linked", 1, "http://a.example/bridge.jpg")),
        ("by http, in a link", "<a href=https://a.example/>c<img src=http://a.example/b.jpg alt=It></a>",
         'a<a href="https://a.example/">c It</a> <a href="http://a.example/b.jpg">🖼</a> b',
         ("picture", "linked", 1, "http://a.example/b.jpg")),
        ("by http, in a figure that says the same",
         "<figure><img src=http://a.example/b.jpg alt=It><figcaption>It. Photo: N. N.</figcaption></figure>",
         'a\n<figure><a href="http://a.example/b.jpg">🖼</a>\n<figcaption>It. Photo: N. N.</figcaption></figure>\nb',
         ("picture", "linked", 1, "http://a.example/b.jpg")),
        ("by http, an ornament", "<img src=http://a.example/dot.gif>", "a b",
         ("picture", "dropped", 1, "http://a.example/dot.gif")),
        ("by no address that is known", "<img src='blob:x' alt='The bridge'>", "a The bridge b",
         ("picture", "dropped", 1, "The bridge")),
        ("in the mark-up itself", f"<img src='data:image/png;base64,{'A' * 2000}' alt='The bridge'>", "a The bridge b",
         ("picture", "dropped", 1, "The bridge")),
    ],
)  # fmt: skip
def test_what_would_not_be_shown_leaves_its_words(
    name: str, source: str, html: str, notice: tuple[str, str, int, str]
) -> None:
    assert body(f"a{source}b") == html
    assert told(source) == [notice]


def test_without_an_address_of_the_page_what_is_relative_leaves_its_words() -> None:
    source = "<p>See <a href=plan.pdf>the plan</a> and <a href=/b>b</a>.</p><img src=img/a.png alt='The plan'>"
    assert body(source, None) == "<p>See the plan and b.</p>\nThe plan"
    assert told(source, None) == [("picture", "dropped", 1, "The plan"), ("link", "dropped", 2, "the plan")]
    assert told("<a href='#'>top</a><img src=https://a.example/i.png>", None) == []


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("by its class", "<img class='wp-smiley' src=/x.png alt=':)'>", ":)"),
        ("by what it says", "<img src=/1f389.svg alt='🎉'>", "🎉"),
        ("of several", "<img src=/f.svg alt='👩‍👧' width=16 height=16>", "👩‍👧"),
        ("a flag", "<img class=twemoji src=/f.svg alt='🇧🇾'>", "🇧🇾"),
        ("an element of its own", "<g-emoji alias=rocket>🚀</g-emoji>", "🚀"),
        ("by a sheet", "<i role=img aria-label='🎉'></i>", "🎉"),
        ("that loads late", "<img class='emoji lazy' src='data:,' data-src=/x.png alt='🎉'>", "🎉"),
    ],
)
def test_an_emoji_that_is_drawn_is_a_letter(name: str, source: str, words: str) -> None:
    assert body(f"<p>We won {source} today</p>") == f"<p>We won {words} today</p>"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("with a title", "<svg role=img><title>Costs by year</title><path d=M0 /></svg>"),
        ("with words", "<svg><text>Costs</text> <text>by year</text></svg>"),
        ("with a label", "<svg role=img aria-label='Costs by year'></svg>"),
        ("by a sheet", "<div role=img aria-label='Costs by year'></div>"),
    ],
)
def test_a_drawing_goes_with_a_notice(name: str, source: str) -> None:
    assert body(f"a {source}") == "a"
    assert told(source) == [("drawing", "dropped", 1, "Costs by year")]


@pytest.mark.parametrize(
    "source", [f"<div class=hero data-bg={LATE}></div>", f"<span style=\"background: #eee URL( '{LATE}' )\"></span>"]
)
def test_a_picture_that_is_laid_behind_nothing_goes_with_a_notice(source: str) -> None:
    assert body(f"a {source}") == "a"
    assert told(source) == [("picture", "dropped", 1, LATE)]


def test_a_picture_in_a_picture_is_one() -> None:
    assert (
        body(f"<amp-img src={LATE}><amp-img src=/small.jpg class=emoji alt=😀></amp-img></amp-img>")
        == f'<img src="{LATE}">'
    )


def test_a_large_picture_is_no_emoji() -> None:
    assert body("<img src=/heart.jpg alt='❤' width=800>") == (
        '<img alt="❤" src="https://press.example/heart.jpg" width="800">'
    )


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("in a row", "<img data-src=https://a.example/b.jpg>" * 10_000),
        ("in one element", f"<picture>{'<source srcset=/a.jpg><img src=https://a.example/b.jpg>' * 5_000}</picture>"),
        ("links", "<img src=http://a.example/b.jpg>" * 10_000),
        ("beside empty ones", "<img src=data:,><noscript><img src=https://a.example/b.jpg></noscript>" * 5_000),
        ("a set of nothing", f"a<img srcset='{',' * 500_000}'>"),
        ("a set that does not end", f"a<img srcset='a {'(' * 500_000}'>"),
        ("hardly a file", f"a<img data-x='{'.gif?' * 100_000} y'>"),
    ],
)
def test_many_pictures_take_time_by_their_number(name: str, source: str) -> None:
    assert body(source)


def test_a_photograph_may_be_named_like_what_stands_for_one() -> None:
    assert body("<img src=https://cdn.example/loading.jpg>") == '<img src="https://cdn.example/loading.jpg">'
