"""The store is away: at start or later, silent or gone. Reading goes on, waits are bounded, and it comes back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from snippetsvc.store.keys import CHANGES
from tests.ports import own_port
from tests.processes import ports_of, workers_of
from tests.service import PUBLISH_KEY, PUBLISHER, Answer, Service
from tests.store.servers import Mute, Server
from tests.waiting import FAR_TOO_LONG, eventually

WORKERS = 2
HTML = "<h1>Title</h1><p>Some words of {}.</p>"
SECRETS = "the-signing-key-of-the-faults"


def outer(tmp_path: Path, port: int, **settings: str) -> Service:
    """A service with an external store at this port."""
    url = f"redis://127.0.0.1:{port}"
    return Service(tmp_path / "data", REDIS_URL=url, SECRET_KEYS=SECRETS, WORKERS=str(WORKERS), **settings)


def timed(call: Callable[[], Answer]) -> Answer:
    """The answer of `call`, which came before long."""
    start = time.monotonic()
    answer = call()
    assert time.monotonic() - start < FAR_TOO_LONG, f"{answer.status} {answer.text[:200]}"
    return answer


def share_body(slug: str) -> dict[str, object]:
    return {"article": slug, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Some words"}]}]}


def refusals(service: Service, share: Any) -> list[Callable[[], Answer]]:
    """Calls that need the store."""
    token = share["token"]
    manager = {"Authorization": f"Bearer {share['manage_key']}"}
    api = f"/api/v1/shares/{token}"
    return [
        lambda: service.get(f"/s/{token}"),
        lambda: service.get(f"/s/{token}/print"),
        lambda: service.get(f"/s/{token}.txt"),
        lambda: service.get(f"/s/{token}/qr.svg"),
        lambda: service.get(f"/oembed?url={service.url}/s/{token}"),
        lambda: service.get(api),
        lambda: service.call("PATCH", api, {"expires_in": 60}, manager),
        lambda: service.call("DELETE", api, headers=manager),
        lambda: service.call("POST", "/api/v1/shares", share_body("article-1")),
        lambda: service.call("PUT", "/api/v1/articles/article-1", {"html": "<p>New</p>"}, PUBLISHER),
        lambda: service.get("/articles/never-seen"),
        lambda: service.get("/api/v1/articles/never-seen/text"),
        lambda: service.get("/sitemap.xml"),
        lambda: service.get("/sitemap-1.xml"),
        lambda: service.get("/readyz"),
    ]


def is_refusal(answer: Answer) -> None:
    assert answer.status == 503, answer.text
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["cache-control"] == "no-store"
    kind = answer.headers["content-type"]
    assert kind in ("application/problem+json", "text/html; charset=utf-8", "application/json")
    if kind == "application/problem+json":
        assert answer.json["status"] == 503


@pytest.fixture
def valkey() -> Iterator[Server]:
    """It writes down every command, also those that ask for what it wrote."""
    with Server("--slowlog-log-slower-than", "0", "--slowlog-max-len", "10000") as server:
        yield server


def have_looked_twice(service: Service, valkey: Server) -> bool:
    """Whether each worker has, for recent articles: what the first look found is at hand by the second."""
    looks = Counter(
        int(address.rpartition(b":")[2])
        for _, _, _, command, address, *_ in valkey.ask("SLOWLOG", "GET", 10_000)
        if command == [b"GET", CHANGES.encode()]
    )
    workers = workers_of(service.process.pid)
    return len(workers) == WORKERS and all(sum(looks[port] for port in ports_of(each)) > 1 for each in workers)


@pytest.fixture
def published(tmp_path: Path, valkey: Server) -> None:
    """Three articles, published by a service that is no more."""
    with outer(tmp_path, valkey.port) as before:
        for number in range(3):
            assert before.publish(f"article-{number}", HTML.format(number)).status == 201


@pytest.fixture
def service(tmp_path: Path, valkey: Server, published: None) -> Iterator[Service]:
    """A service whose workers have been asked for nothing but a list and a share."""
    with outer(tmp_path, valkey.port) as running:
        yield running


@pytest.mark.parametrize(
    ("away", "back"),
    [
        pytest.param(Server.suspend, Server.resume, id="silent"),
        pytest.param(Server.kill, Server.start, id="gone"),
    ],
)
def test_a_store_that_goes_away(
    service: Service, valkey: Server, away: Callable[[Server], None], back: Callable[[Server], None]
) -> None:
    share = service.share("article-0", "Some words")
    valkey.ask("SLOWLOG", "RESET")
    eventually(lambda: have_looked_twice(service, valkey), pause=0.2)
    if away is Server.kill:
        valkey.ask("SAVE")
    away(valkey)
    try:
        for number in range(10):
            page = timed(partial(service.get, f"/articles/article-{number % 3}"))
            assert page.status == 200, page.text
            assert f"Some words of {number % 3}" in page.text
        for path in (
            "/",
            "/articles/article-1/print",
            "/api/v1/articles/article-2/text",
            "/api/v1/articles",
            "/robots.txt",
        ):
            assert timed(partial(service.get, path)).status == 200, path
        feed = timed(lambda: service.get("/feed.atom"))
        assert [f"/articles/article-{number}" in feed.text for number in range(3)] == [True] * 3
        assert timed(lambda: service.get("/healthz")).json == {"status": "ok"}
        for refused in refusals(service, share):
            is_refusal(timed(refused))
        with ThreadPoolExecutor(24) as pool:
            crowd = [pool.submit(timed, refused) for refused in refusals(service, share) * 3]
            readers = [pool.submit(timed, lambda: service.get("/articles/article-1")) for _ in range(10)]
            assert {reader.result().status for reader in readers} == {200}
            for each in crowd:
                is_refusal(each.result())
    finally:
        back(valkey)
    # Several in a row, so that each worker is back.
    eventually(lambda: all(service.get("/readyz").status == 200 for _ in range(10)))
    eventually(lambda: all(service.get(share["url"]).status == 200 for _ in range(10)))
    assert service.call("POST", "/api/v1/shares", share_body("article-1")).status == 201
    log = service.log()
    assert "Traceback" not in log
    for secret in (share["token"], share["token"].partition(".")[2], share["manage_key"], PUBLISH_KEY, SECRETS):
        assert secret not in log


def test_a_store_that_takes_no_writes(service: Service, valkey: Server) -> None:
    share = service.share("article-0", "Some words")
    assert service.get("/readyz").json["store"]["writable"]
    assert service.publish("article-0", HTML.format("yesterday")).status == 200
    # Without what was kept of the comparison, it is made anew, and cannot be kept.
    for key in valkey.ask("KEYS", "*alignment*"):
        valkey.ask("DEL", key)
    valkey.ask("CONFIG", "SET", "maxmemory", "1")
    opened = service.get(share["url"])
    assert opened.status == 200, opened.text
    assert '<mark class="snippet"' in opened.text
    is_refusal(timed(lambda: service.call("POST", "/api/v1/shares", share_body("article-1"))))
    ready = service.get("/readyz")
    is_refusal(ready)
    assert (ready.json["store"]["reachable"], ready.json["store"]["writable"]) == (True, False)
    valkey.ask("CONFIG", "SET", "maxmemory", "0")
    assert service.call("POST", "/api/v1/shares", share_body("article-1")).status == 201
    assert service.get("/readyz").status == 200


@pytest.mark.parametrize("silent", [False, True], ids=["nobody listens", "nobody answers"])
def test_a_store_that_is_away_at_start(tmp_path: Path, silent: bool) -> None:
    if silent:
        with Mute() as mute, outer(tmp_path, mute.port) as service:
            refuses_all(service)
        return
    port = own_port()
    with outer(tmp_path, port) as service:
        refuses_all(service)
        with Server(port=port):
            eventually(lambda: service.get("/readyz").status == 200)
            # The other worker may still spare the store, which did not answer it half a second ago.
            eventually(lambda: service.publish("first", HTML.format(1)).status == 201)
            eventually(lambda: all(service.get("/articles/first").status == 200 for _ in range(10)))


def refuses_all(service: Service) -> None:
    assert service.get("/healthz").status == 200
    for path in ("/", "/articles/first", "/api/v1/articles", "/feed.atom", "/sitemap.xml", "/readyz"):
        is_refusal(timed(partial(service.get, path)))
    is_refusal(timed(lambda: service.call("POST", "/api/v1/shares", share_body("first"))))
    forged = "1-" + "A" * 22 + "." + "A" * 43
    assert service.get(f"/s/{forged}").status == 404
    assert "Traceback" not in service.log()


def test_commands_say_it_in_one_line(tmp_path: Path) -> None:
    service = outer(tmp_path, own_port())
    for arguments in (["articles", "list"], ["articles", "withdraw", "x"], ["articles", "demo"]):
        done = service.flask(*arguments)
        assert done.returncode != 0
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
