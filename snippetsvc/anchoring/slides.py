"""Where exactly a deletion or an insertion begins, when several places would do.

In "a b a b c" made of "a b c", either "a b" may be the new one. An editor takes out and puts in whole paragraphs and
sentences, so the cut is moved to where the stronger boundaries are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain as chained

from snippetsvc.anchoring.pairs import Kind, Link, Pair

#: How far a cut is moved, in words; a repetition longer than a paragraph is no accident of wording.
FURTHEST = 200


def settled(pair: Pair, links: Sequence[Link]) -> list[Link]:
    """The same links, with each pure deletion or insertion between two SAME links moved to its best place."""
    result: list[Link] = []
    for link in links:
        if result and result[-1].kind is link.kind is Kind.SAME:
            before = result.pop()
            shift = _best_shift(pair, before, link)
            result += [part for part in _shifted(before, link, shift) if part.n]
        else:
            result.append(link)
    return result


def _shifted(before: Link, after: Link, shift: int) -> tuple[Link, Link]:
    return (
        Link(before.i, before.j, before.n + shift, before.m + shift, Kind.SAME),
        Link(after.i + shift, after.j + shift, after.n - shift, after.m - shift, Kind.SAME),
    )


def _best_shift(pair: Pair, before: Link, after: Link) -> int:
    i0, i1, j0, j1 = before.i + before.n, after.i, before.j + before.m, after.j
    if (i0 == i1) == (j0 == j1):
        return 0
    numbers, breaks, start, end = (pair.a, pair.old.breaks, i0, i1) if i0 < i1 else (pair.b, pair.new.breaks, j0, j1)
    lefts = _run(numbers, start - 1, end - 1, -1, min(before.n, FURTHEST))
    rights = _run(numbers, start, end, 1, min(after.n, FURTHEST))

    def strength(shift: int) -> int:
        return _strength(breaks, start + shift) + _strength(breaks, end + shift)

    # Of equally good ones the nearest, which is what the comparison came upon first.
    return max(
        chained(range(0, -lefts - 1, -1), range(1, rights + 1)), key=lambda shift: (strength(shift), -abs(shift))
    )


def _run(numbers: Sequence[int], one: int, other: int, step: int, most: int) -> int:
    """How many words from `one` and from `other` on, in the direction `step`, are equal."""
    length = 0
    while length < most and numbers[one + step * length] == numbers[other + step * length]:
        length += 1
    return length


def _strength(breaks: Sequence[int], at: int) -> int:
    return breaks[at] if at < len(breaks) else 3
