"""Errors -> HTTP, in one table: problem documents (RFC 9457) for programs, pages for people."""

from __future__ import annotations

import logging
from http import HTTPStatus

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc.errors import (
    BadSyntax,
    Conflict,
    CutShort,
    Gone,
    Invalid,
    KeyMissing,
    KeyWrong,
    NotFound,
    Problem,
    RecordUnreadable,
    SnippetsvcError,
    StoreAway,
    TryLater,
    Unprepared,
)
from snippetsvc.exports.formats import FORMATS
from snippetsvc.tokens import shown_path
from snippetsvc.web.pages import error_page

_log = logging.getLogger(__name__)


class TooLarge(SnippetsvcError):
    """A body is larger than its address takes."""


class WrongMediaType(SnippetsvcError):
    """A body is of another media type than its address takes."""


#: The first class that fits decides.
STATUS_OF: tuple[tuple[type[SnippetsvcError], HTTPStatus], ...] = (
    (BadSyntax, HTTPStatus.BAD_REQUEST),
    (KeyMissing, HTTPStatus.UNAUTHORIZED),
    (KeyWrong, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (Gone, HTTPStatus.GONE),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (WrongMediaType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (Invalid, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TryLater, HTTPStatus.SERVICE_UNAVAILABLE),
    (RecordUnreadable, HTTPStatus.INTERNAL_SERVER_ERROR),
    (Unprepared, HTTPStatus.INTERNAL_SERVER_ERROR),
)
#: A body can have more faults than it has use to tell; the first ones are told.
_MOST_ERRORS = 100


def register(app: Flask) -> None:
    """Answer every error, of ours and of Flask's, as the address's callers expect."""
    app.register_error_handler(SnippetsvcError, _ours)
    app.register_error_handler(HTTPException, _flasks)
    app.register_error_handler(Exception, _unexpected)


def for_programs() -> bool:
    """Whether the address that was asked for answers programs: the API, and data of every other kind."""
    path = request.path
    last = path.rpartition("/")[2]
    return (
        path.startswith(("/api/", "/sitemap"))
        or path in ("/oembed", "/healthz", "/readyz", "/feed.atom", "/robots.txt")
        or (path.startswith("/s/") and (last == "qr.svg" or last.endswith(tuple(f".{suffix}" for suffix in FORMATS))))
    )


def _ours(error: SnippetsvcError) -> Response:
    status = next((status for kind, status in STATUS_OF if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    # That the store is away is said by the store, once for many.
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.warning("%s %s: %s", request.method, shown_path(request.path), error)
    problems = error.problems if isinstance(error, Invalid) else ()
    if isinstance(error, StoreAway):
        detail = "the store does not answer just now"
    else:
        detail = _in_short(problems) if problems else str(error)
    response = _answer(status, detail, problems, error)
    if isinstance(error, TryLater):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, KeyMissing):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _flasks(error: HTTPException) -> AnyResponse:
    status = HTTPStatus(error.code or 500)
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        # A redirect of the router's, say.
        return error.get_response(request.environ)
    detail = {
        HTTPStatus.NOT_FOUND: "nothing has this address",
        HTTPStatus.METHOD_NOT_ALLOWED: f"this address does not take {request.method}",
    }.get(status, status.description or status.phrase)
    response = _answer(status, detail)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _unexpected(error: Exception) -> Response:
    _log.exception("%s %s", request.method, shown_path(request.path), exc_info=error)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "an error of this service, and not yours")


def _in_short(problems: tuple[Problem, ...]) -> str:
    more = len(problems) - 3
    return "; ".join([*(problem.detail for problem in problems[:3]), *([f"and {more} more"] if more > 0 else [])])


def _answer(
    status: HTTPStatus, detail: str, problems: tuple[Problem, ...] = (), error: SnippetsvcError | None = None
) -> Response:
    gone = error if isinstance(error, Gone) else None
    if not for_programs():
        reason = gone.reason if gone else "cut-short" if isinstance(error, CutShort) else None
        return error_page(status, reason, gone.slug if gone else None)
    document: dict[str, object] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "errors": [
            {"pointer": problem.pointer, "rule": problem.rule, "detail": problem.detail}
            for problem in problems[:_MOST_ERRORS]
        ],
    }
    if gone is not None:
        document["reason"] = gone.reason
    response = Response(msgspec.json.encode(document), status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response
