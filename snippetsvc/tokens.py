"""Ids, tokens and manage keys (docs/adr/0002-tokens.md). The only module that imports itsdangerous.

id          `<article number in base 36>-<22 characters>`, the characters being 128 bits in URL-safe base64
token       `<id>.<signature>`: HMAC-SHA-256, 43 characters of URL-safe base64
manage key  43 characters of URL-safe base64; only its SHA-256 is ever stored
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itsdangerous import Signer

from snippetsvc.errors import BadToken, CutShort

_RANDOM_BYTES = 16
_NUMBER, _SIGN = "[1-9a-z][0-9a-z]{0,11}", "[A-Za-z0-9_-]"
#: The form of a token, as a regular expression without groups. What of a text is a token, `Tokens.split` alone says:
#: should a shorter signature come, it would try the longer form first.
FORM = rf"{_NUMBER}-{_SIGN}{{22}}\.{_SIGN}{{43}}"
_FORM = re.compile(FORM)
#: A text in which that form breaks off, behind the hyphen at the earliest: before it, it may be any word.
_BROKEN_OFF = re.compile(rf"{_NUMBER}-(?:{_SIGN}{{22}}(?:\.{_SIGN}{{0,42}})?|{_SIGN}{{0,21}})(?!{_SIGN})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_IN_PATH = re.compile(r"(/(?:s|shares)/+[^/.]{0,6})[^/]*")
_UNKNOWN = "no share has this address"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What names a share that is about to be made, and the secret with which its creator may manage it."""

    id: str
    manage_key: str


class Tokens:
    """Signs and checks with `keys`, oldest first: the last one signs, all verify."""

    def __init__(self, keys: Sequence[str], random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        if not keys:
            raise ValueError("at least one key is needed")
        self._keys = [key.encode() for key in keys]
        # One signer a key: a signer of all keys would not say which of them a token was issued with. Its own key is
        # derived here once, and not at each signature.
        self._signers = [
            Signer(_mac(key, "snippetsvc.share"), key_derivation="none", digest_method=hashlib.sha256)
            for key in self._keys
        ]
        self._random_bytes = random_bytes

    def sign(self, name: str) -> str:
        """The token of an id."""
        return self._signers[-1].sign(name).decode()

    def unsign(self, token: str) -> str:
        """The id that `token` was issued for. Raises as `split` does, and `BadToken` when anything follows."""
        read, rest = self.split(token)
        if rest:
            raise BadToken(_UNKNOWN)
        return read.partition(".")[0]

    def split(self, text: str) -> tuple[str, str]:
        """The token that `text` begins with, and what follows it: the form has a fixed length, whatever that is.

        Raises `CutShort` when the form breaks off before its end, and `BadToken`. A token has one spelling: it is
        compared with the one that would be issued, never decoded, because the last character of the signature's base64
        has bits to spare.
        """
        found = _FORM.match(text)
        if found is None:
            raise CutShort(_UNKNOWN) if _BROKEN_OFF.match(text) else BadToken(_UNKNOWN)
        token = found[0]
        name = token.partition(".")[0]
        if not any(hmac.compare_digest(signer.sign(name), token.encode()) for signer in self._signers):
            raise BadToken(_UNKNOWN)
        return token, text[found.end() :]

    def fresh(self, article: int) -> Ticket:
        """A new id for a share of article number `article`."""
        return Ticket(share_id(article, _base64(self._random_bytes(_RANDOM_BYTES))), _base64(self._random_bytes(32)))

    def derived(self, article: int, idempotency_key: str) -> list[Ticket]:
        """The tickets that an `Idempotency-Key` stands for, one a signing key, newest first.

        A new share gets the first; a retry after the keys were changed finds its share at a later one.
        """
        tickets = []
        for key in reversed(self._keys):
            name = share_id(article, _base64(_mac(key, "snippetsvc.id", idempotency_key)[:_RANDOM_BYTES]))
            tickets.append(Ticket(name, _base64(_mac(key, "snippetsvc.manage", name, idempotency_key))))
        return tickets


def article_number(name: str) -> int:
    """The article's number that an id begins with."""
    return int(name.partition("-")[0], 36)


def hash_of(manage_key: str) -> bytes:
    """What is stored of a manage key. A plain hash does: the key has 256 bits and cannot be guessed."""
    return hashlib.sha256(manage_key.encode("utf-8", "replace")).digest()


def manages(manage_key: str, stored: bytes) -> bool:
    """Whether `stored` is the hash of `manage_key`, in constant time."""
    return hmac.compare_digest(hash_of(manage_key), stored)


def share_id(article: int, characters: str) -> str:
    """The id of these random characters, for a share of article number `article`, from 1."""
    digits = ""
    while article:
        article, digit = divmod(article, 36)
        digits = _DIGITS[digit] + digits
    return f"{digits}-{characters}"


def _mac(key: bytes, *parts: str) -> bytes:
    # A NUL cannot be part of an id or of a header, so the parts cannot run into each other.
    return hmac.digest(key, "\0".join(parts).encode(), "sha256")


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def shown_path(path: str) -> str:
    """`path` as a log may say it: in one line, each token cut after six characters, for a whole one opens its link."""
    shown = _IN_PATH.sub(r"\1…", path)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)
