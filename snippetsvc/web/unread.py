"""Bodies that no view has read to their end."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from snippetsvc.web import senders

#: Bytes of a body that are read for nothing. Of a longer one nothing is, or no more.
_MOST = 64 * 1024 * 1024


class Unread:
    """WSGI middleware: what is left of a body is read and dropped before the answer is sent.

    Most clients send all before they read an answer. Refused early (for a wrong key, a body that is too large), they
    would see a broken connection and not why; or, their body being short, at their next request over it.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._app(environ, start_response)
        # Whoever expects to be told to go on sends nothing before that.
        if "HTTP_EXPECT" not in environ and _has_body(environ):
            _drop(environ)
        return answer


def _has_body(environ: WSGIEnvironment) -> bool:
    if "HTTP_TRANSFER_ENCODING" in environ:
        return True
    length = environ.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and 0 < int(length) <= _MOST


def _drop(environ: WSGIEnvironment) -> None:
    left = _MOST
    with senders.place(0) as free:
        while free and left > 0 and (piece := environ["wsgi.input"].read(65_536)):
            left -= len(piece)
