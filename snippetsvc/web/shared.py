"""The pages of shares, and what else they are taken with in. Views read the address, call one use case, render."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from typing import Any
from urllib.parse import quote

import msgspec
from flask import Blueprint, abort, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc import anchoring
from snippetsvc.errors import BadSyntax, NotFound
from snippetsvc.exports import qr
from snippetsvc.exports.formats import FORMATS
from snippetsvc.exports.words import changes, excerpt
from snippetsvc.language import LANGUAGES, SOURCE
from snippetsvc.models import Color, Status
from snippetsvc.service.views import Placed, View
from snippetsvc.text.highlight import draw
from snippetsvc.web.addresses import absolute, check_origin, origin, path_of, share_links
from snippetsvc.web.answers import chosen, private, public, this_day
from snippetsvc.web.frames import hole
from snippetsvc.web.negotiation import page_language, use_article
from snippetsvc.web.rendering import framed, kept, page, part, published
from snippetsvc.web.site import services, site

shared = Blueprint("shared", __name__)
shared.before_request(check_origin)


@dataclass(frozen=True, slots=True)
class Entry:
    """A snippet in a list; `spans_diff`: what was marked against what stands now, empty where too little is left of it
    for the two to be read as one."""

    number: int
    color: Color
    status: Status
    quote: str | None
    now: str | None
    moved: bool
    spans_diff: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, snippet: Placed) -> Entry:
        then, now = snippet.quote or "", snippet.now or ""
        difference = anchoring.difference(then, now) if then and now and snippet.status is Status.CHANGED else []
        left = sum(len(words) for op, words in difference if op == "same")
        if left * 2 < min(len(then), len(now)):
            difference = []
        return cls(snippet.number, snippet.color, snippet.status, snippet.quote, snippet.now, snippet.moved, difference)


@shared.get("/s/<token:token>")
def share(token: str) -> AnyResponse:
    if chosen("only", "snippets"):
        return _share_page(token, _alone)
    return _share_page(token, _in_frame)


@shared.get("/s/<token:token>/print")
def printable(token: str) -> AnyResponse:
    if chosen("only", "snippets"):
        return _share_page(token, _alone)
    return _share_page(token, lambda _view, shown: page("print.html", **shown, **_foot(shown)))


def _alone(view: View, shown: dict[str, Any]) -> str:
    """The snippets without the article, under its headings."""
    paper = request.endpoint == "shared.printable"
    starts = {snippet.number: snippet.span.start for snippet in view.snippets if snippet.span}

    def under(entry: Entry) -> list[str]:
        headings = view.document.headings_above(starts[entry.number])
        return [view.document.reading(heading.span) for heading in headings]

    # Some may have moved.
    in_order = sorted(shown["placed"], key=lambda entry: starts[entry.number])
    groups = [(headings, list(entries)) for headings, entries in groupby(in_order, under)]
    return page("alone.html", **shown, **_foot(shown), groups=groups, paper=paper)


def _foot(shown: dict[str, Any]) -> dict[str, Any]:
    """What stands at the foot of a page for paper."""
    address = shown["links"].page
    return {"address": address, "qr": Markup(qr.svg(address))}  # noqa: S704  # drawn by segno


def _share_page(token: str, render: Callable[[View, dict[str, Any]], str]) -> AnyResponse:
    """A page of a share. render: makes it of a view, and of what templates are told of that."""
    today = this_day()
    as_marked, marks_off = chosen("as", "marked"), chosen("marks", "off")
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
                "published": published(view.document, highlights),
                "share": stored,
                "paths": paths,
                "links": paths.under(origin()),
                "snippets": entries,
                "placed": [entry for entry in entries if entry.status is not Status.LOST],
                "lost": [entry for entry in entries if entry.status is Status.LOST],
                "changes": changes(view, page_language()),
                "newer": current if stored.revision != current else None,
                "as_marked": as_marked,
                "can_show_marked": found.holds(stored.revision),
                "marks_off": marks_off,
                "today": today,
            },
        )

    query = {"only": chosen("only", "snippets"), "as": as_marked, "marks": marks_off}
    return kept((request.endpoint, token, stored.expires_at, today), query, opened.article, "private, no-cache", shown)


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
        "oembed": escape(absolute("shared.oembed", url=links.page)),
        "since": part("since.html", **shown),
        "snippets": part("snippets.html", **shown),
        "body": shown["body"],
        "published": shown["published"],
    }

    def render() -> str:
        paths = share_links(found.slug, hole("token"))
        given_out = paths.under(hole("origin"))
        differing = {name: hole(name) for name in ("count", "oembed", "since", "snippets", "body", "published")}
        return page(
            "share.html",
            **shown
            | differing
            | {
                "paths": paths,
                "article_paths": paths.article,
                "links": given_out,
                "canonical": given_out.article.page,
                "preview": preview | {"description": hole("description") if preview["description"] else None},
                "older": False,
            },
        )

    told_by = (view.revision, shown["newer"], shown["as_marked"], shown["marks_off"], bool(preview["description"]))
    return framed(("share.html", shown["today"], *told_by), found, fillings, render)


@shared.get(f"/s/<token:token>.<any({','.join(FORMATS)}):suffix>")
def export(token: str, suffix: str) -> AnyResponse:
    view = _view(token)
    found = view.opened.article
    use_article(found.lang)
    format = FORMATS[suffix]
    links = share_links(found.slug, token).under(origin())
    language = page_language() if format.worded else LANGUAGES[SOURCE]
    response = private(format.export(view, links, language), format.content_type)
    name = quote(f"{found.title[:80].replace('/', '-')}.{suffix}", safe="")
    response.headers["Content-Disposition"] = f"inline; filename=\"{found.slug}.{suffix}\"; filename*=UTF-8''{name}"
    return response


@shared.get("/s/<token:token>/qr.svg")
def qr_code(token: str) -> AnyResponse:
    services().shares.open(token)
    return private(qr.svg(absolute("shared.share", token=token)), content_type="image/svg+xml")


@shared.get("/oembed")
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
        "provider_name": site().name or found.publisher,
        "provider_url": absolute("pages.index"),
        "description": description,
    }
    body = msgspec.json.encode({name: fact for name, fact in facts.items() if fact is not None})
    return (private if kind == "s" else public)(body, content_type="application/json")


def _view(token: str) -> View:
    opened = services().shares.open(token)
    return services().views.of(opened, as_marked=chosen("as", "marked") is not None)


def _preview(view: View) -> dict[str, str | None]:
    """What a preview of a share shows; no words if any of them were retracted."""
    found = view.opened.article
    words = next((snippet.quote for snippet in view.snippets if snippet.quote), None)
    retracted = any(snippet.quote is None for snippet in view.snippets)
    return {
        "title": found.title,
        "description": excerpt(words) if words and not retracted else None,
        "site": found.publisher or site().name,
    }
