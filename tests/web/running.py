"""The running service on each kind of store for which the whole web contract is tested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.service import Service
from tests.store.backings import Backing, embedded_in, standalone

SIGNING_KEY = "signing-key-of-the-tests"


class Running(NamedTuple):
    """A service, and what its store stands on."""

    service: Service
    backing: Backing


@contextmanager
def _on_the_embedded_store(data_dir: Path) -> Iterator[Running]:
    with Service(data_dir, WORKERS="2") as service:
        yield Running(service, embedded_in(data_dir))


@contextmanager
def _on_a_server(data_dir: Path) -> Iterator[Running]:
    # Where the embedded store's service keeps its keys, so that tests find them.
    data_dir.mkdir()
    (data_dir / "secret-keys").write_text(SIGNING_KEY)
    with standalone() as backing:
        assert backing.url is not None
        with Service(data_dir, WORKERS="2", REDIS_URL=backing.url, SECRET_KEYS=SIGNING_KEY) as service:
            yield Running(service, backing)


#: By the kind of store, each to be given a data directory that is not there yet.
RUNNING_ON = {"embedded": _on_the_embedded_store, "standalone": _on_a_server}
