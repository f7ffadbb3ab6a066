"""The use cases, put together once for an application."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from snippetsvc.articles import Articles
from snippetsvc.effects import Effects
from snippetsvc.history import History
from snippetsvc.models import Article
from snippetsvc.recent import Recent
from snippetsvc.shares import Shares
from snippetsvc.shelf import Shelf
from snippetsvc.store import Store
from snippetsvc.tokens import Tokens
from snippetsvc.views import Views
from snippetsvc.web.settings import Settings

#: Bytes of rendered pages that one process keeps.
_PAGE_BUDGET = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page. head: the article's head that it was rendered from; it holds for no other."""

    head: Article
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Services:
    """pages: those rendered last; they are forgotten whenever an article changes, for its words may be retracted."""

    settings: Settings
    store: Store
    shelf: Shelf
    history: History
    articles: Articles
    shares: Shares
    views: Views
    effects: Effects
    pages: Recent[Hashable, Page]

    @classmethod
    def of(cls, settings: Settings, store: Store, now: Callable[[], datetime]) -> Services:
        pages: Recent[Hashable, Page] = Recent(_PAGE_BUDGET, lambda page: len(page.body))
        shelf = Shelf(store, settings.recent_articles, on_change=pages.clear)
        history = History(shelf)
        return cls(
            settings=settings,
            store=store,
            shelf=shelf,
            history=history,
            articles=Articles(store, shelf, history, now),
            shares=Shares(store, shelf, Tokens(settings.secret_keys), now),
            views=Views(shelf, history),
            effects=Effects(store, shelf, history, now),
            pages=pages,
        )

    def close(self) -> None:
        """Leave the store; an embedded one ends with the last process that leaves."""
        self.shelf.close()
        self.store.close()


def services() -> Services:
    """Those of the current application."""
    return services_of(current_app)


def services_of(app: Flask) -> Services:
    found: Services = app.extensions["snippetsvc"]
    return found
