"""A press office with a store of its own, and a site to import from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from snippetsvc.preparing.preparer import Preparer
from snippetsvc.service import Services
from snippetsvc.tokens import Tokens
from tests.importing.press import Press
from tests.importing.sites import Site
from tests.store.servers import Server
from tests.store.stores import connected


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(scope="module")
def started() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def server(started: Server) -> Server:
    """What the store stands on, with nothing in it."""
    started.ask("FLUSHALL")
    return started


@pytest.fixture
def services(server: Server) -> Iterator[Services]:
    with connected(server.url) as store, Preparer() as preparer:
        yield Services.of(store, 0, preparer, Tokens(["signing-key"]), lambda: datetime.now(UTC))


@pytest.fixture
def press(services: Services, site: Site) -> Press:
    return Press(services, site)
