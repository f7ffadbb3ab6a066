"""Lists of pages: sitemaps and their indexes (sitemaps.org), RSS and Atom feeds."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import feedparser

from snippetsvc.errors import Invalid
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import MOST_OF_A_SITEMAP
from snippetsvc.importing.unpacking import gathered
from snippetsvc.importing.xml import Reader, read

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
        data = gathered([data], "gzip", MOST_OF_A_SITEMAP)
    first = _FIRST.match(data[:_HEAD])
    if first is None or first[1] not in _SITEMAPS | _FEEDS:
        return None
    if first[1] in _FEEDS:
        return _feed(data, where)
    sitemap = _Sitemap()
    read(data.lstrip(), sitemap, "the sitemap")
    return Listed(sitemap.locations["url"], sitemap.locations["sitemap"])


class _Sitemap(Reader):
    def __init__(self) -> None:
        self.locations: dict[str, list[str]] = {"url": [], "sitemap": []}
        self._within: list[str] = []
        self._text: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._within.append(name)
        self._text.clear()

    def text(self, text: str) -> None:
        if self._within[-1] == "loc":
            self._text.append(text)

    def end(self, name: str) -> None:
        self._within.pop()
        # Pictures and films have locations, too.
        if name == "loc" and self._within and self._within[-1] in self.locations:
            self.locations[self._within[-1]].append("".join(self._text).strip())


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
