"""Rendered pages, kept. A page follows from what names it, so one that is asked for again is not rendered again.

Whether it may be shown at all is asked of the store each time, before this is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha1

from flask import Flask, Response, current_app, request

from snippetsvc.models import Article
from snippetsvc.web.addresses import origin
from snippetsvc.web.language import page_lang, requested

#: Bytes of pages that one process keeps.
_BUDGET = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """head: the article's head that it was rendered from, kept so that its identity means something."""

    head: Article
    body: bytes
    etag: str


class Pages:
    """The pages asked for last, safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable, head: Article, render: Callable[[], str]) -> Page:
        """The page that `key` and `head` name, rendered unless it is at hand."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None and page.head is head:
                self._pages.move_to_end(key)
                return page
        body = render().encode()
        page = Page(head, body, sha1(body, usedforsecurity=False).hexdigest())
        with self._lock:
            replaced = self._pages.pop(key, None)
            self._size += len(body) - (len(replaced.body) if replaced else 0)
            self._pages[key] = page
            while self._size > _BUDGET:
                self._size -= len(self._pages.popitem(last=False)[1].body)
        return page


def init_app(app: Flask) -> None:
    app.extensions["pages"] = Pages()


def rendered(names: Hashable, head: Article, cache_control: str, render: Callable[[], str]) -> Response:
    """The page of `head` that `names`, the language and the address it was asked at tell from all others."""
    pages: Pages = current_app.extensions["pages"]
    page = pages.get((names, page_lang(), requested(), origin(), request.query_string), head, render)
    response = Response(page.body, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = cache_control
    response.set_etag(page.etag)
    response.make_conditional(request)
    return response
