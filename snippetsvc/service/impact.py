"""What a revision does to the marks on an article: how many stay intact, are changed, or lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from snippetsvc import anchoring
from snippetsvc.anchoring import Carried
from snippetsvc.models import Article, Share, Span, Status
from snippetsvc.service.history import History
from snippetsvc.service.library import Library
from snippetsvc.store import Store

#: What a publisher's request counts at most: shares that are looked at, 23 µs each, those of other articles too, and
#: passages that are carried, 175 µs each. So it waits for some four seconds; a command counts them all.
MOST_SHARES, MOST_PASSAGES = 100_000, 10_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one marked passage; before, after: its words, after None when it is lost; times: how often
    it is marked."""

    status: Status
    before: str
    after: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Marks:
    """How many marks a revision leaves as they are, changes, or loses."""

    intact: int = 0
    changed: int = 0
    lost: int = 0


class Impact:
    def __init__(self, store: Store, library: Library, history: History, now: Callable[[], datetime]) -> None:
        self._store = store
        self._library = library
        self._history = history
        self._now = now

    def of(
        self, article: Article, old: int, new: int | str, progress: Callable[[int], None] = lambda _: None
    ) -> list[Effect]:
        """What `new` does to the marks that stand on revision `old`, in the order of the text.

        new: the number of a revision, or the canonical text of one that is not published yet. progress: told how
        many shares were looked at. Marks of earlier revisions count where they stand on `old`, and so do those of the
        next ones if these were retracted: `old` is where their readers are led to. Raises `NotFound`, `Gone`,
        `StoreAway`.
        """
        marked: dict[Span, int] = {}
        for looked_at in self._gathered(article, old, marked):
            progress(looked_at)
        before = self._library.document(article, old).text
        spans = sorted(marked)
        after, places = self._carried(article, old, new, before, spans)
        return [
            Effect(place.status, span.of(before), place.span.of(after) if place.span else None, marked[span])
            for span, place in zip(spans, places, strict=True)
        ]

    def counted(
        self,
        article: Article,
        old: int,
        new: int | str,
        shares: int = MOST_SHARES,
        passages: int = MOST_PASSAGES,
    ) -> Marks | None:
        """The counts of what `of` tells; None where there are more than `shares` in the store, or more `passages`
        marked, than a publisher's request can wait for. Raises as `of` does.
        """
        marked: dict[Span, int] = {}
        for looked_at in self._gathered(article, old, marked):
            if looked_at > shares or len(marked) > passages:
                return None
        spans = [*marked]
        _, places = self._carried(article, old, new, self._library.document(article, old).text, spans)
        counts = dict.fromkeys(Status, 0)
        for span, place in zip(spans, places, strict=True):
            counts[place.status] += marked[span]
        return Marks(counts[Status.INTACT], counts[Status.CHANGED], counts[Status.LOST])

    def _gathered(self, article: Article, old: int, marked: dict[Span, int]) -> Iterator[int]:
        """Puts into `marked` how often each passage of revision `old` is marked; yields how many shares were looked at
        meanwhile, those of other articles, too."""
        looked_at = 0
        for portion in self._store.shares_of(article.number):
            for share in portion:
                for span in self._standing(article, share, old):
                    marked[span] = marked.get(span, 0) + 1
            looked_at += len(portion)
            yield looked_at

    def _standing(self, article: Article, share: Share, revision: int) -> Iterator[Span]:
        """Where a share's snippets stand on `revision`, as far as they do."""
        after = article.revisions[revision : share.revision]
        if share.expired(self._now()) or any(not info.retracted for info in after):
            return
        spans = [snippet.span for snippet in share.snippets]
        if share.revision == revision:
            yield from spans
            return
        for place in self._history.way(article, share.revision, revision).carry(spans):
            if place.span is not None:
                yield place.span

    def _carried(
        self, article: Article, old: int, new: int | str, before: str, spans: list[Span]
    ) -> tuple[str, list[Carried]]:
        if isinstance(new, str):
            return new, anchoring.carry(before, new, spans)
        return self._library.document(article, new).text, self._history.way(article, old, new).carry(spans)
