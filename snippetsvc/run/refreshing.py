"""The thread of a process that keeps its library up to date: it asks the store for one counter a second."""

from __future__ import annotations

import logging
import threading

from snippetsvc.errors import SnippetsvcError, StoreAway
from snippetsvc.service.library import Library

_log = logging.getLogger(__name__)

_SECONDS = 1.0
#: Seconds in which whatever is asked of a store has an answer.
_PATIENCE = 2.0


class Refreshing(threading.Thread):
    """Runs as long as its `with` block."""

    def __init__(self, library: Library) -> None:
        super().__init__(name="refreshing", daemon=True)
        self._library = library
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(_SECONDS):
            try:
                self._library.refresh()
            except StoreAway:
                continue
            except SnippetsvcError as error:
                _log.warning("the recent articles could not be read: %s", error)

    def __enter__(self) -> Refreshing:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """What it asks the store just now, it may ask to its end, for the store is closed next."""
        self._stopped.set()
        self.join(_PATIENCE)
