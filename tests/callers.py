"""Threads that call a store again and again while a test does harm, and what each call came to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from snippetsvc.errors import StoreAway
from tests.waiting import FAR_TOO_LONG, eventually

#: Seconds between two calls of one thread: enough calls to see whatever happens, and a processor left for others.
_PACE = 0.005


@dataclass(frozen=True, slots=True)
class Call:
    """caller, turn: its numbers. started, ended: by the monotonic clock. good: it was answered, not refused."""

    caller: int
    turn: int
    started: float
    ended: float
    good: bool

    @property
    def seconds(self) -> float:
        return self.ended - self.started


class Callers:
    """`count` threads, each of which calls `do(caller, turn)` with a turn of its own until the block ends.

    `do` raises `StoreAway` when it is refused; whatever else it raises fails the block.
    """

    def __init__(self, do: Callable[[int, int], object], count: int = 4) -> None:
        self._do = do
        self._stop = threading.Event()
        self._failures: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(caller,)) for caller in range(count)]
        #: By caller, in the order in which they ended.
        self.calls: list[list[Call]] = [[] for _ in range(count)]

    def _run(self, caller: int) -> None:
        turn = 0
        while not self._stop.wait(_PACE):
            started = time.monotonic()
            good = True
            try:
                self._do(caller, turn)
            except StoreAway:
                good = False
            except BaseException as failure:
                self._failures.append(failure)
                return
            self.calls[caller].append(Call(caller, turn, started, time.monotonic(), good))
            turn += 1

    def __enter__(self) -> Callers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def until_each(self, *, good: bool, times: int = 1, after: float = 0.0) -> None:
        """Wait until each caller has had `times` such answers to calls that began from now on.

        after: seconds that they took at least.
        """
        now = time.monotonic()

        def have_all() -> bool:
            answers = (
                [call for call in calls if call.good is good and call.started > now and call.seconds >= after]
                for calls in self.calls
            )
            return bool(self._failures) or all(len(each) >= times for each in answers)

        eventually(have_all)

    def were_answered_in_time(self) -> None:
        slowest = max(call.seconds for calls in self.calls for call in calls)
        print(f"slowest answer: {slowest:.2f} s")
        assert slowest < FAR_TOO_LONG
