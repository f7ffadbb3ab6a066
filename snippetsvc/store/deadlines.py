"""Deadlines: one limit for all the waiting that one call to the store does, in whatever layer.

A socket's own time-out starts anew with every byte that arrives, and resolving a name has none; so the thread that
calls sets a deadline, and everything that waits on its behalf asks how much is left.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

#: What a socket waits for when nobody set a deadline, in seconds.
_WITHOUT_DEADLINE = 2.0

_current = threading.local()

AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Within it, `remaining` counts down from `seconds`; inside another one the earlier of both counts."""
    before: float | None = getattr(_current, "at", None)
    at = time.monotonic() + seconds
    _current.at = at if before is None else min(before, at)
    try:
        yield
    finally:
        _current.at = before


def remaining() -> float:
    """Seconds left until this thread's deadline. Raises `TimeoutError` when none are."""
    at: float | None = getattr(_current, "at", None)
    if at is None:
        return _WITHOUT_DEADLINE
    left = at - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left


#: Seconds by which one wait may end before the deadline or after it.
_TOLERANCE = 0.1


class DeadlineSocket:
    """A connected socket whose every wait ends with the deadline of the thread that waits.

    It stands where redis-py keeps its socket: what is not about waiting goes to the socket itself.
    """

    def __init__(self, plain: socket.socket) -> None:
        self._plain = plain
        #: What the plain socket is set to. Setting it is a system call each time, and lets other threads in.
        self._seconds: float | None = None
        self._arrived = select.poll()
        self._arrived.register(plain, select.POLLIN)

    def settimeout(self, seconds: float | None) -> None:
        """Nothing: the deadline decides."""

    def silent(self) -> bool:
        """Whether there is nothing to be read at present, not even the end."""
        return not self._arrived.poll(0)

    def recv(self, size: int) -> bytes:
        self._limit()
        return self._plain.recv(size)

    def recv_into(self, buffer: Any, *arguments: int) -> int:
        """What redis-py calls instead where hiredis is installed."""
        self._limit()
        return self._plain.recv_into(buffer, *arguments)

    def sendall(self, data: Any) -> None:
        self._limit()
        self._plain.sendall(data)

    def _limit(self) -> None:
        seconds = remaining()
        if self._seconds is None or abs(self._seconds - seconds) > _TOLERANCE:
            self._seconds = seconds
            self._plain.settimeout(seconds)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)


class _Resolution(threading.Thread):
    """The system's resolver cannot be interrupted; this thread waits for it, and callers wait for the thread."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(name=f"resolve-{host}", daemon=True)
        self._host = host
        self._port = port
        self.found: Sequence[AddressInfo] = ()
        self.error: OSError | None = None

    def run(self) -> None:
        try:
            self.found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        except OSError as error:
            self.error = error
        except UnicodeError:
            self.error = OSError(f"{self._host!r} is not the name of a host")
        finally:
            with _resolving_lock:
                _resolving.pop((self._host, self._port), None)


_resolving: dict[tuple[str, int], _Resolution] = {}
_resolving_lock = threading.Lock()


def _forget_threads_of_the_parent() -> None:
    global _resolving_lock
    _resolving.clear()
    _resolving_lock = threading.Lock()


os.register_at_fork(after_in_child=_forget_threads_of_the_parent)


def resolve(host: str, port: int) -> Sequence[AddressInfo]:
    """The addresses of `host`. Raises `OSError`, `TimeoutError` when the deadline comes first."""
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    with _resolving_lock:
        # A resolver that hangs keeps its thread; all who ask meanwhile wait for that one.
        thread = _resolving.get((host, port))
        if thread is None:
            thread = _resolving[(host, port)] = _Resolution(host, port)
            thread.start()
    thread.join(remaining())
    if thread.is_alive():
        raise TimeoutError(f"the name of {host} was not resolved in time")
    if thread.error is not None:
        raise thread.error
    return thread.found
