"""History: how spans travel over the revisions of an article, those whose words were taken back included.

First all that is needed is read, a `Way`; carrying along it asks nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment, Carried
from snippetsvc.models import Article, Retracted, Span, Status
from snippetsvc.service.library import Library

_LOST = Carried(None, Status.LOST)


@dataclass(frozen=True, slots=True)
class Edits:
    """From one revision that has its words to another. old, new: their texts; direct: the two compared; steps: by way
    of the revisions between, None where there are none.
    """

    old: str
    new: str
    direct: Alignment
    steps: Alignment | None = None

    def carry(self, spans: Sequence[Span]) -> list[Carried]:
        """Where spans of `old` stand in `new`, in the same order."""
        if self.steps is None:
            return anchoring.carry(self.old, self.new, spans, self.direct)
        return anchoring.carry_by_steps(self.old, self.new, spans, self.direct, self.steps)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a retracted revision. text: of the revision that `alignment` leads into."""

    text: str
    alignment: Alignment

    def carry(self, spans: Sequence[Span]) -> list[Carried]:
        """Where spans of the retracted revision stand in `text`, in the same order.

        Of words that are all unknown nobody can say what came for them: lost.
        """
        answers = anchoring.carry(self.alignment.sketch(self.text), self.text, spans, self.alignment)
        known = [piece for reading in self.alignment.readings for piece in reading if piece.same]
        return [
            answer if any(piece.old_start < span.end and span.start < piece.old_end for piece in known) else _LOST
            for span, answer in zip(spans, answers, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Way:
    """How spans of one revision come to another: by what is left of the first, then by edits. No leg: nobody knows."""

    legs: tuple[Remains | Edits, ...]

    def carry(self, spans: Sequence[Span]) -> list[Carried]:
        """Where the spans stand at the end of the way, in the same order."""
        if not self.legs:
            return [_LOST] * len(spans)
        first, *further = self.legs
        places = first.carry(spans)
        for leg in further:
            seconds = iter(leg.carry([place.span for place in places if place.span is not None]))
            places = [_then(place, next(seconds)) if place.span is not None else place for place in places]
        return places


class History:
    def __init__(self, library: Library) -> None:
        self._library = library

    def way(self, head: Article, old: int, new: int) -> Way:
        """From revision `old` to another, `new`, which has its words.

        Of a retracted revision the words are gone, and what is left says where they stood in a later one: what is
        still there has its place. Raises as `Library.document` does for `new`.
        """
        if head.holds(old):
            return Way((self._edits(head, old, new),))
        left = self._library.retracted(head, old)
        if left is None or left.into is None or not head.holds(left.into):
            return Way(())
        text = self._library.document(head, left.into).text
        remains = Remains(text, Alignment.from_bytes(left.alignment))
        return Way((remains,) if left.into == new else (remains, self._edits(head, left.into, new)))

    def left_of(self, head: Article, new: Article) -> list[Retracted]:
        """What is left of every revision that `new` retracts: where its words stand in the one current there."""
        retracted = [info.number for info in new.revisions if info.retracted]
        if new.current is None:
            return [Retracted(new.number, number) for number in retracted]
        into = new.current.number
        text = self._library.document(head, into).text
        found = []
        for number in retracted:
            if head.holds(number):
                old = self._library.document(head, number).text
            else:
                left = self._library.retracted(head, number)
                # Nothing is left of it, or what is lies in a revision that stays.
                if left is None or left.into is None or new.holds(left.into) or not head.holds(left.into):
                    continue
                old = Alignment.from_bytes(left.alignment).sketch(self._library.document(head, left.into).text)
            found.append(Retracted(new.number, number, into, anchoring.align(old, text).to_bytes()))
        return found

    def _edits(self, head: Article, old: int, new: int) -> Edits:
        low, high = sorted((old, new))
        numbers = [info.number for info in head.revisions[low - 1 : high] if not info.retracted]
        steps = numbers if old <= new else numbers[::-1]
        texts = (self._library.document(head, old).text, self._library.document(head, new).text)
        direct = self._library.alignment(head, old, new)
        if len(steps) < 3:
            return Edits(*texts, direct)
        return Edits(*texts, direct, self._library.alignment(head, *steps))


def _then(first: Carried, second: Carried) -> Carried:
    """Carried in two steps; `intact` only if it was so in both, moved if it did so in either."""
    if second.span is None:
        return second
    both = first.status is Status.INTACT and second.status is Status.INTACT
    return Carried(second.span, Status.INTACT if both else Status.CHANGED, first.moved or second.moved)
