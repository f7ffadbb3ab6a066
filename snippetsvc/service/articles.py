"""What publishers do: publish, go back, withdraw, rename, retract. And reading, for everyone."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from snippetsvc.errors import Conflict, Gone, Invalid, NotFound, Problem, Stale, StoreAway
from snippetsvc.html.prepare import Prepared, headline
from snippetsvc.models import Article, Did, Notice, Revision, RevisionInfo
from snippetsvc.preparing.preparer import Preparer
from snippetsvc.service.history import History
from snippetsvc.service.library import Library
from snippetsvc.store import Erasure, Store
from snippetsvc.text.document import Document
from snippetsvc.text.opening import opening

_log = logging.getLogger(__name__)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG = 100


@dataclass(frozen=True, slots=True)
class Details:
    """What a publisher says of an article beside its HTML.

    Of the fields named in `given`, the value here holds, None included; of the others what the document says,
    else what was known before.
    """

    title: str | None = None
    lang: str | None = None
    dir: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    source_url: str | None = None
    canonical_url: str | None = None
    license: str | None = None
    description: str | None = None
    image: str | None = None
    selector: str | None = None
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did, or would do.

    created: the article is new; revised: a revision was made; before: the number of the one that was current till then,
    None where no revision was made, or there was none; notices: what became of the document.
    """

    article: Article
    created: bool
    revised: bool
    before: int | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def drops(self) -> tuple[Notice, ...]:
        """What of the document is left out."""
        return tuple(notice for notice in self.notices if notice.did is Did.DROPPED)


@dataclass(frozen=True, slots=True)
class Draft:
    """What publishing a document would do. old: the article now, None where there is none; new: the article then."""

    old: Article | None
    new: Article
    prepared: Prepared

    @property
    def published(self) -> Published:
        revised = self.old is None or len(self.new.revisions) > len(self.old.revisions)
        current = self.old.current if self.old and revised else None
        before = current.number if current else None
        return Published(self.new, self.old is None, revised, before, self.prepared.notices)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, and one revision of it."""

    article: Article
    number: int
    document: Document


class Articles:
    def __init__(
        self, store: Store, library: Library, history: History, preparer: Preparer, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._library = library
        self._history = history
        self._preparer = preparer
        self._now = now

    def on(self, store: Store) -> Articles:
        """The same, on another store."""
        library = Library(store, 0)
        return Articles(store, library, History(library), self._preparer, self._now)

    def read(self, slug: str) -> Article:
        """The article that has, or had, this slug; after a rename its `slug` is another.

        Raises `NotFound`; `Gone` when it was withdrawn or all of it retracted; `StoreAway`.
        """
        article = self._library.head(slug)
        article.shown()
        return article

    def named(self, slug: str) -> Article | None:
        """The article that has, or had, this slug, whatever became of it."""
        return self._store.article_by_slug(slug)

    def head(self, slug: str) -> Article:
        """As `named`. Raises `NotFound`."""
        article = self.named(slug)
        if article is None:
            raise NotFound(f"there is no article {slug!r}")
        return article

    def open(self, slug: str, number: int | None) -> Reading:
        """Revision `number` of an article, unless told the current one. Raises as `read` does, and if there is none."""
        try:
            return self._open(slug, number)
        except Stale:
            # A retraction came between the two looks at the store; the next ones see what it left.
            return self._open(slug, number)

    def _open(self, slug: str, number: int | None) -> Reading:
        article = self._library.head(slug)
        current = article.shown()
        number = number or current.number
        return Reading(article, number, self._library.document(article, number))

    def listed(self, offset: int, count: int) -> tuple[list[Article], bool]:
        """Articles that can be read, the newest first, and whether there are more."""
        try:
            return self._store.articles(offset, count)
        except StoreAway:
            # The first page is what is at hand.
            if offset or not (recent := self._library.recent()):
                raise
            return recent[:count], len(recent) > count

    def openings(self, articles: Sequence[Article]) -> list[str | None]:
        """What each is about, in the same order: as its publisher says, else the paragraph that it begins with.

        None where the article has neither, and, while the store is away, where the words are not at hand.
        """
        documents = self._library.currents([article for article in articles if not article.description])
        return [
            article.description or (opening(document) if (document := documents.get(article.number)) else None)
            for article in articles
        ]

    def places(self) -> tuple[int, int]:
        """How many places the list has, and the counter of changes: while both stay, it is the same list."""
        return self._store.places()

    def oldest(self, offset: int, count: int) -> Iterator[Article]:
        """Of so many places of the list, from its oldest on, the articles that can be read; read while asked for."""
        return self._store.oldest(offset, count)

    def draft(self, slug: str, source: str | bytes, details: Details) -> Draft:
        """What publishing `source` would do, without doing it.

        Raises `Invalid`; `Conflict` when the slug is another article's old one; `Busy`, `Unprepared`.
        """
        _check_slug(slug)
        old = self._store.article_by_slug(slug)
        if old is not None and old.slug != slug:
            raise Conflict(f"the article {slug!r} was renamed to {old.slug!r}")
        prepared = self._preparer.prepare(
            source,
            fallback_title=old.title if old else slug,
            fallback_lang=old.lang if old and "lang" not in details.given else "und",
            title=details.title,
            lang=details.lang,
            dir=details.dir,
            source_url=details.source_url or (None if "source_url" in details.given or not old else old.source_url),
            selector=details.selector or (None if "selector" in details.given or not old else old.selector),
            way=old.way if old else None,
        )
        infos = old.revisions if old else ()
        digest = hashlib.sha256(prepared.html.encode()).hexdigest()
        current = old.current if old else None
        if current is None or current.digest != digest:
            length = len(Document(prepared.html).text)
            infos = (*infos, RevisionInfo(len(infos) + 1, self._now(), digest, length))

        # When another revision was changed says nothing of this one.
        passing = {"modified_at"} if old and len(infos) > len(old.revisions) else set()

        def known(name: str) -> Any:
            sources = (details,) if name in details.given else (prepared, None if name in passing else old)
            return next((value for source in sources if (value := getattr(source, name, None))), None)

        new = Article(
            number=old.number if old else 0,
            slug=slug,
            title=prepared.title,
            lang=prepared.lang,
            dir=prepared.dir,
            revisions=infos,
            authors=known("authors") or (),
            publisher=known("publisher"),
            published_at=known("published_at"),
            modified_at=known("modified_at"),
            source_url=known("source_url"),
            canonical_url=known("canonical_url"),
            license=known("license"),
            description=known("description"),
            image=known("image"),
            selector=known("selector"),
            way=known("way"),
        )
        return Draft(old, new, prepared)

    def publish(self, slug: str, source: str | bytes, details: Details, *, strict: bool = False) -> Published:
        """Publish `source` under `slug`: a new article, or its next revision if the content is another.

        A withdrawn article is back with that. strict: not if anything of the document is left out. Raises as `draft`
        does, and `StoreAway`.
        """
        while True:
            draft = self.draft(slug, source, details)
            published = draft.published
            if strict and published.drops:
                raise Invalid([Problem("/html", "dropped", str(notice)) for notice in published.drops])
            if published.created:
                published = replace(published, article=replace(draft.new, number=self._store.reserve(slug)))
            new = published.article
            if new == draft.old:
                return published
            revision = Revision(new.number, len(new.revisions), draft.prepared.html) if published.revised else None
            # False: somebody else published in between. Then all is looked at again.
            if self._store.save_article(draft.old, new, revision):
                if published.before is not None:
                    self._align(new, published.before)
                return published

    def revert(self, slug: str, number: int) -> Published:
        """Publish the content of revision `number` again, as a new revision, with the title that it has.

        A withdrawn article is back with that. Raises as `document` does.
        """
        while True:
            article = self.head(slug)
            html = self._library.document(article, number).html
            current, info = article.current, article.revision(number)
            new = replace(article, withdrawn=False)
            revision = None
            if current is not None and info is not None and current.digest != info.digest:
                again = replace(info, number=len(article.revisions) + 1, created_at=self._now())
                revision = Revision(article.number, again.number, html)
                new = replace(new, revisions=(*article.revisions, again))
                # The same headline as now may have a title of the publisher's own.
                if (title := headline(html)) != headline(self._library.document(article, current.number).html):
                    new = replace(new, title=title)
            if new == article:
                return Published(article, created=False, revised=False)
            if self._store.save_article(article, new, revision):
                if revision is not None and current is not None:
                    self._align(new, current.number)
                return Published(new, created=False, revised=revision is not None)

    def withdraw(self, slug: str) -> Article:
        """Take an article back: it and its shares answer 410 until it is published again."""
        return self._change(slug, lambda article: replace(article, withdrawn=True))

    def rename(self, old_slug: str, new_slug: str) -> Article:
        """Give an article another slug; the old one leads there. Raises `Conflict` when the new one is taken."""
        _check_slug(new_slug)
        return self._change(old_slug, lambda article: replace(article, slug=new_slug))

    def retract(self, slug: str, numbers: Sequence[int]) -> tuple[Article, Erasure]:
        """Take the words of some revisions back for good, and out of the store's files.

        What of them still stands in the revision that is current afterwards keeps its place there, and nothing else
        of them is kept: a title that was published with them gives way to the headline that is left, description and
        lead picture go. Raises `NotFound` for a revision that is not there.
        """
        while True:
            article = self.head(slug)
            for number in numbers:
                if article.revision(number) is None:
                    raise NotFound(f"the article has no revision {number}")
            infos = (replace(info, retracted=info.retracted or info.number in numbers) for info in article.revisions)
            new = replace(article, revisions=tuple(infos))
            try:
                if new.current != article.current:
                    # What was said of the words that go may tell them.
                    new = replace(new, title=self._title_left(article, new), description=None, image=None)
                left = self._history.left_of(article, new)
            except Stale:
                # Somebody else retracts at the same time.
                continue
            if self._store.retract(article, new, left):
                return new, self._store.erase()

    def _title_left(self, article: Article, new: Article) -> str:
        """The title of an article that `new` retracts the current revision of."""
        return headline(self._library.document(article, new.current.number).html) if new.current else article.slug

    def _align(self, article: Article, before: int) -> None:
        """Compare the newest revision with the one before, so that no reader waits for it."""
        try:
            self._library.alignment(article, before, len(article.revisions))
        except (Gone, StoreAway):
            # It is published all the same; the first reader's request tries again.
            _log.warning("%s: the comparison with revision %d is left to its first reader", article.slug, before)

    def _change(self, slug: str, change: Callable[[Article], Article]) -> Article:
        while True:
            article = self.head(slug)
            new = change(article)
            if new == article or self._store.save_article(article, new, None):
                return new


def _check_slug(text: str) -> None:
    if not is_slug(text):
        raise Invalid.one("/slug", "slug", f"a slug is like press-office-2026, of {MAX_SLUG} characters at most")


def is_slug(text: str) -> bool:
    return len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None
