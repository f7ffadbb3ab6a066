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
from snippetsvc.importing.sources import Item, Source, name_of, source_of
from snippetsvc.importing.visiting import Visitor
from snippetsvc.models import Became, Imported, Outcome
from snippetsvc.service import Services

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
    """told: hears of each outcome, how many there are, and of how many documents; dry: nothing is published or kept."""

    def __init__(
        self, services: Services, visitor: Visitor, told: Callable[[Outcome, int, int], None], dry: bool = False
    ) -> None:
        self._store = services.store
        self._desk = Desk(services, dry)
        self._visitor = visitor
        self._told = told
        self._dry = dry
        #: What is known so far, for whoever interrupts it, too.
        self.report = Report()
        self._run = ""
        self._sources: list[Source] = []
        #: The documents, by address; and for each, the sources that it is gone from when they name it no more.
        self._listed: dict[str, Item] = {}
        self._lasting: dict[str, set[str]] = {}
        self._begun: set[str] = set()
        self._total = 0
        #: By the address where a document was found in the end.
        self._found: dict[str, Outcome] = {}

    def run(self, texts: Sequence[str], limit: int | None = None) -> None:
        """Bring in what `texts` name, the first `limit` documents of it, into `report`.

        Raises `StoreAway`, and `OSError` for a file or folder that cannot be read.
        """
        self._run = "\n".join(sorted(map(name_of, texts)))
        if not self._dry:
            known = self._store.outcomes(self._run)
            self.report.outcomes = {
                address: each for address, each in known.items() if each.became is not Became.REFUSED
            }
            self.report.before = len(self.report.outcomes)
        self._sources = [source_of(text, self._list, self._is_page) for text in texts]
        self._list_all(limit)
        for refused in (each for source in self._sources for each in source.refused):
            self._done(refused)
        for address in self._listed:
            self._take(address)
        if limit is None:
            self._note_gone()
        if not self._dry:
            self._store.forget_outcomes(self._run)

    def _is_page(self, address: str) -> bool:
        return self._store.imported_as(address) is not None

    def _list(self, address: str, most: int) -> Fetched:
        return self._visitor.get(address, most=most)

    def _list_all(self, limit: int | None) -> None:
        every = ((source, item) for source in self._sources for item in source.items)
        others = []
        for source, item in islice(every, limit):
            known = self._listed.setdefault(item.address, item)
            if known.path != item.path:
                others.append(_refused(str(item.path), "name", f"{known.path} is brought in under the same name"))
            if source.lasting:
                self._lasting.setdefault(item.address, set()).add(source.name)
        self._total = len(self._listed) + sum(1 for address in self.report.outcomes if address not in self._listed)
        for other in others:
            self._done(other)

    def _take(self, address: str, deep: int = 0, answer: Fetched | None = None) -> None:
        """Bring in the document at a listed address, unless that was done or begun. answer: what is there."""
        if address in self.report.outcomes or address in self._begun:
            return
        self._begun.add(address)
        item = self._listed[address]
        try:
            if item.path is None:
                outcome = self._from_the_web(address, answer or item.fetched, deep)
            else:
                outcome = self._from_a_file(address, item.path)
        except StoreAway:
            raise
        except NotFetched as error:
            outcome = _refused(address, error.reason, str(error))
        except Invalid as error:
            outcome = _refused(address, error.problems[0].rule, str(error))
        except SnippetsvcError as error:
            outcome = _refused(address, type(error).__name__.lower(), str(error))
        self._done(outcome)

    def _done(self, outcome: Outcome) -> None:
        outcome = replace(outcome, detail=" ".join(outcome.detail.split())[:500])
        if outcome.article is None and (known := self._store.imported_as(outcome.address)):
            # Refused today, it is still what it was.
            outcome = replace(outcome, article=known.article)
        if outcome.address not in self.report.outcomes and outcome.address not in self._listed:
            self._total += 1
        self.report.outcomes[outcome.address] = outcome
        if not self._dry:
            self._store.save_outcome(self._run, outcome, self._lasting.get(outcome.address, ()))
        self._told(outcome, len(self.report.outcomes), self._total)

    def _from_a_file(self, address: str, path: Path) -> Outcome:
        kind = kind_of_file(path.name)
        if kind is None:
            return _refused(address, "kind", f"{path.name} is no HTML, Markdown or Word document")
        try:
            data = path.read_bytes()
        except OSError as error:
            return _refused(address, "unreadable", error.strerror or str(error))
        read = manuscript(data, kind).titled(path.stem)
        return self._desk.take(Found(address, address, data, read), None)

    def _from_the_web(self, asked: str, answer: Fetched | None, deep: int) -> Outcome:
        known = self._store.imported_as(asked)
        answer = answer or self._visitor.get(asked, _if_changed(known))
        address = str(answer.address)
        if answer.status == 304 and (known is None or address != known.address):
            # It says so of another page than the one that it was asked about.
            answer = self._visitor.get(asked)
            address = str(answer.address)
        if answer.status in (404, 410) and known and known.address == asked:
            return self._desk.gone(asked, known, str(answer.status))
        if answer.status not in (200, 304):
            return _refused(asked, str(answer.status), f"the answer was {answer.status}")
        if address != asked:
            self._first(address, deep, answer)
            if other := self.report.outcomes.get(address) or self._found.get(address):
                return self._desk.alias(asked, other)
        if answer.status == 304 and known:
            outcome = self._found[address] = self._desk.same(asked, known)
            return outcome
        kind = kind_of_answer(answer.headers, answer.address.target.partition("?")[0], answer.body)
        if kind is None:
            return _refused(asked, "kind", f"it is {answer.headers.get_content_type()}, and no page")
        read = manuscript(answer.body, kind, answer.headers.get_content_charset())
        etag, last_modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
        canonical = _canonical(answer.address, read.canonical)
        is_other = canonical is not None and canonical != asked and canonical in self._listed
        if canonical and is_other:
            self._first(canonical, deep)
        found = Found(asked, address, answer.body, read, etag, last_modified)
        outcome = self._found[address] = self._desk.take(found, canonical, is_other)
        return outcome

    def _first(self, address: str, deep: int, answer: Fetched | None = None) -> None:
        """Bring in another document before the one at hand, if it is one of those that are brought in."""
        if address in self._listed and deep < _DEEP:
            self._take(address, deep + 1, answer)

    def _note_gone(self) -> None:
        """Name what a source named once, and does not any more."""
        seen = {outcome.article for outcome in self.report.outcomes.values()}
        for source in self._sources:
            if source.lasting:
                for number in sorted(self._store.articles_of(source.name) - seen):
                    article, imported = self._store.article(number), self._store.imported(number)
                    if article and imported and article.readable:
                        reason = f"{source.name} does not name it any more"
                        gone = Outcome(imported.address, Became.GONE, number, article.slug, "unlisted", reason)
                        self.report.gone.append(gone)
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


def _refused(address: str, reason: str, detail: str) -> Outcome:
    return Outcome(address, Became.REFUSED, reason=reason, detail=detail)
