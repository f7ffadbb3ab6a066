"""The API: JSON under `/api/v1`. Views read the request, call one use case, answer."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc.errors import BadSyntax, KeyMissing, KeyWrong
from snippetsvc.exports.json import article_json, published_json, share_json
from snippetsvc.models import Article
from snippetsvc.service.shares import Opened
from snippetsvc.web import bodies
from snippetsvc.web.addresses import absolute, check_origin, origin, share_links
from snippetsvc.web.answers import cacheable, dry_run, moved, page_number, revision_number
from snippetsvc.web.problems import TooLarge, WrongMediaType
from snippetsvc.web.site import services, site

api = Blueprint("api", __name__, url_prefix="/api/v1")
api.before_request(check_origin)

_SHARE_LIMIT = 2 * 1024 * 1024
_ARTICLE_LIMIT = 16 * 1024 * 1024
_PAGE_LENGTH = 50


@api.post("/shares")
def issue() -> AnyResponse:
    key = bodies.idempotency_key(request.headers.get("Idempotency-Key"))
    shares = services().shares
    issued = shares.issue(bodies.share_request(_body(_SHARE_LIMIT), keyed=key is not None), key)
    token = shares.token(issued.opened.share)
    body = _share(issued.opened, token) | {"manage_key": issued.manage_key}
    response = _json(body, HTTPStatus.CREATED, "no-store")
    response.headers["Location"] = absolute("api.share", token=token)
    return response


@api.get("/shares/<token>")
def share(token: str) -> AnyResponse:
    return cacheable(_json(_share(services().shares.open(token), token)), "private, no-cache")


@api.patch("/shares/<token>")
def change_expiry(token: str) -> AnyResponse:
    key = _bearer()
    expires_in = bodies.expiry_change(_body(_SHARE_LIMIT))
    opened = services().shares.change_expiry(token, key, expires_in)
    return _json(_share(opened, token), cache_control="no-store")


@api.delete("/shares/<token>")
def revoke(token: str) -> AnyResponse:
    services().shares.revoke(token, _bearer())
    return Response(status=HTTPStatus.NO_CONTENT)


@api.get("/articles")
def articles() -> AnyResponse:
    number = page_number()
    found, more = services().articles.listed((number - 1) * _PAGE_LENGTH, _PAGE_LENGTH)
    following = absolute("api.articles", page=number + 1) if more else None
    return cacheable(_json({"articles": [article_json(each) for each in found], "next": following}), "public, no-cache")


@api.get("/articles/<slug>")
def article(slug: str) -> AnyResponse:
    found = services().articles.read(slug)
    if found.slug != slug:
        return _moved("api.article", found)
    return cacheable(_json(article_json(found)), "public, no-cache")


@api.get("/articles/<slug>/text")
def article_text(slug: str) -> AnyResponse:
    return _content(slug, "api.article_text", "text/plain; charset=utf-8")


@api.get("/articles/<slug>/html")
def article_html(slug: str) -> AnyResponse:
    return _content(slug, "api.article_html", "text/html; charset=utf-8")


@api.put("/articles/<slug>")
def publish(slug: str) -> AnyResponse:
    _may_publish()
    rehearsal = dry_run()
    html, details = bodies.article_content(_body(_ARTICLE_LIMIT))
    known = services().articles.named(slug)
    if known is not None and known.slug != slug:
        return _moved("api.article", known)
    if rehearsal:
        told = services().publishing.rehearse(slug, html, details)
        return _json(published_json(told), cache_control="no-store")
    told = services().publishing.publish(slug, html, details)
    status = HTTPStatus.CREATED if told.published.created else HTTPStatus.OK
    response = _json(published_json(told), status, "no-store")
    response.headers["Location"] = absolute("api.article", slug=slug)
    return response


def _content(slug: str, endpoint: str, content_type: str) -> AnyResponse:
    reading = services().articles.open(slug, revision_number())
    if reading.article.slug != slug:
        return _moved(endpoint, reading.article)
    body = reading.document.text if content_type.startswith("text/plain") else reading.document.html
    return cacheable(Response(body, content_type=content_type), "public, no-cache")


def _share(opened: Opened, token: str) -> dict[str, Any]:
    return share_json(services().views.of(opened), share_links(opened.article.slug, token).under(origin()))


def _body(limit: int) -> bytes:
    """The body, of JSON. Raises `WrongMediaType`, `TooLarge`, `BadSyntax`.

    Werkzeug cuts a chunked body off at its limit without a word, so that limit is one byte more than ours.
    """
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if request.mimetype != "application/json" or encoding != "identity":
        raise WrongMediaType("the body must be application/json, not encoded")
    length = request.content_length or 0
    request.max_content_length = limit + 1
    data = request.get_data(cache=False) if length <= limit else b""
    if max(length, len(data)) > limit:
        raise TooLarge(f"the body is larger than {limit // (1024 * 1024)} MiB")
    if len(data) < length:
        raise BadSyntax("the body is shorter than its Content-Length")
    return data


def _bearer() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise KeyMissing("this call needs a key: Authorization: Bearer <key>")
    return key.strip()


def _may_publish() -> None:
    keys = site().publish_keys
    if not keys:
        raise KeyWrong("publishing over HTTP is off: no SNIPPETSVC_PUBLISH_KEYS are set")
    given = _bearer().encode("utf-8", "replace")
    # Every key is compared, so that the time tells nothing of which one was close.
    if True not in [hmac.compare_digest(given, key.encode()) for key in keys]:
        raise KeyWrong("this key may not publish")


def _json(body: object, status: HTTPStatus = HTTPStatus.OK, cache_control: str = "no-cache") -> Response:
    response = Response(msgspec.json.encode(body), status, content_type="application/json")
    response.headers["Cache-Control"] = cache_control
    return response


def _moved(endpoint: str, found: Article) -> AnyResponse:
    return moved(absolute(endpoint, slug=found.slug), HTTPStatus.PERMANENT_REDIRECT)
