"""Routes: which server, and so which pool of connections, a command goes to.

One server (here), a master that Sentinel names (`sentinel`), the nodes of a cluster (`cluster`): that is all in which
these kinds of store differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from redis.exceptions import RedisError

from snippetsvc.store.commands import Command
from snippetsvc.store.connections import Pool
from snippetsvc.store.pools import Address


class Route(Protocol):
    def pools(self, commands: Sequence[Command]) -> list[Pool]:
        """The pool for each command. Raises redis-py's `RedisError`, `OSError`, when it cannot be found out."""

    def every(self) -> list[Pool]:
        """One pool for each server that accepts writes. Raises as `pools` does."""

    def refresh(self) -> None:
        """Ask anew, before the next use, who serves what: a connection broke, or a server said that it moved."""

    def redirected(self, address: Address) -> Pool:
        """The pool for a server that another one pointed to."""

    def close(self) -> None:
        """Close every connection."""


class OneServer:
    """One server at a fixed address."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def pools(self, commands: Sequence[Command]) -> list[Pool]:
        return [self._pool] * len(commands)

    def every(self) -> list[Pool]:
        return [self._pool]

    def refresh(self) -> None:
        """Nothing to ask."""

    def redirected(self, address: Address) -> Pool:
        raise RedisError("the server belongs to a cluster, and the URL does not say so")

    def close(self) -> None:
        self._pool.close()
