"""What several kinds of tests share: the service, and what a store may stand on."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.service import Service
from tests.store.backings import Backings

_slugs = itertools.count(1)

# A shell starts what it puts in the background with Ctrl-C ignored, and that is inherited: by us, and by every service
# that the tests start and stop so.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One running service for all tests that do not harm it; each publishes under a slug of its own."""
    with Service(tmp_path_factory.mktemp("service") / "data", WORKERS="2") as running:
        yield running


@pytest.fixture(scope="session")
def backings() -> Iterator[Backings]:
    with ExitStack() as stack:
        yield Backings(stack)


@pytest.fixture
def slug() -> str:
    """A slug that no other test uses."""
    return f"article-{next(_slugs)}"
