"""A bounded memory of what was used last, safe between threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keeps values up to a total weight of `budget`, each weighing `weight(value)`, 1 unless told.

    The newest value stays even when it alone is over the budget: it was asked for just now.
    """

    def __init__(self, budget: int, weight: Callable[[V], int] = lambda _: 1) -> None:
        self._budget = budget
        self._weight = weight
        self._total = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._remove(key)
            self._values[key] = value
            self._total += self._weight(value)
            while self._total > self._budget and len(self._values) > 1:
                self._total -= self._weight(self._values.popitem(last=False)[1])

    def drop(self, unwanted: Callable[[K], bool]) -> None:
        """Forget every key of which `unwanted` is true."""
        with self._lock:
            for key in [key for key in self._values if unwanted(key)]:
                self._remove(key)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._total = 0

    def present(self) -> list[K]:
        with self._lock:
            return list(self._values)

    def _remove(self, key: K) -> None:
        if key in self._values:
            self._total -= self._weight(self._values.pop(key))
