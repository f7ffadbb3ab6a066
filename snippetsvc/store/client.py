"""The client: commands in, answers out, within two seconds whatever happens.

A command is sent again once after a connection broke, because a server that was restarted leaves broken connections
behind, and never after a time-out, because the time is spent. So every command sent through here must bear being
carried out twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from redis.exceptions import (
    AskError,
    AuthenticationError,
    BusyLoadingError,
    ClusterDownError,
    MovedError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)
from redis.exceptions import TimeoutError as RedisTimeout

from snippetsvc.errors import StoreAway
from snippetsvc.store.commands import Command, server
from snippetsvc.store.connections import Pool
from snippetsvc.store.deadlines import deadline, remaining
from snippetsvc.store.exchange import Parcel, converse
from snippetsvc.store.faults import Paused, sentence
from snippetsvc.store.pools import Address
from snippetsvc.store.routes import Route

_log = logging.getLogger(__name__)

#: Seconds that one call may take in all; the promise is two, and the rest is for what surrounds it.
LIMIT = 1.8

#: How often one call may be sent: dropped, moved, moved on, and once more.
_ATTEMPTS = 4

#: Seconds between two log lines about a store that stays away.
_QUIET = 10.0


class Client:
    """Runs commands against the servers that `route` names.

    recover: called when a connection broke or the server is still loading, before the second attempt; what starts
    the embedded server again. It keeps to the deadline and raises `StoreAway`.
    """

    def __init__(self, route: Route, recover: Callable[[], None] | None = None) -> None:
        self._route = route
        self._recover = recover
        #: When it was last said that the store is away, and whether it has answered since.
        self._said_at = -_QUIET
        self._said_away = False

    def run(self, *commands: Command) -> list[Any]:
        """The answer to each command. Commands for one server go and come in one round trip.

        Raises `StoreAway`.
        """
        answers = self.run_tolerant(*commands)
        for answer in answers:
            if isinstance(answer, ResponseError):
                raise self._noted(StoreAway(sentence(answer)))
        return answers

    def run_tolerant(self, *commands: Command) -> list[Any]:
        """As `run`; a command that the server refuses has the `ResponseError` as its answer."""
        with deadline(LIMIT):
            try:
                answers = self._attempts(commands)
            except StoreAway as away:
                raise self._noted(away) from None
            except (RedisError, OSError) as error:
                raise self._noted(StoreAway(sentence(error))) from None
        if self._said_away:
            self._said_away = False
            _log.warning("the store answers again")
        return answers

    def run_on_every(self, *commands: Command) -> list[list[Any]]:
        """For each server that accepts writes its answers, as `run_tolerant` gives them."""
        return self._asked(lambda: [converse(pool, commands) for pool in self._route.every()])

    def scan(self, pattern: str) -> Iterator[list[bytes]]:
        """The keys that match a glob pattern, in portions; one may come twice. Raises `StoreAway`."""
        for pool in self._route.every():
            cursor = b"0"
            while True:
                command = server("SCAN", cursor, "MATCH", pattern, "COUNT", 1000)
                (answer,) = self._asked(partial(converse, pool, [command]))
                if isinstance(answer, ResponseError):
                    raise self._noted(StoreAway(sentence(answer)))
                cursor, found = answer
                yield found
                if cursor == b"0":
                    break

    def close(self) -> None:
        self._route.close()

    def _asked(self, ask: Callable[[], list[Any]]) -> list[Any]:
        """What `ask` gives, asked again once after a connection broke; for what is not about single keys."""
        with deadline(LIMIT):
            try:
                try:
                    return ask()
                except (RedisTimeout, TimeoutError):
                    raise
                except (RedisError, OSError):
                    if self._recover is None:
                        raise
                    self._recover()
                    for pool in self._route.every():
                        pool.breaker.reset()
                    return ask()
            except StoreAway as away:
                raise self._noted(away) from None
            except (RedisError, OSError) as error:
                raise self._noted(StoreAway(sentence(error))) from None

    def _attempts(self, commands: Sequence[Command]) -> list[Any]:
        trip = _Trip(self._route, commands)
        dropped = False
        while trip.incomplete:
            lost = trip.go()
            if lost is None:
                continue
            pool, error = lost
            if isinstance(error, Paused):
                raise error
            if isinstance(error, RedisTimeout | TimeoutError):
                pool.breaker.trip()
                # Another server may have taken over.
                self._route.refresh()
                raise error
            if isinstance(error, AuthenticationError | BusyLoadingError):
                # It does answer, and so quickly that nobody need be spared the wait.
                pool.breaker.reset()
                if isinstance(error, AuthenticationError) or self._recover is None:
                    raise error
            elif dropped:
                pool.breaker.trip()
                raise error
            else:
                dropped = True
                self._route.refresh()
            self._mend(pool)
        return trip.answers()

    def _mend(self, pool: Pool) -> None:
        if self._recover is None:
            return
        try:
            self._recover()
        except StoreAway:
            pool.breaker.trip()
            raise

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


class _Trip:
    """Some commands on their way, over as many rounds as redirections ask for."""

    def __init__(self, route: Route, commands: Sequence[Command]) -> None:
        self._route = route
        self._commands = commands
        self._answers: dict[int, Any] = {}
        #: Where a server of the cluster has sent a command to, and whether with ASKING.
        self._sent_on: dict[int, tuple[Address, bool]] = {}
        self._rounds = 0

    @property
    def incomplete(self) -> bool:
        return len(self._answers) < len(self._commands)

    def answers(self) -> list[Any]:
        return [self._answers[place] for place in range(len(self._commands))]

    def go(self) -> tuple[Pool, Exception] | None:
        """One round for all commands that have no answer yet: to each server at once, then from each.

        Returns the first server that was lost on the way, and why. Raises redis-py's errors when it cannot be found
        out which server to ask.
        """
        self._rounds += 1
        lost: list[tuple[Pool, Exception]] = []
        parcels = self._parcels()
        try:
            for parcel in parcels:
                # After the first round a caller has been let in already.
                if self._rounds == 1 and not parcel.pool.breaker.admits(LIMIT):
                    lost.append((parcel.pool, Paused("did not answer a moment ago")))
                    continue
                try:
                    parcel.send()
                except (RedisError, OSError) as error:
                    lost.append((parcel.pool, error))
            for parcel in parcels:
                if not parcel.sent:
                    continue
                try:
                    for place, answer in parcel.receive():
                        self._take(place, answer)
                except (RedisError, OSError) as error:
                    lost.append((parcel.pool, error))
        finally:
            for parcel in parcels:
                parcel.abandon()
        return lost[0] if lost else None

    def _parcels(self) -> list[Parcel]:
        places = [place for place in range(len(self._commands)) if place not in self._answers]
        pools = self._route.pools([self._commands[place] for place in places])
        parcels: dict[tuple[int, bool], Parcel] = {}
        for place, pool in zip(places, pools, strict=True):
            asking = False
            if place in self._sent_on:
                address, asking = self._sent_on.pop(place)
                pool = self._route.redirected(address)
            parcel = parcels.setdefault((id(pool), asking), Parcel(pool, asking))
            parcel.add(place, self._commands[place])
        return list(parcels.values())

    def _take(self, place: int, answer: Any) -> None:
        if self._rounds < _ATTEMPTS:
            # AskError is MovedError's parent.
            if isinstance(answer, AskError):
                moved = isinstance(answer, MovedError)
                if moved:
                    self._route.refresh()
                # Without a host it is the one that answered, at another port: then the new map knows.
                if answer.host:
                    self._sent_on[place] = ((answer.host, answer.port), not moved)
                return
            if isinstance(answer, ClusterDownError):
                self._route.refresh()
            if isinstance(answer, TryAgainError):
                time.sleep(min(0.05, remaining()))
                return
            if isinstance(answer, ReadOnlyError) and self._rounds == 1:
                # It was the master a moment ago.
                self._route.refresh()
                return
        self._answers[place] = answer
