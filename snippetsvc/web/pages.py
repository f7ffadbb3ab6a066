"""The pages of articles. Views read the address, call one use case, render."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc.errors import NotFound
from snippetsvc.exports import schema
from snippetsvc.exports.words import excerpt
from snippetsvc.web.addresses import article_links, check_origin, origin
from snippetsvc.web.answers import moved, page_number, public, revision_number, this_day
from snippetsvc.web.negotiation import use_article, use_query
from snippetsvc.web.rendering import kept, page, published
from snippetsvc.web.site import services, site

pages = Blueprint("pages", __name__)
pages.before_request(check_origin)

_PAGE_LENGTH = 50
#: Characters of what is shown of an article beside its title.
_OPENING = 200


@pages.get("/")
def index() -> AnyResponse:
    number = page_number()
    articles, more = services().articles.listed((number - 1) * _PAGE_LENGTH, _PAGE_LENGTH)
    if not articles and number > 1:
        raise NotFound("the list of articles is not that long")
    use_article(site().lang)
    use_query({"page": number if number > 1 else None})
    return public(
        page(
            "index.html",
            articles=list(zip(articles, map(_opening, services().articles.openings(articles)), strict=True)),
            previous=number - 1 if number > 1 else None,
            next=number + 1 if more else None,
        )
    )


def _opening(words: str | None) -> str | None:
    return words and excerpt(words, _OPENING)


@pages.get("/links")
def links() -> AnyResponse:
    use_article(site().lang)
    use_query({})
    return Response(page("links.html"), headers={"Cache-Control": "no-store"})


@pages.get("/articles/<slug>")
def article(slug: str) -> AnyResponse:
    return _article_page("article.html", slug)


@pages.get("/articles/<slug>/print")
def article_print(slug: str) -> AnyResponse:
    return _article_page("print.html", slug, snippets=())


def _article_page(template: str, slug: str, **more: Any) -> AnyResponse:
    today = this_day()
    asked = revision_number()
    reading = services().articles.open(slug, asked)
    found, document = reading.article, reading.document
    if found.slug != slug:
        return moved(url_for(request.endpoint or "", slug=found.slug))
    use_article(found.lang)

    def render() -> str:
        paths = article_links(found.slug)
        address = paths.under(origin()).page
        older = reading.number != found.shown().number
        facts = None if older else Markup(schema.script_text(found, address))  # noqa: S704  # nothing in it ends it
        return page(
            template,
            article=found,
            article_paths=paths,
            revision=reading.number,
            body=Markup(document.html),  # noqa: S704  # sanitised when it was published
            published=published(document, ()),
            older=older,
            schema=facts,
            canonical=address,
            address=address,
            preview={"title": found.title, "description": found.description, "site": found.publisher or site().name},
            today=today,
            **more,
        )

    return kept((template, found.slug, today), {"revision": asked}, found, "public, no-cache", render)


def error_page(status: HTTPStatus, reason: str | None, slug: str | None) -> Response:
    """The page of an error; it leads on to the article `slug`, where there is one that can be read."""
    known = services().library.last_seen(slug) if slug else None
    use_article(known.lang if known else site().lang)
    body = page("error.html", status=int(status), reason=reason, article=known)
    return Response(body, status, headers={"Cache-Control": "no-store"})
