"""What becomes of a document when the process that prepares it takes too much, fails, or is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait
from itertools import islice
from pathlib import Path

import pytest

from snippetsvc.errors import Busy, Invalid, Unprepared
from snippetsvc.preparing.preparer import Preparer
from tests.processes import is_running

ODD_JOBS = "tests.faults.odd_jobs"


@pytest.fixture
def preparer() -> Iterator[Preparer]:
    with Preparer(ODD_JOBS) as preparer:
        yield preparer


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(40) as threads:
        yield threads


class Held:
    """A document whose preparing waits. Each attempt is another process."""

    def __init__(self, place: Path) -> None:
        self.source = f"wait {place}"
        self._begun, self._go = place / "begun", place / "go"
        for pipe in (self._begun, self._go):
            os.mkfifo(pipe)

    def process(self) -> int:
        """The process that has begun with it."""
        return int(self._begun.read_text())

    def go_on(self) -> None:
        self._go.write_text("")


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path)


def prepared(preparer: Preparer, source: str) -> tuple[int, str]:
    """The process that prepared it, and whether `with` the oracle or `without`."""
    process, oracle = preparer.prepare(source, fallback_title="").title.split()
    return int(process), oracle


def test_one_process_prepares_what_comes(preparer: Preparer) -> None:
    first = prepared(preparer, "this")
    assert first == (first[0], "with")
    assert first[0] != os.getpid()
    assert prepared(preparer, "take 400") == first
    assert prepared(preparer, "print") == first
    assert prepared(preparer, "that") == first


def test_a_document_that_takes_too_much_memory(preparer: Preparer) -> None:
    before, _ = prepared(preparer, "this")
    with pytest.raises(Invalid) as refused:
        prepared(preparer, "take 520")
    assert [(each.pointer, each.rule) for each in refused.value.problems] == [("/html", "memory")]
    assert "512 MiB" in str(refused.value)
    assert not is_running(before)
    assert prepared(preparer, "that")[0] != before


def test_what_documents_leave_behind_does_not_add_up(preparer: Preparer) -> None:
    processes = {prepared(preparer, "keep 200")[0] for _ in range(4)}
    assert len(processes) == 4


@pytest.mark.parametrize("how", ["ask", "ask and fail"], ids=["takes too long", "fails"])
def test_where_the_oracle_ends_the_process_the_document_is_prepared_without_it(preparer: Preparer, how: str) -> None:
    before, _ = prepared(preparer, "this")
    after, oracle = prepared(preparer, how)
    assert oracle == "without"
    assert after != before
    assert prepared(preparer, "that") == (after, "with")


def test_a_fault_of_ours_is_told_once_in_our_log(
    preparer: Preparer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Unprepared) as failed:
        prepared(preparer, "break")
    assert "a fault" not in str(failed.value)
    assert caplog.text.count("Traceback") == 1
    assert "KeyError: 'a fault of ours'" in caplog.text
    assert capfd.readouterr() == ("", "")
    assert prepared(preparer, "that")


def test_killed_while_it_waits_for_documents(preparer: Preparer) -> None:
    before, _ = prepared(preparer, "this")
    os.kill(before, signal.SIGKILL)
    after, _ = prepared(preparer, "that")
    assert after != before


def test_killed_at_work_another_does_it_once(preparer: Preparer, threads: ThreadPoolExecutor, held: Held) -> None:
    once = threads.submit(prepared, preparer, held.source)
    os.kill(held.process(), signal.SIGKILL)
    second = held.process()
    held.go_on()
    assert once.result() == (second, "with")

    twice = threads.submit(prepared, preparer, held.source)
    os.kill(held.process(), signal.SIGKILL)
    os.kill(held.process(), signal.SIGKILL)
    with pytest.raises(Unprepared):
        twice.result()


def test_so_many_wait_and_no_more(preparer: Preparer, threads: ThreadPoolExecutor, held: Held) -> None:
    first = threads.submit(prepared, preparer, held.source)
    process = held.process()
    others = [threads.submit(prepared, preparer, "this") for _ in range(20)]
    turned_away = list(islice(as_completed(others), 5))
    assert all(isinstance(each.exception(), Busy) for each in turned_away)
    assert not wait([first, *set(others) - set(turned_away)], 0, FIRST_COMPLETED).done
    held.go_on()
    for each in {first, *others} - set(turned_away):
        assert each.result() == (process, "with")


def test_nobody_waits_for_ever(threads: ThreadPoolExecutor, held: Held) -> None:
    with Preparer(ODD_JOBS, patience=0.1) as preparer:
        first = threads.submit(prepared, preparer, held.source)
        process = held.process()
        with pytest.raises(Busy):
            prepared(preparer, "this")
        held.go_on()
        assert first.result() == (process, "with")


def test_closed_at_work_it_leaves_nothing(threads: ThreadPoolExecutor, held: Held) -> None:
    with Preparer(ODD_JOBS) as preparer:
        first = threads.submit(prepared, preparer, held.source)
        process = held.process()
    assert not is_running(process)
    with pytest.raises(Busy):
        first.result()
