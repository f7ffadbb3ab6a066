"""Several servers of which some or all are silent, gone or moving: no answer takes longer than two seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from snippetsvc.models import Share
from snippetsvc.store import Store
from tests.callers import Callers
from tests.store.samples import KEY, a_revision, a_share, an_article
from tests.store.servers import Mute, Server
from tests.store.several import NEVER, Cluster, Watched, cluster, watched
from tests.store.stores import connected

pytestmark = pytest.mark.several

CALLERS = 8


@pytest.fixture(scope="module")
def under_sentinels() -> Iterator[Watched]:
    with watched(NEVER) as servers, connected(servers.url) as store:
        fill(store)
        yield servers


@pytest.fixture(scope="module")
def in_a_cluster() -> Iterator[Cluster]:
    with cluster(NEVER) as servers, connected(servers.url) as store:
        fill(store)
        yield servers


def share(caller: int) -> Share:
    """Of article 1, each in a slot of its own."""
    return a_share(f"{caller}{KEY[1:]}")


def fill(store: Store) -> None:
    store.save_article(None, an_article(), a_revision())
    for caller in range(CALLERS):
        store.issue_share(share(caller))


def opening(store: Store) -> Callable[[int, int], None]:
    """What a caller does: open its share, which is there."""

    def open_one_s_own(caller: int, _: int) -> None:
        assert store.open_share(share(caller).id, 1).share == share(caller)

    return open_one_s_own


@contextmanager
def suspended(servers: Sequence[Server]) -> Iterator[None]:
    with ExitStack() as stack:
        for server in servers:
            server.suspend()
            stack.callback(server.resume)
        yield


def refuses_in_time_and_comes_back(store: Store, silent: Sequence[Server]) -> None:
    with Callers(opening(store), CALLERS) as callers:
        with suspended(silent):
            callers.until_each(good=False, times=3)
        callers.until_each(good=True)
    callers.were_answered_in_time()


@pytest.mark.parametrize("known", [True, False], ids=["in use", "new"])
def test_the_primary_and_the_sentinels_are_silent(under_sentinels: Watched, known: bool) -> None:
    with connected(under_sentinels.url) as store:
        if known:
            opening(store)(0, 0)
        refuses_in_time_and_comes_back(store, [*under_sentinels.servers, *under_sentinels.sentinels])


@pytest.mark.parametrize("known", [True, False], ids=["in use", "new"])
def test_all_nodes_are_silent(in_a_cluster: Cluster, known: bool) -> None:
    with connected(in_a_cluster.url) as store:
        if known:
            opening(store)(0, 0)
        refuses_in_time_and_comes_back(store, in_a_cluster.nodes)


def test_one_node_is_silent(in_a_cluster: Cluster) -> None:
    with connected(in_a_cluster.url) as store:
        refuses_in_time_and_comes_back(store, [in_a_cluster.owner(in_a_cluster.slot("snip:article:{1}"))])


def test_two_of_three_sentinels_are_silent(under_sentinels: Watched) -> None:
    for living in under_sentinels.sentinels:
        others = [sentinel for sentinel in under_sentinels.sentinels if sentinel is not living]
        with suspended(others), connected(under_sentinels.url) as store, Callers(opening(store)) as callers:
            callers.until_each(good=True, times=20)
        callers.were_answered_in_time()


def test_the_sentinels_go_away_and_the_primary_stays(under_sentinels: Watched) -> None:
    with connected(under_sentinels.url) as store, Callers(opening(store)) as callers:
        callers.until_each(good=True)
        with suspended(under_sentinels.sentinels):
            # Longer than whatever is remembered of them.
            callers.until_each(good=True, times=500)
    assert [call for calls in callers.calls for call in calls if not call.good] == []
    callers.were_answered_in_time()


@pytest.mark.parametrize("address", ["redis+sentinel://{}/main", "redis+cluster://{}"])
def test_whoever_is_asked_for_the_way_says_nothing(address: str) -> None:
    with ExitStack() as stack:
        hosts = ",".join(f"127.0.0.1:{stack.enter_context(Mute()).port}" for _ in range(3))
        with connected(address.format(hosts)) as store, Callers(opening(store), CALLERS) as callers:
            callers.until_each(good=False, times=3)
    callers.were_answered_in_time()


def test_a_primary_is_killed_and_nobody_takes_its_place() -> None:
    with watched(NEVER) as servers, connected(servers.url) as store:
        fill(store)
        with Callers(opening(store), CALLERS) as callers:
            callers.until_each(good=True)
            servers.servers[0].kill()
            callers.until_each(good=False, times=3)
            for sentinel in servers.sentinels:
                sentinel.kill()
            callers.until_each(good=False, times=3)
    callers.were_answered_in_time()


def test_a_cluster_is_killed_and_started_again() -> None:
    with (
        cluster(NEVER) as servers,
        connected(servers.url) as store,
        Callers(lambda *_: store.changes(), CALLERS) as callers,
    ):
        callers.until_each(good=True)
        for node in servers.nodes:
            node.kill()
        callers.until_each(good=False, times=3)
        for node in servers.nodes:
            node.start()
        callers.until_each(good=True, times=5)
    callers.were_answered_in_time()


def test_slots_move(in_a_cluster: Cluster) -> None:
    with connected(in_a_cluster.url) as store, Callers(opening(store), CALLERS) as callers:
        for key in (f"snip:share:0{KEY[1:]}", "snip:article:{1}"):
            callers.until_each(good=True)
            with in_a_cluster.moving(in_a_cluster.slot(key)):
                callers.until_each(good=True, times=5)
        callers.until_each(good=True, times=5)
    callers.were_answered_in_time()
