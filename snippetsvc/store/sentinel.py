"""Sentinel: the master of a service, wherever it is at present.

Source of the procedure: "Guidelines for Redis clients with support for Redis Sentinel", in the documentation of Valkey
and Redis: ask one Sentinel after the other for the master's address, and again whenever a connection breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from redis.exceptions import RedisError

from snippetsvc.store.commands import Command, server
from snippetsvc.store.connections import Pool
from snippetsvc.store.pools import Address, Pools


class Sentinels:
    """The route to the master of `service`, which the Sentinels at `hosts` know.

    make, make_sentinel: give the pool for an address, of data and of Sentinel.
    """

    def __init__(
        self,
        hosts: Sequence[Address],
        service: str,
        make: Callable[[str, int], Pool],
        make_sentinel: Callable[[str, int], Pool],
    ) -> None:
        self._question = server("SENTINEL", "GET-MASTER-ADDR-BY-NAME", service)
        self._masters = Pools(make)
        self._sentinels = Pools(make_sentinel)
        self._hosts = list(hosts)
        self._master: Address | None = None

    def pools(self, commands: Sequence[Command]) -> list[Pool]:
        return [self._pool()] * len(commands)

    def every(self) -> list[Pool]:
        return [self._pool()]

    def refresh(self) -> None:
        self._master = None

    def redirected(self, address: Address) -> Pool:
        raise RedisError("the server belongs to a cluster, and the URL does not say so")

    def close(self) -> None:
        self._masters.keep_only(())
        self._sentinels.keep_only(())

    def _pool(self) -> Pool:
        master = self._master
        if master is None:
            knowing, (host, port) = self._sentinels.first_answer(self._hosts, self._question)
            master = self._master = (host.decode(), int(port))
            # The one that answered is asked first next time.
            self._hosts = sorted(self._hosts, key=lambda address: address != knowing)
            self._masters.keep_only([master])
        return self._masters[master]
