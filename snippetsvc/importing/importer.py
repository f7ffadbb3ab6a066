"""An import: from sources to articles, one document after the other, and what became of each.

Each outcome is kept in the store as soon as it is known, until the import has come to its end. So one that was
interrupted goes on where it was, whatever interrupted it, and on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

from snippetsvc.errors import Invalid, NotFetched, SnippetsvcError, StoreAway
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.desk import Desk, Found
from snippetsvc.importing.fetching import Fetched
from snippetsvc.importing.reading import kind_of_answer, kind_of_file, manuscript
from snippetsvc.importing.refusing import refused
from snippetsvc.importing.sources import Item, Source, name_of, source_of, written
from snippetsvc.importing.visiting import Visitor
from snippetsvc.models import Became, Imported, Outcome
from snippetsvc.service.articles import Articles
from snippetsvc.store import Store

#: How far pages are followed that each name another one as what they really are.
_DEEP = 5


@dataclass(slots=True)
class Report:
    """outcomes: by address, in the order of the import; before: how many of them were known when it was gone on with;
    gone: articles that a source does not name any more."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    before: int = 0
    gone: list[Outcome] = field(default_factory=list)


class Importer:
    """told: hears of each outcome, how many there are, and of how many documents."""

    def __init__(
        self, store: Store, articles: Articles, visitor: Visitor, told: Callable[[Outcome, int, int], None]
    ) -> None:
        self._store = store
        self._desk = Desk(store, articles)
        self._visitor = visitor
        self._told = told
        #: What is known so far, for whoever interrupts it, too.
        self.report = Report()
        self._run = ""
        self._sources: list[Source] = []
        #: The documents, by address; and for each, the sources that it is gone from when they name it no more.
        self._listed: dict[str, Item] = {}
        self._lasting: dict[str, set[str]] = {}
        #: All that there is an outcome of, or will be.
        self._addresses: set[str] = set()
        #: Those at hand: one, and others that it must wait for.
        self._at_hand: list[str] = []
        #: By the address where a document was found in the end.
        self._found: dict[str, Outcome] = {}

    def run(self, texts: Sequence[str], limit: int | None = None) -> None:
        """Bring in what `texts` name, the first `limit` documents of it, into `report`.

        Raises `StoreAway`, and `OSError` for a file or folder that cannot be read.
        """
        self._run = "\n".join(sorted(map(name_of, texts)))
        known = self._store.outcomes(self._run).items()
        self.report.outcomes = {address: each for address, each in known if each.became is not Became.REFUSED}
        self.report.before = len(self.report.outcomes)
        self._sources = [source_of(text, self._visitor, self._store.imported_as) for text in texts]
        for refusal in [*self._list(limit), *(each for source in self._sources for each in source.refused)]:
            self._done(refusal)
        for address in self._listed:
            self._take(address)
        if limit is None:
            self._note_gone()
        self._store.forget_outcomes(self._run)

    def _list(self, limit: int | None) -> list[Outcome]:
        """Note the documents of all sources; those that cannot be told from another one are refused."""
        refusals = []
        every = ((each, item) for each in self._sources for item in each.items)
        for source, item in islice(every, limit):
            known = self._listed.setdefault(item.address, item)
            if known.path != item.path:
                same = Invalid.one("", "name", f"{known.path} is brought in under the same name")
                refusals.append(refused(str(item.path), same))
            if source.lasting:
                self._lasting.setdefault(item.address, set()).add(source.name)
        self._addresses = {*self._listed, *self.report.outcomes}
        return refusals

    def _take(self, address: str, answer: Fetched | None = None) -> None:
        """Bring in the document at a listed address, unless that was done or is at hand. answer: what is there."""
        if address in self.report.outcomes or address in self._at_hand:
            return
        self._at_hand.append(address)
        item = self._listed[address]
        try:
            if item.path is None:
                outcome = self._from_the_web(address, answer or item.fetched)
            else:
                outcome = self._from_a_file(address, item.path)
        except StoreAway:
            raise
        except SnippetsvcError as error:
            outcome = refused(address, error)
        self._at_hand.pop()
        self._done(outcome)

    def _done(self, outcome: Outcome) -> None:
        if outcome.article is None and (known := self._store.imported_as(outcome.address)):
            # Refused today, it is still what it was.
            outcome = replace(outcome, article=known.article)
        self._addresses.add(outcome.address)
        self.report.outcomes[outcome.address] = outcome
        self._store.save_outcome(self._run, outcome, self._lasting.get(outcome.address, ()))
        self._told(outcome, len(self.report.outcomes), len(self._addresses))

    def _from_a_file(self, address: str, path: Path) -> Outcome:
        kind = kind_of_file(path.name)
        if kind is None:
            raise Invalid.one("", "kind", f"{path.name} is no HTML, Markdown or Word document")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Invalid.one("", "unreadable", error.strerror or str(error)) from None
        return self._desk.take(Found(address, address, data, manuscript(data, kind).titled(written(path.stem))))

    def _from_the_web(self, asked: str, answer: Fetched | None) -> Outcome:
        known = self._store.imported_as(asked)
        answer = answer or self._visitor.get(asked, _if_changed(known))
        if answer.status == 304 and not (known and str(answer.address) == known.address):
            # It says so of another page than the one that it was asked about.
            answer = self._visitor.get(asked)
        address = str(answer.address)
        if answer.status in (404, 410) and (gone := self._desk.known(asked)):
            return self._desk.outcome(asked, Became.GONE, gone, str(answer.status))
        if answer.status not in (200, 304):
            raise NotFetched(str(answer.status), f"the answer was {answer.status}")
        if address != asked:
            self._first(address, answer)
            if other := self.report.outcomes.get(address) or self._found.get(address):
                return self._desk.alias(asked, other)
        if answer.status == 304 and known:
            outcome = self._desk.outcome(asked, Became.SAME, known)
        else:
            outcome = self._desk.take(self._read(asked, answer))
        self._found[address] = outcome
        return outcome

    def _read(self, asked: str, answer: Fetched) -> Found:
        headers = answer.headers
        kind = kind_of_answer(headers, answer.address.target.partition("?")[0], answer.body)
        if kind is None:
            raise Invalid.one("", "kind", f"it is {headers.get_content_type()}, and no page")
        read = manuscript(answer.body, kind, headers.get_content_charset())
        canonical = _canonical(answer.address, read.canonical)
        is_other = canonical in self._listed and canonical != asked
        if canonical and is_other:
            self._first(canonical)
        address, etag, last_modified = str(answer.address), headers.get("ETag"), headers.get("Last-Modified")
        return Found(asked, address, answer.body, read, etag, last_modified, canonical, is_other)

    def _first(self, address: str, answer: Fetched | None = None) -> None:
        """Bring in another document before the one at hand, if it is one of those that are brought in."""
        if address in self._listed and len(self._at_hand) <= _DEEP:
            self._take(address, answer)

    def _note_gone(self) -> None:
        """Name what a source named once, and does not any more."""
        seen = {outcome.article for outcome in self.report.outcomes.values()}
        for source in self._sources:
            for number in sorted(self._store.articles_of(source.name) - seen) if source.lasting else ():
                article, imported = self._store.article(number), self._store.imported(number)
                if article and imported and article.readable:
                    detail = f"{source.name} does not name it any more"
                    self.report.gone.append(
                        self._desk.outcome(imported.address, Became.GONE, imported, "unlisted", detail)
                    )
                    seen.add(number)


def _canonical(where: Address, said: str | None) -> str | None:
    """The address that a page names as its own, if it is another one on the same host: elsewhere it says nothing."""
    if not said:
        return None
    try:
        canonical = Address.of(urljoin(str(where), said.strip()))
    except ValueError:
        return None
    # That every page is the home page is said by mistake.
    counts = canonical.host == where.host and canonical != where and canonical.target != "/"
    return str(canonical) if counts else None


def _if_changed(known: Imported | None) -> dict[str, str]:
    """Headers by which a server says whether anything has changed (RFC 9110, 13.1)."""
    if known is None or not known.revisions:
        return {}
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in said.items() if value}
