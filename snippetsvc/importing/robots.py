"""What robots may fetch of a site, and how fast: its robots.txt (RFC 9309), read by protego."""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

from snippetsvc.errors import NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import Fetched

#: Bytes of it that are read (RFC 9309, 2.5: at least 500 KiB).
_MOST = 524_288
_EVERYTHING = Protego.parse("")
#: By which a site's rules call us.
_NAME = "snippetsvc"


class Robots:
    """The rules of every site that is asked, each fetched once. `get` fetches, and raises `NotFetched`."""

    def __init__(self, get: Callable[[str], Fetched]) -> None:
        self._get = get
        #: By origin; or why they cannot be known.
        self._rules: dict[str, Protego | str] = {}

    def check(self, place: Address) -> float:
        """Seconds that the site wants between two requests, 0 where it wants none. Raises `NotFetched` (`robots`)."""
        if place.origin not in self._rules:
            self._rules[place.origin] = self._read(place)
        rules = self._rules[place.origin]
        if isinstance(rules, str):
            raise NotFetched("robots", f"nothing is fetched without the robots.txt of {place.host}: {rules}")
        if not rules.can_fetch(str(place), _NAME):
            raise NotFetched("robots", f"the robots.txt of {place.host} says that robots are not to fetch it")
        return rules.crawl_delay(_NAME) or 0.0

    def _read(self, place: Address) -> Protego | str:
        """Its rules; or why they cannot be known, so that nothing may be fetched (RFC 9309, 2.3.1)."""
        try:
            answer = self._get(f"{place.origin}/robots.txt")
        except NotFetched as error:
            if error.reason == "forbidden":
                # So is everything else there.
                raise
            return _EVERYTHING if error.reason == "redirects" else str(error)
        if answer.status >= 500:
            return f"the answer was {answer.status}"
        return Protego.parse(answer.body[:_MOST].decode("utf-8-sig", "replace"))
