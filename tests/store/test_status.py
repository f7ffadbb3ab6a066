"""Status: what is said of a store's durability and of eviction."""

from __future__ import annotations

from pathlib import Path

import pytest

from snippetsvc.store.status import status_of
from tests.store.servers import ask_embedded
from tests.store.stores import connected

SAFE = {"appendonly": "yes", "appendfsync": "always", "maxmemory": "0", "maxmemory-policy": "noeviction"}


def test_the_embedded_store_is_safe(tmp_path: Path) -> None:
    with connected(None, tmp_path) as store:
        status = store.status()
    assert (status.reachable, status.appendonly, status.appendfsync) == (True, "yes", "always")
    assert (status.maxmemory_policy, status.may_evict, status.warnings) == ("noeviction", False, ())
    assert "before it is given out" in status.durability


def test_a_store_that_may_evict_is_warned_of(tmp_path: Path) -> None:
    with connected(None, tmp_path) as store:
        ask_embedded(tmp_path, "CONFIG", "SET", "maxmemory", "100mb", "maxmemory-policy", "volatile-ttl")
        status = store.status()
    assert status.may_evict
    assert status.maxmemory_policy == "volatile-ttl"
    assert "noeviction" in status.warnings[0]


@pytest.mark.parametrize(
    ("name", "servers", "durability", "may_evict", "warnings"),
    [
        ("safe", [SAFE], "before it is given out", False, 0),
        ("safe, with replicas", [{**SAFE, "replicas": "2"}], "a fail-over may lose the last ones", False, 0),
        ("every second", [{**SAFE, "appendfsync": "everysec"}], "last second", False, 1),
        ("when the system likes", [{**SAFE, "appendfsync": "no"}], "half minute", False, 1),
        ("snapshots", [{**SAFE, "appendonly": "no", "save": "3600 1"}], "last snapshot", False, 1),
        ("nothing", [{**SAFE, "appendonly": "no", "save": ""}], "keeps nothing", False, 1),
        ("fsync unknown", [{"appendonly": "yes", "maxmemory": "0"}], "does not say how often", False, 1),
        ("all unknown", [{}], "does not say what survives", None, 2),
        ("a policy without a limit", [{**SAFE, "maxmemory-policy": "allkeys-lru"}], "before", False, 0),
        ("a policy, limit unknown", [{"maxmemory-policy": "allkeys-lru", "appendonly": "no"}], "snapshot", True, 2),
        ("the least safe server counts", [SAFE, {**SAFE, "appendonly": "no"}, SAFE], "last snapshot", False, 1),
        ("one evicts", [SAFE, {**SAFE, "maxmemory": "1", "maxmemory-policy": "allkeys-lru"}], "before", True, 1),
    ],
)
def test_sentences(
    name: str, servers: list[dict[str, str]], durability: str, may_evict: bool | None, warnings: int
) -> None:
    status = status_of(servers)
    assert durability in status.durability
    assert status.may_evict is may_evict
    assert len(status.warnings) == warnings
