"""Addresses of our own: the parts of routes, the base path below which they stand, and how they are given out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Request, g, request, url_for
from werkzeug.routing import BaseConverter, Map, MapAdapter

from snippetsvc.errors import BadSetting, BadSyntax
from snippetsvc.exports.links import ArticleLinks, ShareLinks
from snippetsvc.tokens import FORM
from snippetsvc.web.site import site

#: A host that can be, and its port; a name's parts are at most 63 characters long (RFC 1035, section 2.3.4).
HOST = re.compile(r"(?=.{1,260}\Z)(([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


class _Token(BaseConverter):
    """In a route, what has the form of a token."""

    regex = FORM


class _Number(BaseConverter):
    """In a route, a number from 1, spelled in the one way."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)


class _Rest(BaseConverter):
    """In a route, all that is left of a path, line feeds and slashes as well, if no other route takes it."""

    regex = "(?s:.+)"
    part_isolating = False
    weight = 200


class Mounted(Flask):
    """An application below the path `APPLICATION_ROOT`, whether requests name it or a proxy has taken it off."""

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        base, path = self.config["APPLICATION_ROOT"], environ.get("PATH_INFO", "")
        if f"{path}/".startswith(f"{base}/"):
            environ["PATH_INFO"] = path.removeprefix(base) or "/"
        environ["SCRIPT_NAME"] = base
        return super().wsgi_app(environ, start_response)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Routes are the same for every host, one that cannot be included; `origin` says which are given out."""
        if request is None:
            return super().create_url_adapter(request)
        return self.url_map.bind("localhost", request.root_path, None, request.scheme, request.method, request.path)


def init_app(app: Flask) -> None:
    """Before any route is added: their parts."""
    app.url_map.converters |= {"token": _Token, "number": _Number, "rest": _Rest}
    # What is glued to a link may be slashes, and is cut off with the rest.
    app.url_map.merge_slashes = False


def check_base(base: str, routes: Map) -> None:
    """Raises `BadSetting` if `base` begins as addresses below it do: nobody could tell which of them is meant."""
    first = f"{base}/".split("/")[1]
    if first and first in {rule.rule.split("/")[1] for rule in routes.iter_rules()}:
        raise BadSetting(f"SNIPPETSVC_BASE_URL: has a path that begins as our own addresses do, with /{first}")


def absolute(endpoint: str, **values: object) -> str:
    """An address as it is given out: with scheme and host."""
    return origin() + url_for(endpoint, **values)  # type: ignore[arg-type]  # our own names


def article_links(slug: str) -> ArticleLinks:
    """The paths of an article."""
    return ArticleLinks(url_for("pages.article", slug=slug))


def share_links(slug: str, token: str) -> ShareLinks:
    """The paths of a share, and of its article."""
    return ShareLinks(token, url_for("shared.share", token=token), article_links(slug))


def origin() -> str:
    """Scheme and host of the addresses that are given out, as `check_origin` has found them."""
    return str(g.origin)


def check_origin() -> None:
    """Before a request does anything: links that it leads to must be fit to be given out. Raises `BadSyntax`."""
    g.origin = site().origin or f"{request.scheme}://{_host()}"


def _host() -> str:
    # Not Werkzeug's `request.host`: it does not like the names that containers give each other, such as news_desk.
    host = request.environ.get("HTTP_HOST", "")
    if not HOST.fullmatch(host):
        raise BadSyntax("the request's Host is missing or cannot be, and no SNIPPETSVC_BASE_URL is set")
    return str(host.removesuffix(":443" if request.scheme == "https" else ":80"))


def path_of(address: str) -> str | None:
    """The path of an address of ours, decoded and without the base path; None for any other address."""
    own = urlsplit(origin())
    try:
        parts = urlsplit(address)
        same = (parts.scheme, parts.hostname, parts.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        return None
    base, path = request.script_root, unquote(parts.path)
    return path.removeprefix(base) if same and path.startswith(f"{base}/") else None
