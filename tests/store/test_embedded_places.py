"""Data directories of the embedded store: with long and odd names, not to be used, removed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from snippetsvc.embedded import Embedded
from snippetsvc.errors import BadSetting
from tests.processes import servers_of
from tests.store.embedded import using
from tests.store.users import User, server_pid
from tests.waiting import eventually


def test_a_data_directory_with_a_long_and_odd_name(tmp_path: Path) -> None:
    data_dir = tmp_path / ("a 'long' \"ünï\" name " * 5) / "data"
    with using(data_dir) as store, User(data_dir).entered() as other:
        assert store.reserve("a-slug") == 1
        assert other.ask("reserve a-slug") == "1"
        assert len(servers_of(data_dir)) == 1
        socket_dir = Path((data_dir / "store" / "socket").read_text())
        assert stat.S_IMODE(socket_dir.stat().st_mode) == 0o700
        os.kill(server_pid(data_dir), signal.SIGKILL)
        assert other.ask("reserve another") == "2"
        assert Path((data_dir / "store" / "socket").read_text()) == socket_dir
        other.leave()
    assert servers_of(data_dir) == []
    assert not socket_dir.exists()


def test_a_long_name_whose_socket_was_cleaned_away(tmp_path: Path) -> None:
    data_dir = tmp_path / ("long" * 40) / "data"
    with using(data_dir) as store:
        store.reserve("a-slug")
        socket_dir = Path((data_dir / "store" / "socket").read_text())
        (socket_dir / "valkey.sock").unlink()
        socket_dir.rmdir()
        with User(data_dir).entered() as other:
            assert other.ask("reserve a-slug") == "1"
        assert store.find("a-slug") == 1


def test_a_long_name_and_a_long_name_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("long" * 40)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with using(long / "data") as store:
        assert store.reserve("a-slug") == 1


@pytest.mark.parametrize("name", ["a file", "a directory in a file", "where nothing can be made"])
def test_a_data_directory_that_cannot_be_used(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    data_dir = {
        "a file": tmp_path / "file",
        "a directory in a file": tmp_path / "file" / "data",
        "where nothing can be made": Path("/proc/data"),
    }[name]
    with pytest.raises(BadSetting, match=r"^SNIPPETSVC_DATA_DIR: .* cannot be used: [^\n]+$"):
        Embedded(data_dir).__enter__()


def test_a_data_directory_that_is_removed_takes_the_server_with_it(data_dir: Path) -> None:
    with using(data_dir):
        pid = server_pid(data_dir)
        # Not at the first attempt, if the server makes a file at the same moment.
        eventually(lambda: subprocess.run(["rm", "-rf", str(data_dir)], check=False).returncode == 0)
    eventually(lambda: not Path(f"/proc/{pid}/cwd").exists())


def test_a_data_directory_whose_name_is_no_text(tmp_path: Path) -> None:
    with using(Path(f"{tmp_path}/d\udcff")) as store:
        assert store.reserve("a-slug") == 1
