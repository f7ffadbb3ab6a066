"""A store for each test, on whatever a store may stand on; a place for an embedded one."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from snippetsvc.store import Store
from tests.processes import servers_of
from tests.store.backings import KINDS, Backing, Backings


@pytest.fixture(params=KINDS)
def backing(request: pytest.FixtureRequest, backings: Backings) -> Backing:
    """What the test's store stands on, with nothing in it."""
    return backings.empty(request.param)


@pytest.fixture
def store(backing: Backing) -> Iterator[Store]:
    with backing.connected() as store:
        yield store


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data directory that is not there yet; what still runs on it in the end is killed."""
    yield tmp_path / "data"
    for pid in servers_of(tmp_path / "data"):
        os.kill(pid, signal.SIGKILL)
