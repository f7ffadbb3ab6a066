"""Status: which durability a store is set to, and whether it may throw away what it holds.

Source of the rules: the documentation of Valkey and Redis on persistence (`appendonly`, `appendfsync`, `save`) and on
eviction (`maxmemory`, `maxmemory-policy`). What a managed service keeps to itself is "unknown" here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

UNKNOWN = "unknown"

#: What CONFIG GET is asked for, one by one: Redis before 7 takes one name only.
_SETTINGS = ("appendonly", "appendfsync", "save", "maxmemory", "maxmemory-policy")
_SECTIONS = ("persistence", "memory", "replication")


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """appendonly, appendfsync, maxmemory_policy: as the store names them, or "unknown"; may_evict: None if unknown.

    writable: it would take a write just now. Where there are several servers, the least safe one counts. durability:
    one sentence for people, about what survives; warnings: one sentence each, about what should be changed.
    """

    reachable: bool
    writable: bool
    appendonly: str
    appendfsync: str
    maxmemory_policy: str
    may_evict: bool | None
    durability: str
    warnings: tuple[str, ...]


AWAY = StoreStatus(False, False, UNKNOWN, UNKNOWN, UNKNOWN, None, "The store cannot be reached.", ())


def settings_of(server: Redis) -> dict[str, str]:
    """A server's settings by name: from CONFIG GET, or where that is refused from INFO, as far as that says.

    Beside what they are called there, `replicas`: how many follow it. Raises redis-py's `RedisError`.
    """
    with server.pipeline(transaction=False) as pipeline:
        for name in _SETTINGS:
            pipeline.config_get(name)
        for section in _SECTIONS:
            pipeline.info(section)
        answers = pipeline.execute(raise_on_error=False)
    given: list[dict[str, Any]] = [{} if isinstance(answer, ResponseError) else answer for answer in answers]
    found = {name: value for answer in given[: len(_SETTINGS)] for name, value in answer.items()}
    info = {name: value for answer in given[len(_SETTINGS) :] for name, value in answer.items()}
    if "aof_enabled" in info:
        found.setdefault("appendonly", "yes" if info["aof_enabled"] else "no")
    for name, of_info in (("maxmemory", "maxmemory"), ("maxmemory-policy", "maxmemory_policy")):
        if of_info in info:
            found.setdefault(name, str(info[of_info]))
    if "connected_slaves" in info:
        found["replicas"] = str(info["connected_slaves"])
    return found


def status_of(servers: Sequence[Mapping[str, str]], refusal: str | None = None) -> StoreStatus:
    """The status of a store whose servers have these settings; there is at least one.

    refusal: why it takes no writes, if it takes none.
    """
    ranked = sorted(servers, key=_risk)
    worst = ranked[-1]
    appendonly, appendfsync = worst.get("appendonly", UNKNOWN), worst.get("appendfsync", UNKNOWN)
    evicting = [_may_evict(server) for server in servers]
    may_evict = True if True in evicting else None if None in evicting else False
    policy = next((server["maxmemory-policy"] for server in servers if _may_evict(server)), None)
    durability, warnings = _durability(worst)
    if may_evict:
        warnings.append(f"The store may evict shares when its memory is full ({policy}): set noeviction.")
    elif may_evict is None:
        warnings.append("The store does not say whether it may evict shares when its memory is full.")
    if refusal:
        warnings.insert(0, f"{refusal[0].upper()}{refusal[1:]}: links can be read, and none can be made.")
    return StoreStatus(
        True,
        refusal is None,
        appendonly,
        appendfsync,
        policy or worst.get("maxmemory-policy", UNKNOWN),
        may_evict,
        durability,
        tuple(warnings),
    )


def _risk(server: Mapping[str, str]) -> int:
    """Orders servers from the safest to the least safe; not to know is worse than to know that it is safe."""
    appendonly, appendfsync = server.get("appendonly"), server.get("appendfsync")
    if appendonly == "no":
        return 5
    if appendonly != "yes":
        return 4
    return {"always": 0, "everysec": 2, "no": 3}.get(appendfsync or "", 1)


def _durability(server: Mapping[str, str]) -> tuple[str, list[str]]:
    appendonly, appendfsync = server.get("appendonly"), server.get("appendfsync")
    if appendonly == "yes":
        if appendfsync == "always":
            if server.get("replicas", "0") != "0":
                return (
                    "Every link is on the primary's disk before it is given out (appendonly, appendfsync always); "
                    "a fail-over may lose the last ones.",
                    [],
                )
            return "Every link is on the store's disk before it is given out (appendonly, appendfsync always).", []
        if appendfsync == "everysec":
            return (
                "A crash of the store's machine may lose the links of its last second (appendfsync everysec).",
                ["Links of the last second may be lost in a crash of the store's machine: set appendfsync always."],
            )
        if appendfsync == "no":
            return (
                "A crash of the store's machine may lose the links of its last half minute (appendfsync no).",
                ["Links of the last half minute may be lost in a crash: set appendfsync always."],
            )
        return (
            "The store does not say how often its append-only file is written to disk (appendfsync unknown).",
            ["The store does not say whether links may be lost in a crash (appendfsync)."],
        )
    if appendonly == "no":
        if server.get("save", UNKNOWN) == "":
            return (
                "The store keeps nothing on disk: a restart of it loses every link (appendonly no, no snapshots).",
                ["Every link is lost when the store restarts: set appendonly yes and appendfsync always."],
            )
        return (
            "A crash of the store loses the links since its last snapshot (appendonly no).",
            ["Links may be lost in a crash of the store: set appendonly yes and appendfsync always."],
        )
    return (
        "The store does not say what survives a crash of it (appendonly unknown).",
        ["The store does not say whether links may be lost in a crash (appendonly)."],
    )


def _may_evict(server: Mapping[str, str]) -> bool | None:
    policy, limit = server.get("maxmemory-policy"), server.get("maxmemory")
    if policy == "noeviction" or limit == "0":
        return False
    return None if policy is None else True
