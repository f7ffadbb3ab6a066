"""The pages that people see, and the exports of a share. Views read the address, call one use case, render."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, abort, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc import anchoring
from snippetsvc.errors import BadSyntax, NotFound
from snippetsvc.exports import qr
from snippetsvc.exports.formats import FORMATS
from snippetsvc.exports.words import excerpt
from snippetsvc.models import Color, Status
from snippetsvc.service.views import Placed, View
from snippetsvc.text.document import Document
from snippetsvc.text.highlight import Highlight, draw
from snippetsvc.web.addresses import absolute, article_links, check_origin, origin, path_of, share_links
from snippetsvc.web.frames import hole
from snippetsvc.web.negotiation import page_language, use_article, use_query
from snippetsvc.web.rendering import framed, kept, page, part
from snippetsvc.web.site import services

pages = Blueprint("pages", __name__)
pages.before_request(check_origin)

_PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A snippet in the list beside the article; `spans_diff`: what was marked against what stands now."""

    number: int
    color: Color
    status: Status
    quote: str | None
    now: str | None
    spans_diff: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, snippet: Placed) -> Entry:
        edited = snippet.status is Status.CHANGED and snippet.quote is not None and snippet.now is not None
        difference = anchoring.difference(snippet.quote or "", snippet.now or "") if edited else []
        return cls(snippet.number, snippet.color, snippet.status, snippet.quote, snippet.now, difference)


@pages.get("/")
def index() -> AnyResponse:
    number = page_number()
    articles, more = services().articles.listed((number - 1) * _PAGE_LENGTH, _PAGE_LENGTH)
    if not articles and number > 1:
        raise NotFound("the list of articles is not that long")
    use_query({"page": number if number > 1 else None})
    return _public(
        page(
            "index.html",
            articles=articles,
            previous=number - 1 if number > 1 else None,
            next=number + 1 if more else None,
        )
    )


@pages.get("/articles/<slug>")
def article(slug: str) -> AnyResponse:
    return _article_page("article.html", slug)


@pages.get("/articles/<slug>/print")
def article_print(slug: str) -> AnyResponse:
    return _article_page("print.html", slug, snippets=())


def _article_page(template: str, slug: str, **more: Any) -> AnyResponse:
    today = _today()
    asked = revision_number()
    reading = services().articles.open(slug, asked)
    found, document = reading.article, reading.document
    if found.slug != slug:
        return moved(url_for(request.endpoint or "", slug=found.slug))
    use_article(found.lang)

    def render() -> str:
        paths = article_links(found.slug)
        address = paths.under(origin()).page
        return page(
            template,
            article=found,
            article_paths=paths,
            revision=reading.number,
            body=Markup(document.html),  # noqa: S704  # sanitised when it was published
            published=_published(document, ()),
            older=reading.number != found.shown().number,
            canonical=address,
            address=address,
            preview={"title": found.title, "description": None, "site": found.publisher},
            today=today,
            **more,
        )

    return kept((template, found.slug, today), {"revision": asked}, found, "public, no-cache", render)


@pages.get("/s/<token:token>")
def share(token: str) -> AnyResponse:
    return _share_page("share.html", token, _in_frame)


@pages.get("/s/<token:token>/print")
def share_print(token: str) -> AnyResponse:
    only = _chosen("only", "snippets")

    def render(view: View, shown: dict[str, Any]) -> str:
        address = shown["links"].page
        code = Markup(qr.svg(address))  # noqa: S704  # drawn by segno
        return page("print.html", **shown, only_snippets=only is not None, address=address, qr=code)

    return _share_page("print.html", token, render, only=only)


def _share_page(
    template: str, token: str, render: Callable[[View, dict[str, Any]], str], **query: str | None
) -> AnyResponse:
    """A page of a share.

    render: makes it of a view, and of what templates are told of that; query: what else it goes by in its address.
    """
    today = _today()
    as_marked, marks_off = _chosen("as", "marked"), _chosen("marks", "off")
    opened = services().shares.open(token)
    stored = opened.share
    use_article(opened.article.lang)

    def shown() -> str:
        view = services().views.of(opened, as_marked=as_marked is not None)
        found = view.opened.article
        current = found.shown().number
        highlights = [] if marks_off else view.highlights()
        entries = [Entry.of(snippet) for snippet in view.snippets]
        paths = share_links(found.slug, token)
        return render(
            view,
            {
                "article": found,
                "revision": view.revision,
                # Sanitised when it was published; marks hold numbers and names of ours.
                "body": Markup(draw(view.document, highlights)),  # noqa: S704
                "published": _published(view.document, highlights),
                "share": stored,
                "paths": paths,
                "links": paths.under(origin()),
                "snippets": entries,
                "placed": [entry for entry in entries if entry.status is not Status.LOST],
                "lost": [entry for entry in entries if entry.status is Status.LOST],
                "edited": any(entry.status is not Status.INTACT for entry in entries),
                "newer": current if stored.revision != current else None,
                "as_marked": as_marked,
                "can_show_marked": found.holds(stored.revision),
                "marks_off": marks_off,
                "today": today,
            },
        )

    query |= {"as": as_marked, "marks": marks_off}
    return kept((template, token, stored.expires_at, today), query, opened.article, "private, no-cache", shown)


def _in_frame(view: View, shown: dict[str, Any]) -> str:
    """The page of a share: but for what the holes are filled with, it is that of other shares of the revision, too."""
    found, links = view.opened.article, shown["links"]
    preview = _preview(view)
    language = page_language()
    fillings = {
        "origin": origin(),
        "token": links.token,
        "count": escape(language.ngettext("%(num)s snippet", "%(num)s snippets", len(view.snippets))),
        "description": escape(preview["description"] or ""),
        # Absolute, because whoever looks for it may not know how to resolve an address.
        "oembed": escape(absolute("pages.oembed", url=links.page)),
        "snippets": part("snippets.html", **shown),
        "body": shown["body"],
        "published": shown["published"],
    }

    def render() -> str:
        paths = share_links(found.slug, hole("token"))
        given_out = paths.under(hole("origin"))
        differing = {name: hole(name) for name in ("count", "oembed", "snippets", "body", "published")}
        if preview["description"]:
            preview["description"] = hole("description")
        return page(
            "share.html",
            **shown
            | differing
            | {
                "paths": paths,
                "article_paths": paths.article,
                "links": given_out,
                "canonical": given_out.article.page,
                "preview": preview,
                "older": False,
            },
        )

    told_by = (view.revision, shown["newer"], shown["as_marked"], shown["marks_off"], bool(preview["description"]))
    return framed(("share.html", shown["today"], *told_by), found, fillings, render)


def _published(document: Document, highlights: Sequence[Highlight]) -> Markup:
    """What the reader's tool goes by, as JSON: the text's checksum, and what is drawn, as number, start, end (code
    points), colour, status. It never reads that off the page, whose words others may have altered."""
    snippets = [[each.number, each.span.start, each.span.end, each.color, each.status] for each in highlights]
    body = msgspec.json.encode({"checksum": document.checksum, "snippets": snippets})
    return Markup(body.decode())  # noqa: S704  # numbers and names of ours


@pages.get(f"/s/<token:token>.<any({','.join(FORMATS)}):suffix>")
def share_export(token: str, suffix: str) -> AnyResponse:
    view = _view(token)
    found = view.opened.article
    use_article(found.lang)
    format = FORMATS[suffix]
    links = share_links(found.slug, token).under(origin())
    response = _private(format.export(view, links, page_language()), format.content_type)
    name = quote(f"{found.title[:80].replace('/', '-')}.{suffix}", safe="")
    response.headers["Content-Disposition"] = f"inline; filename=\"{found.slug}.{suffix}\"; filename*=UTF-8''{name}"
    return response


@pages.get("/s/<token:token>/qr.svg")
def share_qr(token: str) -> AnyResponse:
    services().shares.open(token)
    return _private(qr.svg(absolute("pages.share", token=token)), content_type="image/svg+xml")


@pages.get("/oembed")
def oembed() -> AnyResponse:
    address = request.args.get("url")
    if not address:
        raise BadSyntax("url is missing: the address of a page of this service")
    if request.args.get("format", "json") != "json":
        abort(HTTPStatus.NOT_IMPLEMENTED, "only json is offered")
    path = path_of(address) or ""
    kind, _, name = path.strip("/").partition("/")
    if kind == "s":
        # As the page itself would: whatever was glued to its address.
        view = _view(services().shares.split(name)[0])
        found, description = view.opened.article, _preview(view)["description"]
    elif kind == "articles":
        found, description = services().articles.read(name.removesuffix("/print")), None
    else:
        raise NotFound("this is not the address of an article or a share here")
    facts = {
        "version": "1.0",
        "type": "link",
        "title": found.title,
        "author_name": found.author,
        "provider_name": found.publisher,
        "provider_url": absolute("pages.index"),
        "description": description,
    }
    body = msgspec.json.encode({name: fact for name, fact in facts.items() if fact is not None})
    return (_private if kind == "s" else _public)(body, content_type="application/json")


def error_page(status: HTTPStatus, reason: str | None, slug: str | None) -> Response:
    """The page of an error; it leads on to the article `slug`, where there is one that can be read."""
    known = services().library.last_seen(slug) if slug else None
    use_article(known.lang if known else None)
    body = page("error.html", status=int(status), reason=reason, article=known)
    return Response(body, status, headers={"Cache-Control": "no-store"})


def page_number() -> int:
    """The `?page=` of the address, from 1. Raises `BadSyntax`."""
    return _whole("page") or 1


def revision_number() -> int | None:
    """The `?revision=` of the address. Raises `BadSyntax`."""
    return _whole("revision")


def _whole(name: str) -> int | None:
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise BadSyntax(f"{name} must be a whole number, from 1")
    return int(text)


def _view(token: str) -> View:
    opened = services().shares.open(token)
    return services().views.of(opened, as_marked=_chosen("as", "marked") is not None)


def _chosen(name: str, value: str) -> str | None:
    """`value`, if the address chooses it by the parameter `name`."""
    return value if request.args.get(name) == value else None


def _today() -> date:
    """The day that pages tell on paper, so that a page that is kept is kept for a day."""
    return datetime.now(UTC).date()


def _preview(view: View) -> dict[str, str | None]:
    """What a preview of a share shows; no words if any of them were retracted."""
    found = view.opened.article
    words = next((snippet.quote for snippet in view.snippets if snippet.quote), None)
    retracted = any(snippet.quote is None for snippet in view.snippets)
    return {
        "title": found.title,
        "description": excerpt(words) if words and not retracted else None,
        "site": found.publisher,
    }


def _public(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> AnyResponse:
    return cacheable(Response(body, content_type=content_type), "public, no-cache")


def _private(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> AnyResponse:
    return cacheable(Response(body, content_type=content_type), "private, no-cache")


def moved(
    address: str, status: HTTPStatus = HTTPStatus.MOVED_PERMANENTLY, cache_control: str = "public, no-cache"
) -> AnyResponse:
    """A redirect to where something is now, with the query that came."""
    query = request.query_string.decode("latin-1")
    response = redirect(f"{address}?{query}" if query else address, status)
    # An article may be given its former address back: who had kept both redirects for ever would go round in circles.
    response.headers["Cache-Control"] = cache_control
    return response


def cacheable(response: Response, cache_control: str) -> Response:
    """`response` with an `ETag` of its content; a 304 when the caller has it already."""
    response.headers["Cache-Control"] = cache_control
    response.add_etag()
    response.make_conditional(request)
    return response
