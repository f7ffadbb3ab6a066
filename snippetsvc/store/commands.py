"""Commands: one request to the store each, with the key that says where in a cluster it goes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

Argument = str | bytes | int | float


class Command(NamedTuple):
    """`arguments` begin with the command's name; key: what it is about, None when it is about the server."""

    arguments: tuple[Argument, ...]
    key: str | None


def on(key: str, name: str, *arguments: Argument) -> Command:
    """The command `name key arguments…`."""
    return Command((name, key, *arguments), key)


def server(*arguments: Argument) -> Command:
    """A command about the server itself."""
    return Command(arguments, None)


class Script:
    """A Lua script of this package.

    It is sent as a whole each time: a few hundred bytes more, and it runs in one round trip after a restart or a
    fail-over too, when the server no longer knows its digest.
    """

    def __init__(self, name: str) -> None:
        self._text = files(__package__).joinpath(f"{name}.lua").read_text()

    def __call__(self, script_keys: Sequence[str], *arguments: Argument) -> Command:
        """`script_keys` share one hash tag."""
        return Command(("EVAL", self._text, len(script_keys), *script_keys, *arguments), script_keys[0])
