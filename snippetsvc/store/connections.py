"""Connections: redis-py's, with every wait bounded by the deadline of the call they serve."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any

from redis.backoff import NoBackoff
from redis.connection import Connection, SSLConnection, UnixDomainSocketConnection
from redis.retry import Retry

from snippetsvc.store.deadlines import AddressInfo, DeadlineSocket, deadline, remaining, resolve

#: Seconds for resolving a name, reaching its address and the TLS handshake together.
CONNECT = 0.8

#: Seconds in which a server that did not answer is not asked again.
PAUSE = 0.5

#: One round trip to open a connection and none before the first command: no HELLO, no CLIENT SETINFO. When and how
#: often to try again is decided in `client`, where it is known what is asked.
_SETTINGS: Mapping[str, Any] = {"protocol": 2, "driver_info": None, "retry": Retry(NoBackoff(), 0)}


def _open(info: AddressInfo, limit: float, keepalive: Mapping[int, int | bytes]) -> socket.socket:
    family, kind, protocol, _, address = info
    plain = socket.socket(family, kind, protocol)
    try:
        plain.settimeout(limit)
        if family != socket.AF_UNIX:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in keepalive.items():
                plain.setsockopt(socket.IPPROTO_TCP, option, value)
        plain.connect(address)
    except BaseException:
        plain.close()
        raise
    return plain


class _Tcp(Connection):
    def _connect(self) -> Any:
        error: OSError = OSError("no address was found")
        with deadline(CONNECT):
            found = resolve(self.host, self.port)
            for place, info in enumerate(found):
                try:
                    # What is left is shared among the addresses not tried yet.
                    return DeadlineSocket(
                        _open(info, remaining() / (len(found) - place), self.socket_keepalive_options)
                    )
                except OSError as failed:
                    error = failed
        raise error


class _Tls(SSLConnection, _Tcp):
    def _wrap_socket_with_ssl(self, sock: Any) -> Any:
        with deadline(CONNECT):
            plain = sock._plain
            plain.settimeout(remaining())
            return DeadlineSocket(super()._wrap_socket_with_ssl(plain))  # type: ignore[no-untyped-call]


class _Unix(UnixDomainSocketConnection):
    def _connect(self) -> Any:
        info = (socket.AF_UNIX, socket.SOCK_STREAM, 0, "", self.path())
        return DeadlineSocket(_open(info, min(CONNECT, remaining()), {}))


class Breaker:
    """Spares callers the wait for a server that did not answer a moment ago.

    After a pause one caller may try; the others are turned away until it knows. There is no lock, which a fork could
    leave locked for ever: that now and then two callers try at once does no harm.
    """

    def __init__(self) -> None:
        self._open = False
        self._again = 0.0

    def admits(self, longest: float) -> bool:
        """Whether to try; who is let in finds out within `longest` seconds."""
        if not self._open:
            return True
        now = time.monotonic()
        if now < self._again:
            return False
        self._again = now + longest
        return True

    def trip(self) -> None:
        self._again = time.monotonic() + PAUSE
        self._open = True

    def reset(self) -> None:
        self._open = False


class Pool:
    """Open connections to one server, each lent to one caller at a time, and whether the server answers.

    redis-py's own pool locks, counts and tells listeners whenever it lends one, which costs as much as a command does.
    There is no lock here: adding to a list's end and taking from it are atomic.
    """

    def __init__(self, kind: Callable[..., Any], **options: Any) -> None:
        """kind: makes a connection of redis-py's, which types little of what they do, from `options`."""
        self.breaker = Breaker()
        self._kind = kind
        self._options = {**_SETTINGS, **options}
        self._idle: list[Any] = []
        self._process = os.getpid()

    def take(self) -> Any:
        """An open connection. Raises redis-py's `ConnectionError` and `TimeoutError`."""
        if self._process != os.getpid():
            # A fork shares its parent's connections, and must not speak on them.
            self._idle = []
            self._process = os.getpid()
        with contextlib.suppress(IndexError):
            while True:
                connection = self._idle.pop()
                # All that was asked for has been read: what comes unasked is the end.
                if connection._sock.silent():
                    return connection
                connection.disconnect()
        connection = self._kind(**self._options)
        connection.connect()
        return connection

    def give(self, connection: Any) -> None:
        """Take back a connection that has answered everything; any other is to be disconnected."""
        self._idle.append(connection)

    def close(self) -> None:
        """Disconnect those that nobody uses just now."""
        with contextlib.suppress(IndexError):
            while True:
                self._idle.pop().disconnect()


def tcp_pool(host: str, port: int, tls: bool, options: Mapping[str, Any]) -> Pool:
    """options: redis-py's, such as `username`, `db`, `ssl_ca_certs`."""
    return Pool(_Tls if tls else _Tcp, host=host, port=port, **options)


def unix_pool(path: Callable[[], str], options: Mapping[str, Any]) -> Pool:
    """path: asked anew for each connection."""
    return Pool(_Unix, path=path, **options)
