"""Lists of pages: sitemaps and their indexes (sitemaps.org), RSS and Atom feeds."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import feedparser

from snippetsvc.errors import Invalid
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import MOST_OF_A_SITEMAP
from snippetsvc.importing.unpacking import gathered
from snippetsvc.importing.xml import parsed

_GZIP = b"\x1f\x8b"
#: The first element of a document, in so many bytes.
_HEAD = 4_096
_FIRST = re.compile(
    rb"(?>\s+|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w-]+:)?([\w-]+)", re.DOTALL
)
_SITEMAPS, _FEEDS = frozenset((b"urlset", b"sitemapindex")), frozenset((b"rss", b"feed", b"RDF"))


@dataclass(frozen=True, slots=True)
class Listed:
    """pages, lists: what is named, as it is named; lasting: what is in it stays in it as long as it is there."""

    pages: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    lasting: bool = True


def listed_in(data: bytes, where: Address | None) -> Listed | None:
    """What `data`, which stands at `where`, lists; None where it is no list. It may be packed by gzip.

    Raises `Invalid` for a list that cannot be read, `NotFetched` for one that unpacks to more than 50 MB.
    """
    if data.startswith(_GZIP):
        data = gathered(io.BytesIO(data), "gzip", MOST_OF_A_SITEMAP)
    first = _FIRST.match(data[:_HEAD])
    if first is None or first[1] not in _SITEMAPS | _FEEDS:
        return None
    if first[1] in _FEEDS:
        return _feed(data, where)
    sitemap = parsed(data.lstrip(), "the sitemap")
    return Listed(_locations(sitemap, "url"), _locations(sitemap, "sitemap"))


def _locations(sitemap: Element, each: str) -> list[str]:
    """Of its own alone: pictures and films in it have locations, too."""
    return ["".join(found.itertext()).strip() for found in sitemap.findall(f"{{*}}{each}/{{*}}loc")]


def _feed(data: bytes, where: Address | None) -> Listed:
    # Of a text, the library would find out whether it is an address, and fetch it.
    try:
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    except (UnicodeError, LookupError):
        # An encoding that is none of text.
        feed = None
    if feed is None or (feed.bozo and not feed.entries):
        raise Invalid.one("", "feed", "the feed cannot be read")
    links = [link for entry in feed.entries if (link := entry.get("link"))]
    return Listed([_absolute(link, where) for link in links], lasting=False)


def _absolute(link: str, where: Address | None) -> str:
    try:
        return link if where is None else str(where.to(link))
    except ValueError:
        return link
