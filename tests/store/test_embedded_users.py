"""The embedded store's users: processes that come, go and die, while one server serves them all."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.processes import servers_of
from tests.store.embedded import using, wait_for_none
from tests.store.users import User, server_pid


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
        with User(data_dir).entered() as newcomer:
            assert newcomer.ask("pid") == pid
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
