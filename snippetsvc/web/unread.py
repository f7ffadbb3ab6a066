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
        body = environ["wsgi.input"] = _Body(environ)
        answer = self._app(environ, start_response)
        # Whoever expects to be told to go on sends nothing before that.
        if not body.ended and body.length <= _MOST and "HTTP_EXPECT" not in environ:
            _drop(body)
        return answer


class _Body:
    """A request's body, which is not asked for more once all has come: each read lets other threads in.

    length: in bytes, 0 while nobody knows.
    """

    def __init__(self, environ: WSGIEnvironment) -> None:
        self._stream = environ["wsgi.input"]
        length = environ.get("CONTENT_LENGTH", "")
        chunked = "HTTP_TRANSFER_ENCODING" in environ
        self.length = int(length) if length.isdigit() and not chunked else 0
        self._left = self.length or None
        # HTTP/1 says so when there is a body (RFC 9112, section 6.3); HTTP/2 need not.
        self.ended = (
            not chunked and not self.length and (bool(length) or environ["SERVER_PROTOCOL"].startswith("HTTP/1"))
        )

    def read(self, size: int) -> bytes:
        """At most so many bytes, none at the end."""
        if self.ended:
            return b""
        piece: bytes = self._stream.read(size if self._left is None else min(size, self._left))
        if self._left is not None:
            self._left -= len(piece)
        self.ended = not piece or self._left == 0
        return piece


def _drop(body: _Body) -> None:
    left = _MOST
    with senders.place(0) as free:
        while free and left > 0 and (piece := body.read(65_536)):
            left -= len(piece)
