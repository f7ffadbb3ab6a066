"""Pools by address: for stores of several servers, which come and go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from snippetsvc.store.commands import Command
from snippetsvc.store.connections import Pool
from snippetsvc.store.deadlines import deadline, remaining
from snippetsvc.store.exchange import converse

Address = tuple[str, int]


class Pools:
    """Pools by address, made when first needed. Without locks, as `Breaker` is."""

    def __init__(self, make: Callable[[str, int], Pool]) -> None:
        self._make = make
        self._pools: dict[Address, Pool] = {}

    def __getitem__(self, address: Address) -> Pool:
        pool = self._pools.get(address)
        # A pool that was made in vain has no connection yet.
        return pool or self._pools.setdefault(address, self._make(*address))

    def keep_only(self, addresses: Collection[Address]) -> None:
        """Drop the others; a connection that is in use there ends its work first."""
        for address in list(self._pools):
            if address not in addresses and (gone := self._pools.pop(address, None)):
                gone.close()

    def first_answer(self, addresses: Sequence[Address], command: Command) -> tuple[Address, Any]:
        """Ask one server after the other, until one gives an answer other than None, and whose that is.

        Each gets an equal share of the time that is left; one that was silent a moment ago is passed over. Raises the
        last one's error, redis-py's `RedisError` or `OSError`.
        """
        last: Exception = RedisConnectionError("no server knows")
        for place, address in enumerate(addresses):
            try:
                with deadline(remaining() / (len(addresses) - place)):
                    (answer,) = converse(self[address], [command])
            except (RedisError, OSError) as error:
                last = error
                continue
            if isinstance(answer, ResponseError):
                last = answer
            elif answer is not None:
                return address, answer
        raise last
