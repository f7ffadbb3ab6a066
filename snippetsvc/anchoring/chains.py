"""Orders: what stands once in both, the heaviest chain, the best alignment of few words, runs that pay their way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from snippetsvc.anchoring.pair import PASSED


class Match(NamedTuple):
    """Old word i is new word j. worth: its information (nats), less where the words are only alike."""

    i: int
    j: int
    worth: float


def once_in_both(old: Iterable[tuple[Hashable, int]], new: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[int, int]]:
    """Of (key, place) in both texts the places of the keys that stand once in each, in the old order."""
    olds, news = _once(old), _once(new)
    return ((i, news[key]) for key, i in olds.items() if i >= 0 and news.get(key, -1) >= 0)


def _once(places: Iterable[tuple[Hashable, int]]) -> dict[Hashable, int]:
    """Where each key stands; -1 for those that stand more than once."""
    found: dict[Hashable, int] = {}
    for key, at in places:
        found[key] = -1 if key in found else at
    return found


def heaviest_chain(places: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Which of `places` (in the new text, listed in the old order) are the heaviest chain that keeps its order.

    Indexes into `places`, ascending. A Fenwick tree holds the best chain that ends at or below each rank.
    """
    order = sorted(places)
    if order == places:
        return list(range(len(order)))
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(order) + 1)
    back: list[int] = []
    for index, (place, weight) in enumerate(zip(places, weights, strict=True)):
        rank = at = bisect_left(order, place)
        best = (0.0, -1)
        while at:
            best, at = max(best, tree[at]), at & (at - 1)
        back.append(best[1])
        mine, at = (best[0] + weight, index), rank + 1
        while at < len(tree):
            tree[at], at = max(tree[at], mine), at + (at & -at)
    chain = []
    index = max(tree)[1]
    while index >= 0:
        chain.append(index)
        index = back[index]
    return chain[::-1]


def aligned(
    olds: Sequence[int], news: Sequence[int], value: Callable[[int, int], float], *, late: bool = False
) -> list[tuple[int, int]]:
    """Of few old and new words the pairs, in order, that are worth most together. value: 0 for no match.

    late: of equal ones those that stand last, else first.
    """
    rows = [[0.0] * (len(news) + 1)]
    for i in olds:
        up, row = rows[-1], [0.0]
        for at, j in enumerate(news):
            worth = value(i, j)
            row.append(max(up[at + 1], row[-1], up[at] + worth) if worth else max(up[at + 1], row[-1]))
        rows.append(row)
    pairs = []
    x, y = len(olds), len(news)
    while x and y:
        worth = value(olds[x - 1], news[y - 1]) if late else 0.0
        last = worth and rows[x][y] == rows[x - 1][y - 1] + worth
        if not last and rows[x][y] == rows[x - 1][y]:
            x -= 1
        elif not last and rows[x][y] == rows[x][y - 1]:
            y -= 1
        else:
            x, y = x - 1, y - 1
            pairs.append((olds[x], news[y]))
    return pairs[::-1]


def paying_runs(matches: Sequence[Match], *, old_too: bool) -> Iterator[tuple[int, int, float]]:
    """The runs of matches, in the new order, that pay for the words passed over between them: from, to, score.

    old_too: the old words passed over are paid for, too.
    """
    start = 0
    while start < len(matches):
        end, score = start + 1, matches[start].worth
        most = score
        for at in range(end, len(matches)):
            one, two = matches[at - 1], matches[at]
            score -= PASSED * (two.j - one.j - 1 + (two.i - one.i - 1 if old_too else 0))
            if score <= 0:
                break
            score += two.worth
            if score > most:
                end, most = at + 1, score
        yield start, end, most
        start = end
