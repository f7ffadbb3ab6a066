"""Articles and shares to store."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from snippetsvc.models import Article, Color, Revision, RevisionInfo, Share, Snippet, Span

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY = "AbCdEfGhIjKlMnOpQrSt_-"


def info(number: int, html: str = "", retracted: bool = False) -> RevisionInfo:
    return RevisionInfo(
        number, NOW + timedelta(milliseconds=number), hashlib.sha256(html.encode()).hexdigest(), len(html), retracted
    )


def an_article(number: int = 1, slug: str = "a-slug", revisions: int = 1) -> Article:
    return Article(number, slug, "A title", "en", "ltr", tuple(info(place) for place in range(1, revisions + 1)))


def a_revision(article: int = 1, number: int = 1, html: str = "<h1>A title</h1>\n<p>Words.</p>") -> Revision:
    return Revision(article, number, html)


def a_share(key: str = KEY, article: int = 1, snippets: int = 5) -> Share:
    return Share(
        f"{article}-{key}",
        article,
        1,
        NOW,
        None,
        hashlib.sha256(b"manage").digest(),
        hashlib.sha256(b"request").digest(),
        tuple(
            Snippet(place, Span(place * 1000, place * 1000 + 300), list(Color)[place % 4])
            for place in range(1, snippets + 1)
        ),
    )


def expiring(share: Share, seconds: int) -> Share:
    return replace(share, expires_at=share.created_at + timedelta(seconds=seconds))
