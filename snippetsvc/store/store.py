"""The store: articles and shares behind one connection."""

from __future__ import annotations

import weakref
from pathlib import Path

from redis.exceptions import ResponseError

from snippetsvc.errors import StoreAway
from snippetsvc.store import keys
from snippetsvc.store.addresses import parse
from snippetsvc.store.articles import Articles
from snippetsvc.store.backings import Own, backing_at
from snippetsvc.store.connection import Connection
from snippetsvc.store.embedded import Embedded
from snippetsvc.store.erasing import Erasure, erase
from snippetsvc.store.reasons import reason
from snippetsvc.store.shares import Shares
from snippetsvc.store.status import AWAY, StoreStatus, settings_of, status_of


def connect(url: str | None, data_dir: Path, program: str | None = None) -> Store:
    """The store at `url` (see `addresses`), or without one the embedded store in `data_dir`, started if need be.

    program: the server to start, see `server_program`. A store that cannot be reached is no error yet. Raises
    `BadSetting` for a URL that cannot be understood, and for a data directory that cannot be used.
    """
    if url is not None:
        return Store(Connection(backing_at(parse(url))))
    embedded = Embedded(data_dir, program)
    try:
        embedded.enter()
    except BaseException:
        # Also Ctrl-C: whatever has been started by now is stopped.
        embedded.leave()
        raise
    return Store(Connection(Own(embedded)), embedded)


class Store(Articles, Shares):
    """Everything that is kept, for any number of threads.

    Every method raises `StoreAway` when the store does not answer within two seconds, or refuses, and
    `RecordUnreadable` for a record that this release cannot read.
    """

    def __init__(self, connection: Connection, embedded: Embedded | None = None) -> None:
        super().__init__(connection)
        self._embedded = embedded
        # Also when nobody calls close: at the end of the process, or when the store is no longer referred to.
        self._finish = weakref.finalize(self, _finish, connection, embedded)

    def erase(self, patience: float = 60.0) -> Erasure:
        """Make the store's files anew, so that what was deleted or retracted is not in them; never raises.

        Waits `patience` seconds at most. Replicas and backups have files of their own, which are not reached.
        """
        before = self._embedded.valkey.data_files() if self._embedded else set()
        erasure = erase(self._connection, patience)
        if erasure.done and self._embedded and not self._embedded.valkey.outlive(before):
            return Erasure(False, "The store's files may still hold the words: an old file was not removed.")
        return erasure

    def status(self) -> StoreStatus:
        """What the store is set to; never raises."""
        try:
            # This one starts the embedded server again if need be. It is a write that has nothing to do, and is refused
            # for whatever reason any write is.
            (refusal,) = self._connection.run_tolerant(("SET", keys.NOTHING, "", "XX"))
            answers = self._connection.ask_every(settings_of)
        except StoreAway:
            return AWAY
        servers = [{} if isinstance(answer, ResponseError) else answer for answer in answers]
        return status_of(servers, refusal=reason(refusal) if isinstance(refusal, ResponseError) else None)

    def close(self) -> None:
        """End the use of the store; of an embedded one, the last user's call stops the server."""
        self._finish()


def _finish(connection: Connection, embedded: Embedded | None) -> None:
    connection.close()
    if embedded is not None:
        embedded.leave()
