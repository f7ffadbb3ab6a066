"""Exchange: commands out and answers in, over one connection, in one round trip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from redis.exceptions import RedisError, ResponseError

from snippetsvc.store.commands import Command
from snippetsvc.store.connections import Pool
from snippetsvc.store.deadlines import remaining
from snippetsvc.store.faults import Paused


class Parcel:
    """Commands for one server: `add`, `send`, `receive`, and `abandon` in any case.

    Sending and receiving are apart so that several servers can work at once.
    asking: announce each command with ASKING, which lets it through to a slot that is on the move.
    """

    def __init__(self, pool: Pool, asking: bool = False) -> None:
        self.pool = pool
        self._asking = asking
        self._commands: list[tuple[int, Command]] = []
        self._connection: Any = None

    @property
    def sent(self) -> bool:
        return self._connection is not None

    def add(self, place: int, command: Command) -> None:
        """place: given back with the answer."""
        self._commands.append((place, command))

    def send(self) -> None:
        """Raises redis-py's `ConnectionError` and `TimeoutError`."""
        requests: list[tuple[Any, ...]] = []
        for _, command in self._commands:
            if self._asking:
                requests.append(("ASKING",))
            requests.append(command.arguments)
        connection = self.pool.take()
        try:
            connection.send_packed_command(connection.pack_commands(requests), check_health=False)
        except BaseException:
            connection.disconnect()
            raise
        self._connection = connection

    def receive(self) -> Iterator[tuple[int, Any]]:
        """The place of each command and its answer, `ResponseError` among them as a value. Raises as `send` does."""
        for place, _ in self._commands:
            if self._asking:
                self._connection.read_response()
            try:
                answer = self._connection.read_response()
            except ResponseError as error:
                answer = error
            yield place, answer
        self.pool.breaker.reset()
        self.pool.give(self._connection)
        self._connection = None

    def abandon(self) -> None:
        """Close the connection if its answers were not all read: the next user would take them for his own."""
        if self._connection is not None:
            self._connection.disconnect()
            self._connection = None


def converse(pool: Pool, commands: Sequence[Command]) -> list[Any]:
    """Some commands to one server, answered as by `receive`; if it is away it is left alone for a while.

    Raises redis-py's `RedisError`, `OSError`.
    """
    if not pool.breaker.admits(remaining()):
        raise Paused("did not answer a moment ago")
    parcel = Parcel(pool)
    for place, command in enumerate(commands):
        parcel.add(place, command)
    try:
        parcel.send()
        return [answer for _, answer in parcel.receive()]
    except (RedisError, OSError):
        pool.breaker.trip()
        raise
    finally:
        parcel.abandon()
