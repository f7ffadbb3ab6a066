"""What views of pages and of the API read off an address, and how they answer, alike."""

from __future__ import annotations

from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc.errors import BadSyntax


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


def dry_run() -> bool:
    """Whether the address says `?dry_run=1`. Raises `BadSyntax` for what could be meant so."""
    text = request.args.get("dry_run", "0")
    if text not in ("0", "1"):
        raise BadSyntax("dry_run must be 1 or 0")
    return text == "1"


def chosen(name: str, value: str) -> str | None:
    """`value`, if the address chooses it by the parameter `name`."""
    return value if request.args.get(name) == value else None


def this_day() -> date:
    """The day that pages tell on paper; a page that is kept is kept for a day."""
    return datetime.now(UTC).date()


def public(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> AnyResponse:
    return cacheable(Response(body, content_type=content_type), "public, no-cache")


def private(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> AnyResponse:
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
