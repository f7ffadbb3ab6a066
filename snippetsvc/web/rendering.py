"""Rendered pages, kept. A page follows from what names it, so one that is asked for again is not rendered again.

Whether it may be shown at all is asked of the store each time, before this is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from hashlib import sha1

from flask import Response, request

from snippetsvc.models import Article
from snippetsvc.web.addresses import origin
from snippetsvc.web.language import page_lang, requested, use_query
from snippetsvc.web.services import Page, services


def rendered(
    names: Hashable, query: Mapping[str, object], head: Article, cache_control: str, render: Callable[[], str]
) -> Response:
    """The page of `head` that `names`, `query`, the language and the address it was asked at tell from all others.

    query: what the page goes by in its address, None where it does not; whatever else stands there makes no other page.
    """
    use_query(query)
    name = (names, tuple(query.values()), page_lang(), requested(), origin())
    page = _kept(name, head, lambda: render().encode())
    response = Response(page.body, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = cache_control
    response.set_etag(page.etag)
    response.make_conditional(request)
    return response


def _kept(name: Hashable, head: Article, make: Callable[[], bytes]) -> Page:
    pages = services().pages
    page = pages.get(name)
    if page is None or page.head is not head:
        body = make()
        page = Page(head, body, sha1(body, usedforsecurity=False).hexdigest())
        pages.put(name, page)
        # The article has changed while this was rendered, and all pages were forgotten: this one too.
        if not services().shelf.latest(head):
            pages.drop(lambda each: each == name)
    return page
