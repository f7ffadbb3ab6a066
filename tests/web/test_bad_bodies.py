"""What cannot be stored: each wrong body is answered with a problem document that names what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service import PUBLISH_KEY, Service
from tests.web.harbour import TEXT
from tests.web.problems import is_problem

QUOTE = {"type": "TextQuoteSelector", "exact": "Monday"}
POSITION = {"type": "TextPositionSelector", "start": 0, "end": 7}
NEWLINE = TEXT.index("\n")
HUGE = 10**400
LONE = "\ud800"
PUBLISHER = {"Authorization": f"Bearer {PUBLISH_KEY}"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n", id="white space"),
        pytest.param(b'{"article": ', id="cut short"),
        pytest.param(b"{} {}", id="two of them"),
        pytest.param(b"{'article': 'harbour'}", id="single quotes"),
        pytest.param(b'{"article": "harbour",}', id="a comma too many"),
        pytest.param(b'{"article": "\xff"}', id="not UTF-8"),
        pytest.param(b'{"article": "\xed\xa0\x80"}', id="a surrogate in UTF-8"),
        pytest.param('{"article": "harbour"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xef\xbb\xbf{}", id="a byte order mark"),
        pytest.param(b'{"expires_in": NaN}', id="NaN"),
        pytest.param(b'{"expires_in": -Infinity}', id="infinity"),
        pytest.param(b'{"article": "a\x00b"}', id="a NUL that is not escaped"),
        pytest.param(b'{"article": "a\nb"}', id="a line feed that is not escaped"),
        pytest.param(b"[" * 100_000, id="deep lists"),
        pytest.param(b'{"a":' * 100_000, id="deep objects"),
        pytest.param(b'{"snippets": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", id="deep and well-formed"),
        pytest.param(b'{"article": "harbour", "article": "harbour"}', id="a field twice"),
        pytest.param(b'{"snippets": [{"color": "pink", "color": "blue"}]}', id="a field twice further down"),
        pytest.param(b'{"revision": ' + b"9" * 5_000 + b"}", id="a number of 5,000 digits"),
    ],
)
@pytest.mark.parametrize("call", ["POST", "PATCH", "PUT"])
def test_what_cannot_be_read(
    service: Service, harbour: str, link: Any, stored: Callable[[], int], call: str, body: bytes
) -> None:
    path, headers = {
        "POST": ("/api/v1/shares", {}),
        "PATCH": (f"/api/v1/shares/{link['token']}", {"Authorization": f"Bearer {link['manage_key']}"}),
        "PUT": (f"/api/v1/articles/{harbour}", PUBLISHER),
    }[call]
    before = stored()

    problem = is_problem(service.call(call, path, body, headers), 400)

    assert "body" in problem["detail"]
    assert stored() == before


@pytest.fixture(scope="module")
def link(service: Service, harbour: str) -> Any:
    return service.share(harbour, "Monday")


def snippets(*selectors: object, **more: object) -> dict[str, object]:
    return {"snippets": [{"selectors": list(selectors), **more}]}


def quote(exact: object, **more: object) -> dict[str, object]:
    return {"snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": exact, **more}]}]}


def position(start: object, end: object, **more: object) -> dict[str, object]:
    return {"snippets": [{"selectors": [{"type": "TextPositionSelector", "start": start, "end": end, **more}]}]}


SNIPPET = "/snippets/0"
SELECTOR = "/snippets/0/selectors/0"


@pytest.mark.parametrize(
    ("change", "pointer", "rule"),
    [
        pytest.param({"article": None}, "/article", "string", id="article: null"),
        pytest.param({"article": 1}, "/article", "string", id="article: a number"),
        pytest.param({"article": ["harbour"]}, "/article", "string", id="article: a list"),
        pytest.param({"article": "no-such"}, "/article", "unknown-article", id="article: unknown"),
        pytest.param({"article": ""}, "/article", "unknown-article", id="article: empty"),
        pytest.param({"article": "Harbour"}, "/article", "unknown-article", id="article: in capitals"),
        pytest.param({"article": "harbour "}, "/article", "unknown-article", id="article: with a space"),
        pytest.param({"article": "h" * 1_000_000}, "/article", "unknown-article", id="article: a million characters"),
        pytest.param({"article": "гавань"}, "/article", "unknown-article", id="article: another script"),
        pytest.param({"article": f"a{LONE}"}, "/article", "string", id="article: a lone surrogate"),
        pytest.param({"article": "a\0"}, "/article", "string", id="article: NUL"),
        pytest.param({"revision": 0}, "/revision", "revision", id="revision: 0"),
        pytest.param({"revision": -1}, "/revision", "revision", id="revision: negative"),
        pytest.param({"revision": 1.0}, "/revision", "revision", id="revision: a float"),
        pytest.param({"revision": True}, "/revision", "revision", id="revision: true"),
        pytest.param({"revision": False}, "/revision", "revision", id="revision: false"),
        pytest.param({"revision": "1"}, "/revision", "revision", id="revision: a string"),
        pytest.param({"revision": {}}, "/revision", "revision", id="revision: an object"),
        pytest.param({"revision": 2**63}, "/revision", "revision", id="revision: 64 bits"),
        pytest.param({"revision": HUGE}, "/revision", "revision", id="revision: 400 digits"),
        pytest.param({"revision": 2}, "/revision", "unknown-revision", id="revision: not yet"),
        pytest.param({"expires_in": 59}, "/expires_in", "expires-in", id="expires_in: too short"),
        pytest.param({"expires_in": 0}, "/expires_in", "expires-in", id="expires_in: 0"),
        pytest.param({"expires_in": -60}, "/expires_in", "expires-in", id="expires_in: negative"),
        pytest.param({"expires_in": 315_360_001}, "/expires_in", "expires-in", id="expires_in: too long"),
        pytest.param({"expires_in": HUGE}, "/expires_in", "expires-in", id="expires_in: 400 digits"),
        pytest.param({"expires_in": 60.5}, "/expires_in", "expires-in", id="expires_in: a float"),
        pytest.param({"expires_in": True}, "/expires_in", "expires-in", id="expires_in: true"),
        pytest.param({"expires_in": "60"}, "/expires_in", "expires-in", id="expires_in: a string"),
        pytest.param({"expires_in": [60]}, "/expires_in", "expires-in", id="expires_in: a list"),
        pytest.param({"snippets": None}, "/snippets", "snippets", id="snippets: null"),
        pytest.param({"snippets": {}}, "/snippets", "snippets", id="snippets: an object"),
        pytest.param({"snippets": []}, "/snippets", "snippets", id="snippets: none"),
        pytest.param({"snippets": [{"selectors": [POSITION]}] * 1_001}, "/snippets", "snippets", id="snippets: 1,001"),
        pytest.param({"snippets": [7]}, SNIPPET, "object", id="a snippet: a number"),
        pytest.param({"snippets": [None]}, SNIPPET, "object", id="a snippet: null"),
        pytest.param({"snippets": [[POSITION]]}, SNIPPET, "object", id="a snippet: a list"),
        pytest.param({"snippets": [{}]}, f"{SNIPPET}/selectors", "selectors", id="a snippet: empty"),
        pytest.param(snippets(QUOTE, color="red"), f"{SNIPPET}/color", "color", id="color: unknown"),
        pytest.param(snippets(QUOTE, color="Yellow"), f"{SNIPPET}/color", "color", id="color: in capitals"),
        pytest.param(snippets(QUOTE, color=None), f"{SNIPPET}/color", "color", id="color: null"),
        pytest.param(snippets(QUOTE, color=1), f"{SNIPPET}/color", "color", id="color: a number"),
        pytest.param(snippets(QUOTE, color=["pink"]), f"{SNIPPET}/color", "color", id="color: a list"),
        pytest.param(snippets(QUOTE, color={}), f"{SNIPPET}/color", "color", id="color: an object"),
        pytest.param(snippets(QUOTE, color=LONE), f"{SNIPPET}/color", "color", id="color: a lone surrogate"),
        pytest.param(snippets(QUOTE, note="x"), f"{SNIPPET}/note", "unknown-field", id="a snippet: unknown field"),
        pytest.param(snippets(), f"{SNIPPET}/selectors", "selectors", id="selectors: none"),
        pytest.param(snippets("x"), SELECTOR, "object", id="a selector: a string"),
        pytest.param(snippets(None), SELECTOR, "object", id="a selector: null"),
        pytest.param(snippets({}), f"{SELECTOR}/type", "selector-type", id="a selector: empty"),
        pytest.param(snippets({"type": "CssSelector"}), f"{SELECTOR}/type", "selector-type", id="type: another"),
        pytest.param(snippets({"type": ["x"]}), f"{SELECTOR}/type", "selector-type", id="type: a list"),
        pytest.param(snippets({"type": LONE}), f"{SELECTOR}/type", "selector-type", id="type: a lone surrogate"),
        pytest.param(snippets(QUOTE, QUOTE), f"{SNIPPET}/selectors/1", "selector-once", id="two quotes"),
        pytest.param(snippets(POSITION, POSITION), f"{SNIPPET}/selectors/1", "selector-once", id="two positions"),
        pytest.param(position(-1, 3), f"{SELECTOR}/start", "offset", id="start: negative"),
        pytest.param(position(0.0, 3), f"{SELECTOR}/start", "offset", id="start: a float"),
        pytest.param(position(1e300, 3), f"{SELECTOR}/start", "offset", id="start: a huge float"),
        pytest.param(position(False, 3), f"{SELECTOR}/start", "offset", id="start: false"),
        pytest.param(position("0", 3), f"{SELECTOR}/start", "offset", id="start: a string"),
        pytest.param(position(None, 3), f"{SELECTOR}/start", "offset", id="start: null"),
        pytest.param(position(0, True), f"{SELECTOR}/end", "offset", id="end: true"),
        pytest.param(position(0, 2**53), f"{SELECTOR}/end", "offset", id="end: 2 to the 53rd"),
        pytest.param(position(0, HUGE), f"{SELECTOR}/end", "offset", id="end: 400 digits"),
        pytest.param(position(0, 2**53 - 1), SELECTOR, "outside", id="end: far outside"),
        pytest.param(position(0, len(TEXT) + 1), SELECTOR, "outside", id="end: just outside"),
        pytest.param(position(len(TEXT), len(TEXT) + 1), SELECTOR, "outside", id="all outside"),
        pytest.param(position(4, 4), SELECTOR, "empty-span", id="an empty span"),
        pytest.param(position(5, 4), SELECTOR, "empty-span", id="a span backwards"),
        pytest.param(position(NEWLINE, NEWLINE + 1), SELECTOR, "blank", id="a span of white space"),
        pytest.param(position(0, 3, refinedBy={}), f"{SELECTOR}/refinedBy", "unknown-field", id="a refined position"),
        pytest.param(snippets({"type": "TextQuoteSelector"}), f"{SELECTOR}/exact", "string", id="exact: missing"),
        pytest.param(quote(None), f"{SELECTOR}/exact", "string", id="exact: null"),
        pytest.param(quote(1), f"{SELECTOR}/exact", "string", id="exact: a number"),
        pytest.param(quote(""), f"{SELECTOR}/exact", "blank", id="exact: empty"),
        pytest.param(quote(" \n\t"), f"{SELECTOR}/exact", "blank", id="exact: white space"),
        pytest.param(quote("Mon\0day"), f"{SELECTOR}/exact", "characters", id="exact: NUL"),
        pytest.param(quote(f"Monday{LONE}"), f"{SELECTOR}/exact", "characters", id="exact: a lone surrogate"),
        pytest.param(quote("\udea2 sail"), f"{SELECTOR}/exact", "characters", id="exact: half a character"),
        pytest.param(quote("Monday", prefix=LONE), f"{SELECTOR}/prefix", "characters", id="prefix: a lone surrogate"),
        pytest.param(quote("Monday", suffix="\0"), f"{SELECTOR}/suffix", "characters", id="suffix: NUL"),
        pytest.param(quote("Monday", suffix=5), f"{SELECTOR}/suffix", "string", id="suffix: a number"),
        pytest.param(quote("Monday", prefix=None), f"{SELECTOR}/prefix", "string", id="prefix: null"),
        pytest.param(quote("Monday", text="x"), f"{SELECTOR}/text", "unknown-field", id="a quote: unknown field"),
        pytest.param(quote("Monday", **{"a/~b": 1}), f"{SELECTOR}/a~1~0b", "unknown-field", id="a field to be escaped"),
        pytest.param(quote("Thursday in Paris, of all places"), f"{SNIPPET}/selectors/0", "nowhere", id="nowhere"),
        pytest.param(quote("harbour"), f"{SNIPPET}/selectors/0", "ambiguous", id="more than once"),
        pytest.param(
            quote("harbour", prefix="The "), f"{SNIPPET}/selectors/0", "ambiguous", id="a context that does not help"
        ),
        pytest.param(snippets(POSITION, QUOTE), SELECTOR, "mismatch", id="position and quote that differ"),
        pytest.param(
            snippets(QUOTE, POSITION), f"{SNIPPET}/selectors/1", "mismatch", id="quote and position that differ"
        ),
    ],
)
def test_what_breaks_a_rule(
    service: Service, harbour: str, stored: Callable[[], int], change: dict[str, object], pointer: str, rule: str
) -> None:
    body = {"article": harbour, **snippets(QUOTE), **change}
    before = stored()

    problem = is_problem(service.call("POST", "/api/v1/shares", body), 422)

    assert [(error["pointer"], error["rule"]) for error in problem["errors"]] == [(pointer, rule)]
    assert stored() == before


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("note", id="plain"),
        pytest.param("", id="empty"),
        pytest.param(LONE, id="a lone surrogate"),
        pytest.param("\0", id="NUL"),
        pytest.param("n" * 100_000, id="long"),
        pytest.param("<script>alert(1)</script>", id="a script"),
        pytest.param("__proto__", id="a name that scripts trip over"),
    ],
)
@pytest.mark.parametrize("place", ["body", "snippet", "position", "quote"])
def test_fields_that_are_not_known(
    service: Service, harbour: str, stored: Callable[[], int], place: str, name: str
) -> None:
    parts: dict[str, dict[str, object]] = {"position": dict(POSITION), "quote": {**QUOTE, "exact": "Harbour"}}
    parts["snippet"] = {"selectors": [parts["position"], parts["quote"]]}
    parts["body"] = {"article": harbour, "snippets": [parts["snippet"]]}
    parts[place][name] = 1
    before = stored()

    problem = is_problem(service.call("POST", "/api/v1/shares", parts["body"]), 422)

    assert [error["rule"] for error in problem["errors"]] == ["unknown-field"]
    assert len(problem["errors"][0]["pointer"]) < 1_000
    assert stored() == before


@pytest.mark.parametrize("body", [[], None, 1, "text", True], ids=json.dumps)
def test_a_body_that_is_no_object(service: Service, body: object) -> None:
    data = json.dumps(body).encode()

    problem = is_problem(service.call("POST", "/api/v1/shares", data), 422)

    assert problem["errors"][0]["pointer"] == ""


def test_all_that_is_wrong_is_named_at_once(service: Service) -> None:
    body = {"article": 1, "revision": 0, "expires_in": 1, "snippets": [snippets(), 5], "x": 1}

    problem = is_problem(service.call("POST", "/api/v1/shares", body), 422)

    pointers = [error["pointer"] for error in problem["errors"]]
    assert {"/article", "/revision", "/expires_in", "/snippets/1", "/x"} <= set(pointers)


def test_a_body_full_of_faults_gets_an_answer_of_sensible_length(service: Service, harbour: str) -> None:
    body = {"article": harbour, "snippets": [], **{f"f{number}": 0 for number in range(100_000)}}

    answer = service.call("POST", "/api/v1/shares", body)

    is_problem(answer, 422)
    assert len(answer.body) < 100_000


@pytest.mark.parametrize(
    ("change", "pointer", "rule"),
    [
        pytest.param({"html": None}, "/html", "string", id="html: null"),
        pytest.param({"html": 1}, "/html", "string", id="html: a number"),
        pytest.param({"html": ""}, "/html", "no-text", id="html: empty"),
        pytest.param({"html": "<p> \n</p>"}, "/html", "no-text", id="html: white space"),
        pytest.param({"html": "<script>alert(1)</script>"}, "/html", "no-text", id="html: a script alone"),
        pytest.param({"html": "<p>a\0b</p>"}, "/html", "characters", id="html: NUL"),
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


@pytest.mark.parametrize(
    ("body", "pointer", "rule"),
    [
        pytest.param({}, "/expires_in", "required", id="nothing"),
        pytest.param({"expires_in": 59}, "/expires_in", "expires-in", id="too short"),
        pytest.param({"expires_in": "never"}, "/expires_in", "expires-in", id="a word"),
        pytest.param({"expires_in": 60, "color": "pink"}, "/color", "unknown-field", id="a field that never changes"),
    ],
)
def test_expiries_that_cannot_be(service: Service, link: Any, body: object, pointer: str, rule: str) -> None:
    path, headers = f"/api/v1/shares/{link['token']}", {"Authorization": f"Bearer {link['manage_key']}"}

    problem = is_problem(service.call("PATCH", path, body, headers), 422)

    assert [(error["pointer"], error["rule"]) for error in problem["errors"]] == [(pointer, rule)]
    assert service.get(path).json["expires_at"] is None


_words = st.sampled_from(["Monday", "Harbour opens", "harbour", "", " ", "🚢", "\0", LONE, "noon", "yellow", "pink"])
_names = st.sampled_from(
    ["article", "revision", "snippets", "expires_in", "selectors", "color", "type", "start", "end", "exact", "prefix"]
)
_numbers = st.integers(-2, 120) | st.sampled_from([2**31, 2**53, 2**63, 2**64, HUGE, 1.5, -0.0, 1e308])
_anything = st.recursive(
    st.none() | st.booleans() | _numbers | _words | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_names | st.just(LONE) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
_positions = st.fixed_dictionaries(
    {"type": st.just("TextPositionSelector"), "start": _numbers, "end": _numbers | _anything}
)
_quotes = st.fixed_dictionaries(
    {"type": st.just("TextQuoteSelector"), "exact": _words | _anything}, optional={"prefix": _words, "suffix": _words}
)
_snippet = st.fixed_dictionaries(
    {"selectors": st.lists(_positions | _quotes, min_size=1, max_size=2)},
    optional={"color": st.sampled_from(["yellow", "green", "blue", "pink"]) | _anything},
)
_bodies = _anything | st.fixed_dictionaries(
    {"article": st.just("harbour") | _anything, "snippets": st.lists(_snippet | _anything, max_size=4)},
    optional={"revision": st.just(1) | _anything, "expires_in": st.none() | st.just(60) | _anything, "x": _anything},
)


@given(body=_bodies)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_body_is_stored_or_refused(service: Service, harbour: str, stored: Callable[[], int], body: object) -> None:
    before = stored()

    answer = service.call("POST", "/api/v1/shares", json.dumps(body).encode())

    assert answer.status in (201, 422), answer.text
    assert stored() == before + (answer.status == 201)
    if answer.status == 422:
        is_problem(answer, 422)
        return
    share = answer.json
    assert [snippet["number"] for snippet in share["snippets"]] == list(range(1, len(share["snippets"]) + 1))
    assert all(snippet["quote"].strip() and snippet["quote"] in TEXT for snippet in share["snippets"])
    assert service.get(share["url"]).status == 200
