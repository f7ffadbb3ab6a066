"""A store for a dry run: what is there is read, what is written is kept in memory, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Never

from redis import Redis

from snippetsvc.models import Article, Imported, Outcome, Retracted, Revision
from snippetsvc.store import records
from snippetsvc.store.connection import Command, Connection
from snippetsvc.store.store import Store

_READS = frozenset({"GET", "HSCAN", "SMEMBERS", "ZCARD", "ZRANGE", "ZREVRANGE"})


class _Reading(Connection):
    """Refuses what is not known to be a reading, so that a write that is not kept in memory reaches no store."""

    def run_tolerant(self, *commands: Command) -> list[Any]:
        for name, *_ in commands:
            if name not in _READS:
                raise RuntimeError(f"a dry run does not write: {name!r}")
        return super().run_tolerant(*commands)

    def ask_every(self, question: Callable[[Redis], object]) -> Never:
        raise RuntimeError("a dry run asks no servers")


class DryStore(Store):
    """Takes what publishing and importing write, for one thread. Articles that are new in it have negative numbers."""

    def __init__(self, store: Store) -> None:
        super().__init__(_Reading(store._connection._backing))
        self._slugs: dict[str, int] = {}
        self._heads: dict[int, Article] = {}
        #: Packed: an import may bring in very many.
        self._revisions: dict[tuple[int, int], bytes] = {}
        self._imported: dict[int, Imported] = {}
        self._addresses: dict[str, int] = {}

    def find(self, slug: str) -> int | None:
        return self._slugs.get(slug) or super().find(slug)

    def article(self, number: int) -> Article | None:
        return self._heads.get(number) or super().article(number)

    def revision(self, article: int, number: int) -> Revision | Retracted | None:
        packed = self._revisions.get((article, number))
        return records.unpack_revision(packed, article, number) if packed else super().revision(article, number)

    def reserve(self, slug: str) -> int:
        return self._slugs.setdefault(slug, self.find(slug) or -1 - len(self._slugs))

    def save_article(self, expected: Article | None, new: Article, revision: Revision | None = None) -> bool:
        self._heads[new.number] = new
        if revision is not None:
            self._revisions[new.number, revision.number] = records.pack_revision(revision)
        return True

    def save_alignment(self, article: int, old: int, new: int, data: bytes) -> bool:
        return True

    def imported(self, article: int) -> Imported | None:
        return self._imported.get(article) or super().imported(article)

    def imported_as(self, address: str) -> Imported | None:
        number = self._addresses.get(address)
        return super().imported_as(address) if number is None else self.imported(number)

    def save_imported(self, imported: Imported, *addresses: str) -> None:
        self._imported[imported.article] = imported
        self._addresses.update(dict.fromkeys((imported.address, *addresses), imported.article))

    def forget_imported(self, imported: Imported, *addresses: str) -> None:
        self._imported.pop(imported.article, None)
        for address in (imported.address, *addresses):
            self._addresses.pop(address, None)

    def outcomes(self, sources: str) -> dict[str, Outcome]:
        """None: a dry run begins at the beginning."""
        return {}

    def save_outcome(self, sources: str, outcome: Outcome, within: Iterable[str] = ()) -> None: ...

    def forget_outcomes(self, sources: str) -> None: ...
