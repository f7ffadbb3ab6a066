"""The use cases, put together once for an application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from snippetsvc.preparing.preparer import Preparer
from snippetsvc.service.articles import Articles
from snippetsvc.service.history import History
from snippetsvc.service.impact import Impact
from snippetsvc.service.library import Library
from snippetsvc.service.publishing import Publishing
from snippetsvc.service.shares import Shares
from snippetsvc.service.views import Views
from snippetsvc.store import Store
from snippetsvc.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Services:
    store: Store
    library: Library
    articles: Articles
    shares: Shares
    views: Views
    impact: Impact
    publishing: Publishing

    @classmethod
    def of(cls, store: Store, recent: int, preparer: Preparer, tokens: Tokens, now: Callable[[], datetime]) -> Services:
        """recent: how many of the articles published most recently are kept at hand."""
        library = Library(store, recent)
        history = History(library)
        articles = Articles(store, library, history, preparer, now)
        impact = Impact(store, library, history, now)
        return cls(
            store=store,
            library=library,
            articles=articles,
            shares=Shares(store, library, tokens, now),
            views=Views(library, history),
            impact=impact,
            publishing=Publishing(articles, impact),
        )
