"""A fetcher that never leaves this machine.

Names are told by the test, and whatever address is connected to, it is at a port of ours.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence

import pytest

from snippetsvc.errors import NotFetched
from snippetsvc.importing.fetching import Connect, Fetcher

PUBLIC = "93.184.215.14"


def names(table: Mapping[str, str | Sequence[str]]) -> Callable[[str], Sequence[str]]:
    """A resolver that knows these names."""

    def resolve(host: str) -> Sequence[str]:
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = table[host]
        return [found] if isinstance(found, str) else found

    return resolve


def at_port(port: int, tried: list[str] | None = None) -> Connect:
    """Connects to the address that it is told, on `port`, as if that were 80 or 443; to this machine for `PUBLIC`."""

    def connect(where: tuple[str, int], seconds: float) -> socket.socket:
        if tried is not None:
            tried.append(where[0])
        return socket.create_connection(("127.0.0.1" if where[0] == PUBLIC else where[0], port), seconds)

    return connect


NOBODY = names({})


def fetching(port: int = 1, *, resolve: Callable[[str], Sequence[str]] = NOBODY, **more: object) -> Fetcher:
    return Fetcher("tests", resolve=resolve, connect=at_port(port), **more)  # type: ignore[arg-type]


def refusal(fetch: Callable[..., object], *arguments: object, **named: object) -> str:
    with pytest.raises(NotFetched) as raised:
        fetch(*arguments, **named)
    assert "\n" not in str(raised.value)
    return raised.value.reason
