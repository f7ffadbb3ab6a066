"""Of a whole page the article is published: where it is, and that it stays there."""

from __future__ import annotations

from typing import Any

import pytest

from snippetsvc.errors import Invalid
from snippetsvc.html.prepare import Prepared, prepare
from snippetsvc.models import Did, NoticeKind
from snippetsvc.text.document import Document
from tests.stories import sentence, story

MENU = "<ul><li><a href=/>Home</a></li><li><a href=/news>All the news</a></li></ul>"
FOOT = "<div><a href=/imprint>Imprint</a> <a href=/privacy>Privacy</a></div>"
TEASERS = "".join(f"<article class=card><h3><a href=/{n}>{sentence(n)}</a></h3></article>" for n in range(40, 46))


def page(body: str, title: str = "Pier reopens") -> str:
    return f"<!doctype html><html lang=en><title>{title}</title><body>{body}</body></html>"


def made(source: str, **given: Any) -> Prepared:
    return prepare(source, fallback_title="Fallback", **given)


def text(source: str, **given: Any) -> str:
    return Document(made(source, **given).html).text


STORY = Document(made(story(4)).html).text.split("\n", 1)[1]
HOLDS_THE_STORY = {
    "an article": f"<article><h1>Pier reopens</h1>{story(4)}</article>",
    "main": f"<main><h1>Pier reopens</h1>{story(4)}</main>",
    "a role": f"<div role=main><h1>Pier reopens</h1>{story(4)}</div>",
    "a property": f"<div itemprop='name articleBody'><h1>Pier reopens</h1>{story(4)}</div>",
    "an element without a name": f"<div><div><h1>Pier reopens</h1>{story(4)}</div></div>",
    "a cell": f"<table><tr><td>{MENU}<td><h1>Pier reopens</h1>{story(4)}<td>{FOOT}</table>",
    "beside an empty main": f"<main>Loading</main><div><h1>Pier reopens</h1>{story(4)}</div>",
    "beside teasers": f"<div><h1>Pier reopens</h1>{story(4)}</div><aside>{TEASERS}</aside>",
    "above teasers": f"<main><div><h1>Pier reopens</h1>{story(4)}</div></main><main>{TEASERS}</main>",
    "its headline stands outside of it": f"<header><h1>Pier reopens</h1></header><article>{story(4)}</article>",
    "a link to it in a menu, and one back": "<div id=top><a href=#story>Skip</a><p>Home, Politics</p></div>"
    f"<main id=story><h1>Pier reopens</h1>{story(4)}<nav><a href=#top>Back to top</a></nav></main>",
    "in pieces": f"<div><h1>Pier reopens</h1></div><div class=t>{story(3)}</div><div class=t>{story(1, 9)}</div>",
}


@pytest.mark.parametrize("oracle", [True, False])
@pytest.mark.parametrize("body", HOLDS_THE_STORY.values(), ids=HOLDS_THE_STORY)
def test_the_story_and_nothing_else(body: str, oracle: bool) -> None:
    assert text(page(MENU + body + FOOT), oracle=oracle) == f"Pier reopens\n{STORY}"


def update(number: int, sentences: int) -> str:
    said = " ".join(sentence(20 * number + each) for each in range(sentences))
    return f"<h2>{number}:00</h2><p>{said}</p>"


@pytest.mark.parametrize("kind", ["article", "section", "div class=update"])
@pytest.mark.parametrize("oracle", [True, False])
def test_a_live_page_is_all_of_its_updates_whichever_is_the_longest(kind: str, oracle: bool) -> None:
    def live(*updates: str) -> str:
        pieces = "".join(f"<{kind}>{each}</{kind.split()[0]}>" for each in updates)
        return page(f"{MENU}<main><h1>Pier reopens</h1><p>Follow the day.</p>{pieces}</main>{FOOT}")

    first = made(live(update(9, 6), update(8, 1)), oracle=oracle)
    later = made(live(update(10, 30), update(9, 6), update(8, 1)), oracle=oracle, way=first.way)
    assert first.way == later.way == "main"
    head, rest = Document(first.html).text.split("9:00")
    assert head == "Pier reopens\nFollow the day.\n"
    assert Document(later.html).text.startswith(f"{head}10:00\n")
    assert Document(later.html).text.endswith(f"9:00{rest}")
    assert not [notice for notice in later.notices if notice.kind is NoticeKind.ROOT]


WAYS = {
    "its id": ("<div id=story>{}</div>", "div#story"),
    "its role": ("<div role=main>{}</div>", "div[role=main]"),
    "its class": ("<div class='entry wide'>{}</div>", "div.entry"),
    "its name": ("<main>{}</main>", "main"),
    "an odd id": ("<div id='1:a b'>{}</div>", r"div#\31 \:a\ b"),
    "what is around it": ("<section id=x><div><div>{}</div></div></section>", "section#x > div > div"),
    "everything": ("{}", "body"),
}


@pytest.mark.parametrize(("around", "way"), WAYS.values(), ids=WAYS)
def test_the_next_revision_is_looked_for_where_the_last_one_was(around: str, way: str) -> None:
    first = made(page(around.format(f"<h1>Pier reopens</h1>{story(5)}")))
    assert first.way == way
    longer = f"<div><h2>More</h2>{story(20, 30)}</div>"
    inside = f"<h1>Pier reopens</h1>{story(6)}"
    second = made(page(longer + around.format(inside) + longer), way=first.way)
    assert second.way == way
    if way != "body":
        assert Document(second.html).text == text(f"<h1>Pier reopens</h1>{story(6)}")
    assert not [notice for notice in second.notices if notice.kind is NoticeKind.ROOT]


def test_where_the_way_leads_to_nothing_another_is_found_and_told() -> None:
    source = page(f"{MENU}<main><h1>Pier reopens</h1>{story(4)}</main>")
    for way in ("div#gone", "ul > li > a > b", "no selector["):
        found = made(source, way=way)
        assert found.way == "main"
        assert Document(found.html).text == f"Pier reopens\n{STORY}"
        assert [(each.did, each.example) for each in found.notices if each.kind is NoticeKind.ROOT] == [
            (Did.GUESSED, way)
        ]


def test_of_several_that_a_way_leads_to_the_one_with_the_headline_is_meant() -> None:
    card = f"<article>{story(9, 30)}</article>"
    found = made(page(f"{card}<article><h1>Pier reopens</h1>{story(4)}</article>{card}"), way="article")
    assert Document(found.html).text == f"Pier reopens\n{STORY}"


SELECTED = {
    "one": ("#b", "B\nbeta"),
    "all, in the order of the page": ("#c, #a", "T\nalpha\ngamma"),
    "one in another counts once": ("main, #b", "T\nalpha\nB\nbeta\ngamma"),
    "below the body": ("body > main > p:first-child", "T\nalpha"),
}


@pytest.mark.parametrize(("selector", "expected"), SELECTED.values(), ids=SELECTED)
def test_a_call_may_name_what_is_taken(selector: str, expected: str) -> None:
    body = "<p>site</p><main><p id=a>alpha</p><div id=b><h2>B</h2>beta</div><p id=c>gamma</p></main>"
    title = "B" if selector == "#b" else "T"
    assert text(page(body, title), selector=selector) == expected
    assert made(page(body), selector=selector).way is None


def test_what_a_call_names_is_not_guessed_at_but_what_has_another_name_goes() -> None:
    body = "<div id=x><p>By a person</p><p><a href=/a>Another</a></p><nav>Menu</nav><div class=share>Share</div></div>"
    assert text(page(body), selector="#x") == "Pier reopens\nBy a person\nAnother"


BAD = {
    "nothing": "#nowhere",
    "no selector": "p[",
    "no such pseudo-class": "p:newest",
    "empty": "",
    "too long": "p, " * 333 + "pp",
    "too deep": ":is(" * 250 + ")" * 250,
}


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("selector", BAD.values(), ids=BAD)
def test_a_selector_that_names_nothing_is_refused(selector: str, whole: bool) -> None:
    with pytest.raises(Invalid) as caught:
        made(page("<p>a") if whole else "<p>a", selector=selector)
    assert [(problem.pointer, problem.rule) for problem in caught.value.problems] == [("/selector", "selector")]


def test_the_oracle_is_told_of_and_may_be_left_out() -> None:
    phases: list[bool] = []
    source = page(f"<div><h1>Pier reopens</h1>{story(4)}</div>")
    asked = made(source, phase=phases.append)
    assert phases == [True, False]
    left_out = made(source, phase=phases.append, oracle=False)
    assert phases == [True, False]
    assert asked.html == left_out.html
    assert [(each.kind, each.did) for each in left_out.notices] == [(NoticeKind.ORACLE, Did.GUESSED)]


@pytest.mark.parametrize("inline", ["<em>ab</em> c ", "<a href=/x>ab</a> c ", "<b><i>ab</i></b> c "])
def test_a_paragraph_of_ten_thousand_elements_is_an_article(inline: str) -> None:
    found = text(page(f"{MENU}<h1>Pier reopens</h1><p>{inline * 10_000}</p>"), oracle=False)
    assert found == "Pier reopens\n" + " ".join(["ab c"] * 10_000)
