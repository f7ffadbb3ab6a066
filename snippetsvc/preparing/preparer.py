"""Preparing documents, for a whole process: one at a time, in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from snippetsvc.errors import Busy
from snippetsvc.html.prepare import Prepared
from snippetsvc.preparing.process import Ended, Process
from snippetsvc.preparing.wire import Order

#: So many may be in line. Each holds a thread of its worker, and half of these are for readers.
_MOST = 16
#: Seconds after which whoever was told to come back is likely to be served.
_RETRY_AFTER = 5


class Preparer:
    """Has a process that prepares, from the first document on and as long as its `with` block."""

    def __init__(self, module: str = "snippetsvc.preparing.child", patience: float = 30.0) -> None:
        """module: what the process runs; patience: seconds that a document may wait for its turn."""
        self._module = module
        self._patience = patience
        self._turns = threading.Condition()
        self._line: deque[object] = deque()
        self._process: Process | None = None
        self._closed = False

    def prepare(self, source: str | bytes, **arguments: Any) -> Prepared:
        """As `html.prepare`, under the limits that `limits` has; in a process that the oracle ended, without it.

        Raises `Invalid` (pointer `/html`, rule `time` or `memory`) beyond them; `Busy` when it is not this document's
        turn in time; `Unprepared` when the process fails.
        """
        with self._turn():
            chances, oracle = 2, True
            while True:
                try:
                    return self._running().ask(Order.of(source, {**arguments, "oracle": oracle}))
                except Ended as ended:
                    chances -= ended.by_chance
                    if ended.asking and oracle:
                        oracle = False
                    elif not (ended.by_chance and chances):
                        raise ended.error from None

    def __enter__(self) -> Preparer:
        return self

    def __exit__(self, *_: object) -> None:
        """Whose document is being prepared, or is in line, gets `Busy`."""
        with self._turns:
            self._closed = True
            self._turns.notify_all()
            if self._process is not None:
                self._process.kill()
                if self._turns.wait_for(lambda: not self._line, self._patience):
                    self._process.end()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        me = object()
        with self._turns:
            if len(self._line) == _MOST:
                raise _busy()
            self._line.append(me)
        try:
            with self._turns:
                if not self._turns.wait_for(lambda: self._closed or self._line[0] is me, self._patience):
                    raise _busy()
            yield
        finally:
            with self._turns:
                self._line.remove(me)
                self._turns.notify_all()

    def _running(self) -> Process:
        with self._turns:
            if self._closed:
                raise _busy()
            if self._process is not None and self._process.has_ended():
                self._process.end()
                self._process = None
            if self._process is None:
                self._process = Process(self._module)
            return self._process


def _busy() -> Busy:
    return Busy("other documents are being prepared just now", _RETRY_AFTER)
