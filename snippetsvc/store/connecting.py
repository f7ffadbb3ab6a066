"""Connecting: from the settings to a store. A store that cannot be reached is no error yet."""

from __future__ import annotations

from pathlib import Path

from snippetsvc.store.addresses import parse
from snippetsvc.store.client import Client
from snippetsvc.store.connections import tcp_pool, unix_pool
from snippetsvc.store.embedded import Embedded
from snippetsvc.store.routes import OneServer
from snippetsvc.store.store import Store


def connect(url: str | None, data_dir: Path) -> Store:
    """The store at `url` (see `addresses`), or without one the embedded store in `data_dir`, started if need be.

    Raises `BadSetting` for a URL that cannot be understood, and for a data directory that cannot be used.
    """
    if url is None:
        return _embedded(data_dir)
    address = parse(url)
    if address.path:
        return Store(Client(OneServer(unix_pool(lambda: address.path, address.options))))
    ((host, port),) = address.hosts
    return Store(Client(OneServer(tcp_pool(host, port, address.tls, address.options))))


def _embedded(data_dir: Path) -> Store:
    embedded = Embedded(data_dir)
    embedded.enter()
    # The path of the socket is settled by the first start, and a later one may move it.
    pool = unix_pool(embedded.socket_path, {})
    return Store(Client(OneServer(pool), embedded.ensure), embedded.leave)
