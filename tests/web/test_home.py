"""Home: the articles, the newest first and large, each with what it is about."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from tests.service import Service

LONG = "On Monday the council opened the lower sluice, and the old river bed filled within an hour."
LONGER = f"{LONG} {LONG} {LONG}"
PICTURE = "https://images.example/sluice.jpg"


def home(service: Service, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(service.get(f"/{query}").text, "html.parser")


def listed(service: Service, slug: str) -> Tag:
    link = home(service).select_one(f'h2 a[href="/articles/{slug}"]')
    assert link
    item = link.find_parent("li")
    assert item
    return item


@pytest.mark.parametrize(
    ("html", "facts", "opening"),
    [
        pytest.param(f"<h1>T</h1><p>{LONG}</p>", {"description": "About it."}, "About it.", id="as its publisher says"),
        pytest.param(f"<h1>T</h1><p>{LONG}</p><p>More.</p>", {}, LONG, id="the first paragraph"),
        pytest.param(f"<h1>T</h1><p>By R. Waters</p><h2>{LONG}</h2><p>{LONG}!</p>", {}, f"{LONG}!", id="no names"),
        pytest.param("<h1>T</h1><p>It is closed.</p><p>Till May.</p>", {}, "It is closed.", id="a short one"),
        pytest.param(f"<h1>T</h1><p>{LONGER}</p>", {}, f"{LONG} {LONG}", id="as many sentences as there is room for"),
        pytest.param(f"<h1>T</h1><p>{'Words ' * 99}</p>", {}, f"{'Words ' * 33}".strip() + "…", id="no end in sight"),
        pytest.param("<h1>T</h1><p>Less &lt;b&gt; &amp; more.</p>", {}, "Less <b> & more.", id="signs of HTML"),
        pytest.param("<h1>A headline, and no other words</h1>", {}, None, id="nothing else"),
    ],
)  # fmt: skip
def test_what_an_article_is_about(
    service: Service, slug: str, html: str, facts: dict[str, str], opening: str | None
) -> None:
    assert service.publish(slug, html, lang="en", **facts).status == 201
    said = listed(service, slug).select_one(".opening")
    assert (said and said.get_text()) == opening
    assert said is None or said["lang"] == "en"


def test_it_follows_a_new_revision(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>T</h1><p>It is closed.</p>")
    assert listed(service, slug).select(".opening")[0].get_text() == "It is closed."
    service.publish(slug, "<h1>T</h1><p>It is open.</p>")
    assert listed(service, slug).select(".opening")[0].get_text() == "It is open."


@pytest.mark.parametrize(
    ("image", "shown"),
    [(PICTURE, PICTURE), ("http://images.example/sluice.jpg", None), (None, None)],
    ids=["by https", "by http", "none"],
)
def test_a_picture_is_shown_where_there_is_one(
    service: Service, slug: str, image: str | None, shown: str | None
) -> None:
    assert service.publish(slug, "<h1>T</h1><p>Words.</p>", image=image).status == 201
    pictures = listed(service, slug).select("img")
    assert [picture["src"] for picture in pictures] == [each for each in [shown] if each]
    for picture in pictures:
        # It has its room before it is there, and tells its host nothing of the reader.
        assert picture["width"]
        assert picture["height"]
        said = (picture["alt"], picture["loading"], picture["referrerpolicy"])
        assert said == ("", "lazy", "no-referrer")


def test_the_newest_stands_first_and_headings_in_order(service: Service, slug: str) -> None:
    facts = {"publisher": "The Gazette", "published_at": "2026-02-03"}
    service.publish(slug, "<h1>T</h1><p>Words.</p>", **facts)
    page = home(service, "?lang=en")
    first = page.select(".newest > li")[0]
    assert first.select(f'h2 a[href="/articles/{slug}?lang=en"]')
    assert first.select(".kicker")[0].get_text(" ") == "The Gazette February 3, 2026"
    levels = [heading.name for heading in page.select("h1, h2, h3")]
    assert levels == ["h1"] + ["h2"] * (len(levels) - 1)
