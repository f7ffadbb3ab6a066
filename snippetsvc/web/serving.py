"""The server: granian, with some worker processes, each of which makes an application for itself."""

from __future__ import annotations

import multiprocessing
import socket
import sys

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from snippetsvc.errors import BadSetting
from snippetsvc.web.services import Services

#: Threads of a worker that run views. Most of a request's time in one is waiting: for the store, or for the rest of a
#: slow client's body.
_THREADS = 32
#: Seconds that a worker may take to end; a request that hangs must not keep the service from stopping.
_PATIENCE = 5


def serve(services: Services) -> None:
    """Serve until the process is told to stop. Raises `BadSetting` when the address cannot be listened on."""
    settings = services.settings
    _check_free(settings.host, settings.port)
    status = services.store.status()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = settings.base_url or f"http://{host}:{settings.port}"
    click.echo(f"store: {status.durability}")
    for warning in status.warnings:
        click.echo(f"store: {warning}", err=True)
    # A forked worker would have this process's application, without the threads that keep it up to date.
    multiprocessing.set_start_method("spawn")
    server = Granian(
        "snippetsvc.web.worker:app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.on_startup(lambda: click.echo(f"serving {address}/ (Ctrl-C stops)"))
    sys.stdout.flush()
    server.serve()


def _check_free(host: str, port: int) -> None:
    """Ask for the address before the workers do, whose failures would be many lines."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadSetting(f"SNIPPETSVC_HOST, SNIPPETSVC_PORT: cannot listen on {host}:{port}: {reason}") from None
