"""The service on each kind of store, articles and shares, a second service below a path, other clocks."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from snippetsvc.run.app import create_app
from snippetsvc.store import Store
from tests.service import PUBLISH_KEY, Service
from tests.store.backings import Backing
from tests.web.ferry import EDITED, FIRST, QUOTES
from tests.web.harbour import HTML, TEXT
from tests.web.running import RUNNING_ON, Running


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Running]]:
    """The one running service on each kind of store, started when it is first asked for."""
    with ExitStack() as stack:
        yield functools.cache(
            lambda kind: stack.enter_context(RUNNING_ON[kind](tmp_path_factory.mktemp(kind) / "data"))
        )


@pytest.fixture(scope="module", params=RUNNING_ON)
def running(request: pytest.FixtureRequest, started: Callable[[str], Running]) -> Running:
    return started(request.param)


@pytest.fixture(scope="module")
def service(running: Running) -> Service:
    """A running service for all tests that do not harm it; each publishes under a slug of its own."""
    return running.service


@pytest.fixture
def backing(running: Running) -> Backing:
    """What the service's store stands on."""
    return running.backing


@pytest.fixture(scope="module")
def harbour(service: Service) -> str:
    """The slug of an article that is `TEXT`; it never changes."""
    details = {"lang": "en", "author": "Ada Writer", "publisher": "The Gazette", "published_at": "2026-02-03"}
    assert service.publish("harbour", HTML, source_url="https://gazette.example/h", **details).status in (200, 201)
    assert service.text("harbour") == TEXT
    return "harbour"


@pytest.fixture(scope="module")
def link(service: Service, harbour: str) -> Any:
    """A share of that article: a word, and two in another colour."""
    return service.share(harbour, "Monday", ("Ferries 🚢", "pink"))


@pytest.fixture
def edited_link(service: Service, slug: str) -> str:
    """The token of a share of `FIRST` whose article is `EDITED` by now."""
    service.publish(slug, FIRST)
    token: str = service.share(slug, *QUOTES)["token"]
    service.publish(slug, EDITED)
    return token


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose public address has a path."""
    directory = tmp_path_factory.mktemp("below") / "data"
    with Service(directory, BASE_URL="https://news.example/marks/") as running:
        assert running.publish("harbour", HTML, lang="en").status == 201
        yield running


@pytest.fixture
def store(backing: Backing) -> Iterator[Store]:
    """The store of the running service."""
    with backing.connected() as store:
        yield store


@pytest.fixture
def stored(backing: Backing) -> Callable[[], int]:
    """How many records the store holds."""
    return lambda: int(backing.ask("DBSIZE"))


@pytest.fixture
def by_clock(service: Service) -> Iterator[Callable[..., FlaskClient]]:
    """A client of the same data by a clock of its own, or under other settings (None: without one):
    `by_clock(now, SECRET_KEYS="a,b", BASE_URL=None)`."""
    made = []

    def client(now: Callable[[], datetime], **settings: str | None) -> FlaskClient:
        shared = {"DATA_DIR": str(service.data_dir), "PUBLISH_KEYS": PUBLISH_KEY, "BASE_URL": service.url}
        chosen = shared | service.settings | settings
        app = create_app({f"SNIPPETSVC_{name}": value for name, value in chosen.items() if value is not None}, now)
        made.append(app)
        return app.test_client()

    yield client
    for app in made:
        app.extensions["close"]()


@pytest.fixture
def later(by_clock: Callable[..., FlaskClient]) -> Callable[..., FlaskClient]:
    """A client of the same data some seconds later, or under other settings: `later(61, SECRET_KEYS="a,b")`."""

    def client(seconds: int, **settings: str | None) -> FlaskClient:
        return by_clock(lambda: datetime.now(UTC) + timedelta(seconds=seconds), **settings)

    return client
