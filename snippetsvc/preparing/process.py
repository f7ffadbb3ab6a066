"""A process that prepares, seen from the one that it prepares for."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import BinaryIO, cast

from snippetsvc.errors import Invalid, SnippetsvcError, Unprepared
from snippetsvc.html.prepare import Prepared
from snippetsvc.preparing import wire
from snippetsvc.preparing.limits import MEMORY, OUT_OF_MEMORY, SECONDS

_log = logging.getLogger(__name__)

#: Seconds for a document by the clock, where the limits of the process do not take effect: the last resort.
_PATIENCE = 60.0
#: What reads hostile HTML is told nothing of what this process knows: no keys, no address of the store.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
#: Characters of what the process said at its end that are logged.
_LAST_WORDS = 8_000


class Ended(Exception):
    """The process ended instead of answering.

    error: what to tell who ordered; asking: the oracle was being asked; by_chance: neither by a limit nor by a fault of
    its own, so that the same order may well be carried out by another process.
    """

    def __init__(self, error: SnippetsvcError, asking: bool, by_chance: bool) -> None:
        super().__init__(str(error))
        self.error = error
        self.asking = asking
        self.by_chance = by_chance


class Process:
    """One such process: `python -m` of `module`. Of what it is asked it does one thing at a time."""

    def __init__(self, module: str) -> None:
        with contextlib.ExitStack() as ends:
            self._errors = ends.enter_context(tempfile.TemporaryFile())
            self._process = ends.enter_context(
                subprocess.Popen(
                    [sys.executable, "-P", "-m", module],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._errors,
                    env=_environment(),
                    cwd=os.sep,
                    # Ctrl-C in a terminal reaches every process of its group; this one is ended by whom it serves.
                    start_new_session=True,
                )
            )
            self._ends = ends.pop_all()
        self._orders = cast(BinaryIO, self._process.stdin)
        self._reports = cast(BinaryIO, self._process.stdout)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, order: wire.Order) -> Prepared:
        """Raises what preparing raises, and `Ended`; after anything but an answer the process has ended."""
        # What was said at the order before is of no interest any more. The process writes where this one left off.
        self._errors.seek(0)
        self._errors.truncate()
        begun = time.monotonic()
        too_late = threading.Timer(_PATIENCE, self.kill)
        too_late.daemon = True
        too_late.start()
        asking = False
        try:
            wire.send(self._orders, order)
            while True:
                report: wire.Report = wire.receive(self._reports, wire.Report)
                if not isinstance(report, wire.Asking):
                    break
                asking = report.begins
        except (EOFError, OSError):
            # It is about to end, or else it is too late.
            status = self._process.wait()
            ended = self._ending(status, asking, time.monotonic() - begun)
            self.end()
            raise ended from None
        except BaseException:
            # Ctrl-C, say: its answer would be taken for that to the next order.
            self.end()
            raise
        finally:
            too_late.cancel()
        if isinstance(report, wire.Refused):
            raise Invalid(report.problems)
        return report.prepared

    def kill(self) -> None:
        """End it. Whoever waits for its answer then learns that it has ended."""
        self._process.kill()

    def end(self) -> None:
        """End it, and let go of everything."""
        self.kill()
        # What was not sent yet is lost.
        with contextlib.suppress(BrokenPipeError):
            self._ends.close()

    def _ending(self, status: int, asking: bool, seconds: float) -> Ended:
        """What it means that the process ended with `status` so many seconds after it was asked."""
        if status == -signal.SIGPROF:
            return Ended(_too_much("time", f"{SECONDS} seconds of processor time"), asking, False)
        if seconds >= _PATIENCE:
            return Ended(_too_much("time", f"{_PATIENCE:.0f} seconds"), asking, False)
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")[-_LAST_WORDS:]
        # Refused memory, Rust ends by SIGABRT, and Python now and then before our code can say so.
        if status in (OUT_OF_MEMORY, -signal.SIGABRT) or (status > 0 and "MemoryError" in said):
            return Ended(_too_much("memory", f"{MEMORY // 1024 // 1024} MiB of memory"), asking, False)
        # It leaves with 0 when it is worn.
        if status:
            how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
            _log.warning("the process that prepares documents ended (%s)\n%s", how, said)
        detail = "the document could not be prepared: an error of this service, and not yours"
        return Ended(Unprepared(detail), asking, by_chance=status <= 0)


def _too_much(rule: str, limit: str) -> Invalid:
    return Invalid.one("/html", rule, f"to prepare the document takes more than {limit}")


def _environment() -> dict[str, str]:
    """What the process is told: where programs and languages are, and where this one finds its modules."""
    inherited = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return inherited | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}
