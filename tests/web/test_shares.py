"""Shares by the API: what a request becomes, how long it lasts, and who may end it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.service import Service
from tests.web.harbour import TEXT, at, marked, quoted
from tests.web.managing import api, manager
from tests.web.problems import is_problem


def issue(service: Service, body: object, **headers: str) -> Any:
    answer = service.call("POST", "/api/v1/shares", body, headers)
    assert answer.status == 201, answer.text
    return answer.json


def words_of(share: Any) -> list[tuple[int, str, str]]:
    return [(snippet["number"], snippet["quote"], snippet["color"]) for snippet in share["snippets"]]


@pytest.mark.parametrize(
    ("snippets", "expected"),
    [
        pytest.param([marked(at("Monday"))], [(1, "Monday", "yellow")], id="a position"),
        pytest.param([marked(quoted("Monday"))], [(1, "Monday", "yellow")], id="a quote"),
        pytest.param([marked(at("Monday"), quoted("Monday"))], [(1, "Monday", "yellow")], id="both"),
        pytest.param([marked(quoted("Monday"), at("Monday"))], [(1, "Monday", "yellow")], id="both, the other way"),
        pytest.param(
            [marked(at("harbour", 1), quoted("harbour"))], [(1, "harbour", "yellow")], id="a position settles the quote"
        ),
        pytest.param(
            [marked(quoted("harbour", prefix="The old "))], [(1, "harbour", "yellow")], id="what stands before settles"
        ),
        pytest.param(
            [marked(quoted("harbour", suffix=" opens"))], [(1, "harbour", "yellow")], id="what stands behind settles"
        ),
        pytest.param(
            [marked(quoted("Monday", prefix="not this", suffix="nor this"))],
            [(1, "Monday", "yellow")],
            id="a context that is another does not harm what stands once",
        ),
        pytest.param([marked(quoted("🚢"))], [(1, "🚢", "yellow")], id="an astral character counts as one"),
        pytest.param([marked(at("sail at noon"))], [(1, "sail at noon", "yellow")], id="and moves what follows by one"),
        pytest.param([marked(at("opens\nThe"))], [(1, "opens\nThe", "yellow")], id="across blocks"),
        pytest.param([marked(at(" on "))], [(1, " on ", "yellow")], id="white space at the edges stays as sent"),
        pytest.param([marked(at(TEXT))], [(1, TEXT, "yellow")], id="everything"),
        pytest.param(
            [marked(at("six"), color="pink"), marked(at("Monday"), color="blue"), marked(at("noon"), color="green")],
            [(1, "Monday", "blue"), (2, "noon", "green"), (3, "six", "pink")],
            id="numbers go by the start",
        ),
        pytest.param(
            [marked(at("The")), marked(at("The new harbour")), marked(at("new"))],
            [(1, "The new harbour", "yellow"), (2, "The", "yellow"), (3, "new", "yellow")],
            id="the longer one first",
        ),
        pytest.param(
            [marked(at("on Monday. The")), marked(at("opens on Monday"))],
            [(1, "opens on Monday", "yellow"), (2, "on Monday. The", "yellow")],
            id="overlapping ones stay apart",
        ),
        pytest.param(
            [marked(at("Monday")), marked(quoted("Monday")), marked(at("Monday"), color="yellow")],
            [(1, "Monday", "yellow")],
            id="duplicates once",
        ),
        pytest.param(
            [marked(at("Monday"), color="pink"), marked(at("Monday"), color="green")],
            [(1, "Monday", "green"), (2, "Monday", "pink")],
            id="another colour is no duplicate",
        ),
        pytest.param(
            [marked(at("The new ")), marked(at("harbour", 0))],
            [(1, "The new ", "yellow"), (2, "harbour", "yellow")],
            id="neighbours are not joined",
        ),
    ],
)
def test_what_is_asked_for_is_stored(service: Service, harbour: str, snippets: object, expected: object) -> None:
    share = issue(service, {"article": harbour, "snippets": snippets})

    assert words_of(share) == expected
    again = service.get(f"/api/v1/shares/{share['token']}").json
    assert again == {name: value for name, value in share.items() if name != "manage_key"}


def test_a_context_chooses_the_place(service: Service, harbour: str) -> None:
    share = issue(service, {"article": harbour, "snippets": [marked(quoted("harbour", prefix="The old "))]})

    position = share["snippets"][0]["selectors"][0]
    assert TEXT[: position["start"]].endswith("The old ")


def test_a_share_says_everything(service: Service, harbour: str) -> None:
    answer = service.call(
        "POST",
        "/api/v1/shares",
        {"article": harbour, "revision": 1, "snippets": [marked(at("Monday"))], "expires_in": None},
    )

    share = answer.json
    token = share["token"]
    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["location"] == f"{service.url}/api/v1/shares/{token}"
    assert answer.headers["cache-control"] == "no-store"
    assert share.keys() == {
        *("token", "url", "print_url", "article", "revision", "current_revision", "selectors_revision"),
        *("created_at", "expires_at", "snippets", "manage_key"),
    }
    assert share["url"] == f"{service.url}/s/{token}"
    assert share["print_url"] == f"{service.url}/s/{token}/print"
    assert share["article"] == harbour
    assert (share["revision"], share["current_revision"], share["selectors_revision"]) == (1, 1, 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", share["created_at"])
    assert share["expires_at"] is None
    assert len(share["manage_key"]) >= 22
    (snippet,) = share["snippets"]
    assert snippet.keys() == {"number", "color", "status", "quote", "selectors"}
    assert snippet["status"] == "intact"
    position, quote = snippet["selectors"]
    assert position == at("Monday")
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", "Monday")
    assert TEXT.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_its_own_selectors_make_it_again(service: Service, harbour: str) -> None:
    share = service.share(harbour, "Monday", ("Ferries 🚢", "blue"))
    snippets = [{name: snippet[name] for name in ("selectors", "color")} for snippet in share["snippets"]]

    for kept in (slice(0, 1), slice(1, 2), slice(0, 2)):
        some = [{**snippet, "selectors": snippet["selectors"][kept]} for snippet in snippets]
        assert words_of(issue(service, {"article": harbour, "snippets": some})) == words_of(share)


def test_a_thousand_snippets(service: Service, slug: str) -> None:
    service.publish(slug, "<p>" + " ".join(f"word{number}" for number in range(1_000)) + "</p>")
    text = service.text(slug)
    starts = [text.index(f"word{number}") for number in range(1_000)]
    snippets = [marked({"type": "TextPositionSelector", "start": start, "end": start + 4}) for start in starts]

    share = issue(service, {"article": slug, "snippets": snippets})

    assert [snippet["number"] for snippet in share["snippets"]] == list(range(1, 1_001))
    assert 'id="snippet-1000"' in service.get(share["url"]).text


def test_snippets_may_overlap_but_not_without_end(service: Service, slug: str) -> None:
    service.publish(slug, "<p>" + "words and " * 5_000 + "</p>")
    length = len(service.text(slug))
    spans = [(start, length) for start in range(0, 2_000, 2)]
    body = {
        "article": slug,
        "snippets": [marked({"type": "TextPositionSelector", "start": start, "end": end}) for start, end in spans],
    }
    refused = is_problem(service.call("POST", "/api/v1/shares", body), 422)
    assert [(error["pointer"], error["rule"]) for error in refused["errors"]] == [("/snippets", "too-much")]
    body["snippets"] = body["snippets"][:100]
    assert len(issue(service, body)["snippets"]) == 100


def test_a_share_of_an_older_revision(service: Service, slug: str) -> None:
    service.publish(slug, "<p>The first words.</p>")
    service.publish(slug, "<p>Other ones.</p>")

    share = issue(service, {"article": slug, "revision": 1, "snippets": [marked(quoted("first words"))]})

    assert (share["revision"], share["current_revision"]) == (1, 2)
    answer = service.call(
        "POST", "/api/v1/shares", {"article": slug, "revision": 2, "snippets": [marked(quoted("first words"))]}
    )
    assert is_problem(answer, 422)["errors"][0]["rule"] == "nowhere"


def expiry(share: Any) -> timedelta:
    """How long after it was made it expires."""
    return datetime.fromisoformat(share["expires_at"]) - datetime.fromisoformat(share["created_at"])


@pytest.mark.parametrize("seconds", [60, 86_400, 315_360_000])
def test_an_expiry_is_set_when_it_is_made(service: Service, harbour: str, seconds: int) -> None:
    share = service.share(harbour, "Monday", expires_in=seconds)

    assert expiry(share) == timedelta(seconds=seconds)
    assert share["expires_at"] == service.get(api(share)).json["expires_at"]


def test_its_expiry_can_be_changed(service: Service, harbour: str) -> None:
    share = service.share(harbour, "Monday")
    for seconds in (3_600, 60, 315_360_000):
        answer = service.call("PATCH", api(share), {"expires_in": seconds}, manager(share))
        assert answer.status == 200
        assert answer.json["expires_at"] == service.get(api(share)).json["expires_at"]
        assert timedelta(seconds=seconds) <= expiry(answer.json) <= timedelta(seconds=seconds + 30)
        assert "manage_key" not in answer.json
        assert words_of(answer.json) == words_of(share)
    answer = service.call("PATCH", api(share), {"expires_in": None}, manager(share))
    assert answer.json["expires_at"] is None
    assert service.get(api(share)).json["expires_at"] is None


def every_address(share: Any) -> list[tuple[str, str]]:
    token = share["token"]
    exports = [f"/s/{token}.{kind}" for kind in ("txt", "md", "json", "jsonld")]
    return [
        *(("GET", address) for address in (f"/s/{token}", f"/s/{token}/print", *exports, f"/s/{token}/qr.svg")),
        *(("GET", address) for address in (f"/s/{token}?as=marked", f"/s/{token}?marks=off", api(share))),
        ("GET", f"/oembed?url={share['url']}"),
        ("PATCH", api(share)),
        ("DELETE", api(share)),
    ]


def test_an_expired_share_is_gone(service: Service, harbour: str, later: Callable[..., FlaskClient]) -> None:
    share = service.share(harbour, "Monday", expires_in=60)
    before, after = later(50), later(61)
    for method, address in every_address(share):
        body = {"expires_in": None} if method == "PATCH" else None
        answer = after.open(address, method=method, json=body, headers=manager(share))
        assert answer.status_code == 410, (method, address)
        if answer.content_type == "application/problem+json":
            assert answer.get_json()["reason"] == "expired"
    page = after.get(f"/s/{share['token']}").get_data(as_text=True)
    assert f'href="/articles/{harbour}"' in page
    assert before.get(api(share)).status_code == 200
    assert before.patch(api(share), json={"expires_in": None}, headers=manager(share)).status_code == 200
    assert after.get(api(share)).status_code == 200


def test_a_revoked_share_is_gone_for_everyone(service: Service, harbour: str) -> None:
    share = service.share(harbour, "Monday")
    etag = service.get(share["url"]).headers["etag"]

    answer = service.call("DELETE", api(share), headers=manager(share))

    assert answer.status == 204
    assert answer.body == b""
    for method, address in every_address(share):
        body = {"expires_in": None} if method == "PATCH" else None
        gone = service.call(method, address, body, {**manager(share), "If-None-Match": etag})
        assert gone.status == 410, (method, address)
    assert is_problem(service.get(api(share)), 410)["reason"] == "revoked"
    page = service.get(share["url"])
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'href="/articles/{harbour}"' in page.text
    assert page.headers["cache-control"] == "no-store"


def test_its_tombstone_stays_for_a_year(service: Service, harbour: str, later: Callable[..., FlaskClient]) -> None:
    share = service.share(harbour, "Monday", expires_in=60)
    assert later(399 * 86_400).get(api(share)).status_code == 410


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        pytest.param(None, 401, id="nothing"),
        pytest.param("", 401, id="an empty header"),
        pytest.param("Bearer", 401, id="no key"),
        pytest.param("Bearer ", 401, id="an empty key"),
        pytest.param("Basic {key}", 401, id="another scheme"),
        pytest.param("{key}", 401, id="no scheme"),
        pytest.param("Bearer x{key}", 403, id="a longer key"),
        pytest.param("Bearer wrong", 403, id="a wrong key"),
        pytest.param("Bearer {key} {key}", 403, id="two keys"),
        pytest.param("Bearer {other}", 403, id="another share's key"),
        pytest.param("Bearer publishing-key-of-the-tests", 403, id="a publisher's key"),
        pytest.param("Bearer Schl\xfcssel", 401, id="a key that is not ASCII"),
    ],
)
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_only_its_creator_may_change_it(
    service: Service, harbour: str, method: str, authorization: str | None, status: int
) -> None:
    share, other = service.share(harbour, "Monday"), service.share(harbour, "Monday")
    headers = {}
    if authorization is not None:
        headers["Authorization"] = authorization.format(key=share["manage_key"], other=other["manage_key"])
    body = {"expires_in": 60} if method == "PATCH" else None

    answer = service.call(method, api(share), body, headers)

    is_problem(answer, status)
    assert (answer.headers.get("www-authenticate") == "Bearer") == (status == 401)
    assert service.get(api(share)).json["expires_at"] is None


@pytest.mark.parametrize("shown", ["token", "url"])
def test_its_publisher_may_revoke_it(service: Service, harbour: str, shown: str) -> None:
    share = service.share(harbour, "Monday")

    done = service.flask("shares", "revoke", share[shown])

    assert (done.returncode, done.stdout) == (0, "revoked\n"), done.stderr
    assert service.get(api(share)).status == 410
