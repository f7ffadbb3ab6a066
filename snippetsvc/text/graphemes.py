"""Where a user-perceived character begins: extended grapheme clusters, as Unicode cuts them (UAX 29)."""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")
#: How far around an offset a cluster is looked for (code points); no real one comes near it.
_FAR = 64


def splits_cluster(text: str, offset: int) -> bool:
    """Whether `offset` (code points) lies inside a grapheme cluster of `text`."""
    return cluster_start(text, offset) < offset


def cluster_start(text: str, offset: int) -> int:
    """The nearest cluster boundary at or before `offset`."""
    return _around(text, offset)[0]


def cluster_end(text: str, offset: int) -> int:
    """The nearest cluster boundary at or after `offset`."""
    return _around(text, offset)[1]


def _around(text: str, offset: int) -> tuple[int, int]:
    """The cluster that `offset` lies inside; the offset twice where it lies in none."""
    if 0 < offset < len(text):
        for found in _CLUSTER.finditer(text, max(0, offset - _FAR), min(len(text), offset + _FAR)):
            if found.end() > offset:
                return found.span() if found.start() < offset else (offset, offset)
    return offset, offset
