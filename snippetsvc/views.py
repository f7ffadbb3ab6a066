"""A share laid on a revision of its article: what became of each snippet, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from snippetsvc.anchoring import Carried, Status
from snippetsvc.errors import Stale
from snippetsvc.history import History
from snippetsvc.marks import Highlight
from snippetsvc.models import Color
from snippetsvc.recent import Recent
from snippetsvc.selectors import Span
from snippetsvc.shares import Opened
from snippetsvc.shelf import Shelf
from snippetsvc.text import Document

#: Shares whose snippets' places on a later revision one process keeps.
_PLACES = 1_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A snippet in the revision that is shown.

    quote: the words as marked, None when they were retracted; span: where it stands there, None when lost;
    now: the words that stand there, None when lost.
    """

    number: int
    color: Color
    status: Status
    quote: str | None
    span: Span | None
    now: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A share laid on one revision of its article."""

    opened: Opened
    revision: int
    document: Document
    snippets: tuple[Placed, ...]

    def highlights(self) -> list[Highlight]:
        """The snippets that have a place, to be drawn."""
        return [
            Highlight(snippet.number, snippet.span, snippet.color, snippet.status)
            for snippet in self.snippets
            if snippet.span is not None
        ]


class Views:
    def __init__(self, shelf: Shelf, history: History) -> None:
        self._shelf = shelf
        self._history = history
        self._places: Recent[tuple[str, int, int, bool], list[Carried]] = Recent(_PLACES)

    def of(self, opened: Opened, *, as_marked: bool = False) -> View:
        """Lay a share on the current revision, or on the one it was marked on.

        Raises `Gone` for `as_marked` when that revision was retracted, and `StoreAway`.
        """
        try:
            return self._laid(opened, as_marked)
        except Stale:
            # Retracted after the article's head was read: the next one says so.
            return self._laid(replace(opened, article=self._shelf.article(opened.article.slug)), as_marked)

    def _laid(self, opened: Opened, as_marked: bool) -> View:
        article, share = opened.article, opened.share
        current = article.shown()
        if as_marked or share.revision == current.number:
            document = self._shelf.document(article, share.revision)
            snippets = [
                Placed(s.number, s.color, Status.INTACT, words := s.span.of(document.text), s.span, words)
                for s in share.snippets
            ]
            return View(opened, share.revision, document, tuple(snippets))
        document = self._shelf.document(article, current.number)
        return View(opened, current.number, document, tuple(self._carried(opened, current.number, document)))

    def _carried(self, opened: Opened, current: int, document: Document) -> list[Placed]:
        """The share's snippets on the current revision, which is not the one they were marked on."""
        article, share = opened.article, opened.share
        retracted = not article.holds(share.revision)
        key = (share.id, share.revision, current, retracted)
        places = self._places.get(key)
        if places is None:
            spans = [snippet.span for snippet in share.snippets]
            places = self._history.carried(article, share.revision, current, spans)
            self._places.put(key, places)
        old = None if retracted else self._shelf.document(article, share.revision).text
        placed = []
        for snippet, place in zip(share.snippets, places, strict=True):
            now = place.span.of(document.text) if place.span else None
            quote = snippet.span.of(old) if old is not None else None
            if retracted and place.status is Status.INTACT:
                # The same words stand in a revision that is not retracted.
                quote = now
            placed.append(Placed(snippet.number, snippet.color, place.status, quote, place.span, now))
        return placed
