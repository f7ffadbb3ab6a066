"""A service while a document is prepared in its process: its readers, its secrets, and how the two end."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from tests.processes import is_running, preparing_for, workers_of
from tests.service import PUBLISH_KEY, PUBLISHER, Answer, Service
from tests.waiting import eventually
from tests.web.problems import is_problem

WORDS = "<h1>Title</h1><p>Some words.</p>"
#: Each end tag has a parser look through all that is open.
SLOW = "<div>" * 9_000 + "a" + "</li>" * 1_000_000
#: In ticks, by which the system counts the processor time of a process.
SECOND = os.sysconf("SC_CLK_TCK")
SIGNING_KEY = "signing-key-of-this-test"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with Service(tmp_path / "data", WORKERS="1", SECRET_KEYS=SIGNING_KEY) as service:
        assert service.publish("one", WORDS).status == 201
        yield service


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(24) as threads:
        yield threads


def preparing(service: Service) -> int:
    (worker,) = workers_of(service.process.pid)
    (process,) = preparing_for(worker)
    return process


def slowly(service: Service, threads: ThreadPoolExecutor) -> Future[Answer]:
    """The publication of a document that takes too long, which has begun to be prepared."""
    at_rest = preparing(service)
    publication = publishing(service, threads, "two", SLOW)
    spent = _ticks(at_rest)
    # More than it takes to read it.
    eventually(lambda: _ticks(at_rest) > spent + SECOND // 2)
    return publication


def publishing(service: Service, threads: ThreadPoolExecutor, slug: str, html: str) -> Future[Answer]:
    """It waits for longer than the service does for anything."""
    return threads.submit(service.call, "PUT", f"/api/v1/articles/{slug}", {"html": html}, PUBLISHER, 120)


def _ticks(pid: int) -> int:
    """Processor time that it has taken. Raises `OSError` when there is no such process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def test_readers_are_answered_while_a_document_takes_too_long_and_others_wait(
    service: Service, threads: ThreadPoolExecutor
) -> None:
    publication = slowly(service, threads)
    at_work = preparing(service)
    behind = [publishing(service, threads, f"article-{number}", WORDS) for number in range(20)]
    # Not by the clock, which a busy machine stretches: within each second that the process works, a reader is answered.
    answered_at = [_ticks(at_work)]
    # In the end there is no such process.
    with suppress(OSError):
        while not wait([publication], 0.05).done:
            assert service.get("/articles/one").status == 200
            answered_at.append(_ticks(at_work))
    assert len(answered_at) > 10
    assert max(after - before for before, after in pairwise(answered_at)) < SECOND

    answer = publication.result()
    assert answer.status == 422
    assert [(each["pointer"], each["rule"]) for each in answer.json["errors"]] == [("/html", "time")]
    assert service.get("/articles/two").status == 404
    assert service.publish("two", WORDS).status == 201

    answers = [each.result() for each in behind]
    assert {each.status for each in answers} <= {201, 503}
    # Sixteen may be in line, and on a busy machine some of them wait for too long.
    turned_away = [each for each in answers if each.status == 503]
    assert len(turned_away) >= 5
    assert all(1 <= int(each.headers["retry-after"]) <= 30 for each in turned_away)
    assert "documents" in turned_away[0].json["detail"]


@pytest.mark.parametrize(
    ("name", "html", "text"),
    [
        ("emphasis", f"<!doctype html><h1>T</h1><p>{'<em>word</em> ' * 10_000}", "T\n" + "word " * 9_999 + "word"),
        ("links", f"<!doctype html><h1>T</h1><p>{'<a href=/x>word</a> ' * 10_000}", "T\n" + "word " * 9_999 + "word"),
        ("breaks", f"<h1>T</h1>{'<p>a<br></p>' * 30_000}", "T" + "\na" * 30_000),
        ("struck", f"<h1>T</h1>{'<div class=line-through>' * 100}{'<p>a</p>' * 30_000}", "T" + "\na" * 30_000),
    ],
)
def test_what_has_many_elements_is_published(service: Service, name: str, html: str, text: str) -> None:
    answer = service.call("PUT", f"/api/v1/articles/{name}", {"html": html, "title": "T"}, PUBLISHER, 120)
    assert answer.status == 201
    assert service.text(name) == text


def test_two_megabytes_of_paragraphs_are_refused_by_their_number(service: Service) -> None:
    answer = service.call("PUT", "/api/v1/articles/two", {"html": "<p>a</p>" * 250_000}, PUBLISHER, 60)
    assert answer.status == 422
    assert [(each["pointer"], each["rule"]) for each in answer.json["errors"]] == [("/html", "elements")]


def test_several_publish_at_once(service: Service, threads: ThreadPoolExecutor) -> None:
    published = [threads.submit(service.publish, f"article-{number}", WORDS) for number in range(8)]
    assert [each.result().status for each in published] == [201] * 8


def test_what_reads_a_document_knows_no_secrets(service: Service) -> None:
    environ = Path(f"/proc/{preparing(service)}/environ").read_text()
    assert "PYTHONPATH" in environ
    for secret in ("SNIPPETSVC_", PUBLISH_KEY, SIGNING_KEY):
        assert secret not in environ


def test_when_it_is_killed_another_prepares_the_next_document(service: Service) -> None:
    os.kill(preparing(service), signal.SIGKILL)
    assert service.publish("one", "<p>Others.</p>").json["revision"] == 2
    assert "Traceback" not in service.log()


def test_killed_at_work_it_is_tried_once_more(service: Service, threads: ThreadPoolExecutor) -> None:
    publication = slowly(service, threads)
    (worker,) = workers_of(service.process.pid)
    first = preparing(service)
    os.kill(first, signal.SIGKILL)
    second = eventually(lambda: set(preparing_for(worker)) - {first}).pop()
    os.kill(second, signal.SIGKILL)
    problem = is_problem(publication.result(), 500)
    assert "not yours" in problem["detail"]
    assert "SIGKILL" in service.log()
    assert service.publish("one", "<p>Others.</p>").json["revision"] == 2


@pytest.mark.parametrize("at_work", [False, True], ids=["idle", "at work"])
def test_it_ends_with_its_worker(service: Service, threads: ThreadPoolExecutor, at_work: bool) -> None:
    process = preparing(service)
    publication = slowly(service, threads) if at_work else None
    (worker,) = workers_of(service.process.pid)
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: not is_running(process))
    if publication is not None:
        with suppress(OSError):
            publication.result()
    eventually(lambda: service.publish("one", "<p>Others.</p>").status == 200)
