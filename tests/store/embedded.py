"""The embedded store in a data directory: a use of it, and the servers that run on it."""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from pathlib import Path

from snippetsvc.store import Store
from tests.store.servers import eventually
from tests.store.stores import connected


def using(data_dir: Path) -> AbstractContextManager[Store]:
    return connected(None, data_dir)


def servers_of(data_dir: Path) -> list[int]:
    """The processes that run a Valkey server on this data directory."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            pid = int(entry.name)
            if (entry / "cwd").readlink() == data_dir.resolve() / "store" and b"valkey" in (
                entry / "cmdline"
            ).read_bytes():
                found.append(pid)
    return found


def wait_for_none(data_dir: Path) -> None:
    eventually(lambda: not servers_of(data_dir), 10)
