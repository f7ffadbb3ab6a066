"""Shares in the store. One round trip opens one, one issues one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from snippetsvc.errors import StoreAway
from snippetsvc.models import Article, Share, Tombstone
from snippetsvc.store import keys, records
from snippetsvc.store.connection import Connection
from snippetsvc.store.records import head_in
from snippetsvc.store.scripts import compare_and_set

#: Seconds for which an expired share and a tombstone go on saying 410: a year is promised.
_AFTERLIFE = 400 * 24 * 3600


class Found(NamedTuple):
    """article: the head, None if there is none; share: None if nothing is stored under the id."""

    article: Article | None
    share: Share | Tombstone | None


class Kept(NamedTuple):
    """article: the head, None if there is none; stored: what is under the key now; fresh: this call has put it there.

    `stored` is the share of this call, or (its times cut to the second) of an earlier one with the same
    `Idempotency-Key`, whose article, digest and manage hash then tell whether it was the same request, or the tombstone
    of one. A call that was repeated because its answer was lost finds its own share, and is not `fresh`.
    """

    article: Article | None
    stored: Share | Tombstone
    fresh: bool


class StoredShares:
    """The part of the store that keeps shares. Everything here raises `StoreAway` and `RecordUnreadable`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_share(self, share_id: str, article: int) -> Found:
        """The share and the head of the article that its id begins with, in one round trip."""
        key = keys.share(share_id)
        head, data = self._connection.run(("GET", keys.head(article)), ("GET", key))
        share = None if data is None else records.unpack_share(data, key)
        # The key leaves out the article; another article's share under it is not the one that was asked for.
        return Found(head_in(head), share if share and share.id == share_id else None)

    def shares_of(self, article: int) -> Iterator[list[Share]]:
        """All shares of an article that are not revoked, in portions (some empty): a walk through the whole store."""
        for found in self._connection.scan(f"{keys.share('-')}*"):
            names = [key.decode() for key in found]
            stored = zip(names, self._connection.run(*(("GET", key) for key in names)) if names else [], strict=True)
            shares = (records.unpack_share(data, key) for key, data in stored if data is not None)
            yield [share for share in shares if isinstance(share, Share) and share.article == article]

    def issue_share(self, share: Share) -> Kept:
        """Store `share` unless something is stored under its key already: one round trip, and one more if so.

        The head comes with it so that the caller may find out that the article does not take shares any more, and
        take back what is `fresh` with `forget_share`.
        """
        key = keys.share(share.id)
        record = records.pack_share(share)
        head, stored = self._connection.run(
            ("GET", keys.head(share.article)), ("SET", key, record, "NX", *_life(share))
        )
        if stored is not None:
            return Kept(head_in(head), share, True)
        found = self._connection.one("GET", key)
        if found is None:
            # Only if something deleted it between the two.
            raise StoreAway("the store did not keep what it accepted")
        return Kept(head_in(head), records.unpack_share(found, key), False)

    def forget_share(self, share: Share) -> None:
        """Undo `issue_share`: the share leaves no trace, unless it has been changed since."""
        self._connection.one(*compare_and_set((keys.share(share.id),), records.pack_share(share), b"", 0))

    def save_share(self, expected: Share, new: Share | Tombstone) -> bool:
        """Put `new` in the place of `expected`; False, and nothing is changed, when that no longer stands there."""
        key = keys.share(expected.id)
        current = self._connection.one("GET", key)
        record = records.pack_share(new)
        # Compared as objects, so that a record of an older format can be replaced; set against the bytes just read.
        if current is None or (current != record and records.unpack_share(current, key) != _as_stored(expected, key)):
            return False
        life = _life(new)
        return bool(self._connection.one(*compare_and_set((key,), current, record, life[1] if life else 0)))


def _life(share: Share | Tombstone) -> tuple[str, int] | tuple[()]:
    """SET's arguments for the time the record is kept: for ever as long as the share never expires.

    After its expiry the record itself says 410. The time that is left is counted by this machine's clock, so that the
    store's need not agree with it.
    """
    if isinstance(share, Tombstone):
        return "EX", _AFTERLIFE
    if share.expires_at is None:
        return ()
    return "EX", max(0, int(share.expires_at.timestamp() - time.time())) + _AFTERLIFE


def _as_stored(share: Share, key: str) -> Share | Tombstone:
    return records.unpack_share(records.pack_share(share), key)
