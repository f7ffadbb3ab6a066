"""The articles as an Atom feed (RFC 4287): which there are, whose they are, and since when each stands as it does.

Without their words: a feed reader keeps what it was given, and what a publisher takes back is to be gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_OID, uuid5
from xml.etree.ElementTree import Element

from snippetsvc.exports.json import timestamp
from snippetsvc.exports.xml import document, put
from snippetsvc.models import Article

_NAMESPACE = "http://www.w3.org/2005/Atom"
#: The time of a feed in which nothing stands, for it must have one.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself. lang: of its title; address: its own; id: the same whatever `address` asks for;
    home: of the page that it is the feed of."""

    title: str
    lang: str
    id: str
    address: str
    home: str


def atom(feed: Feed, articles: Iterable[tuple[Article, str]]) -> bytes:
    """articles: those that can be read, in the order in which they shall stand, with the addresses of their pages."""
    entries = list(articles)
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.lang})
    put(root, "id", feed.id)
    put(root, "title", feed.title)
    put(root, "updated", timestamp(max((_updated(article) for article, _ in entries), default=_NEVER)))
    put(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    put(root, "link", rel="alternate", type="text/html", href=feed.home)
    # An entry without an author has the feed's, and each must have one.
    _person(root, urlsplit(feed.home).hostname or "")
    for article, address in entries:
        _entry(root, article, address)
    return document(root)


def _entry(root: Element, article: Article, address: str) -> None:
    entry = put(root, "entry", **{"xml:lang": article.lang})
    put(entry, "id", entry_id(article))
    put(entry, "title", article.title)
    put(entry, "published", timestamp(_published(article)))
    put(entry, "updated", timestamp(_updated(article)))
    put(entry, "link", rel="alternate", type="text/html", hreflang=article.lang, href=address)
    if article.source_url:
        put(entry, "link", rel="via", href=article.source_url)
    for name in article.authors or filter(None, [article.publisher]):
        _person(entry, name)


def _person(parent: Element, name: str) -> None:
    put(put(parent, "author"), "name", name)


def entry_id(article: Article) -> str:
    """The same for good: when the article is renamed or edited, and when the service gets another address."""
    first = timestamp(article.revisions[0].created_at)
    return uuid5(NAMESPACE_OID, f"snippetsvc article {article.number} of {first}").urn


def _updated(article: Article) -> datetime:
    return article.shown().created_at


def _published(article: Article) -> datetime:
    """When its publisher says, a day alone from its beginning in UTC; else when it was first published here."""
    if not article.published_at:
        return article.revisions[0].created_at
    moment = datetime.fromisoformat(article.published_at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
