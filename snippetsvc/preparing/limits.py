"""What one preparation may take, laid on the process that prepares by the system: it is ended, whatever it is doing."""

from __future__ import annotations

import resource
import signal
import sys
import time
from pathlib import Path

#: Seconds of processor time for a document, and within them for the oracle.
SECONDS = 10
ORACLE_SECONDS = 2
#: Bytes that a document may take beside what the process takes without one.
MEMORY = 512 * 1024 * 1024
#: With this exit status the process ends when it is refused memory.
OUT_OF_MEMORY = 3

#: Bytes that documents may leave behind (names that a parser keeps, say) before the process makes way for a new one.
_LEFT = MEMORY // 4


class Memory:
    """Limits memory from now on: of all that is imported by then, none is counted. Where there is no /proc, nothing is.

    What is limited are addresses, which the system can refuse at once. A thread's arena takes 64 MiB of these and
    next to nothing of memory, which is why the process is measured instead of counted with.
    """

    def __init__(self) -> None:
        self._before = _addresses()
        # What memory was refused to may abort, and its core would be the document.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self._before is not None:
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            most = self._before + MEMORY
            if hard == resource.RLIM_INFINITY or most < hard:
                resource.setrlimit(resource.RLIMIT_AS, (most, most))

    def is_worn(self) -> bool:
        """Whether documents that are gone have left too much behind."""
        now = _addresses()
        return self._before is not None and now is not None and now > self._before + _LEFT


class Time:
    """Limits processor time as long as its `with` block, in all threads, and while the oracle is asked.

    The signal's default action ends the process: nothing that runs there can hold it back, not even C.
    """

    def __init__(self) -> None:
        # What started this process may have blocked or taken signals.
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
        self._until = 0.0

    def __enter__(self) -> None:
        self._until = time.process_time() + SECONDS
        _end_after(SECONDS)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def oracle(self, begins: bool) -> None:
        left = self._until - time.process_time()
        _end_after(min(ORACLE_SECONDS, left) if begins else left)


def _end_after(seconds: float) -> None:
    # Zero would mean never.
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))


def _addresses() -> int | None:
    """The bytes of this process's address space, or None where the system does not tell."""
    if sys.platform != "linux":
        return None
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * resource.getpagesize()
