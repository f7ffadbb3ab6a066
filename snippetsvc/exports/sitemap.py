"""Sitemaps (sitemaps.org, 0.9): where robots find the articles, and since when each stands as it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element

from snippetsvc.exports.json import timestamp
from snippetsvc.exports.xml import document, put

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

#: Addresses that one sitemap may hold, and sitemaps that an index may.
MOST = 50_000


def urlset(pages: Iterable[tuple[str, datetime]]) -> bytes:
    """A sitemap. pages: addresses, and when what stands there was changed last."""
    root = Element("urlset", xmlns=_NAMESPACE)
    for address, changed in pages:
        page = put(root, "url")
        put(page, "loc", address)
        put(page, "lastmod", timestamp(changed))
    return document(root)


def index(sitemaps: Iterable[str]) -> bytes:
    """The index of sitemaps. sitemaps: their addresses."""
    root = Element("sitemapindex", xmlns=_NAMESPACE)
    for address in sitemaps:
        put(put(root, "sitemap"), "loc", address)
    return document(root)
