"""Stores for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from snippetsvc.store import Store, connect

NOWHERE = Path("/nonexistent")


@contextmanager
def connected(url: str | None, data_dir: Path = NOWHERE) -> Iterator[Store]:
    """The store at `url`, or the embedded one in `data_dir`."""
    store = connect(url, data_dir)
    try:
        yield store
    finally:
        store.close()
