"""Places for clients whose bodies are read: however slowly these come, some threads are left for whoever reads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from snippetsvc.web.serving import THREADS

_places = threading.BoundedSemaphore(THREADS * 3 // 4)


@contextmanager
def place(patience: float) -> Iterator[bool]:
    """Hold one of the places, if one gets free within `patience` seconds. Yields whether it did."""
    free = _places.acquire(timeout=patience)
    try:
        yield free
    finally:
        if free:
            _places.release()
