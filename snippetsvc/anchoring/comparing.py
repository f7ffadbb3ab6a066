"""The whole comparison of two texts: what stayed in order, what moved, what was put in another's place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from snippetsvc.anchoring.chains import joined, shared
from snippetsvc.anchoring.gaps import evidence, resolved, trusted
from snippetsvc.anchoring.moves import SURE_LINE, moved_areas
from snippetsvc.anchoring.pairs import Area, Kind, Link, Pair
from snippetsvc.anchoring.slides import settled
from snippetsvc.anchoring.words import SINGLE, Words

#: Three words in a row are nearly always a landmark in an article; the rest of the text is reached from these.
LANDMARK_WORDS = 3
#: An area of which less survives in its place may have moved; the text elsewhere is asked before the place.
DENSE = 0.3
#: Letters agree by a quarter in any two stretches of a language, by more than half where every fifth was mistyped.
ALIKE_IN_PLACE = 0.45
#: Two stretches of so many characters are compared in some 0.2 ms.
LONGEST_COMPARED = 4000
#: So few words are never looked for elsewhere first: something else in their place is a replacement.
FEW = 3


def compared(pair: Pair) -> list[list[Link]]:
    """Links in blocks: the first is what stayed in order, each further one a passage that moved.

    Within a block links increase in both texts; a word is in one link at most.
    """
    claimed = Claims(bytearray(len(pair.a)), bytearray(len(pair.b)))
    main, sparse = _in_order(pair, pair.area)
    claimed.take(main)
    blocks = [main]
    for area in moved_areas(pair, claimed.old, claimed.new):
        links, doubtful = _in_order(pair, area)
        links = claimed.free(sorted([*links, *doubtful], key=lambda link: link.i))
        if sum(evidence(pair, link) for link in links) >= SURE_LINE:
            claimed.take(links)
            blocks.append(links)
    rest = claimed.free(sparse)
    claimed.take(rest)
    blocks[0] = sorted([*main, *rest], key=lambda link: link.i)
    return [_with_replaced(pair, links, claimed) for links in _in_few_blocks(pair, blocks)]


#: A passage of which so much lies in order with everything else did not move; the rest of it is chance.
UNMOVED = 0.8


def _in_few_blocks(pair: Pair, blocks: Sequence[list[Link]]) -> list[list[Link]]:
    """The blocks, those that did not move after all made one with the first."""
    main, *others = blocks
    apart: list[list[Link]] = []
    for block in others:
        fitting = [link for link in block if _fits(main, link)]
        if sum(evidence(pair, link) for link in fitting) >= UNMOVED * sum(evidence(pair, link) for link in block):
            main = sorted([*main, *fitting], key=lambda link: link.i)
        else:
            apart.append(block)
    return [joined(main), *_reunited(pair, joined(main), apart)]


#: Words that may have come, or gone, between two halves of one passage that moved.
MOST_BETWEEN = 150


def _reunited(pair: Pair, main: Sequence[Link], blocks: Sequence[list[Link]]) -> list[list[Link]]:
    """Blocks that stood next to each other and still do are one passage, into which words were put as it moved."""
    claimed = Claims(bytearray(len(pair.a)), bytearray(len(pair.b)))
    for links in (main, *blocks):
        claimed.take(links)
    whole: list[list[Link]] = []
    for block in sorted(blocks, key=lambda links: links[0].i):
        before = whole[-1] if whole else None
        if before and _next_to(claimed, before[-1], block[0]):
            before.extend(block)
        else:
            whole.append(list(block))
    return [joined(block) for block in whole]


def _next_to(claimed: Claims, one: Link, two: Link) -> bool:
    between = Area(one.i + one.n, two.i, one.j + one.m, two.j)
    return 0 <= between.olds <= MOST_BETWEEN and 0 <= between.news <= MOST_BETWEEN and claimed.none_in(between)


def _fits(main: Sequence[Link], link: Link) -> bool:
    """Whether `link` is in order with all of `main`, in both texts."""
    at = bisect_left(main, link.i, key=lambda other: other.i)
    before, after = main[at - 1] if at else None, main[at] if at < len(main) else None
    return (before is None or (before.i + before.n <= link.i and before.j + before.m <= link.j)) and (
        after is None or (link.i + link.n <= after.i and link.j + link.m <= after.j)
    )


@dataclass(frozen=True, slots=True)
class Claims:
    """Which words of either text are linked already: one byte a word."""

    old: bytearray
    new: bytearray

    def none_in(self, area: Area) -> bool:
        return not any(self.old[area.i0 : area.i1]) and not any(self.new[area.j0 : area.j1])

    def take(self, links: Sequence[Link]) -> None:
        for link in links:
            self.old[link.i : link.i + link.n] = b"\x01" * link.n
            self.new[link.j : link.j + link.m] = b"\x01" * link.m

    def free(self, links: Sequence[Link]) -> list[Link]:
        """The links, or the parts of them, that nobody has claimed."""
        return joined([part for link in links for part in self._parts(link)])

    def _parts(self, link: Link) -> Iterator[Link]:
        if not any(self.old[link.i : link.i + link.n]) and not any(self.new[link.j : link.j + link.m]):
            yield link
        elif link.kind is Kind.SAME:
            for shift in range(link.n):
                if not self.old[link.i + shift] and not self.new[link.j + shift]:
                    yield Link(link.i + shift, link.j + shift, 1, 1, Kind.SAME)


def _in_order(pair: Pair, area: Area) -> tuple[list[Link], list[Link]]:
    """The links of an area that are certain, and those of places where little survived."""
    solid = shared(pair, area, LANDMARK_WORDS)
    certain, doubtful = list(solid), list[Link]()
    for inner in area.between(solid):
        if not inner.olds or not inner.news:
            continue
        # The beginning and the end of the texts are landmarks, too.
        left = inner.i0 == inner.j0 == 0 or (inner.i0 > area.i0 and inner.j0 > area.j0)
        right = (inner.i1, inner.j1) == (len(pair.a), len(pair.b)) or (inner.i1 < area.i1 and inner.j1 < area.j1)
        links = trusted(pair, inner, resolved(pair, inner), left=left, right=right)
        if (
            max(inner.olds, inner.news) <= FEW
            or _density(pair, inner, links) >= DENSE
            or _alike(pair, inner) >= ALIKE_IN_PLACE
        ):
            certain.extend(links)
        else:
            doubtful.extend(links)
    certain.sort(key=lambda link: link.i)
    return settled(pair, certain), doubtful


def _alike(pair: Pair, area: Area) -> float:
    """How alike the letters of an area are in both texts (Levenshtein, 0 to 1); 0 where that would take too long."""
    old = pair.old.text[pair.old.starts[area.i0] : pair.old.ends[area.i1 - 1]]
    new = pair.new.text[pair.new.starts[area.j0] : pair.new.ends[area.j1 - 1]]
    if max(len(old), len(new)) > LONGEST_COMPARED:
        return 0.0
    return Levenshtein.normalized_similarity(old, new, score_cutoff=ALIKE_IN_PLACE)


def _density(pair: Pair, area: Area, links: Sequence[Link]) -> float:
    """How much of the area's smaller side survives in its place, 0 to 1, by surprise."""
    found = sum(evidence(pair, link) for link in links)
    old = pair.sums[area.i1] - pair.sums[area.i0]
    new = sum(pair.surprise[number] for number in pair.b[area.j0 : area.j1])
    return found / max(min(old, new), 1e-9)


#: The longest stretch that may have been replaced by something unlike, in words, and in characters where these are
#: the words: more than a phrase is a text that went, and another that came.
LONGEST_REPLACED = 6
LONGEST_REPLACED_SINGLES = 14
#: Words on each side of a replaced stretch that are asked whether this is the place.
WITNESSES = 8
#: As how many words a character counts where characters are the words.
SINGLE_SIZE = 0.5
#: What the witnesses of one side, and of both, must say at least (nats): one rare or two usual words on each.
ONE_SIDE = 4.0
BOTH_SIDES = 16.0


def _with_replaced(pair: Pair, links: Sequence[Link], claimed: Claims) -> list[Link]:
    """The links of a block, and between them links of the kind REPLACED where the place is clear."""
    whole: list[Link] = []
    for at, (before, after) in enumerate(zip([None, *links], [*links, None], strict=True)):
        if before is not None:
            whole.append(before)
        area = _between(pair, before, after)
        if _phrase(pair, area) and not _sentence(pair, area) and claimed.none_in(area) and _witnessed(pair, links, at):
            whole.extend(_replaced(area))
    return whole


def _between(pair: Pair, before: Link | None, after: Link | None) -> Area:
    """What lies between two neighbours of a block; outside of it, as far as its lines reach."""
    if before is None and after is not None:
        return Area(_line_start(pair.old, after.i), after.i, _line_start(pair.new, after.j), after.j)
    if after is None and before is not None:
        i, j = before.i + before.n, before.j + before.m
        return Area(i, _line_end(pair.old, i), j, _line_end(pair.new, j))
    if before is None or after is None:
        return Area(0, 0, 0, 0)
    return Area(before.i + before.n, after.i, before.j + before.m, after.j)


#: A line is followed so far; a longer stretch is no phrase anyway.
LINE_REACH = 2 * LONGEST_REPLACED_SINGLES


def _line_start(words: Words, at: int) -> int:
    low = max(0, at - LINE_REACH)
    return next((start for start in range(at, low, -1) if start < len(words) and words.breaks[start] == 3), low)


def _line_end(words: Words, at: int) -> int:
    high = min(len(words), at + LINE_REACH)
    return next((end for end in range(at, high) if words.breaks[end] == 3), high)


def _phrase(pair: Pair, area: Area) -> bool:
    """Whether the area is small and even enough for one phrase in another's place."""
    fewer, more = sorted((area.olds, area.news))
    if not fewer or more > 2 * fewer + 1:
        return False
    singles = SINGLE in pair.old.kinds[area.i0 : area.i1]
    longest = LONGEST_REPLACED_SINGLES if singles else LONGEST_REPLACED
    return more <= longest


def _sentence(pair: Pair, area: Area) -> bool:
    """Whether whole sentences stand here in both texts: these were not edited, one went and another came."""
    return area.olds != area.news and all(
        words.bounded(start, end) for words, start, end in ((pair.old, area.i0, area.i1), (pair.new, area.j0, area.j1))
    )


def _witnessed(pair: Pair, links: Sequence[Link], at: int) -> bool:
    """Whether enough words just before `links[at]` and from there on have their place."""
    before = _testimony(pair, reversed(links[max(0, at - 2 * WITNESSES) : at]))
    after = _testimony(pair, links[at : at + 2 * WITNESSES])
    if not at or at == len(links):
        # The beginning or the end of a line, in both texts, is the other witness.
        return before + after >= BOTH_SIDES
    return min(before, after) >= ONE_SIDE and before + after >= BOTH_SIDES


def _testimony(pair: Pair, links: Iterable[Link]) -> float:
    """What the nearest links say, until `WITNESSES` words have been passed on the way."""
    words, total, last = 0.0, 0.0, None
    for link in links:
        size = SINGLE_SIZE if pair.old.kinds[link.i] == SINGLE else 1.0
        if last is not None:
            words += size * max(link.i - last.i - last.n, last.i - link.i - link.n)
        if words >= WITNESSES:
            break
        total += evidence(pair, link) * min(1.0, (WITNESSES - words) / (size * link.n))
        words += size * link.n
        last = link
    return total


def _replaced(area: Area) -> Iterator[Link]:
    """Word for word where the numbers agree, otherwise the whole for the whole."""
    if area.olds == area.news:
        for shift in range(area.olds):
            yield Link(area.i0 + shift, area.j0 + shift, 1, 1, Kind.REPLACED)
    else:
        yield Link(area.i0, area.j0, area.olds, area.news, Kind.REPLACED)
