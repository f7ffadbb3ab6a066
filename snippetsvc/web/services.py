"""The use cases, put together once for an application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from snippetsvc.articles import Articles
from snippetsvc.shares import Shares
from snippetsvc.shelf import Shelf
from snippetsvc.store import Store
from snippetsvc.tokens import Tokens
from snippetsvc.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    store: Store
    shelf: Shelf
    articles: Articles
    shares: Shares

    @classmethod
    def of(cls, settings: Settings, store: Store, now: Callable[[], datetime]) -> Services:
        shelf = Shelf(store, settings.recent_articles)
        return cls(
            settings=settings,
            store=store,
            shelf=shelf,
            articles=Articles(store, shelf, now),
            shares=Shares(store, shelf, Tokens(settings.secret_keys), now),
        )

    def close(self) -> None:
        """Leave the store; an embedded one ends with the last process that leaves."""
        self.shelf.close()
        self.store.close()


def services() -> Services:
    """Those of the current application."""
    found: Services = current_app.extensions["snippetsvc"]
    return found
