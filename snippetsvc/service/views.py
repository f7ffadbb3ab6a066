"""A share laid on a revision of its article: what became of each snippet, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from snippetsvc.anchoring import Carried
from snippetsvc.errors import Stale
from snippetsvc.models import Color, Snippet, Span, Status
from snippetsvc.service.history import History
from snippetsvc.service.library import Library
from snippetsvc.service.shares import Opened
from snippetsvc.text.document import Document
from snippetsvc.text.highlight import Highlight


@dataclass(frozen=True, slots=True)
class Placed:
    """A snippet in the revision that is shown.

    exact: the words as marked, None when they were retracted; quote: these as people read them; span: where it stands
    there, None when lost; now: the words that stand there, as people read them, None when lost; moved: whether it
    stands among what was elsewhere.
    """

    number: int
    color: Color
    status: Status
    exact: str | None
    quote: str | None
    span: Span | None
    now: str | None
    moved: bool

    @classmethod
    def of(cls, snippet: Snippet, old: Document | None, place: Carried, new: Document) -> Placed:
        """old: what it was marked in, None when that was retracted; place: in `new`, the one that is shown."""
        exact: str | None = None
        quote: str | None = None
        now = new.reading(place.span) if place.span else None
        if old is not None:
            exact, quote = snippet.span.of(old.text), old.reading(snippet.span)
        elif place.status is Status.INTACT and place.span:
            # The same words stand in a revision that is not retracted.
            exact, quote = place.span.of(new.text), now
        return cls(snippet.number, snippet.color, place.status, exact, quote, place.span, now, place.moved)


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
    def __init__(self, library: Library, history: History) -> None:
        self._library = library
        self._history = history

    def of(self, opened: Opened, *, as_marked: bool = False) -> View:
        """Lay a share on the current revision, or on the one it was marked on.

        Raises `Gone` for `as_marked` when that revision was retracted, and `StoreAway`.
        """
        try:
            return self._laid(opened, as_marked)
        except Stale:
            # Retracted after the article's head was read: the next one says so.
            return self._laid(replace(opened, article=self._library.head(opened.article.slug)), as_marked)

    def _laid(self, opened: Opened, as_marked: bool) -> View:
        article, share = opened.article, opened.share
        shown = share.revision if as_marked else article.shown().number
        document = self._library.document(article, shown)
        spans = [snippet.span for snippet in share.snippets]
        old: Document | None = None
        if shown == share.revision:
            old, places = document, [Carried(span, Status.INTACT) for span in spans]
        else:
            if article.holds(share.revision):
                old = self._library.document(article, share.revision)
            places = self._history.way(article, share.revision, shown).carry(spans)
        pairs = zip(share.snippets, places, strict=True)
        snippets = tuple(Placed.of(snippet, old, place, document) for snippet, place in pairs)
        return View(opened, shown, document, snippets)
