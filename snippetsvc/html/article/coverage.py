"""Which of a page's words belong to its article, by the oracle or, without one, by how the page is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import and_

from bs4 import Tag
from bs4.element import NavigableString

from snippetsvc.html.article.furniture import called, weakly_named_as
from snippetsvc.html.article.words import Words, prefix_sums, words_of
from snippetsvc.html.sanitise import BLOCKS, RENAMED

#: Words of a sequence. Four together hardly stand twice by chance.
_LENGTH = 4
#: Words. A box of a weak name with fewer is a line about the article; with more, it may be its text.
_LINE = 15

#: No article is inside one of these. It may be one of those: no inline element, no row and no list.
_TEXTS = frozenset("p blockquote pre figure h1 h2 h3 h4 h5 h6".split())
_BOXES = (BLOCKS | RENAMED.keys()) - frozenset("table thead tbody tfoot tr ul ol dl menu dir".split())

_Sequence = tuple[str, ...]


class Coverage:
    """How many words of an element belong to the article; `held`: how much of the article stands in it."""

    def __init__(self, words: Words, covered: list[bool], hits: list[_Sequence | None], wanted: Counter[_Sequence]):
        self._words, self._sums = words, prefix_sums(covered)
        self._hits, self._wanted = hits, wanted
        self._hit_sums = prefix_sums([hit is not None for hit in hits])

    @property
    def asked(self) -> bool:
        """Whether the oracle says so, and not the page's mark-up alone."""
        return bool(self._wanted)

    def of(self, element: Tag) -> int:
        """How many of an element's words are the article's."""
        return self.within(*self._words.span(element))

    def within(self, start: int, end: int) -> int:
        return self._sums[end] - self._sums[start]

    def edges(self, element: Tag) -> tuple[int, int]:
        """Where the first and the last word of the article stand in an element; its own edges when none does."""
        start, end = self._words.span(element)
        places = [at for at in range(start, end) if self._sums[at + 1] > self._sums[at]]
        return (places[0], places[-1]) if places else (start, end)

    def deepest(self, element: Tag, share: float) -> Tag:
        """The deepest element that holds this share of what `element` holds of the article, and may be all of it."""
        least, found = share * self._held(element), element
        while least and (inner := next((each for each in tags_in(element) if self._holds(each, element, least)), None)):
            if inner.name in _TEXTS or has_words(inner):
                break
            element = inner
            if inner.name in _BOXES:
                found = inner
        return found

    def _holds(self, element: Tag, around: Tag, least: float) -> bool:
        """Whether an element holds as much of the article as the one around it is known to."""
        most = self._most(element)
        # What the sums decide needs no counting, so it is counted where the article may part alone.
        return most >= least and (most == self._most(around) or self._held(element) >= least)

    def _most(self, element: Tag) -> int:
        start, end = self._words.span(element)
        return self._hit_sums[end] - self._hit_sums[start] if self._wanted else self.within(start, end)

    def _held(self, element: Tag) -> int:
        start, end = self._words.span(element)
        if not self._wanted:
            return self.within(start, end)
        # Each as often as the oracle has it: what it says twice has to be held twice.
        found = Counter(hit for hit in self._hits[start : max(start, end - _LENGTH + 1)] if hit)
        return (found & self._wanted).total()


def by_oracle(words: Words, said: str) -> Coverage:
    """By the words of the oracle."""
    oracle = Counter(_sequences(words_of(said)))
    hits = [each if each in oracle else None for each in _sequences(words.said)]
    hits += [None] * (len(words.said) - len(hits))
    covered = [any(hits[max(0, at - _LENGTH + 1) : at + 1]) for at in range(len(words.said))]
    unlinked = [words.linked[at + 1] == words.linked[at] for at in range(len(words.said))]
    if 2 * sum(map(and_, covered, unlinked)) < sum(covered):
        # It took the menus for the article: what it says of links is worth nothing.
        covered = [*map(and_, covered, unlinked)]
        hits = [hit if all(covered[at : at + _LENGTH]) else None for at, hit in enumerate(hits)]
    return Coverage(words, covered, hits, Counter(hit for hit in hits if hit) & oracle)


def by_structure(words: Words, tree: Tag, headline: Tag | None) -> Coverage:
    """By the page's own mark-up: what stands in no link and in nothing that is called otherwise."""
    covered = [words.linked[at + 1] == words.linked[at] for at in range(len(words.said))]
    most = words.counts(tree).prose / 2
    above = set() if headline is None else {id(each) for each in (headline, *headline.parents)}

    def walk(element: Tag) -> None:
        for child in tags_in(element):
            counts, (start, end) = words.counts(child), words.span(child)
            prose = counts.prose
            if prose > most or id(child) in above:
                walk(child)
            elif called(child) or (prose < _LINE and not counts.embeds and weakly_named_as(child)):
                covered[start:end] = [False] * (end - start)
            else:
                walk(child)

    walk(tree)
    return Coverage(words, covered, [], Counter())


def _sequences(words: list[str]) -> Iterator[_Sequence]:
    return zip(*(words[at:] for at in range(_LENGTH)), strict=False)


def has_words(element: Tag) -> bool:
    """Whether words stand in the element itself, and not in others in it alone."""
    return any(type(child) is NavigableString and child.strip() for child in element.contents)


def tags_in(element: Tag) -> Iterator[Tag]:
    return (child for child in element.contents if isinstance(child, Tag))
