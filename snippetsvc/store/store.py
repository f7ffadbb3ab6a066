"""The store: articles, shares and what is known of imports, behind one connection."""

from __future__ import annotations

from redis.exceptions import ResponseError

from snippetsvc.errors import StoreAway
from snippetsvc.store import keys
from snippetsvc.store.addresses import parse
from snippetsvc.store.articles import StoredArticles
from snippetsvc.store.backings import backing_at
from snippetsvc.store.connection import Connection
from snippetsvc.store.erasing import Erasure, erase
from snippetsvc.store.imports import StoredImports
from snippetsvc.store.reasons import reason
from snippetsvc.store.shares import StoredShares
from snippetsvc.store.status import AWAY, StoreStatus, settings_of, status_of


def connect(url: str) -> Store:
    """The store at `url` (see `addresses`). One that cannot be reached is no error yet. Raises `BadSetting`."""
    return Store(Connection(backing_at(parse(url))))


class Store(StoredArticles, StoredShares, StoredImports):
    """Everything that is kept, for any number of threads, until `close` or the end of its `with` block.

    Every method raises `StoreAway` when the store does not answer within two seconds, or refuses, and
    `RecordUnreadable` for a record that this release cannot read.
    """

    def erase(self, patience: float = 60.0) -> Erasure:
        """Make the store's files anew, so that what was deleted or retracted is not in them; never raises.

        Waits `patience` seconds at most. Replicas and backups have files of their own, which are not reached.
        """
        return erase(self._connection, patience)

    def status(self) -> StoreStatus:
        """What the store is set to; never raises."""
        try:
            # A write that has nothing to do, and is refused for whatever reason any write is.
            (refusal,) = self._connection.run_tolerant(("SET", keys.NOTHING, "", "XX"))
            answers = self._connection.ask_every(settings_of)
        except StoreAway:
            return AWAY
        servers = [{} if isinstance(answer, ResponseError) else answer for answer in answers]
        return status_of(servers, refusal=reason(refusal) if isinstance(refusal, ResponseError) else None)

    def close(self) -> None:
        """End the use of the store."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
