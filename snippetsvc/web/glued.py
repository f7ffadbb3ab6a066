"""Addresses as mail, chats and trackers leave them: whoever opens one is sent on to what it was before.

What is glued to a link is anything: a slash, a full stop, `&utm_source=…`, `%3F…`, a quotation mark, a character that
nobody sees. So no sign is looked for. A token has a form of its own, and whatever follows a valid one, and the name of
a page or export behind it, is cut off (docs/adr/0002-tokens.md).
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc.web.answers import moved
from snippetsvc.web.site import services

glued = Blueprint("glued", __name__)

#: Characters. No page or export of a share has a longer name; what follows need not be tried.
_LONGEST_NAME = 20


@glued.get("/s/<rest:address>")
def share(address: str) -> AnyResponse:
    """To the longest address of a share that `address` begins with. Raises `BadToken`; the store is not asked."""
    token, rest = services().shares.split(address)
    routes = current_app.url_map.bind("localhost")
    ends = range(min(len(rest), _LONGEST_NAME), -1, -1)
    found = (routes.match(f"/s/{token}{rest[:end]}", "GET") for end in ends)
    view, values = next((view, values) for view, values in found if view != request.endpoint)
    return moved(url_for(view, **values), HTTPStatus.SEE_OTHER, "no-store")


@glued.get("/articles/<slug>/")
def article(slug: str) -> AnyResponse:
    return moved(url_for("pages.article", slug=slug))


@glued.get("/articles/<slug>/print/")
def article_print(slug: str) -> AnyResponse:
    return moved(url_for("pages.article_print", slug=slug))
