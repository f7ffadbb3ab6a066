"""Shares that cannot be: each is answered with a problem document that names what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.service import Service
from tests.web.harbour import TEXT
from tests.web.managing import manager
from tests.web.oddities import HUGE, LONE
from tests.web.problems import is_problem

QUOTE = {"type": "TextQuoteSelector", "exact": "Monday"}
POSITION = {"type": "TextPositionSelector", "start": 0, "end": 7}
NEWLINE = TEXT.index("\n")


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
    ("body", "pointer", "rule"),
    [
        pytest.param({}, "/expires_in", "required", id="nothing"),
        pytest.param({"expires_in": 59}, "/expires_in", "expires-in", id="too short"),
        pytest.param({"expires_in": "never"}, "/expires_in", "expires-in", id="a word"),
        pytest.param({"expires_in": 60, "color": "pink"}, "/color", "unknown-field", id="a field that never changes"),
    ],
)
def test_expiries_that_cannot_be(service: Service, link: Any, body: object, pointer: str, rule: str) -> None:
    path, headers = f"/api/v1/shares/{link['token']}", manager(link)

    problem = is_problem(service.call("PATCH", path, body, headers), 422)

    assert [(error["pointer"], error["rule"]) for error in problem["errors"]] == [(pointer, rule)]
    assert service.get(path).json["expires_at"] is None
