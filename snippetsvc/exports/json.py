"""Articles and shares as the API's JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import msgspec

from snippetsvc import anchoring
from snippetsvc.exports.links import ShareLinks
from snippetsvc.language import Language
from snippetsvc.models import Article
from snippetsvc.service.publishing import Told
from snippetsvc.service.views import Placed, View
from snippetsvc.text.selectors import Selector


def export(view: View, links: ShareLinks, _: Language) -> bytes:
    return msgspec.json.encode(share_json(view, links))


def timestamp(moment: datetime) -> str:
    """A time as in ISO 8601, in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def article_json(article: Article) -> dict[str, Any]:
    """One article. `revision` is the current one's number; of a retracted one the words are gone."""
    return {
        "slug": article.slug,
        "title": article.title,
        "lang": article.lang,
        "dir": article.dir,
        "author": article.author,
        "authors": article.authors,
        "publisher": article.publisher,
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "source_url": article.source_url,
        "canonical_url": article.canonical_url,
        "license": article.license,
        "description": article.description,
        "image": article.image,
        "selector": article.selector,
        "revision": article.current.number if article.current else None,
        "revisions": [
            {
                "number": info.number,
                "created_at": timestamp(info.created_at),
                "digest": info.digest,
                "length": info.length,
            }
            | ({"retracted": True} if info.retracted else {})
            for info in article.revisions
        ],
    }


def published_json(told: Told) -> dict[str, Any]:
    """An article that was published, and what its publisher is told of that."""
    return article_json(told.published.article) | {
        "notices": [
            {"kind": notice.kind, "count": notice.count, "did": notice.did, "example": notice.example}
            for notice in told.published.notices
        ],
        "marks": asdict(told.marks) if told.marks else None,
    }


def share_json(view: View, links: ShareLinks) -> dict[str, Any]:
    """One share, its selectors in the revision that `view` shows."""
    article, share = view.opened.article, view.opened.share
    return {
        "token": links.token,
        "url": links.page,
        "print_url": links.print,
        "article": article.slug,
        "revision": share.revision,
        "current_revision": article.current.number if article.current else None,
        "selectors_revision": view.revision,
        "created_at": timestamp(share.created_at),
        "expires_at": timestamp(share.expires_at) if share.expires_at else None,
        "snippets": [
            {
                "number": snippet.number,
                "color": snippet.color,
                "status": snippet.status,
                "quote": snippet.exact,
                "selectors": selectors_in(view, snippet),
            }
            for snippet in view.snippets
        ],
    }


def selectors_in(view: View, snippet: Placed) -> list[Selector]:
    """Where the snippet stands in the revision that is shown, as W3C selectors; empty when it is lost."""
    if snippet.span is None:
        return []
    return anchoring.describe(view.document.text, snippet.span)
