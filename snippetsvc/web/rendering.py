"""Templates -> pages, in the language of the request; and what is kept of them.

A page follows from what names it, so one that is asked for again is not rendered again. Whether it may be shown at all
is asked of the store each time, before this is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from hashlib import sha1
from urllib.parse import urlencode

import msgspec
from flask import Response, request
from markupsafe import Markup

from snippetsvc.models import Article
from snippetsvc.text.document import Document
from snippetsvc.text.highlight import Highlight
from snippetsvc.web.addresses import origin
from snippetsvc.web.frames import Frame
from snippetsvc.web.negotiation import language_links, page_language, requested, use_query
from snippetsvc.web.site import Page, site
from snippetsvc.web.templates import templates


def page(template: str, **values: object) -> str:
    """The page that `template` makes of `values`."""
    return part(
        template,
        lang_requested=requested(),
        site_name=site().name,
        languages=language_links(),
        api=f"{request.script_root}/api/v1",
        **values,
    )


def part(template: str, **values: object) -> Markup:
    """A part of a page, without what all pages say of themselves."""
    link = partial(_link, requested())
    return Markup(templates().render(template, page_language(), link=link, **values))  # noqa: S704  # it escapes


def _link(lang: str | None, address: str, **query: object) -> str:
    """An address of ours as a page leads to it: with these parameters, but those that are None, and in the language
    that was asked for."""
    if lang is None and not query:
        return address
    asked = [(name, value) for name, value in (*query.items(), ("lang", lang)) if value is not None]
    return f"{address}?{urlencode(asked)}" if asked else address


def framed(names: Hashable, head: Article, fillings: Mapping[str, str], render: Callable[[], str]) -> str:
    """The page whose frame of `head` is told from others by `names` and the language, with its holes filled."""
    key = ("frame", names, page_language().code, requested(), head.version)
    frame = site().rendered.get(key)
    if not isinstance(frame, Frame):
        frame = Frame(render())
        site().rendered.keep(key, frame)
    return frame.filled(fillings)


def kept(
    names: Hashable, query: Mapping[str, object], head: Article, cache_control: str, render: Callable[[], str]
) -> Response:
    """The page of `head` that `names`, `query`, the language and the address it was asked at tell from all others.

    query: what the page goes by in its address, None where it does not; whatever else stands there makes no other page.
    """
    use_query(query)
    key = ("page", names, tuple(query.values()), page_language().code, requested(), origin(), head.version)
    return answered(at_hand(key, lambda: render().encode()), "text/html; charset=utf-8", cache_control)


def at_hand(key: Hashable, make: Callable[[], bytes]) -> Page:
    """What `key` tells from everything else that is kept; made if it is not there."""
    page = site().rendered.get(key)
    if not isinstance(page, Page):
        body = make()
        page = Page(body, sha1(body, usedforsecurity=False).hexdigest())
        site().rendered.keep(key, page)
    return page


def answered(page: Page, content_type: str, cache_control: str) -> Response:
    """The answer that brings `page`; a 304 when the caller has it already."""
    response = Response(page.body, content_type=content_type)
    response.headers["Cache-Control"] = cache_control
    response.set_etag(page.etag)
    response.make_conditional(request)
    return response


def published(document: Document, highlights: Sequence[Highlight]) -> Markup:
    """What the reader's tool goes by, as JSON: the text's checksum, and what is drawn, as number, start, end (code
    points), colour, status. It never reads that off the page, whose words others may have altered."""
    snippets = [[each.number, each.span.start, each.span.end, each.color, each.status] for each in highlights]
    body = msgspec.json.encode({"checksum": document.checksum, "snippets": snippets})
    return Markup(body.decode())  # noqa: S704  # numbers and names of ours
