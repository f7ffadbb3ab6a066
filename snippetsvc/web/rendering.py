"""Rendered pages, kept. A page follows from what names it, so one that is asked for again is not rendered again.

Whether it may be shown at all is asked of the store each time, before this is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from hashlib import sha1

from flask import Response, request

from snippetsvc.models import Article
from snippetsvc.web.addresses import origin
from snippetsvc.web.negotiation import page_language, requested, use_query
from snippetsvc.web.site import Page, site


def rendered(
    names: Hashable, query: Mapping[str, object], head: Article, cache_control: str, render: Callable[[], str]
) -> Response:
    """The page of `head` that `names`, `query`, the language and the address it was asked at tell from all others.

    query: what the page goes by in its address, None where it does not; whatever else stands there makes no other page.
    """
    use_query(query)
    key = (names, tuple(query.values()), page_language().code, requested(), origin(), head.version)
    pages = site().pages
    page = pages.get(key)
    if page is None:
        body = render().encode()
        page = Page(body, sha1(body, usedforsecurity=False).hexdigest())
        pages.keep(key, page)
    response = Response(page.body, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = cache_control
    response.set_etag(page.etag)
    response.make_conditional(request)
    return response
