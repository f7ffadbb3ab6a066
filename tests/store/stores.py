"""Stores for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from snippetsvc.embedded import Embedded
from snippetsvc.store import Store, connect

NOWHERE = Path("/nonexistent")


@contextmanager
def connected(url: str | None, data_dir: Path = NOWHERE) -> Iterator[Store]:
    """The store at `url`, or the embedded one in `data_dir`."""
    with ExitStack() as ends:
        yield ends.enter_context(connect(url or ends.enter_context(Embedded(data_dir)).url))
