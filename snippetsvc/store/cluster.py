"""Cluster: the nodes that hold the slots of a key space.

Source of the procedure: "Valkey cluster specification", in the documentation of Valkey: the map of slots is asked for
at first and whenever a node points elsewhere (MOVED) or is lost. redis-py's own cluster client is not used because it
refreshes its map under one lock, behind which all threads would wait their turn, each for its own time-outs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.exceptions import ClusterDownError, RedisError

from snippetsvc.store.commands import Command, server
from snippetsvc.store.connections import Pool
from snippetsvc.store.pools import Address, Pools

_SLOTS = server("CLUSTER", "SLOTS")


@dataclass(frozen=True, slots=True)
class _Map:
    """Ranges of slots, in order: the first slots, the last ones, and the primary that has each range."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    primaries: tuple[Address, ...]

    def primary(self, slot: int) -> Address:
        place = bisect_right(self.firsts, slot) - 1
        if place < 0 or slot > self.lasts[place]:
            raise ClusterDownError("nobody has the slot")
        return self.primaries[place]


class Cluster:
    """The route to the nodes of a cluster, some of which are at `hosts`. make: gives the pool for an address."""

    def __init__(self, hosts: Sequence[Address], make: Callable[[str, int], Pool]) -> None:
        self._given = tuple(hosts)
        self._pools = Pools(make)
        self._map: _Map | None = None
        self._stale = True

    def pools(self, commands: Sequence[Command]) -> list[Pool]:
        current = self._current()
        return [
            self._pools[current.primaries[0] if key is None else current.primary(key_slot(key.encode()))]
            for _, key in commands
        ]

    def every(self) -> list[Pool]:
        return [self._pools[address] for address in dict.fromkeys(self._current().primaries)]

    def refresh(self) -> None:
        self._stale = True

    def redirected(self, address: Address) -> Pool:
        return self._pools[address]

    def close(self) -> None:
        self._pools.keep_only(())

    def _current(self) -> _Map:
        known = self._map
        if known is not None and not self._stale:
            return known
        self._stale = False
        candidates = list(dict.fromkeys((*(known.primaries if known else ()), *self._given)))
        try:
            answering, slots = self._pools.first_answer(candidates, _SLOTS)
            new = _read(slots, answering)
        except (RedisError, OSError):
            self._stale = True
            if known is None:
                raise
            # The old map may still be right for this key.
            return known
        self._map = new
        self._pools.keep_only({*new.primaries, *self._given})
        return new


def _read(slots: Any, answering: Address) -> _Map:
    """From the answer to CLUSTER SLOTS: lists of first slot, last slot, primary (host, port, …), replicas."""
    ranges = []
    for first, last, (host, port, *_), *_replicas in slots:
        # An empty host stands for the one that was asked.
        ranges.append((first, last, (host.decode() if host else answering[0], port)))
    ranges.sort()
    if not ranges:
        raise ClusterDownError(f"none of {REDIS_CLUSTER_HASH_SLOTS} slots is served")
    firsts, lasts, primaries = zip(*ranges, strict=True)
    return _Map(firsts, lasts, primaries)
