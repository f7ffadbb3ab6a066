"""The server: granian, with some worker processes, each of which makes an application for itself."""

from __future__ import annotations

import multiprocessing
import socket
import sys
import threading
import time
from typing import Any

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from snippetsvc.errors import BadSetting
from snippetsvc.run.settings import Settings
from snippetsvc.store import Store

#: Threads of a worker that run views. Most of a request's time in one is waiting for the store.
THREADS = 32
#: Seconds that a worker may take to end; a request that hangs must not keep the service from stopping.
PATIENCE = 5
#: Seconds between two looks whether a worker listens.
_PAUSE = 0.05


def serve(settings: Settings, store: Store) -> None:
    """Serve until the process is told to stop. Raises `BadSetting` when the address cannot be listened on."""
    try:
        family, listening = _address(settings.host, settings.port)
        reserved = _reserve(family, listening)
    except OSError as error:
        where = f"{settings.host}:{settings.port}: {error.strerror or error}"
        raise BadSetting(f"SNIPPETSVC_HOST, SNIPPETSVC_PORT: cannot listen on {where}") from None
    status = store.status()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = settings.base_url or f"http://{host}:{settings.port}"
    click.echo(f"store: {status.durability}")
    for warning in status.warnings:
        click.echo(f"store: {warning}", err=True)
    # A forked worker would have this process's application, without the threads that keep it up to date.
    multiprocessing.set_start_method("spawn")
    server = Granian(
        "snippetsvc.run.worker:app",
        factory=True,
        address=listening[0],
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        websockets=False,
        log_level=LogLevels.error,
    )
    sys.stdout.flush()
    with reserved:
        ready = f"serving {address}/ (Ctrl-C stops)"
        threading.Thread(target=_announce, args=(family, listening, ready), name="announce", daemon=True).start()
        server.serve()


def _announce(family: socket.AddressFamily, address: tuple[Any, ...], ready: str) -> None:
    """Say `ready` when the first worker listens: until then whoever follows the address is refused."""
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as visitor:
            if visitor.connect_ex(address) == 0:
                break
        time.sleep(_PAUSE)
    click.echo(ready)


def _address(host: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    """The address that `host` stands for, as sockets take it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # IPv4 first, which is what everybody expects of "localhost".
    family, *_, address = min(found, key=lambda each: each[0])
    return family, address


def _reserve(family: socket.AddressFamily, address: tuple[Any, ...]) -> socket.socket:
    """A socket that keeps the address for this service until it is closed. Raises `OSError` when it is taken.

    The workers ask for the address late, with many lines if it is taken, and share it with whoever else shares it: two
    services that start at once would answer readers in turn. So it is asked for here, and alone.
    """
    reserved = socket.socket(family, socket.SOCK_STREAM)
    try:
        with socket.socket(family, socket.SOCK_STREAM) as alone:
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind(address)
            # Elsewhere granian itself listens before it starts workers.
            if sys.platform == "linux":
                # Several may have bound it by now; one can listen. From then on it is shared with the workers alone.
                alone.listen(1)
                alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                reserved.bind(address)
    except BaseException:
        reserved.close()
        raise
    return reserved
