"""The desk: which article a document is, and whether it is published.

An article belongs to the address where its words were found last. Other addresses lead to it: those that redirect
there, the one that its page names as its own, and those where the same words stand. Whatever else stands in the way of
a slug was published by hand, and stays.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from snippetsvc.errors import SnippetsvcError
from snippetsvc.importing.manuscripts import Manuscript
from snippetsvc.importing.slugs import slugs
from snippetsvc.models import Article, Became, Imported, Outcome
from snippetsvc.service import Services
from snippetsvc.text.document import Document


@dataclass(frozen=True, slots=True)
class Found:
    """A document: `asked` is the address that was asked, `address` where it was found, after redirects."""

    asked: str
    address: str
    data: bytes
    manuscript: Manuscript
    etag: str | None = None
    last_modified: str | None = None

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.data).digest()

    @property
    def url(self) -> str | None:
        """Where it is on the web."""
        return None if self.address.startswith("file:") else self.address


class _ByHand(SnippetsvcError):
    """An article stands in the way that was not imported from here; `reason` is for programs."""

    def __init__(self, reason: str, detail: str, article: Article) -> None:
        self.reason = reason
        self.article = article
        super().__init__(detail)


class Desk:
    """dry: nothing is published, and nothing kept; what would be is said."""

    def __init__(self, services: Services, dry: bool = False) -> None:
        self._articles = services.articles
        self._library = services.library
        self._store = services.store
        self._dry = dry
        #: In a dry run, whose slugs would be taken by now.
        self._promised: dict[str, str] = {}

    def own(self, address: str) -> Imported | None:
        """What was found at this very address last."""
        return self._at(address, self._store.imported_as(address))

    @staticmethod
    def _at(address: str, imported: Imported | None) -> Imported | None:
        return imported if imported and imported.address == address else None

    def same(self, address: str, imported: Imported) -> Outcome:
        return self._outcome(address, Became.SAME, imported)

    def gone(self, address: str, imported: Imported, reason: str) -> Outcome:
        return self._outcome(address, Became.GONE, imported, reason)

    def alias(self, address: str, of: Outcome) -> Outcome:
        """`address` leads to where `of` was found."""
        if of.article is None and of.became is Became.REFUSED:
            return Outcome(address, of.became, None, of.slug, of.reason, of.detail)
        imported = None if of.article is None or self._dry else self._store.imported(of.article)
        if imported is not None and self.own(address) is None:
            self._store.save_imported(imported, address)
        return Outcome(address, Became.ALIAS, of.article, of.slug)

    def take(self, found: Found, canonical: str | None, is_other: bool = False) -> Outcome:
        """Publish what was found, unless it is published, or must not be.

        canonical: the address on the same host that it names as its own; is_other: that one is brought in by itself.
        Raises `Invalid`, `Conflict`, `StoreAway`.
        """
        addresses = filter(None, (canonical, found.asked, found.address))
        known = {each: self._store.imported_as(each) for each in dict.fromkeys(addresses)}
        imported, asked = (self._at(each, known[each]) for each in (found.address, found.asked))
        if imported is None and asked is not None:
            if not self._says_the_same(found, asked):
                # Pages that were taken off often lead to a list, or home.
                return self._outcome(found.asked, Became.GONE, asked, f"leads to {found.address}")
            imported = asked
        if imported is None:
            for other in filter(None, known.values()):
                if self._says_the_same(found, other):
                    if not self._dry:
                        self._store.save_imported(other, found.address, found.asked)
                    return self._outcome(found.asked, Became.ALIAS, other)
        names = {found.address} | ({found.asked} if known[found.asked] is None else set())
        # Where something else was found, or will be, it is the address of that.
        if canonical and not is_other and known[canonical] is None:
            names.add(canonical)
        try:
            return self._published(found, imported, names, canonical if canonical in names else found.address)
        except _ByHand as by_hand:
            article = by_hand.article
            return Outcome(found.asked, Became.REFUSED, article.number, article.slug, by_hand.reason, str(by_hand))

    def _published(self, found: Found, imported: Imported | None, names: set[str], name: str) -> Outcome:
        """names: addresses that lead to it from now on; name: the one that its slug is made of."""
        before = self._store.article(imported.article) if imported else None
        if imported and imported.revisions:
            if imported.digest == found.digest:
                if not self._dry and found.address != imported.address:
                    self._keep(found, imported.article, imported.revisions, names)
                return self.same(found.asked, imported)
            if before and (decided := _decided_since(imported, before)):
                if self._is_as_imported(found, imported, before):
                    return self.same(found.asked, imported)
                raise decided
        slug = before.slug if before else self._slug(name, imported)
        details = found.manuscript.details(found.url)
        if self._dry:
            draft = self._articles.draft(slug, found.manuscript.html, details)
            old = draft.old
            became = Became.NEW if old is None else Became.SAME if draft.new == old else Became.CHANGED
            notices = found.manuscript.notices + draft.prepared.notices
            return Outcome(found.asked, became, old.number if old else None, slug, notices=notices)
        number = imported.article if imported else self._store.reserve(slug)
        # Said before it is published: were it interrupted in between, the article would look like one made by hand.
        self._keep(found, number, 0, names)
        try:
            published = self._articles.publish(slug, found.manuscript.html, details)
        except SnippetsvcError:
            if imported:
                self._store.save_imported(imported)
            else:
                self._store.forget_imported(_imported(found, number, 0), *names)
            raise
        article = published.article
        self._keep(found, article.number, len(article.revisions), names)
        # Published by an import that ended before it could say so, it is new as well.
        new_then = imported is not None and not imported.revisions and len(article.revisions) == 1
        became = Became.SAME if article == before else Became.CHANGED
        became = Became.NEW if published.created or new_then else became
        notices = found.manuscript.notices + published.notices
        return Outcome(found.asked, became, article.number, slug, notices=notices)

    def _keep(self, found: Found, number: int, revisions: int, names: set[str]) -> None:
        self._store.save_imported(_imported(found, number, revisions), *names)

    def _slug(self, name: str, imported: Imported | None) -> str:
        """A slug for what is found under `name`. Raises `_ByHand`: it is that of an article that was not imported."""
        for slug in slugs(name):
            number = self._store.find(slug)
            if self._dry and self._promised.get(slug, name) != name:
                continue
            article = None if number is None else self._store.article(number)
            if article is None or (imported and imported.article == number):
                # Nobody's, or reserved for what was never published.
                if number is None or self._store.imported(number) in (None, imported):
                    self._promised[slug] = name
                    return slug
            elif self._store.imported(article.number) is None:
                raise _ByHand("by-hand", f"the article {slug} was published by hand", article)
        raise AssertionError("slugs have no end")

    def _says_the_same(self, found: Found, imported: Imported) -> bool:
        """Whether the words of an imported article are those that were found, wherever its links lead."""
        article = self._store.article(imported.article)
        if article is None or article.current is None:
            return False
        details = found.manuscript.details(article.source_url)
        draft = self._articles.draft(article.slug, found.manuscript.html, details)
        current = self._library.document(article, article.current.number)
        return Document(draft.prepared.html).text == current.text

    def _is_as_imported(self, found: Found, imported: Imported, article: Article) -> bool:
        """Whether what was found would be the very revision that was imported last, whatever changed around it."""
        draft = self._articles.draft(article.slug, found.manuscript.html, found.manuscript.details(found.url))
        info = article.revision(imported.revisions)
        return info is not None and info.digest == hashlib.sha256(draft.prepared.html.encode()).hexdigest()

    def _outcome(self, address: str, became: Became, imported: Imported, reason: str = "") -> Outcome:
        article = self._store.article(imported.article)
        return Outcome(address, became, imported.article, article.slug if article else "", reason)


def _imported(found: Found, number: int, revisions: int) -> Imported:
    return Imported(number, found.address, found.digest, found.etag, found.last_modified, revisions)


def _decided_since(imported: Imported, article: Article) -> _ByHand | None:
    """What somebody decided about an article since it was imported, and is not overruled."""
    if article.withdrawn:
        return _ByHand("withdrawn", f"the article {article.slug} was withdrawn", article)
    if article.revisions[-1].retracted:
        return _ByHand("retracted", f"the newest revision of the article {article.slug} was retracted", article)
    if len(article.revisions) != imported.revisions:
        return _ByHand("by-hand", f"the article {article.slug} was published by hand since", article)
    return None
