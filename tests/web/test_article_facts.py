"""What is known of an article: what its publisher says, else its page, else what was known before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service import PUBLISHER, Service
from tests.web.problems import is_problem

SAID = {
    "title": "Ferry runs",
    "lang": "sv",
    "dir": "ltr",
    "authors": ["Ann Ode", "Bo Ek"],
    "publisher": "Harbour Office",
    "published_at": "2026-03-04T08:00:00+01:00",
    "modified_at": "2026-03-05",
    "source_url": "https://harbour.example/news/ferry",
    "canonical_url": "https://harbour.example/ferry",
    "license": "CC BY 4.0",
    "description": "After a winter.",
    "image": "https://harbour.example/ferry.jpg",
}
PAGE = (
    """<!doctype html><html lang=en><title>Pier</title><meta name=author content="Cy Dahl"><h1>Pier</h1><p>It stands."""
)


def test_what_the_publisher_says_counts(service: Service, slug: str) -> None:
    article = service.call("PUT", f"/api/v1/articles/{slug}", {"html": PAGE, **SAID}, PUBLISHER).json
    assert {name: article[name] for name in SAID} == SAID
    assert article["author"] == "Ann Ode, Bo Ek"
    shown = service.get(f"/api/v1/articles/{slug}").json
    assert {name: shown[name] for name in SAID} == SAID
    assert [each for each in service.get("/api/v1/articles").json["articles"] if each["slug"] == slug] == [shown]

    # Sent back as it was read, it stays as it is; without a word, too, for the rest.
    again = {"html": PAGE} | {name: shown[name] for name in [*SAID, "author"]}
    assert service.call("PUT", f"/api/v1/articles/{slug}", again, PUBLISHER).json["revisions"] == shown["revisions"]
    assert service.get(f"/api/v1/articles/{slug}").json == shown
    later = service.publish(slug, "<h1>Pier</h1><p>It fell.").json
    unsaid = {"title": "Pier", "modified_at": None}
    assert {name: later[name] for name in SAID} == SAID | unsaid


def test_null_takes_back_what_was_known_and_what_the_page_says(service: Service, slug: str) -> None:
    service.call("PUT", f"/api/v1/articles/{slug}", {"html": PAGE, **SAID}, PUBLISHER)
    facts = [name for name in SAID if name not in ("title", "lang", "dir")]
    nothing: dict[str, object] = {"html": PAGE, **dict.fromkeys(facts)}
    article = service.call("PUT", f"/api/v1/articles/{slug}", nothing, PUBLISHER).json
    assert [article[name] for name in facts if name != "authors"] == [None] * (len(facts) - 1)
    assert (article["authors"], article["author"], article["title"]) == ([], None, "Pier")
    assert service.publish(slug, PAGE).json["authors"] == ["Cy Dahl"]
    assert service.publish(slug, PAGE, author=None).json["authors"] == []


def test_as_many_authors_as_there_may_be_are_sent_back_as_they_were_read(service: Service, slug: str) -> None:
    names = [f"{number} {'n' * 490}" for number in range(100)]
    address = f"/api/v1/articles/{slug}"
    service.call("PUT", address, {"html": PAGE, "authors": names}, PUBLISHER)
    shown = service.get(address).json
    said = {name: shown[name] for name in ("author", "authors")}
    again = service.call("PUT", address, {"html": PAGE, **said}, PUBLISHER)
    assert (again.status, again.json["authors"]) == (200, names)


@pytest.mark.parametrize(
    ("said", "pointer", "rule"),
    [
        ({"authors": "Ann"}, "/authors", "authors"),
        ({"authors": ["Ann", ""]}, "/authors/1", "author"),
        ({"authors": ["Ann", 7]}, "/authors/1", "string"),
        ({"authors": ["Ann"] * 101}, "/authors", "authors"),
        ({"authors": ["Ann"], "author": "Bo"}, "/author", "author"),
        ({"author": "A" * 501}, "/author", "author"),
        ({"authors": ["A" * 501]}, "/authors/0", "author"),
        ({"modified_at": "03/04/2026"}, "/modified_at", "modified-at"),
        ({"canonical_url": "/ferry"}, "/canonical_url", "canonical-url"),
        ({"image": "data:image/png;base64,x"}, "/image", "image"),
        ({"license": "a\x07b"}, "/license", "license"),
        ({"description": "d" * 1_001}, "/description", "description"),
    ],
    ids=str,
)
def test_what_cannot_be_said(service: Service, slug: str, said: dict[str, object], pointer: str, rule: str) -> None:
    answer = service.call("PUT", f"/api/v1/articles/{slug}", {"html": PAGE, **said}, PUBLISHER)
    assert [(each["pointer"], each["rule"]) for each in is_problem(answer, 422)["errors"]] == [(pointer, rule)]


def test_on_the_command_line(service: Service, slug: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    options = [f"--{name.replace('_', '-')}={value}" for name, value in SAID.items() if isinstance(value, str)]
    authors = ["--author=Ann Ode", "--author=Bo Ek"]
    done = service.flask("articles", "publish", str(file), "--slug", slug, *options, *authors)
    assert done.returncode == 0, done.stderr
    article = service.get(f"/api/v1/articles/{slug}").json
    assert {name: article[name] for name in SAID} == SAID


def test_what_the_page_says_is_shown(service: Service, slug: str) -> None:
    article = {"@type": "Article", "headline": "Pier", "author": ["Ann Ode", "Bo Ek"], "description": "It stands."}
    service.publish(slug, f'<script type="application/ld+json">{json.dumps(article)}</script>{PAGE}')
    page = service.get(f"/articles/{slug}").text
    assert "Ann Ode, Bo Ek" in page
    assert '<meta name="description" content="It stands.">' in page


def test_what_was_said_of_retracted_words_goes_with_them(service: Service, slug: str) -> None:
    service.publish(slug, PAGE, description="A harmless one.")
    service.publish(slug, "<h1>Pier</h1><p>It is owned by a thief.", description="A thief owns the pier.")
    assert service.flask("articles", "retract", slug, "1").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["description"] == "A thief owns the pier."
    service.publish(slug, PAGE, description="A thief owns the pier.")
    assert service.flask("articles", "retract", slug, "3").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["description"] is None


TWO = "<!doctype html><title>Pier</title><p>site</p><div class=a><p>One.</p></div><div class=b><p>Two.</p></div>"


def test_what_holds_the_article_is_said_once(service: Service, slug: str, tmp_path: Path) -> None:
    assert service.publish(slug, TWO, selector=".b").json["selector"] == ".b"
    assert service.get(f"/api/v1/articles/{slug}/text").text == "Pier\nTwo."
    assert service.publish(slug, TWO.replace("Two", "Three")).json["revision"] == 2
    assert service.get(f"/api/v1/articles/{slug}/text").text == "Pier\nThree."
    gone = service.call("PUT", f"/api/v1/articles/{slug}", {"html": "<!doctype html><p>None."}, PUBLISHER)
    assert [(each["pointer"], each["rule"]) for each in is_problem(gone, 422)["errors"]] == [("/selector", "selector")]
    assert service.publish(slug, TWO, selector=None).json["selector"] is None
    assert "One." in service.get(f"/api/v1/articles/{slug}/text").text

    file = tmp_path / "page.html"
    file.write_text(TWO)
    done = service.flask("articles", "publish", str(file), "--slug", slug, "--selector", ".b, .a")
    assert done.returncode == 0, done.stderr
    assert service.get(f"/api/v1/articles/{slug}").json["selector"] == ".b, .a"
    assert service.get(f"/api/v1/articles/{slug}/text").text == "Pier\nOne.\nTwo."
    bad = service.flask("articles", "publish", str(file), "--slug", slug, "--selector", "p[")
    assert bad.returncode == 1
    assert "selector" in bad.stderr


@pytest.mark.parametrize("selector", ["", " ", "p[", ".nowhere", "p, " * 333 + "pp"])
def test_a_selector_that_names_nothing(service: Service, slug: str, selector: str) -> None:
    answer = service.call("PUT", f"/api/v1/articles/{slug}", {"html": TWO, "selector": selector}, PUBLISHER)
    assert [(each["pointer"], each["rule"]) for each in is_problem(answer, 422)["errors"]] == [
        ("/selector", "selector")
    ]


def test_the_next_revision_is_looked_for_where_the_last_one_was(service: Service, slug: str) -> None:
    def page(longer: str) -> str:
        return f"<!doctype html><title>Pier</title><div id=x><h1>Pier</h1><p>It stands.</p></div><div>{longer}</div>"

    service.publish(slug, page(""))
    service.publish(slug, page("<p>Other words of the page.</p>" * 20))
    assert service.get(f"/api/v1/articles/{slug}/text").text == "Pier\nIt stands."
