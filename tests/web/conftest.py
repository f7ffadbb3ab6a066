"""An article to mark, a second service below a path, and the service's clock moved on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from snippetsvc.store import Store, connect
from snippetsvc.web import create_app
from tests.service import PUBLISH_KEY, Service
from tests.store.stores import raw_command
from tests.web.harbour import HTML, TEXT


@pytest.fixture(scope="session")
def harbour(service: Service) -> str:
    """The slug of an article that is `TEXT`; it never changes."""
    details = {"lang": "en", "author": "Ada Writer", "publisher": "The Gazette", "published_at": "2026-02-03"}
    assert service.publish("harbour", HTML, source_url="https://gazette.example/h", **details).status == 201
    assert service.text("harbour") == TEXT
    return "harbour"


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose public address has a path."""
    directory = tmp_path_factory.mktemp("below") / "data"
    with Service(directory, BASE_URL="https://news.example/marks/") as running:
        assert running.publish("harbour", HTML, lang="en").status == 201
        yield running


@pytest.fixture(scope="session")
def store(service: Service) -> Iterator[Store]:
    """The store of the running service."""
    store = connect(None, service.data_dir)
    yield store
    store.close()


@pytest.fixture
def stored(store: Store) -> Callable[[], int]:
    """How many records the store holds."""
    return lambda: int(raw_command(store, "DBSIZE"))


@pytest.fixture
def by_clock(service: Service) -> Iterator[Callable[..., FlaskClient]]:
    """A client of the same data by a clock of its own, or under other settings: `by_clock(now, SECRET_KEYS="a,b")`."""
    made = []

    def client(now: Callable[[], datetime], **settings: str) -> FlaskClient:
        shared = {"DATA_DIR": str(service.data_dir), "PUBLISH_KEYS": PUBLISH_KEY, "BASE_URL": service.url}
        app = create_app({f"SNIPPETSVC_{name}": value for name, value in (shared | settings).items()}, now)
        made.append(app)
        return app.test_client()

    yield client
    for app in made:
        app.extensions["snippetsvc"].close()


@pytest.fixture
def later(by_clock: Callable[..., FlaskClient]) -> Callable[..., FlaskClient]:
    """A client of the same data some seconds later, or under other settings: `later(61, SECRET_KEYS="a,b")`."""

    def client(seconds: int, **settings: str) -> FlaskClient:
        return by_clock(lambda: datetime.now(UTC) + timedelta(seconds=seconds), **settings)

    return client
