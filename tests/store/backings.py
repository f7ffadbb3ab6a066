"""What a store may stand on, for tests that hold on all of it: the embedded server, one server, Sentinels, a cluster.

Each is a context manager that yields a `Backing` and ends with its block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from snippetsvc.store import Store
from tests.store.servers import Server, ask_embedded
from tests.store.several import LAST_SLOTS, NEVER, cluster, watched
from tests.store.stores import NOWHERE, connected


@dataclass(frozen=True, slots=True)
class Backing:
    """url, data_dir: what a store of it is connected by. ask: the server's own answer to a command, of the node that
    has its key. pids: the processes that hold the data now, replicas left out. directories: of all servers' files.
    """

    url: str | None
    data_dir: Path
    ask: Callable[..., Any]
    pids: Callable[[], list[int]]
    directories: Sequence[Path]

    def connected(self) -> AbstractContextManager[Store]:
        return connected(self.url, self.data_dir)

    def wipe(self) -> None:
        self.ask("FLUSHALL")

    def files(self) -> list[Path]:
        return [path for directory in self.directories for path in directory.rglob("*") if path.is_file()]


def embedded_in(data_dir: Path) -> Backing:
    """The embedded server of whoever uses this data directory."""
    ask = partial(ask_embedded, data_dir)
    return Backing(None, data_dir, ask, lambda: [ask("INFO", "server")["process_id"]], [data_dir])


@contextmanager
def embedded() -> Iterator[Backing]:
    with TemporaryDirectory(prefix="store-") as directory, connected(None, Path(directory)):
        yield embedded_in(Path(directory))


@contextmanager
def standalone() -> Iterator[Backing]:
    """As its operator is told to set it up."""
    with Server("--appendonly", "yes", "--appendfsync", "always") as server:
        yield Backing(server.url, NOWHERE, server.ask, lambda: [server.pid], [server.directory])


@contextmanager
def under_sentinels() -> Iterator[Backing]:
    with watched(NEVER) as servers:
        primary, replica = servers.servers
        directories = [primary.directory, replica.directory]
        yield Backing(servers.url, NOWHERE, primary.ask, lambda: [primary.pid], directories)


@contextmanager
def in_a_cluster() -> Iterator[Backing]:
    with cluster(NEVER) as servers:
        pids = [node.pid for node in servers.nodes[: len(LAST_SLOTS)]]
        yield Backing(servers.url, NOWHERE, servers.ask, lambda: pids, [node.directory for node in servers.nodes])


_KINDS = {
    "embedded": embedded,
    "standalone": standalone,
    "sentinel": under_sentinels,
    "cluster": in_a_cluster,
}
#: The kinds by name, as parameters of a test.
KINDS = [pytest.param(name, marks=[pytest.mark.several] if name in ("sentinel", "cluster") else []) for name in _KINDS]


class Backings:
    """One of each kind, started when it is first wanted."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._started: dict[str, Backing] = {}

    def empty(self, kind: str) -> Backing:
        """The one of this kind, with nothing in it."""
        if kind not in self._started:
            self._started[kind] = self._stack.enter_context(_KINDS[kind]())
        self._started[kind].wipe()
        return self._started[kind]
