"""The store: articles and shares behind one connection."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from snippetsvc.store.articles import Articles
from snippetsvc.store.client import Client
from snippetsvc.store.shares import Shares


class Store(Articles, Shares):
    """Everything that is kept, for any number of threads; in a forked process it goes on working.

    Every method raises `StoreAway` when the store does not answer within two seconds, or refuses, and
    `RecordUnreadable` for a record that this release cannot read.
    """

    def __init__(self, client: Client, on_close: Callable[[], None] | None = None) -> None:
        super().__init__(client)
        # Also when nobody calls close: at the end of the process, or when the store is no longer referred to.
        self._finish = weakref.finalize(self, _finish, client, on_close)

    def close(self) -> None:
        """End the use of the store; of an embedded one, the last user's call stops the server."""
        self._finish()


def _finish(client: Client, on_close: Callable[[], None] | None) -> None:
    client.close()
    if on_close is not None:
        on_close()
