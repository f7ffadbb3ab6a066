"""Several processes on one data directory, and how they end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import has_started, has_users, is_running, preparing_for, servers_of, workers_of
from tests.service import ROOT, Service, environment
from tests.waiting import eventually

WORDS = "<h1>Title</h1><p>Some words.</p>"


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    assert servers_of(tmp_path / "data") == []


@pytest.mark.parametrize(
    "how",
    [
        pytest.param([signal.SIGINT], id="Ctrl-C"),
        pytest.param([signal.SIGINT, signal.SIGINT], id="Ctrl-C twice"),
        pytest.param([signal.SIGTERM], id="as a service manager does"),
    ],
)
def test_it_stops_with_everything_it_started(data_dir: Path, how: list[signal.Signals]) -> None:
    with Service(data_dir, WORKERS="2") as service:
        service.publish("one", WORDS)
        token = service.share("one", "Some words")["token"]
        eventually(lambda: len(workers_of(service.process.pid)) == 2)
        eventually(lambda: all(has_started(pid) for pid in workers_of(service.process.pid)))
        preparing = [pid for worker in workers_of(service.process.pid) for pid in preparing_for(worker)]
        assert preparing
        for each in how:
            # A terminal sends it to the whole group.
            os.killpg(service.process.pid, each)
        service.process.wait(20)
        assert workers_of(service.process.pid) == []
        assert servers_of(data_dir) == []
        eventually(lambda: not any(map(is_running, preparing)))
        assert "Traceback" not in service.log()
        service.start()
        assert service.get(f"/s/{token}").status == 200


def test_a_client_that_never_ends_its_request_keeps_nothing_from_stopping(data_dir: Path) -> None:
    with Service(data_dir) as service, socket.create_connection(("127.0.0.1", service.port)) as client:
        head = "POST /api/v1/shares HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
        client.sendall(f"{head}half a b".encode())
        assert service.get("/healthz").status == 200
        service.stop()
        assert servers_of(data_dir) == []


def test_nor_when_the_first_process_was_killed(data_dir: Path) -> None:
    with Service(data_dir, WORKERS="1") as service, socket.create_connection(("127.0.0.1", service.port)) as client:
        head = "POST /api/v1/shares HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
        client.sendall(f"{head}half a b".encode())
        assert service.get("/healthz").status == 200
        (worker,) = workers_of(service.process.pid)
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait(20)
        eventually(lambda: not is_running(worker))
        eventually(lambda: servers_of(data_dir) == [])


def test_it_can_be_stopped_while_it_starts(data_dir: Path) -> None:
    for delay in (0.0, 0.3, 0.6, 0.9):
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "serve"],
            cwd=ROOT,
            env=environment(data_dir, PORT=str(Service(data_dir).port)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with_time = f"{delay} s after its start"
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGINT)
        assert process.wait(20) is not None, with_time
        eventually(lambda: servers_of(data_dir) == [])


def test_it_can_be_stopped_when_its_store_is_not_there_yet(data_dir: Path, tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "serve"],
            cwd=ROOT,
            env=environment(data_dir, PORT=str(Service(data_dir).port)),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        (store,) = eventually(lambda: servers_of(data_dir), pause=0.001)
        # Held before it listens; what stops the service finds nobody to speak to.
        os.kill(store, signal.SIGSTOP)
        os.killpg(process.pid, signal.SIGINT)
        eventually(lambda: not has_users(data_dir))
        os.kill(store, signal.SIGCONT)
        process.wait(20)
        assert servers_of(data_dir) == []
        log.seek(0)
        said = log.read()
        assert "Traceback" not in said
        assert "closed" not in said


def test_commands_at_once_in_an_empty_directory(data_dir: Path, tmp_path: Path) -> None:
    names = [f"article-{number}" for number in range(4)]
    running = []
    for name in names:
        file = tmp_path / f"{name}.html"
        file.write_text(WORDS)
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "flask", "articles", "publish", str(file)],
                cwd=ROOT,
                env=environment(data_dir),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    for name, process in zip(names, running, strict=True):
        said, wrong = process.communicate(timeout=60)
        assert (process.returncode, said, wrong) == (0, f"{name}: revision 1\n", "")
    listed = Service(data_dir).flask("articles", "list").stdout
    assert sorted(line.split("\t")[0] for line in listed.splitlines()) == names


def test_one_article_published_by_many_at_once(data_dir: Path, tmp_path: Path) -> None:
    running = []
    for number in range(3):
        file = tmp_path / f"{number}.html"
        file.write_text(f"<h1>Title</h1><p>Words of {number}.</p>")
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "flask", "articles", "publish", str(file), "--slug", "one"],
                cwd=ROOT,
                env=environment(data_dir),
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    said = [process.communicate(timeout=60)[0] for process in running]
    assert sorted(said) == [f"one: revision {number}\n" for number in (1, 2, 3)]


def test_two_services_share_a_data_directory(data_dir: Path) -> None:
    with Service(data_dir) as first:
        first.publish("one", WORDS)
        with Service(data_dir) as second:
            assert len(servers_of(data_dir)) == 1
            share = first.share("one", "Some words")
            path = f"/s/{share['token']}"
            assert second.get(path).status == 200
            first.stop()
            assert second.get(path).status == 200
            assert second.publish("one", "<p>Others.</p>").json["revision"] == 2
            first.start()
            second.kill()
            eventually(lambda: first.get(path).status == 200)
            assert first.get("/api/v1/articles/one").json["revision"] == 2


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0"])
def test_whoever_reads_the_address_is_answered(data_dir: Path, host: str) -> None:
    port = Service(data_dir).port
    with serving(data_dir, port, HOST=host) as process:
        assert process.stdout is not None
        said = [process.stdout.readline(), process.stdout.readline()]
        assert said[1] == f"serving http://{host}:{port}/ (Ctrl-C stops)\n", said
        socket.create_connection(("127.0.0.1", port)).close()


def test_two_at_once_on_one_port(data_dir: Path) -> None:
    port = Service(data_dir).port
    with serving(data_dir, port) as one, serving(data_dir, port) as other:
        failed = eventually(lambda: [process for process in (one, other) if process.poll() is not None])
        assert len(failed) == 1
        said, wrong = failed[0].communicate()
        assert (failed[0].returncode, said, len(wrong.splitlines())) == (1, "", 1), wrong
        assert "SNIPPETSVC_PORT" in wrong
        (serves,) = {one, other} - set(failed)
        assert serves.stdout is not None
        assert any(line.startswith("serving ") for line in serves.stdout)


@contextlib.contextmanager
def serving(data_dir: Path, port: int, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """`flask serve` without waiting for it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "serve"],
        cwd=ROOT,
        env=environment(data_dir, PORT=str(port), **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)


def test_a_port_that_is_taken(data_dir: Path) -> None:
    with Service(data_dir) as first:
        second = Service(data_dir.with_name("other"), PORT=str(first.port))
        done = second.flask("serve")
        assert done.returncode != 0
        assert "SNIPPETSVC_PORT" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert first.get("/healthz").status == 200
    assert servers_of(data_dir.with_name("other")) == []
