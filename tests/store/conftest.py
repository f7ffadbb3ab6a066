"""A store for each test, on whatever a store may stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from snippetsvc.store import Store
from tests.store.backings import KINDS, Backing, Backings


@pytest.fixture(params=KINDS)
def backing(request: pytest.FixtureRequest, backings: Backings) -> Backing:
    """What the test's store stands on, with nothing in it."""
    return backings.empty(request.param)


@pytest.fixture
def store(backing: Backing) -> Iterator[Store]:
    with backing.connected() as store:
        yield store
