"""The embedded store: one server for a data directory, however its users come, go and die."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from snippetsvc.embedded import Embedded
from snippetsvc.errors import BadSetting, StoreAway
from snippetsvc.models import Retracted, Revision
from snippetsvc.store import Store
from tests.store.samples import a_revision, a_share, an_article, info
from tests.store.servers import ask_embedded, eventually
from tests.store.stores import connected
from tests.store.users import User, server_pid


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


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    for pid in servers_of(tmp_path / "data"):
        os.kill(pid, signal.SIGKILL)


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


def test_many_start_at_once_and_the_last_one_stops_it(data_dir: Path) -> None:
    users = [User(data_dir) for _ in range(6)]
    assert {user.entered().ask("pid") for user in users} == {str(servers_of(data_dir)[0])}
    assert len(servers_of(data_dir)) == 1
    for user in users[:-1]:
        user.leave()
    assert users[-1].ask("reserve a-slug") == "1"
    users[-1].leave()
    assert servers_of(data_dir) == []


def test_the_one_who_started_it_is_killed(data_dir: Path) -> None:
    starter = User(data_dir).entered()
    pid = starter.ask("pid")
    with using(data_dir) as store:
        starter.kill()
        time.sleep(0.2)
        assert store.changes() == 0
        assert str(server_pid(data_dir)) == pid
    wait_for_none(data_dir)


def test_all_are_killed_and_the_next_one_finds_it_and_stops_it(data_dir: Path) -> None:
    user = User(data_dir).entered()
    pid = user.ask("pid")
    user.kill()
    assert servers_of(data_dir) == [int(pid)]
    with using(data_dir) as store:
        assert store.changes() == 0
        assert str(server_pid(data_dir)) == pid
    wait_for_none(data_dir)


def test_ctrl_c_in_the_terminal_of_one(data_dir: Path) -> None:
    with User(data_dir).entered() as starter, User(data_dir).entered() as other:
        pid = starter.ask("pid")
        assert os.getsid(int(pid)) == int(pid), "the terminal's signals do not reach it"
        starter.interrupt()
        assert other.ask("pid") == pid
        other.interrupt()
    wait_for_none(data_dir)


def test_a_server_that_was_killed_is_started_again_though_nobody_asks(data_dir: Path) -> None:
    with using(data_dir) as store:
        store.reserve("a-slug")
        for _ in range(3):
            pid = server_pid(data_dir)
            os.kill(pid, signal.SIGKILL)
            eventually(lambda pid=pid: servers_of(data_dir) not in ([], [pid]), 2)
            assert store.find("a-slug") == 1


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
        eventually(lambda: reserves(store), 5)
        assert server_pid(data_dir) == pid


def reserves(store: Store) -> bool:
    try:
        return store.reserve("a-slug") == 1
    except StoreAway:
        return False


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
    eventually(lambda: not Path(f"/proc/{pid}/cwd").exists(), 10)


def test_users_come_go_and_die(data_dir: Path) -> None:
    """Whatever they do, every call of a living one is answered, by the same store."""
    with using(data_dir) as witness:

        def come_and_go(number: int) -> list[str]:
            answers = []
            for turn in range(4):
                with User(data_dir).entered() as user:
                    answers.append(user.ask(f"reserve slug-{number}-{turn}"))
                    if (number + turn) % 3 == 0:
                        user.kill()
                    elif (number + turn) % 3 == 1:
                        user.leave()
                    else:
                        os.kill(int(user.ask("pid")), signal.SIGKILL)
                        answers.append(user.ask(f"reserve slug-{number}-{turn}-again"))
                        user.leave()
            return answers

        with ThreadPoolExecutor(3) as pool:
            answers = [answer for answers in pool.map(come_and_go, range(3)) for answer in answers]
        assert all(answer.isdigit() for answer in answers), answers
        assert len(set(answers)) == len(answers)
        assert witness.find("slug-0-0") is not None
        assert len(servers_of(data_dir)) == 1
    wait_for_none(data_dir)


def test_leavers_and_newcomers_at_the_same_moment(data_dir: Path) -> None:
    """The server stops and starts many times over; nobody is left with one that is going away."""

    def come_and_go(number: int) -> set[int]:
        numbers = set()
        for _ in range(12):
            with using(data_dir) as store:
                numbers.add(store.reserve("a-slug"))
        return numbers

    with ThreadPoolExecutor(4) as pool:
        # One slug, one number; which one it is depends on whether a first request was sent twice.
        assert len(set().union(*pool.map(come_and_go, range(4)))) == 1
    assert servers_of(data_dir) == []


def test_no_acknowledged_share_is_lost(data_dir: Path) -> None:
    acknowledged: list[str] = []
    with using(data_dir) as store:
        store.save_article(None, an_article(), a_revision())
        stop = time.monotonic() + 3

        def issue(worker: int) -> None:
            number = 0
            while time.monotonic() < stop:
                number += 1
                share = a_share(f"{worker:04}{number:018}")
                with contextlib.suppress(StoreAway):
                    assert store.issue_share(share).stored == share
                    acknowledged.append(share.id)

        with ThreadPoolExecutor(4) as pool:
            running = [pool.submit(issue, worker) for worker in range(4)]
            while time.monotonic() < stop - 0.3:
                time.sleep(0.25)
                with contextlib.suppress(StoreAway, ProcessLookupError):
                    os.kill(server_pid(data_dir), signal.SIGKILL)
            for work in running:
                work.result()
        os.kill(server_pid(data_dir), signal.SIGKILL)
    with using(data_dir) as store:
        missing = [share_id for share_id in acknowledged if store.open_share(share_id, 1).share is None]
    assert len(acknowledged) > 100
    assert missing == []


def test_retracted_words_leave_the_files(data_dir: Path) -> None:
    with using(data_dir) as store:
        words = "<p>" + " ".join(f"unspeakable{number}" for number in range(500)) + "</p>"
        number = store.reserve("a-slug")
        article = replace(an_article(number, revisions=0), revisions=(info(1, words),))
        store.save_article(None, article, Revision(number, 1, words))
        two = replace(article, revisions=(*article.revisions, info(2, "<p>Fine.</p>")))
        store.save_article(article, two, Revision(number, 2, "<p>Fine.</p>"))
        store.save_alignment(number, 1, 2, b"unspeakable0 became Fine")
        record = ask_embedded(data_dir, "GET", f"snip:revision:{{{number}}}:1")
        # What a crash in the middle of a rewrite leaves behind.
        leftover = data_dir / "store" / "temp-rewriteaof-1.aof"
        leftover.write_bytes(record)
        os.kill(server_pid(data_dir), signal.SIGKILL)
        assert holding(data_dir, record[20:60]) != []
        retracted = replace(two, revisions=(replace(two.revisions[0], retracted=True), two.revisions[1]))
        assert store.retract(two, retracted, [Retracted(two.number, 1)])
        assert holding(data_dir, record[20:60]) != []
        erasure = store.erase()
        assert erasure.done, erasure.detail
        assert holding(data_dir, record[20:60]) == []
        assert holding(data_dir, b"unspeakable") == []
        assert not leftover.exists()
    with using(data_dir) as store:
        assert store.article(number) == retracted
        assert store.revision(number, 2) == Revision(number, 2, "<p>Fine.</p>")


def holding(data_dir: Path, needle: bytes) -> list[Path]:
    return [path for path in data_dir.rglob("*") if path.is_file() and needle in path.read_bytes()]


def test_erasing_while_the_server_dies(data_dir: Path) -> None:
    with using(data_dir) as store, ThreadPoolExecutor(1) as pool:
        for number in range(200):
            store.save_article(
                None, an_article(number, f"slug-{number}"), a_revision(number, html=str(number) * 10_000)
            )
        erasing = pool.submit(store.erase)
        time.sleep(0.01)
        os.kill(server_pid(data_dir), signal.SIGKILL)
        assert erasing.result() is not None
        assert store.erase().done
