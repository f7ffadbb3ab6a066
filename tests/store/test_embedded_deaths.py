"""The embedded store's server is killed, stopped, cut off, or finds broken files: what was acknowledged is there."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from snippetsvc.errors import StoreAway
from tests.callers import Callers
from tests.processes import servers_of
from tests.store.embedded import using, wait_for_none
from tests.store.samples import a_revision, a_share, an_article
from tests.store.users import User, server_pid
from tests.waiting import FAR_TOO_LONG, eventually


def test_a_server_that_was_killed_is_started_again_though_nobody_asks(data_dir: Path) -> None:
    with using(data_dir) as store:
        store.reserve("a-slug")
        for _ in range(3):
            killed = [server_pid(data_dir)]
            os.kill(killed[0], signal.SIGKILL)
            eventually(partial(another_runs, data_dir, killed), FAR_TOO_LONG)
            assert store.find("a-slug") == 1


def another_runs(data_dir: Path, killed: list[int]) -> bool:
    return servers_of(data_dir) not in ([], killed)


def test_a_call_starts_it_again_too(data_dir: Path) -> None:
    with using(data_dir) as store:
        store.reserve("a-slug")
        for _ in range(5):
            os.kill(server_pid(data_dir), signal.SIGKILL)
            assert store.find("a-slug") == 1


def test_a_server_that_was_killed_leaves_its_socket_and_pid_behind(data_dir: Path) -> None:
    user = User(data_dir).entered()
    pid = int(user.ask("pid"))
    user.tell("reserve a-slug")
    user.answer()
    user.kill()
    os.kill(pid, signal.SIGKILL)
    wait_for_none(data_dir)
    assert (data_dir / "store" / "valkey.sock").exists()
    # The number may be anybody's by now; nobody is to be signalled for it.
    (data_dir / "store" / "server.pid").write_text(str(os.getpid()))
    with using(data_dir) as store:
        assert store.find("a-slug") == 1


def test_an_append_only_file_that_was_cut_short(data_dir: Path) -> None:
    with using(data_dir) as store:
        for number in range(10):
            store.reserve(f"slug-{number}")
    (growing,) = data_dir.glob("store/appendonlydir/*.incr.aof")
    with growing.open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$10\r\nsnip")
    with using(data_dir) as store:
        assert store.find("slug-9") == 10


def test_an_append_only_file_that_is_broken(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    with using(data_dir) as store:
        store.reserve("a-slug")
    (growing,) = data_dir.glob("store/appendonlydir/*.incr.aof")
    growing.write_bytes(b"nonsense" + growing.read_bytes())
    with using(data_dir) as store, pytest.raises(StoreAway):
        store.find("a-slug")
    assert "ended at its start: Bad file format" in caplog.text
    assert servers_of(data_dir) == []


def test_a_socket_that_was_removed(data_dir: Path) -> None:
    with using(data_dir) as store, User(data_dir).entered() as other:
        store.reserve("a-slug")
        (data_dir / "store" / "valkey.sock").unlink()
        with User(data_dir).entered() as newcomer:
            assert newcomer.ask("reserve a-slug") == "1"
        assert other.ask("reserve a-slug") == "1"
        assert len(servers_of(data_dir)) == 1


def test_a_server_that_is_stopped_is_not_started_twice(data_dir: Path) -> None:
    with using(data_dir) as store:
        pid = server_pid(data_dir)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(StoreAway):
            store.find("a-slug")
        assert servers_of(data_dir) == [pid]
        os.kill(pid, signal.SIGCONT)
        assert eventually(lambda: store.reserve("a-slug")) == 1
        assert server_pid(data_dir) == pid


def test_no_acknowledged_share_is_lost(data_dir: Path) -> None:
    acknowledged: list[str] = []
    with using(data_dir) as store:
        store.save_article(None, an_article(), a_revision())

        def issue(caller: int, turn: int) -> None:
            share = a_share(f"{caller:04}{turn:018}")
            assert store.issue_share(share).stored == share
            acknowledged.append(share.id)

        with Callers(issue) as callers:
            for _ in range(10):
                callers.until_each(good=True, times=10)
                os.kill(server_pid(data_dir), signal.SIGKILL)
        os.kill(server_pid(data_dir), signal.SIGKILL)
    with using(data_dir) as store:
        missing = [share_id for share_id in acknowledged if store.open_share(share_id, 1).share is None]
    assert missing == []
