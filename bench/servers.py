"""The servers that are measured: the service itself, and the bare route, each a process of its own on 127.0.0.1."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.load import HOST

ROOT = Path(__file__).parents[1]
START_SECONDS = 60.0
STORE_VARIABLE = "BENCH_STORE_SOCKET"


def service_environment(data_dir: Path, port: int, workers: int) -> dict[str, str]:
    """An environment without the user's own settings of the service."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SNIPPETSVC_")}
    return {
        **kept,
        "SNIPPETSVC_DATA_DIR": str(data_dir),
        "SNIPPETSVC_HOST": HOST,
        "SNIPPETSVC_PORT": str(port),
        "SNIPPETSVC_WORKERS": str(workers),
    }


def flask(*arguments: str, environment: Mapping[str, str]) -> None:
    """One command of the service's command line, to its end."""
    subprocess.run(
        [sys.executable, "-m", "flask", *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def served(arguments: Sequence[str], environment: Mapping[str, str], ready: str) -> Iterator[None]:
    """A server, from the moment that `ready` (an address) answers until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the benchmark, which then ends its servers in order
    )
    try:
        _wait(process, ready)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _wait(process: subprocess.Popen[str], ready: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            assert process.stderr
            raise SystemExit(f"error: the server ended at once:\n{process.stderr.read()}")
        try:
            with urllib.request.urlopen(ready, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"error: nothing answers at {ready} after {START_SECONDS:.0f} s")


def store_socket(data_dir: Path) -> Path:
    """The Unix socket of the embedded store that serves `data_dir`."""
    sockets = [path for path in data_dir.rglob("*") if stat.S_ISSOCK(path.stat().st_mode)]
    if len(sockets) != 1:
        raise SystemExit(f"error: one socket was expected in {data_dir}, there are {len(sockets)}")
    return sockets[0]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port
