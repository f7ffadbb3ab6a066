"""Imports in the store: where articles came from, and how far an import has come.

That is all an import goes by, so it can be gone on with on another machine. Every write may be sent twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from snippetsvc.models import Imported, Outcome
from snippetsvc.store import keys
from snippetsvc.store.connection import Connection
from snippetsvc.store.import_records import pack_imported, pack_outcome, unpack_imported, unpack_outcome

#: Seconds for which an import that was interrupted can be gone on with; later, pages would be taken for read that may
#: have changed since.
_UNFINISHED_LIFE = 7 * 24 * 3600
#: How many outcomes are asked for at once.
_PORTION = 1_000


class StoredImports:
    """The part of the store that keeps imports. Everything here raises `StoreAway` and `RecordUnreadable`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def imported(self, article: int) -> Imported | None:
        """Where an article was imported from; None when it was not."""
        data = self._connection.one("GET", keys.imported(article))
        return None if data is None else unpack_imported(data)

    def imported_as(self, address: str) -> Imported | None:
        """What was imported from an address, or from another one of the same article."""
        number = self._connection.one("GET", keys.address(address))
        return None if number is None else self.imported(int(number))

    def save_imported(self, imported: Imported, *addresses: str) -> None:
        """Keep it, and that these addresses, and its own, are those of its article."""
        of_them = [("SET", keys.address(each), imported.article) for each in {imported.address, *addresses}]
        self._connection.run(("SET", keys.imported(imported.article), pack_imported(imported)), *of_them)

    def forget_imported(self, imported: Imported, *addresses: str) -> None:
        """Undo `save_imported`, of an article that was not imported before."""
        of_them = [("DEL", keys.address(each)) for each in {imported.address, *addresses}]
        self._connection.run(("DEL", keys.imported(imported.article)), *of_them)

    def articles_of(self, source: str) -> set[int]:
        """The numbers of all articles that were ever in a source."""
        return {int(number) for number in self._connection.one("SMEMBERS", keys.source(source))}

    def outcomes(self, sources: str) -> dict[str, Outcome]:
        """By address, what became of it so far in an import that has not come to its end."""
        found: dict[str, Outcome] = {}
        cursor = 0
        while True:
            cursor, portion = self._connection.one("HSCAN", keys.outcomes(sources), cursor, "COUNT", _PORTION)
            for field, data in portion.items():
                address = field.decode()
                found[address] = unpack_outcome(data, address)
            if cursor == 0:
                return found

    def save_outcome(self, sources: str, outcome: Outcome, within: Iterable[str] = ()) -> None:
        """within: those of the sources that have its article from now on, if there is one."""
        key = keys.outcomes(sources)
        members = [("SADD", keys.source(source), outcome.article) for source in within if outcome.article is not None]
        kept = ("HSET", key, outcome.address, pack_outcome(outcome))
        self._connection.run(*members, kept, ("EXPIRE", key, _UNFINISHED_LIFE))

    def forget_outcomes(self, sources: str) -> None:
        """The import has come to its end."""
        self._connection.one("DEL", keys.outcomes(sources))
