"""The embedded store: started with its first use, and stopped with its last."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from snippetsvc.errors import StoreAway
from tests.processes import servers_of
from tests.store.embedded import using


def test_files_are_private(data_dir: Path) -> None:
    with using(data_dir):
        for path in (data_dir, data_dir / "store"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
        assert stat.S_IMODE((data_dir / "store" / "valkey.sock").stat().st_mode) == 0o700
        assert stat.S_IMODE((data_dir / "store" / "valkey.log").stat().st_mode) == 0o600


def test_what_is_stored_is_there_the_next_time(data_dir: Path) -> None:
    with using(data_dir) as store:
        store.reserve("a-slug")
        assert len(servers_of(data_dir)) == 1
    assert servers_of(data_dir) == []
    with using(data_dir) as store:
        assert store.find("a-slug") == 1


def test_a_closed_store_says_so(data_dir: Path) -> None:
    with using(data_dir) as store:
        pass
    with pytest.raises(StoreAway):
        store.find("a-slug")
    store.close()
    assert servers_of(data_dir) == []


def test_two_stores_of_one_process(data_dir: Path) -> None:
    with using(data_dir) as first:
        with using(data_dir) as second:
            assert second.reserve("a-slug") == 1
            assert len(servers_of(data_dir)) == 1
        assert first.find("a-slug") == 1
    assert servers_of(data_dir) == []
