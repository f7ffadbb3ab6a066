"""Erasing: what was deleted leaves the files of the store too.

An append-only file goes on holding deleted words until it is rewritten, a snapshot until the next one is taken.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

from snippetsvc.errors import StoreAway
from snippetsvc.store.connection import Connection

_PAUSE = 0.05

#: Errors of a server that is writing one of its files already; the words may still be in that one.
_BUSY = ("in progress", "already", "active")


@dataclass(frozen=True, slots=True)
class Erasure:
    """done: every server that takes writes has made its files anew; detail: a sentence on it, or on what is left."""

    done: bool
    detail: str


class _NotDone(Exception):
    """The files could not be made anew; the text says why."""


def erase(connection: Connection, patience: float) -> Erasure:
    """Have every server make its files anew, and wait for it, `patience` seconds at most. Raises nothing."""
    until = time.monotonic() + patience
    try:
        before = _persistence(connection)
        if any(info.get("aof_enabled") for info in before):
            _remake(connection, "BGREWRITEAOF", "aof_rewrite", "aof_rewrites", until)
        if any(info.get("rdb_saves") for info in before) or _takes_snapshots(connection):
            _remake(connection, "BGSAVE", "rdb_bgsave", "rdb_saves", until)
    except (_NotDone, StoreAway) as error:
        return Erasure(False, f"The store's files may still hold the words: {error}.")
    done = "The store's files were made anew without the words."
    replicas = sum(info.get("connected_slaves", 0) for info in before)
    return Erasure(True, f"{done} Those of its replicas ({replicas}) were not reached." if replicas else done)


def _remake(connection: Connection, order: str, kind: str, counter: str, until: float) -> None:
    """Give `order` to every server, once none is busy with one of before, and wait until all have carried it out."""
    while True:
        before = _wait_until_idle(connection, kind, until)
        answers = connection.ask_every(lambda server: server.execute_command(order))
        refused = [answer for answer in answers if isinstance(answer, ResponseError)]
        if any(not _is_busy(error) for error in refused):
            raise _NotDone(f"it does not permit {order}")
        after = _wait_until_idle(connection, kind, until)
        if any(info.get(_STATUS[kind], "ok") != "ok" for info in after):
            raise _NotDone(f"{order} failed")
        if not refused and _all_done(before, after, counter):
            return
        _pause(until)


_STATUS = {"aof_rewrite": "aof_last_bgrewrite_status", "rdb_bgsave": "rdb_last_bgsave_status"}


def _all_done(before: list[dict[str, Any]], after: list[dict[str, Any]], counter: str) -> bool:
    """Whether the same servers, not restarted meanwhile, have each done it once more; Redis before 7 does not count."""
    if [info.get("run_id") for info in before] != [info.get("run_id") for info in after]:
        return False
    return all(counter not in new or new[counter] > old.get(counter, 0) for old, new in zip(before, after, strict=True))


def _wait_until_idle(connection: Connection, kind: str, until: float) -> list[dict[str, Any]]:
    while True:
        infos = _persistence(connection)
        if not any(info.get(f"{kind}_in_progress") or info.get(f"{kind}_scheduled") for info in infos):
            return infos
        _pause(until)


def _pause(until: float) -> None:
    if time.monotonic() > until:
        raise _NotDone("it did not finish in time")
    time.sleep(_PAUSE)


def _persistence(connection: Connection) -> list[dict[str, Any]]:
    """What each server says of its files, of itself and of its replicas, as redis-py reads INFO."""
    found = []
    for info in connection.ask_every(_info):
        if isinstance(info, ResponseError):
            raise _NotDone("it does not say which it keeps")
        found.append(info)
    return found


def _info(server: Redis) -> dict[str, Any]:
    return {**server.info("persistence"), **server.info("server"), **server.info("replication")}


def _takes_snapshots(connection: Connection) -> bool:
    """Whether some server is set to take snapshots; those that do not say are taken at their counters' word."""
    answers = connection.ask_every(lambda server: server.config_get("save"))
    return any(not isinstance(answer, ResponseError) and answer.get("save") for answer in answers)


def _is_busy(error: ResponseError) -> bool:
    return any(word in str(error) for word in _BUSY)
