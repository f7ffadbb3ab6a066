"""Erasing: what was deleted leaves the files of the store too.

An append-only file goes on holding deleted words until it is rewritten, a snapshot until the next one is taken.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from redis.exceptions import ResponseError

from snippetsvc.errors import StoreAway
from snippetsvc.store.client import Client
from snippetsvc.store.commands import Command, server
from snippetsvc.store.status import read_info

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


def erase(client: Client, patience: float) -> Erasure:
    """Have every server make its files anew, and wait for it, `patience` seconds at most. Raises nothing."""
    until = time.monotonic() + patience
    try:
        before = _persistence(client)
        kept = [info for info in before if info.get("aof_enabled") == "1"]
        if kept:
            _remake(client, server("BGREWRITEAOF"), "aof_rewrite", "aof_rewrites", until)
        if any(info.get("rdb_saves", "0") != "0" for info in before) or _takes_snapshots(client):
            _remake(client, server("BGSAVE"), "rdb_bgsave", "rdb_saves", until)
    except (_NotDone, StoreAway) as error:
        return Erasure(False, f"The store's files may still hold the words: {error}.")
    done = "The store's files were made anew without the words."
    replicas = sum(int(info.get("connected_slaves", 0)) for info in before)
    return Erasure(True, f"{done} Those of its replicas ({replicas}) were not reached." if replicas else done)


def _remake(client: Client, order: Command, kind: str, counter: str, until: float) -> None:
    """Give `order` to every server, once none is busy with one of before, and wait until all have carried it out."""
    while True:
        before = _wait_until_idle(client, kind, until)
        answers = [answer for (answer,) in client.run_on_every(order)]
        refused = [answer for answer in answers if isinstance(answer, ResponseError)]
        if any(not _is_busy(answer) for answer in refused):
            raise _NotDone(f"it does not permit {order.arguments[0]!s}")
        after = _wait_until_idle(client, kind, until)
        if any(info.get(_STATUS[kind], "ok") != "ok" for info in after):
            raise _NotDone(f"{order.arguments[0]!s} failed")
        if not refused and _all_done(before, after, counter):
            return
        _pause(until)


_STATUS = {"aof_rewrite": "aof_last_bgrewrite_status", "rdb_bgsave": "rdb_last_bgsave_status"}


def _all_done(before: list[dict[str, str]], after: list[dict[str, str]], counter: str) -> bool:
    """Whether the same servers, not restarted meanwhile, have each done it once more; Redis before 7 does not count."""
    if [info.get("run_id") for info in before] != [info.get("run_id") for info in after]:
        return False
    return all(
        counter not in new or int(new[counter]) > int(old.get(counter, 0))
        for old, new in zip(before, after, strict=True)
    )


def _wait_until_idle(client: Client, kind: str, until: float) -> list[dict[str, str]]:
    while True:
        infos = _persistence(client)
        if all(info.get(f"{kind}_in_progress") != "1" and info.get(f"{kind}_scheduled") != "1" for info in infos):
            return infos
        _pause(until)


def _pause(until: float) -> None:
    if time.monotonic() > until:
        raise _NotDone("it did not finish in time")
    time.sleep(_PAUSE)


def _persistence(client: Client) -> list[dict[str, str]]:
    found = []
    for sections in client.run_on_every(*(server("INFO", name) for name in ("persistence", "server", "replication"))):
        if any(isinstance(section, ResponseError) for section in sections):
            raise _NotDone("it does not say which it keeps")
        found.append({name: value for section in sections for name, value in read_info(section).items()})
    return found


def _takes_snapshots(client: Client) -> bool:
    """Whether some server is set to take snapshots; those that do not say are taken at their counters' word."""
    return any(
        not isinstance(answer, ResponseError) and len(answer) == 2 and answer[1] != b""
        for (answer,) in client.run_on_every(server("CONFIG", "GET", "save"))
    )


def _is_busy(answer: Any) -> bool:
    return any(word in str(answer) for word in _BUSY)
