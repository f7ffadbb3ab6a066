"""What a process keeps at hand, so that reading outlives the store: article heads, read documents, alignments.

The articles published most recently are kept whatever else is read; of the others, what was read last. A thread
(`keep`) asks the store for one counter a second and reads again what has changed.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment
from snippetsvc.errors import Gone, NotFound, RecordUnreadable, SnippetsvcError, Stale, StoreAway
from snippetsvc.models import Article, Retracted
from snippetsvc.recent import Recent
from snippetsvc.store import Store
from snippetsvc.text import Document

log = logging.getLogger(__name__)

_POLL_SECONDS = 1.0
#: Seconds in which whatever is asked of a store has an answer.
_PATIENCE = 2.0
#: Code points of text in the documents kept beside the recent ones: about 150 MB of memory in all.
_TEXT_BUDGET = 5_000_000
_ALIGNMENTS = 64


class Shelf:
    """One process's cache, safe between threads. Revisions are immutable, so only heads are ever read again."""

    def __init__(self, store: Store, recent: int, on_change: Callable[[], None]) -> None:
        """recent: how many articles to keep; on_change: called when some article is another than before."""
        self._store = store
        self._on_change = on_change
        self._count = recent
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}
        self._heads: dict[int, Article] = {}
        self._recent: list[Article] = []
        self._kept: dict[tuple[int, int], Document] = {}
        self._read: Recent[tuple[int, int], Document] = Recent(_TEXT_BUDGET, lambda document: len(document.text))
        self._alignments: Recent[tuple[int, int, int], Alignment] = Recent(_ALIGNMENTS)
        self._changes: int | None = None
        self._stop = threading.Event()
        self._keeper: threading.Thread | None = None

    def article(self, slug: str) -> Article:
        """The head of the article that has, or had, this slug: as the store says now, else as last seen.

        Raises `NotFound`; `StoreAway` when the store is away and this process has never seen the article.
        """
        number = self._numbers.get(slug)
        try:
            head = self._store.article(number) if number is not None else None
            if head is None or head.slug != slug:
                head = self._store.article_by_slug(slug)
        except StoreAway:
            head = self._heads.get(number) if number is not None else None
            if head is None:
                raise
            return head
        if head is None:
            raise NotFound(f"there is no article {slug!r}")
        self.saw(head, slug)
        return head

    def last_seen(self, slug: str) -> Article | None:
        """The head as last seen, without asking the store."""
        number = self._numbers.get(slug)
        return self._heads.get(number) if number is not None else None

    def recent(self) -> list[Article]:
        """The articles published most recently that can be read, newest first, as last seen."""
        return [head for head in self._recent if not head.withdrawn and head.current is not None]

    def saw(self, head: Article, slug: str | None = None) -> None:
        """Take note of a head that was read. What it says is retracted is forgotten at once."""
        self._numbers[slug or head.slug] = head.number
        known = self._heads.get(head.number)
        if known is head:
            return
        self._heads[head.number] = head
        gone = _retracted(head)
        if gone and (known is None or gone != _retracted(known)):
            self._forget(head.number, gone)

    def latest(self, head: Article) -> bool:
        """Whether no other head of the article was seen after this one."""
        return self._heads.get(head.number) is head

    def document(self, head: Article, number: int) -> Document:
        """Revision `number` of an article, read. Raises `NotFound`, `Gone` when retracted, `StoreAway`.

        `Stale` when it was retracted after `head` was read.
        """
        info = head.revision(number)
        if info is None:
            raise NotFound(f"the article has no revision {number}")
        retracted = f"revision {number} was retracted by its publisher"
        if info.retracted:
            raise Gone("retracted", retracted, head.slug if head.current and not head.withdrawn else None)
        key = (head.number, number)
        document = self._kept.get(key) or self._read.get(key)
        if document is None:
            revision = self._store.revision(*key)
            if revision is None:
                raise NotFound(f"the article has no revision {number}")
            if isinstance(revision, Retracted):
                raise Stale("retracted", retracted)
            document = Document(revision.html)
            self._read.put(key, document)
            # Retracted between reading and putting: then it was forgotten before it was there.
            if (seen := self._heads.get(head.number)) and number in _retracted(seen):
                self._forget(head.number, {number})
        return document

    def alignment(self, head: Article, old: int, new: int) -> Alignment:
        """How revision `old` became revision `new`: at hand, else stored, else made now and stored.

        Raises as `document` does.
        """
        key = (head.number, old, new)
        alignment = self._alignments.get(key)
        if alignment is None:
            alignment = self._stored(key)
            if alignment is None:
                alignment = anchoring.align(self.document(head, old).text, self.document(head, new).text)
                # A store that takes no writes at present still lets its links be read.
                with contextlib.suppress(StoreAway):
                    self._store.save_alignment(*key, alignment.to_bytes())
            self._alignments.put(key, alignment)
        return alignment

    def left(self, head: Article, number: int) -> Retracted | None:
        """What is left of a revision that was retracted; None when it is not there, or has its words."""
        revision = self._store.revision(head.number, number)
        return revision if isinstance(revision, Retracted) else None

    def _stored(self, key: tuple[int, int, int]) -> Alignment | None:
        """None too for one that another release has made: it can be made again."""
        try:
            stored = self._store.alignment(*key)
            return None if stored is None else Alignment.from_bytes(stored)
        except RecordUnreadable as error:
            log.warning("made again: %s", error)
            return None

    def refresh(self) -> None:
        """Read again what has changed in the store since the last time. Raises `StoreAway`."""
        changes = self._store.changes()
        if changes == self._changes:
            return
        recent = self._store.recent(self._count)
        for number in {number for number, _ in self._read.present()} - {head.number for head in recent}:
            head_now = self._store.article(number)
            if head_now is not None:
                self.saw(head_now)
        kept = {}
        for head in recent:
            self.saw(head)
            if head.current is not None:
                kept[head.number, head.current.number] = self.document(head, head.current.number)
        with self._lock:
            self._recent, self._kept = recent, kept
        self._on_change()
        self._changes = changes

    def keep(self) -> None:
        """Start the thread that refreshes, until `close`."""
        self._keeper = threading.Thread(target=self._run, name="shelf", daemon=True)
        self._keeper.start()

    def close(self) -> None:
        """End that thread; what it asks the store just now, it may ask to its end, for the store is closed next."""
        self._stop.set()
        if self._keeper is not None:
            self._keeper.join(_PATIENCE)

    def _run(self) -> None:
        while not self._stop.wait(_POLL_SECONDS):
            try:
                self.refresh()
            except StoreAway:
                continue
            except SnippetsvcError as error:
                log.warning("the recent articles could not be read: %s", error)

    def _forget(self, article: int, revisions: set[int]) -> None:
        self._store.forget_heads()
        self._read.drop(lambda key: key[0] == article and key[1] in revisions)
        self._alignments.drop(lambda key: key[0] == article and bool(revisions & {key[1], key[2]}))
        with self._lock:
            self._kept = {
                key: document for key, document in self._kept.items() if key[0] != article or key[1] not in revisions
            }


def _retracted(head: Article) -> set[int]:
    return {info.number for info in head.revisions if info.retracted}
