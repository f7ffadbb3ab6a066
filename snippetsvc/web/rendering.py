"""Rendered pages, kept. A page follows from what names it, so one that is asked for again is not rendered again.

Whether it may be shown at all is asked of the store each time, before this is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha1

from flask import Response, request

from snippetsvc.models import Article
from snippetsvc.web.addresses import origin
from snippetsvc.web.language import page_lang, requested
from snippetsvc.web.services import Page, services


def rendered(names: Hashable, head: Article, cache_control: str, render: Callable[[], str]) -> Response:
    """The page of `head` that `names`, the language and the address it was asked at tell from all others."""
    key = (names, page_lang(), requested(), origin(), request.query_string)
    pages = services().pages
    page = pages.get(key)
    if page is None or page.head is not head:
        body = render().encode()
        page = Page(head, body, sha1(body, usedforsecurity=False).hexdigest())
        pages.put(key, page)
    response = Response(page.body, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = cache_control
    response.set_etag(page.etag)
    response.make_conditional(request)
    return response
