"""File locks between processes, by `flock`: the kernel releases them when their holder dies, however it dies.

A lock belongs to an open file, not to a process: a child that has been given the file keeps the lock.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

_PAUSE = 0.005


class FileLock:
    """A lock on the file at `path`, which is made if need be and never removed."""

    def __init__(self, path: Path) -> None:
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_shared(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def wait_exclusive(self, until: float) -> None:
        """until: by the monotonic clock. Raises `TimeoutError` then."""
        # flock itself knows no time limit.
        while not self.try_exclusive():
            pause(_PAUSE, until)

    @property
    def descriptor(self) -> int:
        """For a child that is to hold the lock too."""
        if self._descriptor is None:
            raise ValueError("the lock's file is closed")
        return self._descriptor

    def close(self) -> None:
        """Give the lock up, unless a child has the file open too."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self.descriptor, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def pause(seconds: float, until: float) -> None:
    """Sleep for `seconds`. Raises `TimeoutError` when it is `until`, by the monotonic clock."""
    if time.monotonic() >= until:
        raise TimeoutError("no time left")
    time.sleep(seconds)
