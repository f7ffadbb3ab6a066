"""Addresses of our own pages. All of them are built here, below the path of the public address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter, MapAdapter

from snippetsvc.errors import BadSyntax
from snippetsvc.tokens import FORM
from snippetsvc.web.language import requested
from snippetsvc.web.settings import HOST


class _Token(BaseConverter):
    """In a route, what has the form of a token."""

    regex = FORM


class _Rest(BaseConverter):
    """In a route, all that is left of a path, line feeds and slashes as well, if no other route takes it."""

    regex = "(?s:.+)"
    part_isolating = False
    weight = 200


class BelowPath:
    """WSGI middleware: answers requests below `path`, if there is one, as those without it."""

    def __init__(self, app: WSGIApplication, path: str, routes: MapAdapter) -> None:
        self._app = app
        self._path = path
        self._routes = routes

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if self._path and (path == self._path or path.startswith(f"{self._path}/")):
            below = path.removeprefix(self._path) or "/"
            # A public path such as `/articles` is also the beginning of addresses without it.
            if self._leads_somewhere(below) or not self._leads_somewhere(path):
                environ["PATH_INFO"] = below
        return self._app(environ, start_response)

    def _leads_somewhere(self, path: str) -> bool:
        try:
            self._routes.match(path)
        except NotFound:
            return False
        except HTTPException:
            return True
        return True


def url(endpoint: str, **values: object) -> str:
    """The path of a page (its view's name), below the base path, in the language that was asked for.

    Values that are None are left out, and so is the language.
    """
    return _path(endpoint, {"lang": requested(), **values})


def absolute(endpoint: str, **values: object) -> str:
    """The address of a page, or of the API (`api.` before its view's name), as it is given out."""
    return origin() + _path(endpoint, values)


def base_path() -> str:
    return str(current_app.config["BASE_PATH"])


def is_ours(address: str) -> str | None:
    """The path of an address of ours, decoded and without the base path; None for any other address."""
    own = urlsplit(origin())
    try:
        parts = urlsplit(address)
        same = (parts.scheme, parts.hostname, parts.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        return None
    base, path = base_path(), unquote(parts.path)
    return path.removeprefix(base) if same and path.startswith(f"{base}/") else None


def view_at(path: str) -> tuple[str, dict[str, Any]]:
    """The view that answers `path`, decoded and without the base path, and its arguments. Raises Werkzeug's errors."""
    routes: MapAdapter = current_app.extensions["routes"]
    view, values = routes.match(path, "GET")
    return view, dict(values)


def origin() -> str:
    """Scheme and host of the addresses that are given out. Raises `BadSyntax` where no such address could be opened."""
    known: str | None = g.get("origin")
    if known is None:
        known = g.origin = current_app.config["ORIGIN"] or f"{request.scheme}://{_host()}"
    return known


def check_origin() -> None:
    """Before a request does anything: links that it leads to must be fit to be given out. Raises `BadSyntax`."""
    origin()


def _host() -> str:
    # Not Werkzeug's `request.host`: it is empty where there is none, or one that it does not like.
    host = request.environ.get("HTTP_HOST", "")
    if not HOST.fullmatch(host):
        raise BadSyntax("the request's Host is missing or cannot be, and no SNIPPETSVC_BASE_URL is set")
    return str(host.removesuffix(":443" if request.scheme == "https" else ":80"))


def _path(endpoint: str, values: dict[str, object]) -> str:
    given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    page = f"pages.{endpoint}"
    routes: MapAdapter = current_app.extensions["routes"]
    return base_path() + routes.build(page if page in current_app.view_functions else endpoint, given, "GET")


def init_app(app: Flask) -> None:
    """Before any route is added: their parts, and the builder of paths.

    Flask's own builder looks at each request, which ours do not depend on, and takes its time.
    """
    app.url_map.converters |= {"token": _Token, "rest": _Rest}
    # The router would redirect doubled slashes to an address that leaves out our public one.
    app.url_map.merge_slashes = False
    app.extensions["routes"] = app.url_map.bind("localhost")
