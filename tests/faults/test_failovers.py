"""Another server becomes the primary while links are made, asked for or not: the service is back two seconds later.

How many acknowledged links are gone then is printed and recorded with the result (`lost`); it is not judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis

from snippetsvc.errors import StoreAway
from snippetsvc.store import Store
from tests.callers import Call, Callers
from tests.service import Service
from tests.store.samples import a_share
from tests.store.servers import Server
from tests.store.several import LAST_SLOTS, SERVICE, cluster, watched
from tests.store.stores import connected
from tests.waiting import FAR_TOO_LONG, eventually

pytestmark = pytest.mark.several

#: A writer is back when it has made so many links in a row that stand on the new primary.
ENOUGH = 10
SIGNING_KEY = "signing-key-of-the-tests"


@dataclass(frozen=True, slots=True)
class Handover:
    """old, heir: the primary, and what is to take its place. ask: for that. named: whether most say that it has.

    client: a redis-py client of whatever has the links in the end.
    """

    url: str
    old: Server
    heir: Server
    ask: Callable[[], object]
    named: Callable[[], bool]
    client: Any


@contextmanager
def under_sentinels() -> Iterator[Handover]:
    with watched() as servers:
        old, heir = servers.servers
        with redis.Redis(port=heir.port) as client:
            yield Handover(
                servers.url,
                old,
                heir,
                lambda: eventually(lambda: servers.sentinels[0].ask("SENTINEL", "FAILOVER", SERVICE)),
                lambda: servers.primary() is heir,
                client,
            )


@contextmanager
def in_a_cluster() -> Iterator[Handover]:
    with cluster() as servers:
        old, heir = servers.nodes[0], servers.nodes[3]
        yield Handover(
            servers.url,
            old,
            heir,
            lambda: heir.ask("CLUSTER", "FAILOVER"),
            lambda: servers.owner(LAST_SLOTS[0]) is heir,
            servers.client,
        )


def killed(handover: Handover) -> None:
    handover.old.kill()


def asked_for(handover: Handover) -> None:
    handover.ask()


class Links:
    """Links that are made all the time: by writer 0 through the service, by the others through a store of their own."""

    def __init__(self, store: Store, service: Service) -> None:
        self._store = store
        self._service = service
        #: By writer and turn, the key under which an acknowledged link is stored.
        self.keys: dict[tuple[int, int], str] = {}

    def make(self, writer: int, turn: int) -> None:
        made = self._by_the_service() if writer == 0 else self._by_the_store(writer, turn)
        self.keys[writer, turn] = f"snip:share:{made.partition('-')[2]}"

    def _by_the_store(self, writer: int, turn: int) -> str:
        share = a_share(f"link-{writer}-{turn:015}")
        assert self._store.issue_share(share).stored == share
        return share.id

    def _by_the_service(self) -> str:
        quote = {"type": "TextQuoteSelector", "exact": "words"}
        answer = self._service.call(
            "POST", "/api/v1/shares", {"article": "marked", "snippets": [{"selectors": [quote]}]}
        )
        if answer.status == 503:
            assert int(answer.headers["retry-after"]) >= 1
            raise StoreAway(answer.text)
        assert answer.status == 201, answer.text
        return str(answer.json["token"]).partition(".")[0]

    def gone(self, client: Any, made: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those of the links that are not there."""
        asked = list(made)
        pipe = client.pipeline(transaction=False)
        for each in asked:
            pipe.exists(self.keys[each])
        return {each for each, there in zip(asked, pipe.execute(), strict=True) if not there}


@pytest.mark.parametrize("servers", [under_sentinels, in_a_cluster])
@pytest.mark.parametrize("fault", [killed, asked_for])
def test_writers_are_back(
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    servers: Callable[[], AbstractContextManager[Handover]],
    fault: Callable[[Handover], None],
) -> None:
    with (
        servers() as handover,
        Service(tmp_path / "data", WORKERS="2", REDIS_URL=handover.url, SECRET_KEYS=SIGNING_KEY) as service,
        connected(handover.url) as store,
    ):
        assert service.publish("marked", "<p>Some words.</p>").status == 201
        links = Links(store, service)

        def all_are_back() -> bool:
            last = [call for calls in callers.calls for call in calls[-ENOUGH:]]
            return all(call.good for call in last) and not links.gone(
                handover.client, [(call.caller, call.turn) for call in last]
            )

        with Callers(links.make) as callers:
            callers.until_each(good=True, times=ENOUGH)
            fault(handover)
            eventually(handover.named)
            named = time.monotonic()
            callers.until_each(good=True, times=ENOUGH)
            eventually(all_are_back)

        lost = eventually(lambda: (links.gone(handover.client, links.keys),))[0]
        gaps = [back_after(named, calls, lost) for calls in callers.calls]
        print(f"{len(lost)} of {len(links.keys)} acknowledged links lost; back after", *(f"{gap:.2f}" for gap in gaps))
        record_property("lost", f"{len(lost)} of {len(links.keys)}")
        assert "Traceback" not in service.log()
        callers.were_answered_in_time()
        assert max(gaps) < FAR_TOO_LONG


def back_after(named: float, calls: Iterable[Call], lost: set[tuple[int, int]]) -> float:
    """Seconds from `named` to the first link of a writer after which none was refused or lost."""
    back = None
    for call in calls:
        if not call.good or (call.caller, call.turn) in lost:
            back = None
        elif back is None and call.started > named:
            back = call.ended - named
    assert back is not None
    return back
