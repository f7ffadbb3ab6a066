"""Stage 4: between two tiles lies a region: old words for which the new ones came. What is left of them there?

First equal words in order, those by chance left out. Then, between two matches, equal words that were turned round,
words that were split or joined, and words alike in letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count, groupby, pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.chains import Match, aligned, heaviest_chain, once_in_both, paying_runs
from snippetsvc.anchoring.links import Links
from snippetsvc.anchoring.pair import EVIDENCE, PASSED, Pair
from snippetsvc.anchoring.stage2_tiles import Tile

#: Pairs of words compared one by one: 35 by 35, two sentences, half a millisecond.
CELLS = 1250
#: Pairs of words compared by letters, 10 by 10, a clause; and letters of such a word.
LETTERS = 100
#: Times that a region is cut again: bounds the time, and real regions are small after two.
CUTS = 6
#: Share of letters that stand in both words, in order: "colour", "coloring" .71; of two at random .23.
LIKE = 0.6
#: Words and hyphens that one word may be split into, or be joined from: "light house", "mother-in-law".
PARTS = 5


class Region(NamedTuple):
    """Old words `[i, end)`, new words `[j, last)`; left, right: whether the words at that edge are matched."""

    i: int
    end: int
    j: int
    last: int
    left: bool = True
    right: bool = True


def filled(pair: Pair, tiles: Sequence[Tile]) -> Links:
    """A reading: tiles, and what is matched between them, and beside those that are neighbours in one text only."""
    links = Links(pair)
    for tile in tiles:
        links.join_run(*tile)
    ordered = [Tile(0, 0, 0), *tiles, Tile(len(pair.a), len(pair.b), 0)]
    by_new = sorted(ordered, key=lambda tile: (tile.j, tile.n))
    rank = {tile: at for at, tile in enumerate(by_new)}
    beside: list[tuple[Region, list[Match]]] = []
    for one, two in pairwise(ordered):
        left, right = one.n > 0 or not pair.excerpt, two.n > 0 or not pair.excerpt
        region = Region(one.i + one.n, two.i, one.j + one.n, two.j, left, right)
        after, before = by_new[min(rank[one] + 1, len(by_new) - 1)], by_new[max(rank[two] - 1, 0)]
        if after == two and left and right:
            _join(pair, links, matched(pair, _inwards(pair, links, region)))
        elif region.i < region.end:
            # As far as the old words could pay for the way.
            reach = int(pair.said(region.i, region.end) / PASSED)
            if left:
                part = region._replace(last=min(after.j, region.j + reach), right=False)
                beside.append((part, matched(pair, part)))
            if right:
                part = region._replace(j=max(before.j + before.n, region.last - reach), left=False)
                beside.append((part, matched(pair, part)))
    for part, matches in sorted(beside, key=lambda each: -sum(match.worth for match in each[1])):
        _join(pair, links, matches)
        # A word that is misspelt beside what is known.
        if matches and part.left:
            _alike(pair, links, part._replace(i=matches[-1].i + 1, j=matches[-1].j + 1), 1)
        elif matches:
            _alike(pair, links, part._replace(end=matches[0].i, last=matches[0].j), -1)
    return links


def _join(pair: Pair, links: Links, matches: Sequence[Match]) -> None:
    """The matches of a region, as far as their words are free; then what is found between them."""
    for i, j, _ in matches:
        if 0 <= i < len(pair.a) and 0 <= j < len(pair.b) and links.to[i] < 0 and links.fro[j] < 0:
            links.join_run(i, j, 1)
    if len(matches) > 1:
        _turned(pair, links, Region(matches[0].i + 1, matches[-1].i, matches[0].j + 1, matches[-1].j))
    for one, two in pairwise(matches):
        gap = Region(one.i + 1, two.i, one.j + 1, two.j)
        if 0 < (gap.end - gap.i) * (gap.last - gap.j) <= LETTERS:
            _split_or_joined(pair, links, gap)
        for step in (1, -1):
            _alike(pair, links, gap, step)


def _inwards(pair: Pair, links: Links, region: Region) -> Region:
    """What is left of a region when what agrees at its edges is joined."""
    i, end, j, last, _, _ = region
    a, b = pair.a, pair.b
    while i < end and j < last and a[i] == b[j]:
        i, j = i + 1, j + 1
    links.join_run(region.i, region.j, i - region.i)
    while i < end and j < last and a[end - 1] == b[last - 1]:
        end, last = end - 1, last - 1
    links.join_run(end, last, region.end - end)
    return Region(i, end, j, last)


def matched(pair: Pair, region: Region) -> list[Match]:
    """The matches of a region, its edges among them, that are no chance: groups that say enough between two edges, or
    together with the one that they lean on."""
    i, end, j, last, left, right = region
    if i == end or j == last:
        return []
    edges = [Match(i - 1, j - 1, EVIDENCE)] * left + [Match(end, last, EVIDENCE)] * right
    matches = sorted([*edges, *(Match(x, y, pair.information[pair.a[x]]) for x, y in equal_words(pair, region))])
    kept: list[Match] = []
    for start, stop, score in paying_runs(matches, old_too=True):
        if score >= EVIDENCE and ((left and right) or matches[start] in edges or matches[stop - 1] in edges):
            kept += matches[start:stop]
    return kept


def equal_words(pair: Pair, region: Region) -> list[tuple[int, int]]:
    """Pairs of equal words of a region, those by chance among them; in order when sorted.

    What agrees at an edge comes first; a large rest is cut at words that stand once on both sides, and again.
    """
    a, b = pair.a, pair.b
    pairs: list[tuple[int, int]] = []
    todo = [(region, CUTS)]
    while todo:
        (i, end, j, last, left, right), cuts = todo.pop()
        while left and i < end and j < last and a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while right and i < end and j < last and a[end - 1] == b[last - 1]:
            end, last = end - 1, last - 1
            pairs.append((end, last))
        if (end - i) * (last - j) <= CELLS:
            common = set(a[i:end]).intersection(b[j:last])
            olds = [x for x in range(i, end) if a[x] in common]
            news = [y for y in range(j, last) if b[y] in common]
            pairs += aligned(olds, news, _equality(pair), late=not left) if common else []
        elif cuts:
            once = list(once_in_both(zip(a[i:end], count(i)), zip(b[j:last], count(j))))
            chain = heaviest_chain([y for _, y in once], [pair.information[a[x]] for x, _ in once])
            once = [once[index] for index in chain]
            corners = [(i - 1, j - 1), *once, (end, last)] if once else []
            for at, ((x, y), (x2, y2)) in enumerate(pairwise(corners)):
                todo.append((Region(x + 1, x2, y + 1, y2, left or at > 0, right or at < len(once)), cuts - 1))
            pairs += once
    return pairs


def _equality(pair: Pair) -> Callable[[int, int], float]:
    a, b, information = pair.a, pair.b, pair.information

    def value(i: int, j: int) -> float:
        if a[i] != b[j]:
            return 0.0
        # Of two equal places the one that passes nothing over.
        return information[a[i]] + (PASSED if i and j and a[i - 1] == b[j - 1] else 0.0)

    return value


def _turned(pair: Pair, links: Links, region: Region) -> None:
    """Equal words of a small region that stand in another order: "12 May", "May 12"."""
    olds = [i for i in range(region.i, region.end) if links.to[i] < 0]
    news = [j for j in range(region.j, region.last) if links.fro[j] < 0]
    if not 0 < len(olds) * len(news) <= LETTERS:
        return
    once = once_in_both(((pair.a[i], i) for i in olds), ((pair.b[j], j) for j in news))
    # Pairs in a row, in both texts, are together.
    for _, group in groupby(enumerate(once), lambda each: (each[1][0] - each[0], each[1][1] - each[0])):
        run = [words for _, words in group]
        if sum(pair.information[pair.a[i]] for i, _ in run) >= EVIDENCE:
            links.join_run(*run[0], len(run))


def _split_or_joined(pair: Pair, links: Links, gap: Region) -> None:
    """A word that became several, or several that became one, letter by letter."""
    for i in range(gap.i, gap.end):
        for j in range(gap.j, gap.last):
            one, two = pair.keys[pair.a[i]], pair.keys[pair.b[j]]
            for size in range(2, PARTS + 1) if one != two else ():
                olds, news = pair.a[i : min(i + size, gap.end)], pair.b[j : min(j + size, gap.last)]
                if one.startswith(two) and one == _joined(pair, news) and links.free(i, j, 1, len(news)):
                    links.join_group(i, i + 1, j, j + len(news))
                elif two.startswith(one) and two == _joined(pair, olds) and links.free(i, j, len(olds), 1):
                    links.join_group(i, i + len(olds), j, j + 1)


def _joined(pair: Pair, numbers: Sequence[int]) -> str:
    return "".join(pair.keys[number] for number in numbers if pair.keys[number] != "-")


def _alike(pair: Pair, links: Links, gap: Region, step: int) -> None:
    """Words alike in letters, side by side from one edge of a gap inwards, as far as they pay for those that are not:
    likeness alone is no evidence."""
    i, j = (gap.i, gap.j) if step > 0 else (gap.end - 1, gap.last - 1)
    score = 0.0
    while score >= 0 and gap.i <= i < gap.end and gap.j <= j < gap.last and links.free(i, j):
        alike = likeness(pair, i, j)
        score += pair.information[pair.a[i]] * alike if alike else -2 * PASSED
        if alike:
            links.join_run(i, j, 1)
        i, j = i + step, j + step


def likeness(pair: Pair, i: int, j: int) -> float:
    """Share of letters that stand in both words, in order; 0 for less than LIKE."""
    one, two = pair.a[i], pair.b[j]
    if one == two:
        return 1.0
    if max(len(pair.keys[one]), len(pair.keys[two])) > LETTERS:
        return 0.0
    return float(Indel.normalized_similarity(pair.keys[one], pair.keys[two], score_cutoff=LIKE))
