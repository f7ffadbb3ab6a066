"""Faults of a store at an address: bounded waits, retries that are safe, errors that say what is wrong and no more."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from snippetsvc.errors import RecordUnreadable, StoreAway
from tests.store.samples import KEY, a_revision, a_share, an_article
from tests.store.servers import Mute, Proxy, Server
from tests.store.stores import connected
from tests.waiting import FAR_TOO_LONG, eventually


def away(call: Callable[[], object]) -> str:
    """What the `StoreAway` says that `call` raises, before long."""
    start = time.monotonic()
    with pytest.raises(StoreAway) as caught:
        call()
    assert time.monotonic() - start < FAR_TOO_LONG
    return str(caught.value)


def test_nobody_listens() -> None:
    with connected("redis://127.0.0.1:1") as store:
        assert away(lambda: store.article(1)) == "the store cannot be reached: nobody listens at its address"
        status = store.status()
    assert not status.reachable
    assert (status.appendonly, status.may_evict) == ("unknown", None)


@pytest.mark.parametrize(
    "url",
    ["redis://no-such-host.invalid", "unix:///no/such/socket"],
)
def test_no_such_address(url: str) -> None:
    with connected(url) as store:
        assert away(lambda: store.article(1)).startswith("the store cannot be reached")


def test_an_address_that_swallows_connections() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        with connected(f"redis://127.0.0.1:{port}") as store:
            away(lambda: store.article(1))
        for filler in fillers:
            filler.close()


@pytest.mark.parametrize(
    ("name", "talk"),
    [
        ("silent", b""),
        ("no Redis", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        ("stops in the middle", b"$10\r\nabc"),
    ],
)
def test_a_server_that_makes_no_sense(name: str, talk: bytes) -> None:
    with Mute(talk) as mute, connected(f"redis://127.0.0.1:{mute.port}") as store:
        away(lambda: store.article(1))


def test_tls_with_a_server_that_is_silent() -> None:
    with Mute() as mute, connected(f"rediss://127.0.0.1:{mute.port}") as store:
        away(lambda: store.article(1))


def test_a_store_that_is_stopped_and_goes_on() -> None:
    with Server() as server, connected(server.url) as store:
        store.reserve("a-slug")
        server.suspend()
        assert away(lambda: store.find("a-slug")) == "the store did not answer in time"
        start = time.monotonic()
        for _ in range(10):
            away(lambda: store.find("a-slug"))
        assert time.monotonic() - start < FAR_TOO_LONG, "ten calls, of which hardly one waits"
        server.resume()
        assert eventually(lambda: store.find("a-slug")) == 1


def test_a_store_that_is_restarted_between_two_calls() -> None:
    with Server("--appendonly", "yes", "--appendfsync", "always") as server, connected(server.url) as store:
        store.reserve("a-slug")
        server.kill()
        server.start()
        assert store.find("a-slug") == 1


def test_a_store_that_comes_back_is_used_at_once() -> None:
    with Server() as server, connected(server.url) as store:
        server.kill()
        away(lambda: store.find("a-slug"))
        server.start()
        assert store.find("a-slug") is None


def test_round_trips() -> None:
    with Server() as server, Proxy(server.port) as proxy, connected(f"redis://127.0.0.1:{proxy.port}") as store:
        store.save_article(None, an_article(), a_revision())
        store.changes()
        before = proxy.round_trips
        store.issue_share(a_share())
        assert proxy.round_trips - before == 1, "to issue a share"
        store.open_share(a_share().id, 1)
        assert proxy.round_trips - before == 2, "to open it"


def test_a_request_whose_answer_is_lost_has_succeeded() -> None:
    share, article = a_share(), an_article()
    with Server() as server, Proxy(server.port) as proxy, connected(f"redis://127.0.0.1:{proxy.port}") as store:
        store.changes()
        proxy.losses = [True]
        assert store.issue_share(share) == (None, share, False)
        # The first answer is the record's, the second the script's.
        proxy.losses = [False, True]
        assert store.save_share(share, replace(share, expires_at=share.created_at))
        # The slug, the head as it stands, the place in the list, then the script.
        proxy.losses = [False, False, False, True]
        assert store.save_article(None, article, a_revision())
        assert proxy.losses == []
        proxy.losses = [True]
        assert store.reserve("another") == 1
        assert store.article(1) == article


def test_a_second_loss_is_an_error() -> None:
    with Server() as server, Proxy(server.port) as proxy, connected(f"redis://127.0.0.1:{proxy.port}") as store:
        proxy.losses = [True, True]
        assert away(store.changes) == "the store cannot be reached"


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("no memory left", ["--maxmemory", "1"], "no memory left"),
        ("a replica", ["--replicaof", "127.0.0.1 1"], "no writes"),
        ("too few replicas", ["--min-replicas-to-write", "1"], "NOREPLICAS"),
        ("a password", ["--requirepass", "secret"], "name and password"),
        ("a node of a cluster that is down", ["--cluster-enabled", "yes"], "cluster"),
    ],
)
def test_a_store_that_refuses(name: str, arguments: list[str], says: str) -> None:
    with Server(*arguments) as server, connected(server.url) as store:
        assert says in away(lambda: store.issue_share(a_share()))
        assert says in away(lambda: store.issue_share(a_share())), "and it does not get stuck"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--maxmemory", "1"], "The store has no memory left: ", id="no memory left"),
        pytest.param(["--replicaof", "127.0.0.1 1"], "The store accepts no writes at present: ", id="a replica"),
        pytest.param(["--min-replicas-to-write", "1"], "The store refused: NOREPLICAS: ", id="too few replicas"),
    ],
)
def test_a_store_that_can_only_be_read_says_so(arguments: list[str], says: str) -> None:
    with Server(*arguments) as server, connected(server.url) as store:
        status = store.status()
        assert (status.reachable, status.writable) == (True, False)
        assert status.warnings[0].startswith(says)
        assert server.ask("DBSIZE") == 0
    with Server() as server, connected(server.url) as store:
        assert store.status().writable
        assert server.ask("DBSIZE") == 0, "what was tried has changed nothing"


def test_a_store_that_does_not_permit() -> None:
    with Server() as server, connected(server.url) as store:
        server.ask("ACL", "SETUSER", "default", "resetkeys", "~other:*", "-info", "-config", "-bgrewriteaof")
        assert "does not permit" in away(lambda: store.issue_share(a_share()))


def test_a_managed_store_that_keeps_its_settings_to_itself() -> None:
    with Server("--appendonly", "yes") as server, connected(server.url) as store:
        server.ask("ACL", "SETUSER", "default", "-config", "-bgrewriteaof")
        status, erasure = store.status(), store.erase()
        server.ask("ACL", "SETUSER", "default", "-info")
        silent = store.status(), store.erase()
    assert (status.appendonly, status.appendfsync, status.may_evict) == ("yes", "unknown", False)
    assert not erasure.done
    assert "does not permit BGREWRITEAOF" in erasure.detail
    assert (silent[0].reachable, silent[0].appendonly, silent[0].may_evict) == (True, "unknown", None)
    assert not silent[1].done


def test_a_key_of_another_kind_is_not_quoted() -> None:
    with Server() as server, connected(server.url) as store:
        server.ask("LPUSH", f"snip:share:{KEY}", "x")
        assert away(lambda: store.issue_share(a_share())) == "the store refused: WRONGTYPE"


def test_records_that_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    with Server() as server, connected(server.url) as store:
        for key in (f"snip:share:{KEY}", "snip:article:{1}", "snip:revision:{1}:1", "snip:alignment:{1}:1:2"):
            server.ask("SET", key, "nonsense")
        for call in (
            lambda: store.open_share(a_share().id, 2),
            lambda: store.issue_share(a_share(article=2)),
            lambda: store.article(1),
            lambda: store.revision(1, 1),
            lambda: store.alignment(1, 1, 2),
        ):
            with pytest.raises(RecordUnreadable):
                call()


def test_the_log_is_short_and_keeps_secrets(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), Server() as server:
        with connected(f"redis://me:hunter2@127.0.0.1:{server.port}") as store:
            for _ in range(50):
                assert "hunter2" not in away(lambda: store.issue_share(a_share()))
        with connected("redis://:hunter2@127.0.0.1:1") as store:
            for _ in range(50):
                away(lambda: store.issue_share(a_share()))
        with connected(server.url) as store:
            server.ask("CONFIG", "SET", "maxmemory", "1")
            for _ in range(50):
                assert store.changes() == 0, "it answers,"
                assert "no memory" in away(lambda: store.issue_share(a_share())), "and takes no writes"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("snippetsvc")]
    assert len(ours) == 4, ours
    assert not any("hunter2" in record.getMessage() for record in caplog.records)
