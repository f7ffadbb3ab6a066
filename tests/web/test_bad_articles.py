"""Articles that cannot be: each is answered with a problem document that names what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.service import PUBLISHER, Service
from tests.web.oddities import LONE
from tests.web.problems import is_problem


@pytest.mark.parametrize(
    ("change", "pointer", "rule"),
    [
        pytest.param({"html": None}, "/html", "string", id="html: null"),
        pytest.param({"html": 1}, "/html", "string", id="html: a number"),
        pytest.param({"html": ""}, "/html", "no-text", id="html: empty"),
        pytest.param({"html": "<p> \n</p>"}, "/html", "no-text", id="html: white space"),
        pytest.param({"html": "<script>alert(1)</script>"}, "/html", "no-text", id="html: a script alone"),
        pytest.param({"html": f"<p>a{LONE}</p>"}, "/html", "characters", id="html: a lone surrogate"),
        pytest.param({"html": "<div>" * 300 + "a"}, "/html", "depth", id="html: deep"),
        pytest.param({"html": "<b>" * 500_000 + "a"}, "/html", "depth", id="html: very deep"),
        pytest.param({"title": ""}, "/title", "title", id="title: empty"),
        pytest.param({"title": "a\0"}, "/title", "string", id="title: NUL"),
        pytest.param({"title": LONE}, "/title", "string", id="title: a lone surrogate"),
        pytest.param({"title": "a\x07b"}, "/title", "title", id="title: a control character"),
        pytest.param({"title": "t" * 501}, "/title", "title", id="title: long"),
        pytest.param({"title": ["t"]}, "/title", "string", id="title: a list"),
        pytest.param({"lang": "deutsch bitte"}, "/lang", "lang", id="lang: no tag"),
        pytest.param({"lang": "-"}, "/lang", "lang", id="lang: a hyphen"),
        pytest.param({"dir": "up"}, "/dir", "dir", id="dir: unknown"),
        pytest.param({"published_at": "yesterday"}, "/published_at", "published-at", id="published_at: a word"),
        pytest.param({"published_at": "2026-02-30"}, "/published_at", "published-at", id="published_at: no such day"),
        pytest.param({"published_at": 5}, "/published_at", "string", id="published_at: a number"),
        pytest.param({"source_url": "javascript:alert(1)"}, "/source_url", "source-url", id="source_url: a script"),
        pytest.param({"source_url": "//gazette.example/"}, "/source_url", "source-url", id="source_url: no scheme"),
        pytest.param({"source_url": "https://"}, "/source_url", "source-url", id="source_url: no host"),
        pytest.param({"source_url": "http://[::1"}, "/source_url", "source-url", id="source_url: half an address"),
        pytest.param({"source_url": "https://a.example/<b>"}, "/source_url", "source-url", id="source_url: a tag"),
        pytest.param({"slug": "x"}, "/slug", "unknown-field", id="a field that is not known"),
        pytest.param({LONE: "x"}, "/\\ud800", "unknown-field", id="a field with a lone surrogate"),
    ],
)
def test_what_cannot_be_published(
    service: Service, slug: str, stored: Callable[[], int], change: dict[str, object], pointer: str, rule: str
) -> None:
    before = stored()

    problem = is_problem(
        service.call("PUT", f"/api/v1/articles/{slug}", {"html": "<p>Words</p>", **change}, PUBLISHER), 422
    )

    assert [(error["pointer"], error["rule"]) for error in problem["errors"]] == [(pointer, rule)]
    assert stored() == before
    assert service.get(f"/api/v1/articles/{slug}").status == 404


@pytest.mark.parametrize(
    "name", ["A", "a_b", "-a", "a-", "a--b", "a.b", "%C3%A9", "a" * 101, "a%00", "%ff", "a%0Ab", "a%2Fb"]
)
def test_slugs_that_cannot_be(service: Service, stored: Callable[[], int], name: str) -> None:
    before = stored()

    answer = service.call("PUT", f"/api/v1/articles/{name}", {"html": "<p>Words</p>"}, PUBLISHER)

    problem = is_problem(answer, 404 if "%2F" in name else 422)
    assert "%2F" in name or problem["errors"][0]["rule"] == "slug"
    assert stored() == before
