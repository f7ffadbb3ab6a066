"""Publishing, and what it tells the publisher: what became of the document, and of readers' marks."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from snippetsvc.errors import Gone, NotFound, RecordUnreadable, Stale, StoreAway
from snippetsvc.models import Article
from snippetsvc.service.articles import Articles, Details, Published
from snippetsvc.service.impact import Impact, Marks
from snippetsvc.text.document import Document

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """marks: what the new revision does to the marks on the one before; None where no revision is made, or where they
    could not be counted at once."""

    published: Published
    marks: Marks | None


class Publishing:
    def __init__(self, articles: Articles, impact: Impact) -> None:
        self._articles = articles
        self._impact = impact

    def publish(self, slug: str, source: str | bytes, details: Details, *, strict: bool = False) -> Told:
        """As `Articles.publish`. What is published stays so, whether or not its marks can be counted."""
        published = self._articles.publish(slug, source, details, strict=strict)
        try:
            return Told(published, self._marks(published, published.article, len(published.article.revisions)))
        except (Gone, NotFound, RecordUnreadable, Stale, StoreAway):
            _log.warning("%s: what the new revision does to its marks could not be counted", slug)
            return Told(published, None)

    def rehearse(self, slug: str, source: str | bytes, details: Details) -> Told:
        """What `publish` would tell; nothing is stored. Raises as it does."""
        draft = self._articles.draft(slug, source, details)
        return Told(draft.published, self._marks(draft.published, draft.old, Document(draft.prepared.html).text))

    def _marks(self, published: Published, article: Article | None, new: int | str) -> Marks | None:
        if not published.revised:
            return None
        if article is None or published.before is None:
            return Marks()
        return self._impact.counted(article, published.before, new)
