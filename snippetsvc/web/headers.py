"""What every answer tells browsers, whichever view or error it comes from."""

from __future__ import annotations

from flask import Flask, Response, request

#: Nothing runs that a publisher or a reader wrote; images may come from elsewhere, by https.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}


def init_app(app: Flask) -> None:
    app.after_request(_tell)


def _tell(response: Response) -> Response:
    response.headers.extend(_HEADERS)
    # Shares are kept out of search engines, and so is whatever is refused where they are.
    if request.path.startswith(("/s/", "/api/v1/shares")):
        response.headers["X-Robots-Tag"] = "noindex"
    return response
