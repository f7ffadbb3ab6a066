"""The process that prepares: `python -m snippetsvc.preparing.child`. Orders come in at stdin, reports go out at stdout.

It serves the process that started it, and ends with it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from snippetsvc.errors import Invalid
from snippetsvc.html.prepare import Prepared, prepare
from snippetsvc.preparing import wire
from snippetsvc.preparing.limits import OUT_OF_MEMORY, Memory, Time

#: What is imported and compiled when it is first needed shall not be counted as the first document's.
_USUAL = "<!doctype html><title>A title</title><body><article><h1>A title</h1><p>Some words.</p></article>"


def serve(prepare: Callable[..., Prepared]) -> None:
    """Prepare what is ordered, by a function of the form of `html.prepare`, until documents have left too much here."""
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What anything prints is for the log, and must not get among the reports.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    time = Time()
    orders: queue.SimpleQueue[wire.Order] = queue.SimpleQueue()
    # Not `sys.stdin`, which Python cannot close at its end while a thread waits for more.
    ordered = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    threading.Thread(target=_listen, args=(ordered, orders), name="orders", daemon=True).start()
    prepare(_USUAL, fallback_title="")
    # Of a document nothing is garbage while it is prepared; looking for some takes a third of the time.
    gc.disable()
    gc.collect()
    gc.freeze()
    memory = Memory()
    try:
        while not memory.is_worn():
            # In a function of its own, so that nothing of a document stays while the next one is waited for.
            _carry_out(orders.get(), prepare, time, reports)
            gc.collect()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        pass  # whoever ordered is gone


def _carry_out(order: wire.Order, prepare: Callable[..., Prepared], time: Time, reports: BinaryIO) -> None:
    def phase(begins: bool) -> None:
        time.oracle(begins)
        wire.send(reports, wire.Asking(begins))

    report: wire.Report
    try:
        with time:
            report = wire.Done(prepare(order.document(), **order.arguments, phase=phase))
    except Invalid as invalid:
        report = wire.Refused(invalid.problems)
    wire.send(reports, report)


def _listen(stream: BinaryIO, orders: queue.SimpleQueue[wire.Order]) -> None:
    """Take orders; when whoever gives them has ended, end, in whatever work this process is."""
    with contextlib.suppress(EOFError):
        while True:
            orders.put(wire.receive(stream, wire.Order))
    os._exit(0)


if __name__ == "__main__":
    serve(prepare)
