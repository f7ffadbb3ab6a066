"""The Lua scripts of this package, each in a file of its own that says what it does."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from snippetsvc.store.connection import Argument, Command


class Script:
    """A Lua script as a command.

    It is sent as a whole each time: a few hundred bytes more, and it runs in one round trip after a restart or a
    fail-over too, when the server no longer knows its digest.
    """

    def __init__(self, name: str) -> None:
        self._text = files(__package__).joinpath(f"{name}.lua").read_text()

    def __call__(self, keys: Sequence[str], *arguments: Argument) -> Command:
        """`keys` share one hash tag."""
        return ("EVAL", self._text, len(keys), *keys, *arguments)


compare_and_set = Script("compare_and_set")
save_alignment = Script("save_alignment")
