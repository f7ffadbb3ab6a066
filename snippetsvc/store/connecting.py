"""Connecting: from the settings to a store. A store that cannot be reached is no error yet."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from snippetsvc.store.addresses import StoreAddress, parse
from snippetsvc.store.client import Client
from snippetsvc.store.cluster import Cluster
from snippetsvc.store.connections import tcp_pool, unix_pool
from snippetsvc.store.embedded import Embedded
from snippetsvc.store.routes import OneServer, Route
from snippetsvc.store.sentinel import Sentinels
from snippetsvc.store.store import Store


def connect(url: str | None, data_dir: Path) -> Store:
    """The store at `url` (see `addresses`), or without one the embedded store in `data_dir`, started if need be.

    Raises `BadSetting` for a URL that cannot be understood, and for a data directory that cannot be used.
    """
    if url is None:
        return _embedded(data_dir)
    return Store(Client(_route(parse(url))))


def _route(address: StoreAddress) -> Route:
    if address.path:
        return OneServer(unix_pool(lambda: address.path, address.options))
    make = partial(tcp_pool, tls=address.tls, options=address.options)
    if address.kind == "sentinel":
        make_sentinel = partial(tcp_pool, tls=address.tls, options=address.sentinel_options)
        return Sentinels(address.hosts, address.service, make, make_sentinel)
    if address.kind == "cluster":
        return Cluster(address.hosts, make)
    return OneServer(make(*address.hosts[0]))


def _embedded(data_dir: Path) -> Store:
    embedded = Embedded(data_dir)
    try:
        embedded.enter()
    except BaseException:
        # Also Ctrl-C: whatever has been started by now is stopped.
        embedded.leave()
        raise
    # The path of the socket is settled by the first start, and a later one may move it.
    pool = unix_pool(embedded.valkey.socket_path, {})
    return Store(Client(OneServer(pool), embedded.ensure), embedded)
