"""A real store for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from snippetsvc.store import Store
from tests.store.stores import new_store


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as fresh:
        yield fresh
