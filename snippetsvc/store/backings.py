"""Backings: what serves the store, and how redis-py's client for it is come by.

One server (`OneServer`; `LocalServer` on this machine), the one that Sentinel names (`Primary`), a cluster (`Cluster`):
that is all in which these differ.
"""

from __future__ import annotations

import concurrent.futures
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from redis import Redis, RedisCluster
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout
from redis.retry import Retry
from redis.sentinel import Sentinel

from snippetsvc.errors import StoreAway
from snippetsvc.store.addresses import StoreAddress

Client = Redis | RedisCluster
Answer = TypeVar("Answer")

#: Seconds that one call may take in all; the promise is two, and the rest is for what surrounds it.
_LIMIT = 1.8

#: Without HELLO and CLIENT SETINFO, which old servers refuse: the first thing to be sent is what is asked.
_PLAIN: Mapping[str, Any] = {"protocol": 2, "driver_info": None}
_DATA: Mapping[str, Any] = {
    **_PLAIN,
    "socket_connect_timeout": 0.6,
    "socket_timeout": 0.8,
    "retry": Retry(NoBackoff(), 1, (RedisConnectionError,)),
}
#: Several Sentinels may have to be asked before one command is sent.
_SENTINEL: Mapping[str, Any] = {
    **_PLAIN,
    "socket_connect_timeout": 0.3,
    "socket_timeout": 0.3,
    "retry": Retry(NoBackoff(), 0),
}


class Backing(Protocol):
    def call(self, do: Callable[[Client], Answer]) -> Answer:
        """What `do` gives for the client. Raises redis-py's `RedisError`, `OSError`, `StoreAway`, within the limit."""

    def lost(self) -> bool:
        """A call was lost: whether another server, or the same one anew, may take it at once. Raises `StoreAway`."""

    def close(self) -> None:
        """Close the connections."""


class OneServer:
    """One server at a fixed address."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def call(self, do: Callable[[Client], Answer]) -> Answer:
        return do(self._client)

    def lost(self) -> bool:
        return False

    def close(self) -> None:
        _close(self._client)


class LocalServer(OneServer):
    """One at a Unix socket: when it is started again, it is back in a moment."""

    _PATIENCE = 1.0
    _PAUSE = 0.02

    def __init__(self, client: Redis) -> None:
        super().__init__(client)
        self._stays_away = False
        self._waiting = threading.Lock()

    def call(self, do: Callable[[Client], Answer]) -> Answer:
        answer = do(self._client)
        self._stays_away = False
        return answer

    def lost(self) -> bool:
        if not self._stays_away:
            return self._comes_back()
        # It has been waited for in vain: one caller at a time goes on trying.
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            return self._comes_back()
        finally:
            self._waiting.release()

    def _comes_back(self) -> bool:
        until = time.monotonic() + self._PATIENCE
        while time.monotonic() < until:
            try:
                return self._client.ping()
            except RedisConnectionError:
                # Nobody listens, or who does is reading its files.
                time.sleep(self._PAUSE)
        self._stays_away = True
        return False


class Primary:
    """The server that Sentinel names as the primary of `service`: asked each second, and at once after `lost`.

    Not redis-py's `master_for`: it asks only when it connects, so a primary that was demoted is written to until its
    connection breaks; and its connections stay open after a time-out, with the answer for the next caller to read.
    """

    #: Seconds after an answer of Sentinel, and after it had none, until it is asked again.
    _FRESH = 1.0
    _PAUSE = 0.5

    def __init__(self, sentinel: Sentinel, service: str, make: Callable[[str, int], Redis]) -> None:
        self._sentinel = sentinel
        self._service = service
        self._make = make
        self._asking = threading.Lock()
        self._client: Redis | None = None
        self._address: tuple[str, int] | None = None
        self._doubted = False
        self._fresh_until = 0.0
        self._again_at = 0.0

    def call(self, do: Callable[[Client], Answer]) -> Answer:
        # One asks; the others go on with the primary of a moment ago, and wait only while there is none yet.
        if self._is_due() and self._asking.acquire(timeout=0 if self._client else _LIMIT):
            try:
                if self._is_due():
                    self._ask()
            finally:
                self._asking.release()
        client = self._client
        if client is None:
            raise RedisConnectionError("Sentinel names no primary")
        try:
            return do(client)
        except RedisError:
            self._doubted = True
            raise

    def lost(self) -> bool:
        self._doubted = True
        return True

    def close(self) -> None:
        for client in (*self._sentinel.sentinels, self._client):
            if client is not None:
                _close(client)

    def _is_due(self) -> bool:
        now = time.monotonic()
        return now >= self._again_at and (self._doubted or now >= self._fresh_until)

    def _ask(self) -> None:
        self._doubted = False
        try:
            address = self._sentinel.discover_master(self._service)
        except RedisError:
            # The last one may still be right.
            self._again_at = time.monotonic() + self._PAUSE
            return
        if address != self._address:
            left, self._client, self._address = self._client, self._make(*address), address
            if left is not None:
                _close(left)
        self._fresh_until = time.monotonic() + self._FRESH


class Cluster:
    """A cluster. Each call runs in one of a few threads, so that whoever called need not wait for it to end.

    redis-py asks anew which node has what under one lock: when nodes are silent, callers would wait in a row, each for
    the time-outs of all before. A call that was given up may still be carried out.
    """

    _THREADS = 32

    def __init__(self, make: Callable[[], RedisCluster]) -> None:
        """make: connects, so it is called at the first use."""
        self._make = make
        self._client: RedisCluster | None = None
        self._making = threading.Lock()
        self._threads = concurrent.futures.ThreadPoolExecutor(self._THREADS, "cluster")

    def call(self, do: Callable[[Client], Answer]) -> Answer:
        try:
            answer = self._threads.submit(self._run, do)
        except RuntimeError:
            raise StoreAway("the store has been closed") from None
        try:
            return answer.result(_LIMIT)
        except concurrent.futures.TimeoutError:
            # What still waits for a thread is never carried out.
            answer.cancel()
            raise RedisTimeout from None

    def lost(self) -> bool:
        # redis-py follows a cluster by itself.
        return False

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            for node in self._client.get_nodes():
                _close(self._client.get_redis_connection(node))

    def _run(self, do: Callable[[Client], Answer]) -> Answer:
        with self._making:
            if self._client is None:
                self._client = self._make()
        return do(self._client)


def _close(client: Redis) -> None:
    """Close its connections, but those that a thread is waiting at: that would fail with no error of redis-py's."""
    client.connection_pool.disconnect(inuse_connections=False)


def backing_at(address: StoreAddress) -> Backing:
    tls = {"ssl": True} if address.tls else {}
    settings = {**_DATA, **tls, **address.options}
    if address.path:
        return LocalServer(Redis(unix_socket_path=address.path, **settings))
    if address.kind == "sentinel":
        sentinel = Sentinel(address.hosts, sentinel_kwargs={**_SENTINEL, **tls, **address.sentinel_options})
        return Primary(sentinel, address.service, lambda host, port: Redis(host=host, port=port, **settings))
    if address.kind == "cluster":
        nodes = [ClusterNode(host, port) for host, port in address.hosts]
        return Cluster(lambda: RedisCluster(startup_nodes=nodes, **settings))
    ((host, port),) = address.hosts
    return OneServer(Redis(host=host, port=port, **settings))
