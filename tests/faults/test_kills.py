"""`kill -9` of the service and of its embedded store: a link that was acknowledged opens."""

from __future__ import annotations

import json
import os
import secrets
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.processes import servers_of, workers_of
from tests.service import Service
from tests.waiting import eventually

HTML = "<h1>Under load</h1><p>" + " ".join(f"word{number}" for number in range(300)) + "</p>"
LINKS = 1_000


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Service]:
    with Service(tmp_path / "data", WORKERS="2") as service:
        assert service.publish("load", HTML).status == 201
        yield service
    # Workers whose first process was killed may still be leaving.
    eventually(lambda: servers_of(service.data_dir) == [])


class Reader:
    """Asks for links over a connection of its own, each until it is given one."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._connection: HTTPConnection | None = None

    def link(self, start: int) -> tuple[str, Any]:
        """The key it was asked for with, and the share."""
        key = secrets.token_urlsafe(24)
        position = {"type": "TextPositionSelector", "start": start, "end": start + 20}
        body = json.dumps({"article": "load", "snippets": [{"selectors": [position]}]})
        while True:
            with suppress(OSError, HTTPException):
                status, answer = self._post(key, body)
                assert status in (201, 503), answer
                if status == 201:
                    return key, json.loads(answer)
            self.close()
            time.sleep(0.05)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _post(self, key: str, body: str) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._service.port, timeout=10)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        self._connection.request("POST", "/api/v1/shares", body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def kill_the_store(service: Service) -> None:
    for pid in servers_of(service.data_dir):
        os.kill(pid, signal.SIGKILL)


def test_a_thousand_acknowledged_links_open(busy: Service) -> None:
    acknowledged: list[tuple[str, Any]] = []
    enough = threading.Event()

    def issue(worker: int) -> None:
        start = worker
        with closing(Reader(busy)) as reader:
            while not enough.is_set():
                acknowledged.append(reader.link(start % 1_500))
                start += 7

    def has(count: int) -> None:
        eventually(lambda: len(acknowledged) >= count)

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(issue, worker) for worker in range(4)]
        try:
            for step, count in enumerate(range(150, LINKS, 150)):
                has(count)
                if step % 3 == 0:
                    kill_the_store(busy)
                elif step % 3 == 1:
                    busy.kill()
                    busy.start()
                else:
                    busy.kill()
                    kill_the_store(busy)
                    busy.start()
            has(LINKS)
            kill_the_store(busy)
            busy.kill()
        finally:
            enough.set()
            if busy.process.poll() is not None:
                busy.start()
        for each in running:
            each.result()

    text = busy.text("load")
    assert len(acknowledged) >= LINKS
    assert len({share["token"] for _, share in acknowledged}) == len(acknowledged)
    for _, share in acknowledged:
        opened = busy.get(f"/api/v1/shares/{share['token']}")
        assert opened.status == 200, opened.text
        assert opened.json["snippets"] == share["snippets"]
        assert opened.json["snippets"][0]["quote"] in text
    for _, share in acknowledged[:: LINKS // 10]:
        assert '<mark class="snippet"' in busy.get(share["url"]).text


def test_a_retry_after_the_kill_is_the_same_link(busy: Service) -> None:
    with closing(Reader(busy)) as reader:
        key, share = reader.link(0)
    busy.kill()
    kill_the_store(busy)
    busy.start()

    position = {"type": "TextPositionSelector", "start": 0, "end": 20}
    body = {"article": "load", "snippets": [{"selectors": [position]}]}
    again = busy.call("POST", "/api/v1/shares", body, {"Idempotency-Key": key})

    assert again.json == share


def test_a_worker_that_is_killed_is_replaced(busy: Service) -> None:
    workers = workers_of(busy.process.pid)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)

    eventually(lambda: len(set(workers_of(busy.process.pid)) - {workers[0]}) == 2)
    for _ in range(20):
        eventually(lambda: busy.get("/articles/load").status == 200)
    with closing(Reader(busy)) as reader:
        reader.link(0)


def test_the_service_can_be_started_again_when_only_its_first_process_was_killed(busy: Service) -> None:
    with closing(Reader(busy)) as reader:
        _, share = reader.link(0)
    os.kill(busy.process.pid, signal.SIGKILL)
    busy.process.wait(20)

    busy.start()

    # The workers of the first one may answer for a moment longer.
    eventually(lambda: busy.get(share["url"]).status == 200)
