"""The connection: commands in, answers out, within two seconds whatever happens.

redis-py sends a command again once after a connection broke, because a server that was restarted leaves broken
connections behind, and never after a time-out, because the time is spent. So every command that goes through here must
bear being carried out twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from redis import Redis, RedisCluster
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError, RedisClusterException, RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeout

from snippetsvc.errors import StoreAway
from snippetsvc.store.backings import Backing, Client
from snippetsvc.store.reasons import reason

_log = logging.getLogger(__name__)

Argument = str | bytes | int | float
#: It begins with its name.
Command = tuple[Argument, ...]
Answer = TypeVar("Answer")

#: Seconds in which a store that did not answer in time is not asked again, so that not everybody waits for it.
_REST = 0.5

#: Seconds between two log lines about a store that stays away.
_QUIET = 10.0


class Connection:
    """Runs commands on the servers behind `backing`, for any number of threads."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._rests_until = 0.0
        #: When it was last said that the store is away, and whether it has answered since.
        self._said_at = -_QUIET
        self._said_away = False

    def run(self, *commands: Command) -> list[Any]:
        """The answer to each command. Commands for one server go and come in one round trip. Raises `StoreAway`."""
        answers = self.run_tolerant(*commands)
        for answer in answers:
            if isinstance(answer, ResponseError):
                raise self._noted(StoreAway(reason(answer)))
        return answers

    def one(self, *command: Argument) -> Any:
        """The answer to one command. Raises `StoreAway`."""
        (answer,) = self.run(command)
        return answer

    def run_tolerant(self, *commands: Command) -> list[Any]:
        """As `run`; a command that the server refuses has the `ResponseError` as its answer."""
        answers = self._call(partial(_together, commands))
        if any(isinstance(answer, ReadOnlyError) for answer in answers) and self._backing.lost():
            # It was the primary a moment ago.
            answers = self._call(partial(_together, commands))
        if self._said_away:
            self._said_away = False
            _log.warning("the store answers again")
        return answers

    def ask_every(self, question: Callable[[Redis], Answer]) -> list[Answer | ResponseError]:
        """What `question` gives for each server that accepts writes, or why that refused. Raises `StoreAway`."""

        def ask(server: Redis) -> Answer | ResponseError:
            try:
                return question(server)
            except ResponseError as error:
                return error

        return self._call(lambda client: [ask(server) for server in _primaries(client)])

    def scan(self, pattern: str) -> Iterator[list[bytes]]:
        """The keys that match a glob pattern, in portions; one may come twice. Raises `StoreAway`."""
        for server in self._call(_primaries):
            cursor = 0
            while True:
                cursor, found = self._call(partial(_portion, server, cursor, pattern))
                yield found
                if cursor == 0:
                    break

    def close(self) -> None:
        self._backing.close()

    def _call(self, do: Callable[[Client], Answer]) -> Answer:
        if time.monotonic() < self._rests_until:
            raise self._noted(StoreAway(reason(RedisTimeout())))
        try:
            try:
                return self._backing.call(do)
            except (RedisTimeout, TimeoutError):
                self._rests_until = time.monotonic() + _REST
                raise
            except (RedisConnectionError, OSError):
                if not self._backing.lost():
                    raise
                return self._backing.call(do)
        except StoreAway as away:
            raise self._noted(away) from None
        except (RedisError, RedisClusterException, OSError) as error:
            raise self._noted(StoreAway(reason(error))) from None

    def _noted(self, away: StoreAway) -> StoreAway:
        """Log it, though not each time: under load there would be thousands of lines.

        Nor each time anew after an answer, for a store that takes no writes goes on answering.
        """
        now = time.monotonic()
        if now - self._said_at > _QUIET:
            self._said_at = now
            self._said_away = True
            _log.warning("%s", away)
        return away


def _together(commands: tuple[Command, ...], client: Client) -> list[Any]:
    with client.pipeline(transaction=False) as pipeline:
        for command in commands:
            pipeline.execute_command(*command)
        answers = pipeline.execute(raise_on_error=False)
    for answer in answers:
        # A cluster's pipeline gives as an answer too that a server was not reached.
        if isinstance(answer, Exception) and not isinstance(answer, ResponseError):
            raise answer
    return answers


def _primaries(client: Client) -> list[Redis]:
    if isinstance(client, RedisCluster):
        return [client.get_redis_connection(node) for node in client.get_primaries()]
    return [client]


def _portion(server: Redis, cursor: int, pattern: str, _: Client) -> tuple[int, list[Any]]:
    return server.scan(cursor, pattern, 1000)
