"""A reading of an edit: which old word is which new one."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby

from snippetsvc.anchoring.pair import Pair


class Links:
    """to: for each old word its new one, or the first of several; fro: back; -1 for those that are free."""

    def __init__(self, pair: Pair) -> None:
        self._places = pair.places
        self.to = array("i", [-1]) * len(pair.a)
        self.fro = array("i", [-1]) * len(pair.b)
        #: Where an old word is several new ones: the one behind the last of them.
        self._past: dict[int, int] = {}
        #: The new words at and behind the text's ends, where these are known.
        self._start: int | None = None if pair.excerpt else 0
        self._end: int | None = None if pair.excerpt else len(pair.b)

    def join_run(self, i: int, j: int, n: int) -> None:
        """n old words from i on are the new words from j on."""
        self.to[i : i + n], self.fro[j : j + n] = self._places[j : j + n], self._places[i : i + n]

    def join_group(self, i: int, end: int, j: int, last: int) -> None:
        """Old words `[i, end)` are, together, new words `[j, last)`."""
        for x in range(i, end):
            self.to[x] = j
            if last > j + 1:
                self._past[x] = last
        self.fro[j:last] = array("i", [i]) * (last - j)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Where words in a row are words in a row: the first old one, the first new one, how many."""
        i = 0
        for shift, group in groupby(j - i if j >= 0 else None for i, j in enumerate(self.to)):
            n = len(list(group))
            if shift is not None:
                yield i, i + shift, n
            i += n

    def past(self, i: int) -> int:
        """The new word behind the one, or the last of those, that old word i is; i is matched."""
        return self._past.get(i, self.to[i] + 1)

    def behind(self, i: int) -> int | None:
        """The new word behind old word i, where that is known; behind the text's start the first one."""
        return self._start if i < 0 else self.past(i) if self.to[i] >= 0 else None

    def before(self, i: int) -> int | None:
        """The new word that old word i is, or the text's end, where that is known."""
        return self._end if i == len(self.to) else self.to[i] if self.to[i] >= 0 else None

    def free(self, i: int, j: int, olds: int = 1, news: int = 1) -> bool:
        """Whether so many old words from i on, and new ones from j on, are."""
        return max(self.to[i : i + olds]) < 0 and max(self.fro[j : j + news]) < 0


def theirs(readings: Sequence[Links], j: int, olds: range) -> bool:
    """Whether new word j is free, or stands for one of these old ones: however the edit is read, not for another."""
    return all(links.fro[j] < 0 or links.fro[j] in olds for links in readings)
