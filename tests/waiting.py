"""Waiting for what comes about by itself, on a machine that may be busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import redis

from snippetsvc.errors import StoreAway

T = TypeVar("T")

#: Seconds that a busy machine may take for what takes no time by itself; what does not come at all comes no sooner.
PATIENCE = 60.0
#: Seconds that nothing may come near for which two are promised: the machine of the tests may be busy.
FAR_TOO_LONG = 4.0
#: What whoever asks a server meets that is not there, or not ready.
AWAY = (OSError, redis.RedisError, StoreAway)


def eventually(
    check: Callable[[], T],
    seconds: float = PATIENCE,
    pause: float = 0.02,
    but: type[Exception] | tuple[type[Exception], ...] = AWAY,
) -> T:
    """The first true value of `check`, asked again and again; to raise `but` counts as false."""
    until = time.monotonic() + seconds
    while True:
        last = None
        try:
            if found := check():
                return found
        except but as error:
            last = error
        if time.monotonic() > until:
            raise AssertionError("it never came about") from last
        time.sleep(pause)
