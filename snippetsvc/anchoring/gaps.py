"""What became of the words between two shared stretches: a small alignment, word by word, with likeness of letters."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from snippetsvc.anchoring.chains import SURE, common_subsequence, joined, lone, shared
from snippetsvc.anchoring.pairs import Area, Kind, Link, Pair

#: Cells of the largest table that is filled in; 60 words against 60 take some 3 ms.
MOST_CELLS = 3600
#: Two words of this likeness (Indel, 0 to 1) are one word edited: two letters in seven differ.
ALIKE = 0.62
#: Joined or split words must agree better, there are more ways to be alike by chance.
JOINED_ALIKE = 0.8
#: Letters of two words together up to which they are compared; nothing longer is a word.
LONGEST_WORDS = 400
#: Leaving a word out costs this; a word in another's place costs less than leaving out one and putting in one.
SKIP = -0.3
UNLIKE = 0.0
MISFIT = -0.5
EQUAL_MARK = 0.35
COMPANY = 0.25

_STOP, _PAIR, _DROP, _ADD, _JOIN, _SPLIT = range(6)


def table(pair: Pair, area: Area) -> list[Link]:
    """The best alignment of a small area, as links of all kinds; every old and new word is linked or left out."""
    steps = _filled(pair, area)
    width = area.news + 1
    i, j = area.olds, area.news
    links: list[Link] = []
    while i or j:
        step = steps[i * width + j]
        n, m = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))[step - 1]
        i, j = i - n, j - m
        if n and m:
            links.append(_link(pair, area.i0 + i, area.j0 + j, n, m))
    links.reverse()
    return joined(links)


def _link(pair: Pair, i: int, j: int, n: int, m: int) -> Link:
    if n == m and pair.a[i] == pair.b[j]:
        return Link(i, j, 1, 1, Kind.SAME)
    alike = n != m or likeness(pair, pair.a[i], pair.b[j]) >= ALIKE
    return Link(i, j, n, m, Kind.EDITED if alike else Kind.REPLACED)


def likeness(pair: Pair, one: int, other: int) -> float:
    """How alike the letters of two words are, 0 to 1; 0 below `ALIKE`."""
    first, second = pair.keys[one], pair.keys[other]
    if len(first) + len(second) > LONGEST_WORDS:
        return 0.0
    return Indel.normalized_similarity(first, second, score_cutoff=ALIKE)


def _filled(pair: Pair, area: Area) -> bytearray:
    """Needleman and Wunsch, with steps for words that were joined or split. Row by row over the old words."""
    olds, news = pair.a[area.i0 : area.i1], pair.b[area.j0 : area.j1]
    width = len(news) + 1
    steps = bytearray([_ADD]) * width
    steps[0] = _STOP
    above = [SKIP * column for column in range(width)]
    before_above: list[float] = []
    known: dict[tuple[int, int], float] = {}
    lengths = [len(pair.keys[number]) for number in news]
    for row, old in enumerate(olds, 1):
        left = SKIP * row
        current = [left]
        line = bytearray([_DROP])
        for column, new in enumerate(news, 1):
            score = known.get((old, new))
            if score is None:
                score = known[old, new] = _score(pair, old, new)
            if old == new:
                score += _company(olds, news, row - 1, column - 1)
            best, step = above[column - 1] + score, _PAIR
            if above[column] + SKIP > best:
                best, step = above[column] + SKIP, _DROP
            if left + SKIP > best:
                best, step = left + SKIP, _ADD
            if score <= 0.0:
                if row > 1 and _may_join(pair, olds[row - 2], old, lengths[column - 1]):
                    joint = before_above[column - 1] + _joint(pair, (olds[row - 2], old), new)
                    if joint > best:
                        best, step = joint, _JOIN
                if column > 1 and _may_join(pair, news[column - 2], new, len(pair.keys[old])):
                    joint = above[column - 2] + _joint(pair, (news[column - 2], new), old)
                    if joint > best:
                        best, step = joint, _SPLIT
            current.append(best)
            line.append(step)
            left = best
        steps += line
        before_above, above = above, current
    return steps


def _score(pair: Pair, old: int, new: int) -> float:
    if old == new:
        return 1.0 + min(1.0, pair.surprise[old] / 10) if pair.is_word(old) else EQUAL_MARK
    if pair.is_word(old) != pair.is_word(new):
        return MISFIT
    return likeness(pair, old, new) or UNLIKE


def _company(olds: Sequence[int], news: Sequence[int], row: int, column: int) -> float:
    """What equal neighbours add to two equal words: a phrase is worth more than the same words here and there."""
    before = row > 0 and column > 0 and olds[row - 1] == news[column - 1]
    after = row + 1 < len(olds) and column + 1 < len(news) and olds[row + 1] == news[column + 1]
    return COMPANY * (before + after)


def _may_join(pair: Pair, first: int, second: int, length: int) -> bool:
    both = len(pair.keys[first]) + len(pair.keys[second])
    return abs(both - length) <= 1 + length // 5 and 2 < length < LONGEST_WORDS


def _joint(pair: Pair, two: tuple[int, int], one: int) -> float:
    together = pair.keys[two[0]] + pair.keys[two[1]]
    return Indel.normalized_similarity(together, pair.keys[one], score_cutoff=JOINED_ALIKE) * 1.5 or MISFIT * 2


def resolved(pair: Pair, area: Area) -> list[Link]:
    """Links inside an area of any size: landmarks of two words and of one first, until tables are small enough."""
    if not area.olds or not area.news:
        return []
    if area.olds * area.news <= MOST_CELLS:
        return table(pair, area)
    for size in (2, 1):
        links = shared(pair, area, size, SURE / 2)
        if links:
            return [*_filled_between(pair, area, links)]
    links = common_subsequence(pair, area)
    return [*_filled_between(pair, area, links)] if links else []


def _filled_between(pair: Pair, area: Area, links: Sequence[Link]) -> Iterator[Link]:
    """The links, and between them what tables find where the area is small enough."""
    for link, inner in zip([*links, None], area.between(links), strict=True):
        if inner.olds and inner.news and inner.olds * inner.news <= MOST_CELLS:
            yield from table(pair, inner)
        if link is not None:
            yield link


def trusted(pair: Pair, area: Area, links: Sequence[Link], *, left: bool, right: bool) -> list[Link]:
    """Those links of an area that are no chance meetings.

    Where shared words adjoin a side (`left`, `right`), links are taken from there inwards as long as they say more
    than the words between them speak against. Of the others, those near each other support each other: a cluster
    stays when its surprise exceeds a floor and the logarithm of the places where it could have been met.
    """
    real = [link for link in links if link.kind is not Kind.REPLACED]
    heads = _reach(pair, real, (area.i0, area.j0)) if left else 0
    tails = _reach(pair, [_mirrored(link) for link in reversed(real)], (-area.i1, -area.j1)) if right else 0
    if heads + tails >= len(real):
        return real
    kept = real[:heads]
    floor = (SURE / 2 if left and right else SURE) + math.log(max(area.news, area.olds, 1))
    for cluster in _clusters(real[heads : len(real) - tails]):
        said = sum(evidence(pair, link) for link in cluster)
        if said >= floor:
            kept.extend(cluster)
    kept += real[len(real) - tails :]
    return _with_phrases(pair, area, kept) if left and right else kept


def _with_phrases(pair: Pair, area: Area, links: Sequence[Link]) -> list[Link]:
    """The links of a small area, and phrases that stand once in it in both texts: the rest of it was written anew.

    A phrase out of order with links that say less gets the better of them.
    """
    if max(area.olds, area.news) > LARGEST_REWRITTEN:
        return list(links)
    kept = list(links)
    for phrase in lone(pair, area, LEAST_ALONE, LEAN):
        against = [link for link in kept if not _in_order(link, phrase)]
        # Alike is not the same: a word that stands there must not lose its place to one that resembles it.
        doubt = sum(evidence(pair, link) * (1.0 if link.kind is Kind.SAME else RESEMBLES) for link in against)
        if evidence(pair, phrase) >= doubt:
            kept = [*(link for link in kept if link not in against), phrase]
    return sorted(kept, key=lambda link: link.i)


def _in_order(one: Link, other: Link) -> bool:
    first, second = (one, other) if one.i < other.i else (other, one)
    return first.i + first.n <= second.i and first.j + first.m <= second.j


def _mirrored(link: Link) -> Link:
    """The link as it would be in texts read backwards: offsets count down from 0."""
    return Link(-link.i - link.n, -link.j - link.m, link.n, link.m, link.kind)


def _reach(pair: Pair, links: Sequence[Link], start: tuple[int, int]) -> int:
    """How many of the links, from a certain place on, are worth the words that are skipped on the way to them."""
    i, j = start
    score = best = 0.0
    count = 0
    for number, link in enumerate(links, 1):
        score += evidence(pair, link) - SKIPPED * max(link.i - i, link.j - j)
        if score > best:
            best, count = score, number
        if score < best - GIVE_UP:
            break
        i, j = link.i + link.n, link.j + link.m
    return count


#: In an area of at most so many words on either side, where everything else was written anew between shared words,
#: words that stand once in both are the same ones if they say at least this much (nats): they are no "and".
LARGEST_REWRITTEN = 120
LEAST_ALONE = 4.0
#: What such words lose for each word by which they moved inside the area (nats); contexts are written anew at about
#: their length, and chance meets anywhere.
LEAN = 0.15
RESEMBLES = 0.5

#: What a word without a counterpart speaks against its neighbourhood's being in place (nats), and after how much of
#: it nothing further on is believed.
SKIPPED = 1.2
GIVE_UP = 12.0

#: Words between two links, on the side with more of them, up to which they belong together.
NEAR = 2


def _near(n: int, m: int) -> bool:
    return max(n, m) <= NEAR


def _clusters(links: Sequence[Link]) -> Iterator[list[Link]]:
    cluster: list[Link] = []
    for link in links:
        if link.kind is Kind.REPLACED:
            continue
        if cluster:
            last = cluster[-1]
            if not _near(link.i - last.i - last.n, link.j - last.j - last.m):
                yield cluster
                cluster = []
        cluster.append(link)
    if cluster:
        yield cluster


def evidence(pair: Pair, link: Link) -> float:
    """How much a link says for its place (nats)."""
    if link.kind is Kind.REPLACED:
        return 0.0
    first, last = (link.i, link.i + link.n) if link.i >= 0 else (-link.i - link.n, -link.i)
    surprise = pair.sums[last] - pair.sums[first]
    if link.kind is Kind.SAME:
        return surprise
    # Short words are alike by chance: "set" and "yet" say next to nothing, "original" and "origina" nearly all.
    letters = len(pair.keys[pair.a[first]])
    return surprise * min(0.8, max(0.1, 0.15 * (letters - 2)))
