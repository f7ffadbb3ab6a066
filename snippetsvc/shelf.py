"""What a process keeps at hand, so that reading outlives the store: article heads, read documents, alignments.

The articles published most recently are kept whatever else is read; of the others, what was read last. A thread
(`keep`) asks the store for one counter a second and reads again what has changed.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment
from snippetsvc.errors import Gone, NotFound, SnippetsvcError, StoreAway
from snippetsvc.models import Article
from snippetsvc.store import Store
from snippetsvc.text import Document

log = logging.getLogger(__name__)

_POLL_SECONDS = 1.0
#: Code points of text in the documents kept beside the recent ones: about 150 MB of memory in all.
_TEXT_BUDGET = 5_000_000
_ALIGNMENTS = 64


class Shelf:
    """One process's cache, safe between threads. Revisions are immutable, so only heads are ever read again."""

    def __init__(self, store: Store, recent: int) -> None:
        self._store = store
        self._recent = recent
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}
        self._heads: dict[int, Article] = {}
        self._documents: OrderedDict[tuple[int, int], Document] = OrderedDict()
        self._alignments: OrderedDict[tuple[int, int, int], Alignment] = OrderedDict()
        self._recent_heads: list[Article] = []
        self._kept: set[tuple[int, int]] = set()
        self._changes: int | None = None
        self._stop = threading.Event()

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
        return [head for head in self._recent_heads if not head.withdrawn and head.current is not None]

    def saw(self, head: Article, slug: str | None = None) -> None:
        """Take note of a head that was read. What it says is retracted is forgotten at once."""
        with self._lock:
            self._numbers[slug or head.slug] = head.number
            if self._heads.get(head.number) == head:
                return
            self._heads[head.number] = head
            gone = {info.number for info in head.revisions if info.retracted}
            for key in [key for key in self._documents if key[0] == head.number and key[1] in gone]:
                del self._documents[key]
            for pair in [key for key in self._alignments if key[0] == head.number and gone & {*key[1:]}]:
                del self._alignments[pair]

    def document(self, head: Article, number: int) -> Document:
        """Revision `number` of an article, read. Raises `NotFound`, `Gone` when retracted, `StoreAway`."""
        info = head.revision(number)
        if info is None:
            raise NotFound(f"the article has no revision {number}")
        if info.retracted:
            raise Gone("retracted", f"revision {number} was retracted by its publisher")
        key = (head.number, number)
        with self._lock:
            document = self._documents.get(key)
            if document is not None:
                self._documents.move_to_end(key)
                return document
        revision = self._store.revision(head.number, number)
        if revision is None:
            raise NotFound(f"the article has no revision {number}")
        document = Document(revision.html)
        with self._lock:
            self._documents[key] = document
            self._make_room()
        return document

    def alignment(self, head: Article, old: int, new: int) -> Alignment:
        """How revision `old` became revision `new`: at hand, else stored, else made now and stored."""
        key = (head.number, old, new)
        with self._lock:
            known = self._alignments.get(key)
            if known is not None:
                self._alignments.move_to_end(key)
                return known
        stored = self._store.alignment(*key)
        if stored is not None:
            alignment = Alignment.from_bytes(stored)
        else:
            alignment = anchoring.align(self.document(head, old).text, self.document(head, new).text)
            self._store.save_alignment(*key, alignment.to_bytes())
        with self._lock:
            self._alignments[key] = alignment
            while len(self._alignments) > _ALIGNMENTS:
                self._alignments.popitem(last=False)
        return alignment

    def refresh(self) -> None:
        """Read again what has changed in the store since the last time. Raises `StoreAway`."""
        changes = self._store.changes()
        if changes == self._changes:
            return
        recent = self._store.recent(self._recent)
        for head in recent:
            self.saw(head)
        self._recent_heads = recent
        with self._lock:
            self._kept = {(head.number, head.current.number) for head in recent if head.current is not None}
            others = {number for number, _ in self._documents} - {head.number for head in recent}
        for number in others:
            head_now = self._store.article(number)
            if head_now is not None:
                self.saw(head_now)
        for head in recent:
            if head.current is not None:
                self.document(head, head.current.number)
        self._changes = changes

    def keep(self) -> None:
        """Start the thread that refreshes, until `close`."""
        threading.Thread(target=self._run, name="shelf", daemon=True).start()

    def close(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(_POLL_SECONDS):
            try:
                self.refresh()
            except StoreAway:
                continue
            except SnippetsvcError as error:
                log.warning("the recent articles could not be read: %s", error)

    def _make_room(self) -> None:
        spare = [key for key in self._documents if key not in self._kept]
        size = sum(len(self._documents[key].text) for key in spare)
        # The newest stays even if it alone is over the budget: it was asked for just now.
        for key in spare[:-1]:
            if size <= _TEXT_BUDGET:
                return
            size -= len(self._documents.pop(key).text)
