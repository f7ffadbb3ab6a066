"""Stores at an address: each kind of it, for real, and what happens when a server of it is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from snippetsvc.errors import StoreAway
from snippetsvc.models import Retracted, Revision, Share
from snippetsvc.store import Store
from tests.store.samples import KEY, a_revision, a_share, an_article, info
from tests.store.servers import CERTIFICATES, Proxy, Server
from tests.store.several import cluster, watched
from tests.store.stores import connected
from tests.waiting import eventually


def use(store: Store) -> None:
    """Everything a store is for, once."""
    article = replace(an_article(store.reserve("a-slug")), number=store.reserve("a-slug"))
    assert store.save_article(None, article, a_revision(article.number))
    revised = replace(article, revisions=(*article.revisions, info(2)))
    assert store.save_article(article, revised, Revision(article.number, 2, "<p>Two.</p>"))
    assert store.save_alignment(article.number, 1, 2, b"data")
    for number in range(12):
        share = keyed(number, article.number)
        assert store.issue_share(share) == (revised, share, True)
        assert store.open_share(share.id, article.number) == (revised, share)
        assert store.save_share(share, replace(share, expires_at=share.created_at))
    assert store.recent(10) == [revised]
    retracted = replace(revised, revisions=(replace(revised.revisions[0], retracted=True), revised.revisions[1]))
    assert store.retract(revised, retracted, [Retracted(revised.number, 1)])
    assert store.alignment(article.number, 1, 2) is None
    assert store.erase().done
    assert store.status().reachable


def keyed(number: int, article: int = 1) -> Share:
    return a_share(f"{number:03}{KEY[3:]}", article)


def test_plain() -> None:
    with Server() as server, connected(server.url) as store:
        use(store)


@pytest.mark.parametrize(
    "settings", [["--appendonly", "yes"], ["--save", "3600 1"], ["--appendonly", "yes", "--save", "3600 1"]]
)
def test_retracted_words_leave_the_files_of_a_store_of_one_s_own(settings: list[str]) -> None:
    with Server(*settings) as server, connected(server.url) as store:
        article = an_article(store.reserve("a-slug"))
        # Such that snapshots, which compress what they can, keep it as it is.
        words = Revision(article.number, 1, random.Random(1).randbytes(2000).hex())
        store.save_article(None, article, words)
        record = server.ask("GET", f"snip:revision:{{{article.number}}}:1")[20:60]
        server.ask("BGREWRITEAOF" if "--appendonly" in settings else "SAVE")
        eventually(lambda: not server.ask("INFO", "persistence")["aof_rewrite_in_progress"])
        retracted = replace(article, revisions=(replace(article.revisions[0], retracted=True),))
        assert [path for path in server.directory.rglob("*") if path.is_file() and record in path.read_bytes()]
        assert store.retract(article, retracted, [Retracted(article.number, 1)])
        erasure = store.erase()
        assert erasure.done, erasure.detail
        assert not [path for path in server.directory.rglob("*") if path.is_file() and record in path.read_bytes()]


def test_plain_with_a_password_and_a_database() -> None:
    with Server("--requirepass", "p@ss/w:rd") as server:
        with connected(f"redis://:p%40ss%2Fw%3Ard@localhost:{server.port}/3") as store:
            use(store)
        with connected(f"redis://default:p%40ss%2Fw%3Ard@localhost:{server.port}/3") as store:
            assert store.find("a-slug") == 1
        for url in (server.url, f"redis://:wrong@127.0.0.1:{server.port}"):
            with connected(url) as store, pytest.raises(StoreAway, match="name and password"):
                store.find("a-slug")


def test_unix_socket(tmp_path: Path) -> None:
    path = tmp_path / "a socket"
    with Server("--unixsocket", str(path)), connected(f"unix://{str(path).replace(' ', '%20')}") as store:
        use(store)


def test_tls() -> None:
    with Server() as server, Proxy(server.port, CERTIFICATES / "server.pem") as proxy:
        trusted = f"ssl_ca_certs={CERTIFICATES / 'authority.pem'}"
        for url in (
            f"rediss://localhost:{proxy.port}?{trusted}",
            f"rediss://127.0.0.1:{proxy.port}/1?{trusted}",
            f"rediss://127.0.0.1:{proxy.port}/2?ssl_cert_reqs=none",
        ):
            with connected(url) as store:
                use(store)


def test_tls_that_cannot_be_trusted() -> None:
    with Server() as server, Proxy(server.port, CERTIFICATES / "server.pem") as proxy:
        with connected(f"rediss://localhost:{proxy.port}") as store, pytest.raises(StoreAway, match="not trusted"):
            store.find("a-slug")
        with connected(f"rediss://localhost:{server.port}") as store, pytest.raises(StoreAway):
            store.find("a-slug")


@pytest.mark.several
def test_sentinel() -> None:
    with watched() as servers:
        primary, replica = servers.servers
        known = servers.sentinels[1].port
        with connected(f"redis+sentinel://127.0.0.1:1,127.0.0.1:{known}/main/0") as store:
            use(store)
            assert "replicas (1) were not reached" in store.erase().detail
            primary.ask("WAIT", 1, 5000)
            primary.kill()
            with pytest.raises(StoreAway):
                store.find("a-slug")
            assert eventually(lambda: store.find("a-slug")) == 1
            assert store.issue_share(keyed(99)).fresh
            assert replica.ask("EXISTS", f"snip:share:099{KEY[3:]}") == 1


@pytest.mark.several
def test_sentinel_demotes_the_master_while_it_lives() -> None:
    with watched() as servers, connected(servers.url) as store:
        primary, _ = servers.servers
        assert store.reserve("a-slug") == 1
        eventually(lambda: servers.sentinels[0].ask("SENTINEL", "FAILOVER", "main"))
        eventually(lambda: "slave" in str(primary.ask("ROLE")))
        eventually(lambda: store.find("a-slug"))
        assert store.reserve("another") == 2


@pytest.mark.several
def test_sentinel_that_does_not_know_the_service() -> None:
    with (
        watched() as servers,
        connected(f"redis+sentinel://127.0.0.1:{servers.sentinels[0].port}/other") as store,
        pytest.raises(StoreAway, match="cannot be reached"),
    ):
        store.find("a-slug")


@pytest.mark.several
def test_cluster() -> None:
    with cluster() as servers:
        nodes = servers.nodes
        with connected(f"redis+cluster://127.0.0.1:1,127.0.0.1:{nodes[1].port}") as store:
            use(store)
            with servers.moving(servers.slot(f"snip:share:000{KEY[3:]}")), connected(servers.url) as another:
                assert another.open_share(keyed(0).id, 1).share is not None, "asked for where it has gone to"
            assert all_open(store)
            nodes[0].ask("WAIT", 1, 5000)
            nodes[0].kill()
            eventually(lambda: all_open(store))


def all_open(store: Store) -> bool:
    return all(store.open_share(keyed(number).id, 1).share for number in range(12))
