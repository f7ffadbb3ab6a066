"""Tokens: signed, of one spelling, never guessed."""

from __future__ import annotations

import string

import pytest

from snippetsvc.errors import BadToken, CutShort
from snippetsvc.tokens import Tokens, article_number, hash_of, manages

OLD, NEW = "the old key", "the new key"


def test_what_is_signed_is_read_again() -> None:
    tokens = Tokens([NEW])
    ticket = tokens.fresh(article=12345)
    assert tokens.unsign(tokens.sign(ticket.id)) == ticket.id
    assert article_number(ticket.id) == 12345


def test_every_key_verifies_and_the_last_one_signs() -> None:
    before, after = Tokens([OLD]), Tokens([OLD, NEW])
    share_id = before.fresh(1).id
    assert after.unsign(before.sign(share_id)) == share_id
    assert after.sign(share_id) != before.sign(share_id)
    with pytest.raises(BadToken):
        before.unsign(after.sign(share_id))


def test_a_token_has_one_spelling() -> None:
    tokens = Tokens([NEW])
    token = tokens.sign(tokens.fresh(1).id)
    for other in set(string.ascii_letters + string.digits + "-_=") - {token[-1]}:
        with pytest.raises(BadToken):
            tokens.unsign(token[:-1] + other)


@pytest.mark.parametrize("rest", ["", "A", "_-", ".", "/print", ").", "\n", "\ud800", "." + "A" * 43])
def test_a_token_is_told_from_what_follows_it(rest: str) -> None:
    tokens = Tokens([OLD, NEW])
    for keys in ([OLD], [NEW]):
        token = Tokens(keys).sign(tokens.fresh(1).id)
        assert tokens.split(token + rest) == (token, rest)
        with pytest.raises(BadToken):
            tokens.split(Tokens(["another key"]).sign(tokens.unsign(token)) + rest)


def test_what_breaks_off_behind_the_hyphen_is_cut_short_and_nothing_else_is() -> None:
    tokens = Tokens([NEW])
    token = tokens.sign(tokens.fresh(12345).id)
    for end in range(token.index("-") + 1, len(token)):
        for rest in ("", "…", "/", "%"):
            with pytest.raises(CutShort):
                tokens.split(token[:end] + rest)
    for other in (
        "",
        ".",
        "-",
        "0",
        "/",
        "1",
        "word",
        token[token.index("-") :],
        " " + token,
        token.replace(".", "A."),
        "a" * 13,
    ):
        with pytest.raises(BadToken) as refused:
            tokens.split(other)
        assert refused.type is BadToken, other


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: token + "=",
        lambda token: token + ".txt",
        lambda token: "." + token,
        lambda token: " " + token,
        lambda token: token + "\n",
        lambda token: token.upper(),
        lambda token: token[1:],
        lambda token: "0" + token,
        lambda token: token.replace(".", ""),
        lambda token: token.replace("-", "\ud800"),
        lambda token: "я" * 70,
        lambda token: token * 1000,
    ],
)
def test_anything_else_is_refused(change: object) -> None:
    tokens = Tokens([NEW])
    assert callable(change)
    with pytest.raises(BadToken):
        tokens.unsign(change(tokens.sign(tokens.fresh(1).id)))


def test_an_idempotency_key_always_stands_for_the_same_ticket_and_says_nothing_of_it() -> None:
    tokens = Tokens([OLD, NEW])
    newest, older = tokens.derived(1, "k" * 22)
    assert [newest, older] == tokens.derived(1, "k" * 22)
    assert Tokens([OLD]).derived(1, "k" * 22) == [older]
    assert len({newest.id, older.id, tokens.derived(1, "l" * 22)[0].id}) == 3
    # With another article the random part is the same: the store then finds the key used.
    assert tokens.derived(2, "k" * 22)[0].id.partition("-")[2] == newest.id.partition("-")[2]


def test_ids_have_128_random_bits() -> None:
    tokens = Tokens([NEW], random_bytes=lambda count: b"\xff" * count)
    assert tokens.fresh(36).id == "10-" + "_" * 21 + "w"
    assert len({Tokens([NEW]).fresh(1).id for _ in range(1000)}) == 1000


def test_a_manage_key_is_told_by_its_hash() -> None:
    ticket = Tokens([NEW]).fresh(1)
    assert manages(ticket.manage_key, hash_of(ticket.manage_key))
    assert not manages(ticket.manage_key + "x", hash_of(ticket.manage_key))
    assert not manages("\ud800", hash_of(ticket.manage_key))
