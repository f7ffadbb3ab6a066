"""What every answer tells browsers, whichever view or error it comes from.

Added below Flask, where it is one list put behind another: each request pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: Nothing runs that a publisher or a reader wrote; images may come from elsewhere, by https.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("X-Frame-Options", "DENY"),
]
_UNLISTED = [*_HEADERS, ("X-Robots-Tag", "noindex")]


class Guarded:
    """WSGI middleware. Shares are kept out of search engines as well."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        headers = _UNLISTED if "/s/" in path or "/shares" in path else _HEADERS

        def start(status: str, own: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            return start_response(status, own + headers, *error)

        return self._app(environ, start)
