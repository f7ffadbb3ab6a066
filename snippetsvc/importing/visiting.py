"""Visiting other sites as a good guest: by their rules for robots, not too fast, and later when they say so."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from snippetsvc.errors import NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import MOST, Fetched, Fetcher
from snippetsvc.importing.robots import Robots

#: Seconds after which a host that has too many requests, and does not say when, is asked again.
_LATER = 10.0
#: A host that wants to be left alone for longer is.
_PATIENCE = 600.0
_TIMES = 3
_TOO_MANY, _UNAVAILABLE = 429, 503


class Visitor:
    """Fetches, one address after the other.

    delay: seconds between two requests to a host; robots: whether rules for robots are kept to. clock: seconds; sleep:
    waits for so many.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        delay: float,
        robots: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._delay = delay
        self._robots = Robots(lambda address: fetcher.get(address, permit=self._wait)) if robots else None
        self._clock = clock
        self._sleep = sleep
        #: By host, when it may be asked again.
        self._free_at: dict[str, float] = {}

    def get(self, address: str, headers: Mapping[str, str] | None = None, most: int = MOST) -> Fetched:
        """As `Fetcher.get`. Raises `NotFetched`, whose reason may be `robots`, too."""
        for _ in range(_TIMES - 1):
            fetched = self._fetcher.get(address, headers, most, self._permit)
            later = _later(fetched)
            if later is None:
                return fetched
            self._free_at[fetched.address.host] = self._clock() + later
            if later > _PATIENCE:
                return fetched
        return self._fetcher.get(address, headers, most, self._permit)

    def _permit(self, place: Address) -> None:
        wanted = self._robots.check(place) if self._robots else 0.0
        self._wait(place, wanted)

    def _wait(self, place: Address, wanted: float = 0.0) -> None:
        left = self._free_at.get(place.host, 0.0) - self._clock()
        if left > _PATIENCE or wanted > _PATIENCE:
            raise NotFetched("busy", f"{place.host} wants to be left alone for more than {_PATIENCE:.0f} seconds")
        if left > 0:
            self._sleep(left)
        self._free_at[place.host] = self._clock() + max(self._delay, wanted)


def _later(fetched: Fetched) -> float | None:
    """Seconds after which a host that is busy wants to be asked again (RFC 9110, 10.2.3); None for it is not."""
    if fetched.status not in (_TOO_MANY, _UNAVAILABLE):
        return None
    said = fetched.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return _LATER if fetched.status == _TOO_MANY else None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
