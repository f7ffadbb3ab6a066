"""A process that prepares, and does with a document what its first word says: `Preparer("tests.faults.odd_jobs")`.

The title of what it prepares is the process's id, and whether the oracle was to be asked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from snippetsvc.html.prepare import Prepared
from snippetsvc.html.prepare import prepare as really_prepare
from snippetsvc.preparing.child import serve

MIB = 1024 * 1024
_kept: list[bytearray] = []


def prepare(
    source: str | bytes, *, oracle: bool = True, phase: Callable[[bool], None] = lambda begins: None, **said: Any
) -> Prepared:
    job, _, path = str(source).partition(" ")
    if job == "take":
        bytearray(int(path) * MIB)
    elif job == "keep":
        _kept.append(bytearray(int(path) * MIB))
    elif job == "break":
        raise KeyError("a fault of ours")
    elif job == "print":
        print("words that nobody asked for", flush=True)
    elif job == "wait":
        _wait(Path(path))
    elif job == "ask" and oracle:
        phase(True)
        if path:
            raise KeyError("a fault of the oracle's")
        # C, of which nothing comes back for years.
        re.fullmatch("(a+)+b", "a" * 60)
        phase(False)
    return really_prepare("<p>Words</p>", fallback_title=f"{os.getpid()} {'with' if oracle else 'without'}")


def _wait(place: Path) -> None:
    """Say that it has begun, and wait until it is told to go on: through two pipes in the folder `place`."""
    (place / "begun").write_text(str(os.getpid()))
    (place / "go").read_text()


if __name__ == "__main__":
    serve(prepare)
