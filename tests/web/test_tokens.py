"""A token opens what it was issued for, in the one spelling it was issued in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from snippetsvc.tokens import Tokens
from tests.service import Service

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _with_spare_bits(token: str) -> str:
    """Another last character that decodes to the same signature."""
    index = _BASE64.index(token[-1])
    return token[:-1] + _BASE64[index ^ 1]


def _other_character(token: str) -> str:
    return token[:-5] + ("A" if token[-5] != "A" else "B") + token[-4:]


def _other_id(token: str) -> str:
    return token[:5] + ("A" if token[5] != "A" else "B") + token[6:]


FORGERIES: dict[str, Callable[[str], str]] = {
    "another signature": _other_character,
    "another id": _other_id,
    "another article": lambda token: "2" + token[token.index("-") :],
    "a leading nought": lambda token: "0" + token,
    "spare bits": _with_spare_bits,
    "forged, and something behind": lambda token: _other_character(token) + ").",
    "an id that is too long": lambda token: token.replace(".", "A."),
    "a word": lambda token: "nothing",
    "no id": lambda token: "." + token.partition(".")[2],
    "a space before": lambda token: "%20" + token,
    "in capitals": str.upper,
    "full-width": lambda token: "%EF%BC%91" + token[1:],
}

#: What ends before a token's form does.
CUT_SHORT: dict[str, Callable[[str], str]] = {
    "its last character is missing": lambda token: token[:-1],
    "half of its signature is missing": lambda token: token[:-20],
    "an empty signature": lambda token: token.partition(".")[0] + ".",
    "no signature": lambda token: token.partition(".")[0],
    "half an id": lambda token: token.partition(".")[0][:-8],
    "an article's number and a hyphen": lambda token: token.partition("-")[0] + "-",
    "an ellipsis in place of the rest": lambda token: token[:-20] + "%E2%80%A6",
    "a line break in it": lambda token: token[:30] + "%0A" + token[30:],
}

#: What has a valid token at its beginning. On pages the rest is cut off (test_glued_links.py).
WITH_MORE_BEHIND: dict[str, Callable[[str], str]] = {
    "padding": lambda token: token + "%3D",
    "a character more": lambda token: token + "A",
    "a space": lambda token: token + "%20",
    "a line feed": lambda token: token + "%0A",
    "NUL": lambda token: token + "%00",
    "a full stop": lambda token: token + ".",
    "a slash": lambda token: token + "/",
    "signed twice": lambda token: token + "." + token.partition(".")[2],
    "not UTF-8": lambda token: token + "%FF",
}


@pytest.fixture(scope="module")
def unknown(service: Service) -> str:
    """A token of this service for which there is no share."""
    (key,) = (service.data_dir / "secret-keys").read_text().split()
    return Tokens([key]).sign("1-" + "A" * 22)


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_forged_tokens_are_unknown_ones(service: Service, link: Any, unknown: str, forge: Callable[[str], str]) -> None:
    forged = forge(link["token"])
    for address in ("/s/{}", "/s/{}/print", "/s/{}.json", "/s/{}/qr.svg", "/api/v1/shares/{}"):
        answer, expected = service.get(address.format(forged)), service.get(address.format(unknown))
        assert (answer.status, expected.status) == (404, 404), address
        assert answer.text == expected.text
    manager = {"Authorization": f"Bearer {link['manage_key']}"}
    assert service.call("DELETE", f"/api/v1/shares/{forged}", headers=manager).status == 404
    assert service.get(link["url"]).status == 200


@pytest.mark.parametrize("cut", CUT_SHORT.values(), ids=CUT_SHORT.keys())
def test_whoever_opens_a_link_that_was_cut_short_is_told(
    service: Service, link: Any, unknown: str, cut: Callable[[str], str]
) -> None:
    short = cut(link["token"])
    for path in (f"/s/{short}", f"/s/{short}?lang=en", f"/s/{short}/", f"/s/{short}/print"):
        answer = service.get(path)
        assert answer.status == 404
        assert "The end of this link is missing" in answer.text
        assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert "The end of this link" not in service.get(f"/s/{unknown}").text
    for path in ("/s/{}.json", "/s/{}/qr.svg", "/api/v1/shares/{}"):
        answer, expected = service.get(path.format(short)), service.get(path.format(unknown))
        assert (answer.status, answer.text) == (404, expected.text), path


@pytest.mark.parametrize("glue", WITH_MORE_BEHIND.values(), ids=WITH_MORE_BEHIND.keys())
def test_the_api_takes_tokens_as_they_were_issued_alone(
    service: Service, link: Any, unknown: str, glue: Callable[[str], str]
) -> None:
    path, manager = f"/api/v1/shares/{glue(link['token'])}", {"Authorization": f"Bearer {link['manage_key']}"}
    for answer in (
        service.get(path),
        service.call("PATCH", path, {"expires_in": 60}, manager),
        service.call("DELETE", path, headers=manager),
    ):
        assert answer.status == 404
    assert service.get(link["url"]).status == 200


def test_a_token_with_escaped_characters_is_the_same(service: Service, link: Any) -> None:
    assert service.get(f"/s/{link['token'].replace('-', '%2D')}").status == 200


def test_a_token_of_another_service(service: Service, link: Any) -> None:
    share_id = link["token"].partition(".")[0]
    assert service.get(f"/s/{Tokens(['another-key']).sign(share_id)}").status == 404


def test_a_token_of_an_older_key_is_answered_as_it_was_asked_for(
    service: Service, link: Any, later: Callable[..., FlaskClient]
) -> None:
    old = (service.data_dir / "secret-keys").read_text().strip()
    rotated = later(0, SECRET_KEYS=f"{old},a-newer-signing-key")
    path, keys = f"/api/v1/shares/{link['token']}", {"Authorization": f"Bearer {link['manage_key']}"}
    for answer in (
        rotated.get(path),
        rotated.get(f"/s/{link['token']}.json"),
        rotated.patch(path, json={"expires_in": None}, headers=keys),
    ):
        assert answer.status_code == 200
        assert {**answer.get_json(), "manage_key": link["manage_key"]} == link
    assert later(0, SECRET_KEYS="a-newer-signing-key").get(path).status_code == 404


def test_tokens_look_as_promised(service: Service, harbour: str) -> None:
    tokens = {service.share(harbour, "Monday")["token"] for _ in range(50)}
    assert len(tokens) == 50
    for token in tokens:
        share_id, _, signature = token.partition(".")
        number, _, random = share_id.partition("-")
        assert number.isalnum()
        assert len(random) == 22
        assert len(signature) == 43
        assert set(token) <= set(_BASE64 + ".")


@pytest.mark.parametrize("given", ["forged", "", "x" * 5_000, "https://elsewhere.example/s/x"])
def test_the_command_refuses_them_in_one_line(service: Service, given: str) -> None:
    done = service.flask("shares", "revoke", given)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Error: no share has this address"]
