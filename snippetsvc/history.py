"""History: how spans travel over the revisions of an article, those whose words were taken back included."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment, Carried, Status
from snippetsvc.anchoring.composing import composed
from snippetsvc.models import Article, Retracted
from snippetsvc.recent import Recent
from snippetsvc.selectors import Span
from snippetsvc.shelf import Shelf

#: Comparisons over several revisions that one process keeps.
_WAYS = 16

_LOST = Carried(None, Status.LOST)


class History:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._ways: Recent[tuple[int, tuple[int, ...]], Alignment] = Recent(_WAYS)

    def carried(self, head: Article, old: int, new: int, spans: Sequence[Span]) -> list[Carried]:
        """Where `spans` of revision `old` stand in revision `new`, which has its words, in the same order.

        Of a retracted revision the words are gone, and what is left says where they stood in a later one: what is
        still there has its place. Raises as `Shelf.document` does for `new`.
        """
        if head.holds(old):
            return self._through(head, old, new, spans)
        left = self._shelf.left(head, old)
        if left is None or left.into is None or not head.holds(left.into):
            return [_LOST] * len(spans)
        first = placed(left, self._shelf.document(head, left.into).text, spans)
        if left.into == new:
            return first
        further = iter(self._through(head, left.into, new, [place.span for place in first if place.span is not None]))
        return [_then(place, next(further)) if place.span is not None else place for place in first]

    def left_of(self, head: Article, new: Article) -> list[Retracted]:
        """What is left of every revision that `new` retracts: where its words stand in the one current there."""
        retracted = [info.number for info in new.revisions if info.retracted]
        if new.current is None:
            return [Retracted(new.number, number) for number in retracted]
        into = new.current.number
        text = self._shelf.document(head, into).text
        found = []
        for number in retracted:
            if head.holds(number):
                old = self._shelf.document(head, number).text
            else:
                left = self._shelf.left(head, number)
                # Nothing is left of it, or what is lies in a revision that stays.
                if left is None or left.into is None or new.holds(left.into) or not head.holds(left.into):
                    continue
                old = Alignment.from_bytes(left.alignment).sketch(self._shelf.document(head, left.into).text)
            found.append(Retracted(new.number, number, into, anchoring.align(old, text).to_bytes()))
        return found

    def _through(self, head: Article, old: int, new: int, spans: Sequence[Span]) -> list[Carried]:
        between = [
            info.number
            for info in head.revisions
            if min(old, new) <= info.number <= max(old, new) and not info.retracted
        ]
        steps = between if old <= new else between[::-1]
        # By way of the last but one: what leads there is composed once for all shares.
        stops = steps if len(steps) < 3 else [steps[0], *steps[-2:]]

        def alignment(first: int, last: int) -> Alignment:
            if (first, last) == (0, 1):
                return self._way(head, tuple(steps[: len(steps) - len(stops) + 2]))
            return self._shelf.alignment(head, stops[first], stops[last])

        return anchoring.carry_through([partial(self._text, head, number) for number in stops], spans, alignment)

    def _way(self, head: Article, steps: tuple[int, ...]) -> Alignment:
        """How the first of `steps`, numbers of at least two revisions, became the last, from each to the next."""
        size = next((size for size in range(len(steps), 2, -1) if self._ways.get((head.number, steps[:size]))), 2)
        way = self._ways.get((head.number, steps[:size])) or self._shelf.alignment(head, *steps[:2])
        for at in range(size, len(steps)):
            way = composed(way, self._shelf.alignment(head, steps[at - 1], steps[at]))
        if len(steps) > 2:
            self._ways.put((head.number, steps), way)
        return way

    def _text(self, head: Article, number: int) -> str:
        return self._shelf.document(head, number).text


def placed(left: Retracted, text: str, spans: Sequence[Span]) -> list[Carried]:
    """Where `spans` of a retracted revision stand in `text`, the one that `left` leads into."""
    alignment = Alignment.from_bytes(left.alignment)
    return anchoring.carry(alignment.sketch(text), text, spans, alignment)


def _then(first: Carried, second: Carried) -> Carried:
    """Carried in two steps; `intact` only if it was so in both."""
    both = first.status is Status.INTACT and second.status is Status.INTACT
    return second if second.span is None or both else Carried(second.span, Status.CHANGED)
