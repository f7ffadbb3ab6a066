"""What the views of an application go by: the use cases, and what is particular to this one."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field

from cachetools import LRUCache
from flask import current_app

from snippetsvc.service import Services
from snippetsvc.web.frames import Frame

#: Bytes of rendered pages that one process keeps.
_PAGES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page."""

    body: bytes
    etag: str

    @property
    def size(self) -> int:
        return len(self.body)


class Rendered:
    """The pages and frames rendered last, by all that tells them from others; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: LRUCache[Hashable, Page | Frame] = LRUCache(_PAGES, lambda page: min(_PAGES, page.size))

    def get(self, key: Hashable) -> Page | Frame | None:
        with self._lock:
            return self._pages.get(key)

    def __len__(self) -> int:
        with self._lock:
            return len(self._pages)

    def keep(self, key: Hashable, page: Page | Frame) -> None:
        with self._lock:
            self._pages[key] = page


@dataclass(frozen=True, slots=True)
class Site:
    """origin: scheme and host of the public address, empty when it is each request's own; publish_keys: those that may
    publish over HTTP, none: that is off; name: the publisher's or the site's, None: it has none; lang: the language of
    what is no article's. Whoever runs an application puts it into `extensions["snippetsvc"]`."""

    services: Services
    origin: str
    publish_keys: tuple[str, ...]
    name: str | None
    lang: str
    rendered: Rendered = field(default_factory=Rendered)


def site() -> Site:
    """That of the current application."""
    found: Site = current_app.extensions["snippetsvc"]
    return found


def services() -> Services:
    """The use cases of the current application."""
    return site().services
