"""Stage 2: long common runs first, in any order, each word once (greedy string tiling, Wise 1993)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import compress, count, pairwise, repeat
from operator import eq, lt
from typing import NamedTuple

from snippetsvc.anchoring.chains import once_in_both
from snippetsvc.anchoring.links import Links
from snippetsvc.anchoring.pair import PUNCTUATION, Pair

#: Words in a seed. Eight are hardly ever met twice, and cheap to look for; three is the least that can say enough for a
#: place anywhere in a long text.
SEEDS = (8, 3)
#: Words of both texts together beyond which not all seeds are looked at: bounds time and memory.
MANY = 500_000


class Tile(NamedTuple):
    """The n old words from i on are the new words from j on."""

    i: int
    j: int
    n: int


def tiles_of(pair: Pair) -> list[Tile]:
    """In the order of the old text.

    Whole lines that stand once in both texts come first, and are not grown: a long run would take half of them. Then
    seeds that stand once in both grow as far as the texts agree.
    """
    links = Links(pair)
    olds, news = _lines(pair.a, pair.line_end), _lines(pair.b, pair.line_end)
    lines = once_in_both(((line, i) for i, line in olds.items()), ((line, j) for j, line in news.items()))
    # A whole line says its two ends as well, and these in full.
    ends = 2 * pair.information[pair.line_end] / PUNCTUATION if pair.line_end >= 0 else 0.0
    _take(pair, links, [Tile(i, j, len(olds[i])) for i, j in lines], ends)
    every = 1 + (len(pair.a) + len(pair.b)) // MANY
    for size in SEEDS:
        seeds = once_in_both(_seeds(pair.a, links.to, size, every), _seeds(pair.b, links.fro, size, every))
        _take(pair, links, _grown(pair, links, seeds), 0.0)
    return list(_trimmed(pair, links))


def _stretches(flags: Iterable[bool], least: int = 1) -> Iterator[tuple[int, int]]:
    """Where `least` flags in a row, or more, are set: each stretch, from and to."""
    for found in re.finditer(rb"\x01{%d,}" % least, bytes(flags)):
        yield found.span()


def _lines(words: Sequence[int], line_end: int) -> dict[int, tuple[int, ...]]:
    """Each line, by where it begins."""
    ends = [-1, *compress(count(), map(eq, words, repeat(line_end))), len(words)]
    return {one + 1: tuple(words[one + 1 : two]) for one, two in pairwise(ends) if one + 1 < two}


def _seeds(words: Sequence[int], taken: array[int], size: int, every: int) -> Iterator[tuple[Hashable, int]]:
    """Each `size` words in a row that are free, as one number, and where; only those that begin with a chosen word."""
    words = tuple(words)
    for start, end in _stretches(map(lt, taken, repeat(0)), size):
        for at in [at for at in range(start, end - size + 1) if words[at] % every == 0]:
            yield hash(words[at : at + size]), at


def _grown(pair: Pair, links: Links, seeds: Iterable[tuple[int, int]]) -> Iterator[Tile]:
    """Each seed as far as the texts agree, through words that are still free."""
    a, b, to, fro = pair.a, pair.b, links.to, links.fro
    reached: dict[int, int] = {}
    for start, there in seeds:
        shift = there - start
        if a[start] != b[there] or reached.get(shift, -1) > start:
            continue
        i = end = start
        while i and i + shift and a[i - 1] == b[i - 1 + shift] and to[i - 1] < 0 and fro[i - 1 + shift] < 0:
            i -= 1
        last = min(len(a), len(b) - shift)
        while end < last and a[end] == b[end + shift] and to[end] < 0 and fro[end + shift] < 0:
            end += 1
        reached[shift] = end
        yield Tile(i, i + shift, end - i)


def _take(pair: Pair, links: Links, tiles: Iterable[Tile], more: float) -> None:
    """The tile that says most first; of the others what is still free, where that says enough, with `more` if whole."""
    for tile in sorted(tiles, key=lambda tile: (-pair.said(tile.i, tile.i + tile.n), tile)):
        whole = links.free(*tile, tile.n)
        free = [(0, tile.n)] if whole else _stretches(links.free(tile.i + at, tile.j + at) for at in range(tile.n))
        for start, end in free:
            said = pair.said(tile.i + start, tile.i + end) + (more if whole else 0.0)
            if said >= pair.anywhere:
                links.join_run(tile.i + start, tile.j + start, end - start)


def _trimmed(pair: Pair, links: Links) -> Iterator[Tile]:
    """Without the signs they begin with: a full stop belongs to the words before it, and is found with these."""
    for i, j, n in links.runs():
        cut = 0
        while cut < n and i and j and not pair.words[pair.a[i + cut]]:
            cut += 1
        if cut < n:
            yield Tile(i + cut, j + cut, n - cut)
