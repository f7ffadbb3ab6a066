"""Stores for tests, and a way to look behind them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from snippetsvc.store import Store, connect


@contextmanager
def new_store() -> Iterator[Store]:
    """An empty embedded store, which ends with the block."""
    with TemporaryDirectory(prefix="store-") as directory:
        store = connect(None, Path(directory))
        try:
            yield store
        finally:
            store.close()


def raw_command(store: Store, *arguments: str | int | bytes) -> Any:
    """The server's own answer to any command: what tests look behind the store with."""
    return store._connection.one(*arguments)


@contextmanager
def connected(url: str) -> Iterator[Store]:
    """The store at `url`."""
    store = connect(url, Path("/nonexistent"))
    try:
        yield store
    finally:
        store.close()
