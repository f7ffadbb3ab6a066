"""A use of the embedded store in a data directory, and the end of its last one."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from snippetsvc.store import Store
from tests.processes import servers_of
from tests.store.stores import connected
from tests.waiting import eventually


def using(data_dir: Path) -> AbstractContextManager[Store]:
    return connected(None, data_dir)


def wait_for_none(data_dir: Path) -> None:
    eventually(lambda: not servers_of(data_dir))
