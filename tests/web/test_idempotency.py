"""`Idempotency-Key`: a retry is safe, whatever happened in between."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.service import Answer, Service
from tests.web.harbour import at, marked, quoted
from tests.web.managing import api, manager
from tests.web.problems import is_problem


def new_key() -> str:
    return secrets.token_urlsafe(24)


def post(service: Service, key: str, body: object) -> Answer:
    return service.call("POST", "/api/v1/shares", body, {"Idempotency-Key": key})


def a_body(article: str, *snippets: object, **more: object) -> dict[str, object]:
    return {"article": article, "snippets": list(snippets) or [marked(at("Monday"))], **more}


@pytest.mark.parametrize(
    ("key", "status"),
    [
        pytest.param("k" * 22, 201, id="the shortest"),
        pytest.param("k" * 255, 201, id="the longest"),
        pytest.param("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", 201, id="any visible character"),
        pytest.param("k" * 21, 400, id="too short"),
        pytest.param("k" * 256, 400, id="too long"),
        pytest.param("", 400, id="empty"),
        pytest.param("kkkkkkkkkkk kkkkkkkkkkk", 400, id="a space"),
        pytest.param("kkkkkkkkkkk\tkkkkkkkkkkk", 400, id="a tab"),
        pytest.param("k" * 21 + "\xe9", 400, id="not ASCII"),
    ],
)
def test_keys(service: Service, harbour: str, stored: Callable[[], int], key: str, status: int) -> None:
    before = stored()

    answer = post(service, key, a_body(harbour))

    assert answer.status == status
    assert stored() == before + (status == 201)
    if status == 400:
        assert "Idempotency-Key" in is_problem(answer, 400)["detail"]


def test_the_same_again_is_the_same_share(service: Service, harbour: str, stored: Callable[[], int]) -> None:
    key, body = new_key(), a_body(harbour, expires_in=3_600)
    first = post(service, key, body)
    before = stored()

    for _ in range(5):
        again = post(service, key, body)
        assert again.status == 201
        assert again.json == first.json
        assert again.headers["location"] == first.headers["location"]
    assert stored() == before


def test_its_manage_key_works(service: Service, harbour: str) -> None:
    share = post(service, new_key(), a_body(harbour)).json
    assert service.call("PATCH", api(share), {"expires_in": 60}, manager(share)).status == 200


def test_the_same_in_another_spelling_is_the_same(service: Service, harbour: str) -> None:
    key, body = new_key(), a_body(harbour)
    first = post(service, key, json.dumps(body).encode())

    again = post(service, key, json.dumps(dict(reversed(body.items())), indent=3, sort_keys=False).encode())

    assert again.json == first.json


def test_two_keys_are_two_shares(service: Service, harbour: str) -> None:
    first, second = (post(service, new_key(), a_body(harbour)).json for _ in range(2))
    assert first["token"] != second["token"]
    assert first["manage_key"] != second["manage_key"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"snippets": [marked(at("noon"))]}, id="other words"),
        pytest.param({"snippets": [marked(at("Monday"), color="pink")]}, id="another colour"),
        pytest.param({"snippets": [marked(at("Monday")), marked(at("noon"))]}, id="one more"),
        pytest.param({"expires_in": 60}, id="another expiry"),
        pytest.param({"revision": 1}, id="a revision that is named"),
        pytest.param({"article": "other"}, id="another article"),
    ],
)
def test_another_body_is_refused(
    service: Service, harbour: str, stored: Callable[[], int], slug: str, change: dict[str, object]
) -> None:
    service.publish(slug, "<p>Monday, Monday, and words enough for any position in the other text.</p>")
    key, body = new_key(), a_body(harbour)
    share = post(service, key, body).json
    before = stored()
    other = {**body, **change}
    if other["article"] == "other":
        other["article"] = slug

    problem = is_problem(post(service, key, other), 422)

    assert [error["rule"] for error in problem["errors"]] == ["idempotency-key"]
    assert stored() == before
    assert post(service, key, body).json == share


def test_revoked_since(service: Service, harbour: str) -> None:
    key, body = new_key(), a_body(harbour)
    share = post(service, key, body).json
    assert service.call("DELETE", api(share), headers=manager(share)).status == 204

    assert is_problem(post(service, key, body), 410)["reason"] == "revoked"


def test_expired_since(service: Service, harbour: str, later: Callable[..., FlaskClient]) -> None:
    key, body = new_key(), a_body(harbour, expires_in=60)
    assert post(service, key, body).status == 201

    answer = later(61).post("/api/v1/shares", json=body, headers={"Idempotency-Key": key})

    assert answer.status_code == 410
    assert answer.get_json()["reason"] == "expired"


def test_many_at_once_are_one_share(service: Service, harbour: str, stored: Callable[[], int]) -> None:
    before = stored()
    for count in range(1, 11):
        key, body = new_key(), a_body(harbour)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _, key=key, body=body: post(service, key, body), range(8)))
        assert {answer.status for answer in answers} == {201}
        assert len({(answer.json["token"], answer.json["manage_key"]) for answer in answers}) == 1
        assert stored() == before + count


def test_of_many_bodies_at_once_one_wins(service: Service, harbour: str) -> None:
    colors = ["yellow", "green", "blue", "pink"] * 2
    for _ in range(5):
        key = new_key()
        bodies = [a_body(harbour, marked(at("Monday"), color=color)) for color in colors]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda body, key=key: post(service, key, body), bodies))
        stored = {answer.json["token"] for answer in answers if answer.status == 201}
        assert len(stored) == 1
        assert sorted(answer.status for answer in answers) == [201, 201, *[422] * 6]


@pytest.fixture
def edited(service: Service, slug: str) -> tuple[str, dict[str, object], Any]:
    """Key, body and share of a link whose article was edited since, so that its words are gone."""
    service.publish(slug, "<p>The first words of an article.</p>")
    key, body = new_key(), a_body(slug, marked(quoted("first words")))
    share = post(service, key, body).json
    service.publish(slug, "<p>Something else altogether.</p>")
    return key, body, share


def test_an_article_that_was_edited_since(service: Service, edited: tuple[str, Any, Any]) -> None:
    key, body, share = edited
    again = post(service, key, body)
    assert again.status == 201
    names = ("token", "manage_key", "revision", "created_at")
    assert [again.json[name] for name in names] == [share[name] for name in names]


def test_an_article_that_was_renamed_since(service: Service, slug: str) -> None:
    service.publish(slug, "<p>The first words of an article.</p>")
    key, body = new_key(), a_body(slug, marked(quoted("first words")))
    share = post(service, key, body).json
    assert service.flask("articles", "rename", slug, f"{slug}-renamed").returncode == 0

    again = post(service, key, body)

    assert again.status == 201
    assert (again.json["token"], again.json["article"]) == (share["token"], f"{slug}-renamed")


def test_signing_keys_that_were_changed_since(
    service: Service, harbour: str, later: Callable[..., FlaskClient]
) -> None:
    key, body = new_key(), a_body(harbour)
    share = post(service, key, body).json
    old = (service.data_dir / "secret-keys").read_text().strip()
    rotated = later(0, SECRET_KEYS=f"{old},a-newer-signing-key")

    again = rotated.post("/api/v1/shares", json=body, headers={"Idempotency-Key": key})

    assert again.status_code == 201
    newer = again.get_json()
    assert newer["manage_key"] == share["manage_key"]
    assert newer["created_at"] == share["created_at"]
    assert newer["token"].partition(".")[0] == share["token"].partition(".")[0]
    for token in (share["token"], newer["token"]):
        assert rotated.get(f"/s/{token}").status_code == 200
    other = rotated.post("/api/v1/shares", json=a_body(harbour, marked(at("noon"))), headers={"Idempotency-Key": key})
    assert other.status_code == 422
