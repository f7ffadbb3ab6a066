"""The store: articles and shares behind one connection."""

from __future__ import annotations

import weakref

from redis.exceptions import ResponseError

from snippetsvc.errors import StoreAway
from snippetsvc.store import keys
from snippetsvc.store.articles import Articles
from snippetsvc.store.client import Client
from snippetsvc.store.commands import on, server
from snippetsvc.store.embedded import Embedded
from snippetsvc.store.erasing import Erasure, erase
from snippetsvc.store.faults import sentence
from snippetsvc.store.shares import Shares
from snippetsvc.store.status import AWAY, SETTINGS, StoreStatus, settings_of, status_of


class Store(Articles, Shares):
    """Everything that is kept, for any number of threads; in a forked process it goes on working.

    Every method raises `StoreAway` when the store does not answer within two seconds, or refuses, and
    `RecordUnreadable` for a record that this release cannot read.
    """

    def __init__(self, client: Client, embedded: Embedded | None = None) -> None:
        super().__init__(client)
        self._embedded = embedded
        # Also when nobody calls close: at the end of the process, or when the store is no longer referred to.
        self._finish = weakref.finalize(self, _finish, client, embedded)

    def erase(self, patience: float = 60.0) -> Erasure:
        """Make the store's files anew, so that what was deleted or retracted is not in them; never raises.

        Waits `patience` seconds at most. Replicas and backups have files of their own, which are not reached.
        """
        before = self._embedded.valkey.data_files() if self._embedded else set()
        erasure = erase(self._client, patience)
        if erasure.done and self._embedded and not self._embedded.valkey.outlive(before):
            return Erasure(False, "The store's files may still hold the words: an old file was not removed.")
        return erasure

    def status(self) -> StoreStatus:
        """What the store is set to; never raises."""
        questions = [server("CONFIG", "GET", name) for name in SETTINGS]
        questions += [server("INFO", "persistence"), server("INFO", "memory")]
        try:
            # This one starts the embedded server again if need be. It is a write that has nothing to do, and is refused
            # for whatever reason any write is.
            (refusal,) = self._client.run_tolerant(on(keys.NOTHING, "SET", "", "XX"))
            answers = self._client.run_on_every(*questions)
        except StoreAway:
            return AWAY
        servers = [settings_of(found[:-2], found[-2], found[-1]) for found in answers]
        return status_of(servers, refusal=sentence(refusal) if isinstance(refusal, ResponseError) else None)

    def close(self) -> None:
        """End the use of the store; of an embedded one, the last user's call stops the server."""
        self._finish()


def _finish(client: Client, embedded: Embedded | None) -> None:
    client.close()
    if embedded is not None:
        embedded.leave()
