"""Ports for the servers that tests start."""

from __future__ import annotations

import socket


def own_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, and nobody else is given as long as this process runs.

    It is bound and never listened on. Linux lets a server listen there that asks for it by number, and gives it neither
    to whoever takes any port nor to a connection. A port that is merely looked for is taken by another test now and
    then, before its server starts or while it is dead.
    """
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    # Shared only from now on: it was nobody's.
    for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
        held.setsockopt(socket.SOL_SOCKET, option, 1)
    port: int = held.getsockname()[1]
    # The end of the process closes it: a server that was killed may be started again.
    held.detach()
    return port
