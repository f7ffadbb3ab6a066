"""Headers of every answer: what caches may keep, and what keeps readers and search engines safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.service import Service

PUBLIC = [
    "/",
    "/articles/{slug}",
    "/articles/{slug}/print",
    "/articles/{slug}?revision=1",
    "/api/v1/articles",
    "/api/v1/articles/{slug}",
    "/api/v1/articles/{slug}/text",
    "/api/v1/articles/{slug}/html",
    "/oembed?url={url}/articles/{slug}",
    "/feed.atom",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/robots.txt",
]
PRIVATE = [
    "/s/{token}",
    "/s/{token}?as=marked",
    "/s/{token}?marks=off",
    "/s/{token}/print",
    "/s/{token}?only=snippets",
    "/s/{token}/print?only=snippets",
    "/s/{token}.txt",
    "/s/{token}.md",
    "/s/{token}.json",
    "/s/{token}.jsonld",
    "/s/{token}/qr.svg",
    "/api/v1/shares/{token}",
    "/oembed?url={url}/s/{token}",
]
UNKEPT = ["/links"]
ERRORS = [
    "/nothing",
    "/articles/nothing",
    "/s/nothing",
    "/api/v1/nothing",
    "/?page=x",
    "/s/nothing.txt",
    "/sitemap-9.xml",
]


def address(path: str, service: Service, slug: str, link: Any) -> str:
    return path.format(slug=slug, token=link["token"], url=service.url)


@pytest.mark.parametrize("path", PUBLIC + PRIVATE)
def test_what_is_unchanged_costs_a_304(service: Service, harbour: str, link: Any, path: str) -> None:
    where = address(path, service, harbour, link)
    first = service.get(where)
    assert first.status == 200
    assert first.headers["cache-control"] == ("public, no-cache" if path in PUBLIC else "private, no-cache")
    for matching in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*"):
        again = service.get(where, **{"If-None-Match": matching})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert service.get(where, **{"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize("path", PUBLIC + PRIVATE + UNKEPT + ERRORS)
def test_heads(service: Service, harbour: str, link: Any, path: str) -> None:
    where = address(path, service, harbour, link)
    whole, head = service.get(where), service.call("HEAD", where)
    assert head.status == whole.status
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


@pytest.mark.parametrize("path", [*PUBLIC, *PRIVATE, *UNKEPT, *ERRORS, "/healthz", "/readyz", "/api/v1/shares"])
def test_headers_of_every_answer(service: Service, harbour: str, link: Any, path: str) -> None:
    where = address(path, service, harbour, link)
    for answer in (service.get(where), service.call("OPTIONS", where), service.call("PUT", where, {})):
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert "unsafe" not in str(policy)
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["img-src"] == "'self' https:"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers
        assert answer.headers.get("x-robots-tag") == (
            "noindex" if path.startswith(("/s/", "/api/v1/shares")) else None
        ), path


@pytest.mark.parametrize("slug", ["shares-fell", "shares", "s"])
@pytest.mark.parametrize("base", ["", "/shares", "/marks/s", "/marks/api/v1/shares"])
def test_what_an_article_or_the_public_path_is_called_hides_nothing_from_search_engines(
    service: Service, link: Any, later: Callable[..., FlaskClient], slug: str, base: str
) -> None:
    service.publish(slug, "<h1>Shares</h1><p>Words.</p>")
    client = later(0, BASE_URL=f"https://news.example{base}")
    for path in ("/", f"/articles/{slug}", f"/articles/{slug}/print", f"/api/v1/articles/{slug}"):
        assert "x-robots-tag" not in client.get(base + path).headers, path
    for path in (f"/s/{link['token']}", f"/api/v1/shares/{link['token']}", "/s/nothing", "/api/v1/shares/nothing/x"):
        assert client.get(base + path).headers["x-robots-tag"] == "noindex", path


def test_a_304_keeps_the_headers(service: Service, harbour: str, link: Any) -> None:
    etag = service.get(link["url"]).headers["etag"]
    answer = service.get(link["url"], **{"If-None-Match": etag})
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "x-robots-tag"):
        assert name in answer.headers


def test_static_files(service: Service, harbour: str) -> None:
    page = BeautifulSoup(service.get(f"/articles/{harbour}").text, "html.parser")
    tags = page.select("script[src], link[rel~=stylesheet]")
    files = [str(tag.get("src") or tag.get("href")) for tag in tags if "/static/" in str(tag)]
    assert len(files) >= 2
    for file in files:
        answer = service.get(file)
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert service.get(file, **{"If-None-Match": answer.headers["etag"]}).status == 304
        old = re.sub(r"/static/[^/]+/", "/static/older/", file)
        assert "immutable" not in service.get(old).headers["cache-control"]
