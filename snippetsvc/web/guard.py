"""What every answer tells browsers, whichever view or error it comes from.

Added below Flask, where it is one list put behind another: each request pays for it.
"""

from __future__ import annotations

import re
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
#: What the routes of shares begin with; whatever is refused there is kept out as well.
_SHARES = re.compile(r"/(?:s|api/v1/shares)(?:/|\Z)")


class Guarded:
    """WSGI middleware. Shares are kept out of search engines as well."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, own: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            # Looked at only now: a public path is taken off, and what is left is what the router went by.
            headers = _UNLISTED if _SHARES.match(environ.get("PATH_INFO", "")) else _HEADERS
            return start_response(status, own + headers, *error)

        return self._app(environ, start)
