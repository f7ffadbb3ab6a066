"""The stretches of words that two texts share in the same order.

Anchors are word sequences that occur equally seldom in both texts; the heaviest increasing chain of them is kept, what
lies between is searched again, where more sequences are rare. Near-linear: each level of the search reads each word
once, and the levels are bounded.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from snippetsvc.anchoring.pairs import Area, Kind, Link, Pair

#: A sequence that occurs more often is no landmark; up to here the first is taken for the first, and so on.
MOST_TWINS = 3
#: Searches inside searches; real texts need three or four, and a hostile one must not cost quadratic time.
DEEPEST = 10
#: The longest common subsequence of two stretches of this many words takes some 5 ms and 3 MB.
LONGEST_EXACT = 3000
#: How much more surprising than a chance meeting a landmark must be (nats): about one false in fifty.
SURE = 4.0


def shared(pair: Pair, area: Area, longest: int, surer: float = SURE) -> list[Link]:
    """Equal stretches in order, found by landmarks of `longest` words and, inside, of fewer where that is enough.

    A landmark counts when its surprise exceeds `surer` plus the logarithm of the places it could have been met in.
    """
    done: list[Link] = []
    todo = [(area, longest, 0)]
    while todo:
        here, size, depth = todo.pop()
        here = _trim(pair, here, done)
        if not here.olds or not here.news or depth > DEEPEST:
            continue
        links = _landmarks(pair, here, size, surer)
        if links:
            done.extend(links)
            todo.extend((inner, size, depth + 1) for inner in here.between(links) if inner.olds and inner.news)
        elif size > 3:
            todo.append((here, 3, depth))
    done.sort(key=lambda link: link.i)
    return joined(done)


def joined(links: Sequence[Link]) -> list[Link]:
    """The same links, with neighbours of the kind SAME that touch made one."""
    whole: list[Link] = []
    for link in links:
        last = whole[-1] if whole else None
        if (
            last is not None
            and last.kind is link.kind is Kind.SAME
            and last.i + last.n == link.i
            and last.j + last.m == link.j
        ):
            whole[-1] = Link(last.i, last.j, last.n + link.n, last.m + link.m, Kind.SAME)
        else:
            whole.append(link)
    return whole


def common_subsequence(pair: Pair, area: Area) -> list[Link]:
    """The longest common subsequence; nothing where that would take too long."""
    if max(area.olds, area.news) > LONGEST_EXACT:
        return []
    codes = LCSseq.opcodes(pair.a[area.i0 : area.i1], pair.b[area.j0 : area.j1])
    return [
        Link(area.i0 + code.src_start, area.j0 + code.dest_start, size, size, Kind.SAME)
        for code in codes
        if code.tag == "equal" and (size := code.src_end - code.src_start)
    ]


def _trim(pair: Pair, area: Area, done: list[Link]) -> Area:
    """Take the equal words at both ends of the area as shared, and return what is left."""
    a, b = pair.a, pair.b
    i0, i1, j0, j1 = area.i0, area.i1, area.j0, area.j1
    while i0 < i1 and j0 < j1 and a[i0] == b[j0]:
        i0, j0 = i0 + 1, j0 + 1
    while i0 < i1 and j0 < j1 and a[i1 - 1] == b[j1 - 1]:
        i1, j1 = i1 - 1, j1 - 1
    if head := i0 - area.i0:
        done.append(Link(area.i0, area.j0, head, head, Kind.SAME))
    if tail := area.i1 - i1:
        done.append(Link(i1, j1, tail, tail, Kind.SAME))
    return Area(i0, i1, j0, j1)


def _landmarks(pair: Pair, area: Area, size: int, surer: float) -> list[Link]:
    """The heaviest chain of landmarks of `size` words, stretched as far as the words go on being equal."""
    floor = surer + math.log(area.news)
    for twins in (1, MOST_TWINS):
        met = meetings(pair.a[area.i0 : area.i1], pair.b[area.j0 : area.j1], size, twins)
        runs = runs_of(met, area, size)
        worth = [pair.sums[run.i + run.n] - pair.sums[run.i] for run in runs]
        good = [at for at, value in enumerate(worth) if value >= floor]
        chain = heaviest([runs[at] for at in good], [worth[at] for at in good])
        if chain:
            return _stretched(pair, _without_overlap(chain), area)
    return []


def lone(pair: Pair, area: Area, least: float, lean: float) -> list[Link]:
    """Phrases that stand in the area in both texts, once or at much the same place, in order.

    least: what a phrase must be worth (nats); lean: what it loses for each word by which it is further from the
    nearer side of the area than it was.
    """
    found = [run for size in (1, 2) for run in runs_of(_nearest(pair, area, size), area, size)]
    runs = sorted({whole for run in found for whole in _stretched(pair, [run], area)}, key=lambda run: (run.i, run.j))
    worth = [
        pair.sums[run.i + run.n] - pair.sums[run.i] - lean * _offset(area, run.i - area.i0, run.j - area.j0)
        for run in runs
    ]
    good = [at for at, value in enumerate(worth) if value >= least]
    return _without_overlap(heaviest([runs[at] for at in good], [worth[at] for at in good]))


#: Of several places of a phrase the one is meant that is nearer to where it was by so many words.
CLEARLY_NEARER = 6


def _nearest(pair: Pair, area: Area, size: int) -> list[tuple[int, int]]:
    """Meetings of sequences that stand in the area up to `MOST_TWINS` times, each with its clear counterpart."""
    olds, news = _grams(pair.a[area.i0 : area.i1], size), _grams(pair.b[area.j0 : area.j1], size)
    common = set(olds) & set(news)
    old_places, new_places = _places(olds, common), _places(news, common)
    met: list[tuple[int, int]] = []
    for gram in common:
        pairs = [(_offset(area, i, j), i, j) for i in old_places[gram] for j in new_places[gram]]
        if len(pairs) > MOST_TWINS:
            continue
        best, i, j = min(pairs)
        others = [offset for offset, *place in pairs if place != [i, j]]
        if not others or min(others) - best >= CLEARLY_NEARER:
            met.append((i, j))
    return sorted(met)


def _offset(area: Area, i: int, j: int) -> int:
    """By how many words something moved in an area, seen from the side from which it is less; places in the area."""
    return min(abs(i - j), abs((area.olds - i) - (area.news - j)))


def meetings(a: Sequence[int], b: Sequence[int], size: int, twins: int) -> list[tuple[int, int]]:
    """Places `(i, j)` of sequences of `size` words which occur equally often, at most `twins` times, in both."""
    olds, news = _grams(a, size), _grams(b, size)
    if twins == 1:
        old_places, new_places = _single(olds), _single(news)
        return sorted((old_places[gram], new_places[gram]) for gram in old_places.keys() & new_places.keys())
    common = set(olds) & set(news)
    all_old, all_new = _places(olds, common), _places(news, common)
    met: list[tuple[int, int]] = []
    for gram, places in all_old.items():
        others = all_new[gram]
        if len(places) == len(others) <= twins:
            met.extend(zip(places, others, strict=True))
    met.sort()
    return met


def _grams(numbers: Sequence[int], size: int) -> list[tuple[int, ...]]:
    return list(zip(*(numbers[shift:] for shift in range(size)), strict=False))


def _single(grams: Sequence[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
    """The sequences that occur once only, and where. Built by whole dictionaries, which is fastest."""
    last = dict(zip(grams, range(len(grams)), strict=True))
    if len(last) == len(grams):
        return last
    first = dict(zip(reversed(grams), range(len(grams) - 1, -1, -1), strict=True))
    return {gram: at for gram, at in last.items() if first[gram] == at}


def _places(grams: Sequence[tuple[int, ...]], wanted: Set[tuple[int, ...]]) -> dict[tuple[int, ...], list[int]]:
    places: dict[tuple[int, ...], list[int]] = {gram: [] for gram in wanted}
    for at, gram in enumerate(grams):
        if gram in wanted:
            places[gram].append(at)
    return places


def runs_of(met: Sequence[tuple[int, int]], area: Area, size: int) -> list[Link]:
    """Meetings that follow each other word by word, made one link each, in the order of the old text."""
    runs: list[Link] = []
    start = last = (-2, -2)
    for here in [*met, (-2, -2)]:
        if here == (last[0] + 1, last[1] + 1):
            last = here
            continue
        if start[0] >= 0:
            length = last[0] - start[0] + size
            runs.append(Link(area.i0 + start[0], area.j0 + start[1], length, length, Kind.SAME))
        start = last = here
    return runs


def heaviest(runs: Sequence[Link], worth: Sequence[float]) -> list[Link]:
    """The chain, increasing in both texts, that is worth most in all; runs by old place. O(n log n)."""
    order = sorted({run.j for run in runs})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(order) + 1)  # a Fenwick tree of running maxima
    before = [-1] * len(runs)
    top = (0.0, -1)
    index = 0
    while index < len(runs):
        # Runs with one start must not follow each other: they are all looked up before any is entered.
        group = index
        entries: list[tuple[int, tuple[float, int]]] = []
        while group < len(runs) and runs[group].i == runs[index].i:
            run = runs[group]
            rank = bisect_left(order, run.j)
            weight, before[group] = _maximum(best, rank)
            weight += worth[group]
            entries.append((rank + 1, (weight, group)))
            top = max(top, (weight, group))
            group += 1
        for rank, entry in entries:
            _enter(best, rank, entry)
        index = group
    chain: list[Link] = []
    at = top[1]
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    chain.reverse()
    return chain


def _maximum(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank > 0:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found


def _enter(tree: list[tuple[float, int]], rank: int, entry: tuple[float, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], entry)
        rank += rank & -rank


def _without_overlap(chain: Sequence[Link]) -> list[Link]:
    """Cut the beginning of each link as far as it overlaps the one before, in either text."""
    kept: list[Link] = []
    i = j = -1
    for link in chain:
        cut = max(0, i - link.i, j - link.j)
        if cut < link.n:
            kept.append(Link(link.i + cut, link.j + cut, link.n - cut, link.m - cut, Kind.SAME))
            i, j = link.i + link.n, link.j + link.m
    return kept


def _stretched(pair: Pair, chain: Sequence[Link], area: Area) -> list[Link]:
    """Let each link grow to both sides while the words are equal and its neighbours leave room."""
    a, b = pair.a, pair.b
    grown: list[Link] = []
    i_low, j_low = area.i0, area.j0
    for at, link in enumerate(chain):
        i_high, j_high = (chain[at + 1].i, chain[at + 1].j) if at + 1 < len(chain) else (area.i1, area.j1)
        i, j, end, other = link.i, link.j, link.i + link.n, link.j + link.m
        while i > i_low and j > j_low and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
        while end < i_high and other < j_high and a[end] == b[other]:
            end, other = end + 1, other + 1
        grown.append(Link(i, j, end - i, other - j, Kind.SAME))
        i_low, j_low = end, other
    return grown


def in_order(links: Sequence[Link]) -> bool:
    """Whether the links increase in both texts without overlap."""
    return all(x.i + x.n <= y.i and x.j + x.m <= y.j for x, y in pairwise(links))
