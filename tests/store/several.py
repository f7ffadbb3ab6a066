"""Servers that know each other, for tests: under Sentinels, and as a cluster. Each set ends with its block."""

from __future__ import annotations

import contextlib
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

import redis

from tests.ports import own_port
from tests.store.servers import Server
from tests.waiting import eventually

SERVICE = "main"
#: The last slot of each primary.
LAST_SLOTS = (5460, 10922, 16383)

#: Seconds after which a server that is silent counts as gone.
SOON = 2.0
#: The same where nothing is to happen, however busy the machine is.
NEVER = 600.0


def follows(replica: Server) -> bool:
    """Whether it has its primary's data, and goes on receiving it."""
    return b"connected" in replica.ask("ROLE")


class Sentinel(Server):
    """Watches as `settings` say: what a Sentinel writes down when it has found out who there is."""

    def __init__(self, port: int, settings: Sequence[str]) -> None:
        self._settings = settings
        super().__init__(port=port)

    def _command_line(self) -> list[str]:
        file = self.directory / "sentinel.conf"
        if not file.exists():
            file.write_text("\n".join([f"port {self.port}", "bind 127.0.0.1", *self._settings, ""]))
        return [str(file), "--sentinel"]

    def told(self, question: str) -> list[dict[bytes, bytes]]:
        """What it says of each of the "REPLICAS" or "SENTINELS"."""
        found: list[dict[bytes, bytes]] = []
        for each in self.ask("SENTINEL", question, SERVICE):
            flat = iter(each)
            found.append(dict(zip(flat, flat, strict=True)))
        return found

    def is_ready(self) -> bool:
        """Whether it could make the replica the primary, with the others' votes."""
        return all(each[b"flags"] == b"sentinel" for each in self.told("SENTINELS")) and all(
            (each[b"flags"], each[b"master-link-status"]) == (b"slave", b"ok") for each in self.told("REPLICAS")
        )


@dataclass(frozen=True, slots=True)
class Watched:
    """A primary and its replica (so they begin), and three Sentinels, of which two decide."""

    servers: tuple[Server, Server]
    sentinels: list[Sentinel]

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{sentinel.port}" for sentinel in self.sentinels)
        return f"redis+sentinel://{hosts}/{SERVICE}"

    def primary(self) -> Server:
        """The one that most Sentinels name. Raises `redis.RedisError` while they do not agree."""
        named = Counter(int(each.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)[1]) for each in self.sentinels)
        ((port, votes),) = named.most_common(1)
        if votes < 2:
            raise redis.RedisError("they do not agree")
        return next(server for server in self.servers if server.port == port)


@contextmanager
def watched(gone_after: float = SOON) -> Iterator[Watched]:
    """gone_after: seconds of silence after which the primary is taken for gone."""
    with ExitStack() as stack:
        primary = stack.enter_context(Server())
        replica = stack.enter_context(Server("--replicaof", f"127.0.0.1 {primary.port}"))
        eventually(lambda: follows(replica))
        known = {secrets.token_hex(20): own_port() for _ in range(3)}
        sentinels = []
        for name, port in known.items():
            settings = [
                f"sentinel myid {name}",
                f"sentinel monitor {SERVICE} 127.0.0.1 {primary.port} 2",
                f"sentinel down-after-milliseconds {SERVICE} {int(gone_after * 1000)}",
                # A fail-over that was not agreed upon is tried again after twice this time.
                f"sentinel failover-timeout {SERVICE} 3000",
                f"sentinel known-replica {SERVICE} 127.0.0.1 {replica.port}",
            ]
            settings += [f"sentinel known-sentinel {SERVICE} 127.0.0.1 {known[it]} {it}" for it in known if it != name]
            sentinels.append(Sentinel(port, settings))
            stack.enter_context(sentinels[-1])
        eventually(lambda: all(sentinel.is_ready() for sentinel in sentinels))
        yield Watched((primary, replica), sentinels)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Three primaries with a third of the slots each, and three replicas in the same order (so they begin).

    client: a `redis.RedisCluster`, whose type says nothing of what `execute_command` gives.
    """

    nodes: list[Server]
    client: Any

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def owner(self, slot: int) -> Server:
        """The node that most nodes name for this slot. Raises `redis.RedisError` while most do not agree."""
        named: Counter[int] = Counter()
        for node in self.nodes:
            with contextlib.suppress(redis.RedisError):
                named.update(int(it[2][1]) for it in node.ask("CLUSTER", "SLOTS") if it[0] <= slot <= it[1])
        port, votes = max(named.items(), key=lambda item: item[1], default=(0, 0))
        if votes <= len(self.nodes) // 2:
            raise redis.RedisError("they do not agree")
        return next(node for node in self.nodes if node.port == port)

    def slot(self, key: str) -> int:
        return int(self.nodes[0].ask("CLUSTER", "KEYSLOT", key))

    @contextmanager
    def moving(self, slot: int) -> Iterator[None]:
        """Give a slot from its primary to another one: within the block its keys have gone, and the slot has not."""
        giver = self.owner(slot)
        taker = next(node for node in self.nodes[: len(LAST_SLOTS)] if node is not giver)
        names = {node: node.ask("CLUSTER", "MYID").decode() for node in (giver, taker)}
        taker.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", names[giver])
        giver.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", names[taker])
        for key in giver.ask("CLUSTER", "GETKEYSINSLOT", slot, 100):
            giver.ask("MIGRATE", "127.0.0.1", taker.port, key, 0, 5000)
        yield
        for node in (taker, giver):
            node.ask("CLUSTER", "SETSLOT", slot, "NODE", names[taker])

    def ask(self, *command: str | int | bytes) -> Any:
        """The answer of the node that has the command's key; what concerns no key is asked of all primaries."""
        return self.client.execute_command(*command)


@contextmanager
def cluster(gone_after: float = SOON) -> Iterator[Cluster]:
    """gone_after: seconds of silence after which a node is taken for gone."""
    with ExitStack() as stack:
        settings = f"--cluster-enabled yes --cluster-node-timeout {int(gone_after * 1000)}".split()
        settings += ["--cluster-allow-replica-migration", "no"]
        nodes = [stack.enter_context(Server(*settings)) for _ in range(6)]
        first = 0
        for node, last in zip(nodes, LAST_SLOTS, strict=False):
            node.ask("CLUSTER", "ADDSLOTSRANGE", first, last)
            first = last + 1
        for epoch, node in enumerate(nodes, 1):
            node.ask("CLUSTER", "SET-CONFIG-EPOCH", epoch)
            # Each is told of all before it: what they tell each other by themselves takes longer.
            for other in nodes[: epoch - 1]:
                node.ask("CLUSTER", "MEET", "127.0.0.1", other.port, other.bus)
        eventually(lambda: all(knows_all(node, nodes) for node in nodes))
        for primary, replica in zip(nodes[:3], nodes[3:], strict=True):
            replica.ask("CLUSTER", "REPLICATE", primary.ask("CLUSTER", "MYID").decode())
        eventually(lambda: all(b"cluster_state:ok" in node.ask("CLUSTER", "INFO") for node in nodes))
        eventually(lambda: all(follows(replica) for replica in nodes[3:]))
        client = redis.RedisCluster(host="127.0.0.1", port=nodes[0].port, protocol=2)
        yield Cluster(nodes, stack.enter_context(closing(client)))


def knows_all(node: Server, nodes: Sequence[Server]) -> bool:
    told = node.ask("CLUSTER", "NODES")
    return len(told.splitlines()) == len(nodes) and b"handshake" not in told
