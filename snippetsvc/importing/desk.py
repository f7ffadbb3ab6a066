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
from snippetsvc.models import Article, Became, Imported, Outcome, Revision
from snippetsvc.service.articles import Articles
from snippetsvc.store import Store
from snippetsvc.text.document import Document


@dataclass(frozen=True, slots=True)
class Found:
    """A document: `asked` is the address that was asked, `address` where it was found, after redirects.

    canonical: another address on its host that it names as its own; canonical_is_other: that one is brought in, too.
    """

    asked: str
    address: str
    data: bytes
    manuscript: Manuscript
    etag: str | None = None
    last_modified: str | None = None
    canonical: str | None = None
    canonical_is_other: bool = False

    @property
    def url(self) -> str | None:
        """Where it is on the web."""
        return None if self.address.startswith("file:") else self.address

    def imported(self, article: int, revisions: int) -> Imported:
        """The record that this is what an article, of so many revisions, was imported from."""
        digest = hashlib.sha256(self.data).digest()
        return Imported(article, self.address, digest, self.etag, self.last_modified, revisions)


class Desk:
    def __init__(self, store: Store, articles: Articles) -> None:
        self._store = store
        self._articles = articles

    def known(self, address: str) -> Imported | None:
        """What was found at this very address last."""
        imported = self._store.imported_as(address)
        return imported if imported and imported.address == address else None

    def outcome(self, address: str, became: Became, imported: Imported, reason: str = "", detail: str = "") -> Outcome:
        """What became of an address, where that is nothing new for the article."""
        article = self._store.article(imported.article)
        return Outcome(address, became, imported.article, article.slug if article else "", reason, detail)

    def alias(self, address: str, of: Outcome) -> Outcome:
        """`address` leads to where `of` was found."""
        if of.article is None and of.became is Became.REFUSED:
            return Outcome(address, of.became, None, of.slug, of.reason, of.detail)
        imported = None if of.article is None else self._store.imported(of.article)
        if imported is not None and self.known(address) is None:
            self._store.save_imported(imported, address)
        return Outcome(address, Became.ALIAS, of.article, of.slug)

    def take(self, found: Found) -> Outcome:
        """Publish what was found, unless it is published, or must not be.

        Raises `Invalid`, `Conflict`, `StoreAway`.
        """
        imported = self.known(found.address)
        if imported is None and (asked := self.known(found.asked)):
            if not self._says_the_same(found, asked):
                # Pages that were taken off often lead to a list, or home.
                return self.outcome(found.asked, Became.GONE, asked, f"leads to {found.address}")
            imported = asked
        if imported is None and (twin := self._twin(found)):
            self._store.save_imported(twin, found.address, found.asked)
            return self.outcome(found.asked, Became.ALIAS, twin)
        article = self._store.article(imported.article) if imported else None
        if imported and imported.revisions and article and (left := self._left_as_it_is(found, imported, article)):
            return left
        return self._published(found, imported, article)

    def _twin(self, found: Found) -> Imported | None:
        """What was found elsewhere, to which one of its addresses leads, and says the same."""
        addresses = filter(None, (found.canonical, found.asked, found.address))
        others = filter(None, map(self._store.imported_as, addresses))
        return next((other for other in others if self._says_the_same(found, other)), None)

    def _left_as_it_is(self, found: Found, imported: Imported, article: Article) -> Outcome | None:
        """What became of a document that is published already, or is not to be any more; None for another one."""
        decided = _decided_since(imported, article)
        now = found.imported(article.number, imported.revisions)
        if now.digest == imported.digest or (decided and self._is_as_imported(found, imported, article)):
            self._store.save_imported(now, *self._names(found))
            return self.outcome(found.asked, Became.SAME, imported)
        return self.outcome(found.asked, Became.REFUSED, imported, *decided) if decided else None

    def _published(self, found: Found, imported: Imported | None, article: Article | None) -> Outcome:
        """imported: of the article that it is, None for a new one; article: as it is so far."""
        names = self._names(found)
        slug = article.slug if article else next(each for each in slugs(names[0]) if self._is_free(each, imported))
        if article is None and (by_hand := self._store.article_by_slug(slug)):
            detail = f"the article {slug} was published by hand"
            return Outcome(found.asked, Became.REFUSED, by_hand.number, by_hand.slug, "by-hand", detail)
        number = imported.article if imported else self._store.reserve(slug)
        # Said before it is published: were it interrupted in between, the article would look like one made by hand.
        self._store.save_imported(found.imported(number, 0), *names)
        try:
            published = self._articles.publish(slug, found.manuscript.html, found.manuscript.details(found.url))
        except SnippetsvcError:
            if imported:
                self._store.save_imported(imported)
            else:
                self._store.forget_imported(found.imported(number, 0), *names)
            raise
        revisions = len(published.article.revisions)
        self._store.save_imported(found.imported(number, revisions), *names)
        # Published by an import that ended before it could say so, it is new as well.
        is_new = published.created or (imported and not imported.revisions and revisions == 1)
        became = Became.NEW if is_new else Became.SAME if published.article == article else Became.CHANGED
        return Outcome(found.asked, became, number, slug, notices=found.manuscript.notices + published.notices)

    def _names(self, found: Found) -> list[str]:
        """The addresses that lead to it from now on, first the one that its slug is made of."""
        names = [found.address]
        if self._store.imported_as(found.asked) is None:
            names.append(found.asked)
        # Where something else was found, or will be, it is the address of that.
        if found.canonical and not found.canonical_is_other and self._store.imported_as(found.canonical) is None:
            names.insert(0, found.canonical)
        return names

    def _is_free(self, slug: str, imported: Imported | None) -> bool:
        """Whether no other imported article has, or will have, this slug: one that was made by hand may."""
        number = self._store.find(slug)
        return number is None or self._store.imported(number) in (None, imported)

    def _says_the_same(self, found: Found, imported: Imported) -> bool:
        """Whether the words of an imported article are those that were found, wherever its links lead."""
        article = self._store.article(imported.article)
        if article is None or article.current is None:
            return False
        revision = self._store.revision(article.number, article.current.number)
        html = self._html(found, article, article.source_url)
        return isinstance(revision, Revision) and Document(revision.html).text == Document(html).text

    def _is_as_imported(self, found: Found, imported: Imported, article: Article) -> bool:
        """Whether what was found would be the very revision that was imported last, whatever changed around it."""
        info = article.revision(imported.revisions)
        html = self._html(found, article, found.url)
        return info is not None and info.digest == hashlib.sha256(html.encode()).hexdigest()

    def _html(self, found: Found, article: Article, url: str | None) -> str:
        """What was found as it would be the next revision of an article, had it been found at `url`."""
        details = found.manuscript.details(url)
        return self._articles.draft(article.slug, found.manuscript.html, details).prepared.html


def _decided_since(imported: Imported, article: Article) -> tuple[str, str] | None:
    """What somebody decided about an article since it was imported, and is not overruled: in a word, in a sentence."""
    if article.withdrawn:
        return "withdrawn", f"the article {article.slug} was withdrawn"
    if article.revisions[-1].retracted:
        return "retracted", f"the newest revision of the article {article.slug} was retracted"
    if len(article.revisions) != imported.revisions:
        return "by-hand", f"the article {article.slug} was published by hand since"
    return None
