"""The library: what was read of articles, kept at hand by one process, so that reading is fast and outlives the store.

Three bounded caches: heads (and the slugs that lead to them), documents, alignments. Readers get heads that the store
has given just now, and the last ones while it is away; documents and alignments never change, and are asked of it once.
What a head retracts is let go of, in both.
The articles published most recently are kept whatever else is read.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Mapping, Sequence

from cachetools import LRUCache

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment
from snippetsvc.errors import Gone, NotFound, RecordUnreadable, Stale, StoreAway
from snippetsvc.models import Article, Retracted, Revision
from snippetsvc.store import Store
from snippetsvc.text.document import Document

_log = logging.getLogger(__name__)

_HEADS = 2_000
#: Code points of text in the documents kept beside the recent ones: about 150 MB of memory in all.
_TEXT = 5_000_000
#: Code points of both texts of alignments, which are kept in words: about 25 MB, 80 where each character is one.
_ALIGNED = 2_000_000


class Library:
    """Safe between threads."""

    def __init__(self, store: Store, recent: int) -> None:
        """recent: how many of the articles published most recently are kept."""
        self._store = store
        self._count = recent
        self._lock = threading.Lock()
        self._numbers: LRUCache[str, int] = LRUCache(_HEADS)
        self._heads: LRUCache[int, Article] = LRUCache(_HEADS)
        self._documents: LRUCache[tuple[int, int], Document] = LRUCache(
            _TEXT, lambda document: min(_TEXT, len(document.text))
        )
        self._alignments: LRUCache[tuple[int, ...], Alignment] = LRUCache(
            _ALIGNED, lambda each: min(_ALIGNED, 1 + each.old_length + each.new_length)
        )
        #: The recent articles by slug, and their current documents; replaced as a whole.
        self._recent: Mapping[str, Article] = {}
        self._kept: dict[tuple[int, int], Document] = {}
        self._changes: int | None = None

    def head(self, slug: str) -> Article:
        """The head of the article that has, or had, this slug: as the store says now, else as last seen.

        Raises `NotFound`; `StoreAway` when the store is away and the article is not at hand.
        """
        with self._lock:
            number = self._numbers.get(slug)
        try:
            head = self._store.article(number) if number is not None else None
            if head is None or head.slug != slug:
                head = self._store.article_by_slug(slug)
        except StoreAway:
            if (seen := self.last_seen(slug)) is None:
                raise
            return seen
        if head is None:
            raise NotFound(f"there is no article {slug!r}")
        self.note(head, slug)
        return head

    def last_seen(self, slug: str) -> Article | None:
        """The head as last seen, without asking the store."""
        with self._lock:
            number = self._numbers.get(slug)
            head = self._heads.get(number) if number is not None else None
            return head or self._recent.get(slug)

    def recent(self) -> list[Article]:
        """The articles published most recently that can be read, newest first, as last seen."""
        return [head for head in self._recent.values() if head.readable]

    def note(self, head: Article, slug: str | None = None) -> None:
        """Take note of a head that the store has given, for this slug. What it retracts is let go of."""
        with self._lock:
            self._numbers[slug or head.slug] = head.number
            known = self._heads.get(head.number)
            self._heads[head.number] = head
            if known is None or known.version != head.version:
                for info in head.revisions:
                    if info.retracted:
                        self._documents.pop((head.number, info.number), None)
                        self._kept.pop((head.number, info.number), None)
                        for key in [
                            key for key in self._alignments if key[0] == head.number and info.number in key[1:]
                        ]:
                            del self._alignments[key]

    def document(self, head: Article, number: int) -> Document:
        """Revision `number` of an article, read. Raises `NotFound`, `Gone` when retracted, `StoreAway`.

        `Stale` when it was retracted after `head` was read.
        """
        info = head.revision(number)
        if info is None:
            raise NotFound(f"the article has no revision {number}")
        retracted = f"revision {number} was retracted by its publisher"
        if info.retracted:
            raise Gone("retracted", retracted, head.slug if head.readable else None)
        key = (head.number, number)
        with self._lock:
            document = self._kept.get(key) or self._documents.get(key)
        if document is None:
            revision = self._store.revision(*key)
            if revision is None:
                raise NotFound(f"the article has no revision {number}")
            if isinstance(revision, Retracted):
                raise Stale("retracted", retracted)
            document = self._read(head, revision)
        return document

    def _read(self, head: Article, revision: Revision) -> Document:
        document = Document(revision.html)
        with self._lock:
            seen = self._heads.get(head.number, head).revision(revision.number)
            # Retracted while it was read: then it has been let go of before it was there.
            if seen is None or not seen.retracted:
                self._documents[head.number, revision.number] = document
        return document

    def currents(self, heads: Sequence[Article]) -> dict[int, Document]:
        """The current revisions of these articles, read, by the articles' numbers. What is not at hand is asked for in
        one round trip, and is not there while the store is away."""
        wanted = {(head.number, head.current.number): head for head in heads if head.current is not None}
        with self._lock:
            at_hand = {key: self._kept.get(key) or self._documents.get(key) for key in wanted}
        found = {number: document for (number, _), document in at_hand.items() if document is not None}
        missing = [key for key, document in at_hand.items() if document is None]
        with contextlib.suppress(StoreAway, RecordUnreadable):
            for revision in self._store.revisions(missing):
                head = wanted[revision.article, revision.number]
                found[head.number] = self._read(head, revision)
        return found

    def retracted(self, head: Article, number: int) -> Retracted | None:
        """What is left of a revision that was retracted; None when it is not there, or has its words."""
        revision = self._store.revision(head.number, number)
        return revision if isinstance(revision, Retracted) else None

    def alignment(self, head: Article, *revisions: int) -> Alignment:
        """How the first of these revisions, two at least, became the last, from each to the next.

        Of two: at hand, else stored, else made now and stored. Raises as `document` does.
        """
        key = (head.number, *revisions)
        with self._lock:
            known = self._alignments.get(key)
        if known is not None:
            return known
        alignment = self._compared(head, *revisions) if len(revisions) == 2 else self._composed(head, revisions)
        with self._lock:
            seen = self._heads.get(head.number, head)
            # Retracted while it was made: then it has been let go of before it was there.
            if not any(info.retracted for info in seen.revisions if info.number in revisions):
                self._alignments[key] = alignment
        return alignment

    def refresh(self) -> None:
        """Look again at what is kept, if something has changed in the store since the last time. Raises `StoreAway`."""
        changes = self._store.changes()
        if changes == self._changes:
            return
        recent = self._store.recent(self._count)
        with self._lock:
            others = {key[0] for key in (*self._documents, *self._alignments)} - {head.number for head in recent}
        for head in (*recent, *self._store.heads(others)):
            self.note(head)
        kept = {
            (head.number, head.current.number): self.document(head, head.current.number)
            for head in recent
            if head.current is not None
        }
        with self._lock:
            self._recent, self._kept = {head.slug: head for head in recent}, kept
        self._changes = changes

    def _compared(self, head: Article, old: int, new: int) -> Alignment:
        alignment = self._stored(head.number, old, new)
        if alignment is None:
            alignment = anchoring.align(self.document(head, old).text, self.document(head, new).text)
            # A store that takes no writes at present still lets its links be read.
            with contextlib.suppress(StoreAway):
                if old != new:
                    self._store.save_alignment(head.number, old, new, alignment.to_bytes())
        return alignment

    def _stored(self, article: int, old: int, new: int) -> Alignment | None:
        """None too for one that another release has made: it can be made again."""
        try:
            stored = self._store.alignment(article, old, new)
            return None if stored is None or Alignment.outdated(stored) else Alignment.from_bytes(stored)
        except RecordUnreadable as error:
            _log.warning("made again: %s", error)
            return None

    def _composed(self, head: Article, revisions: tuple[int, ...]) -> Alignment:
        with self._lock:
            sizes = range(len(revisions) - 1, 2, -1)
            size = next((size for size in sizes if (head.number, *revisions[:size]) in self._alignments), 2)
        way = self.alignment(head, *revisions[:size])
        for at in range(size, len(revisions)):
            way = anchoring.composed(way, self.alignment(head, *revisions[at - 1 : at + 1]))
        return way
