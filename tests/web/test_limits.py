"""Bodies that are too large, of another kind, or sent in an odd way; methods and addresses that are not there."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable

import pytest

from tests.service import PUBLISH_KEY, PUBLISHER, Service
from tests.web.harbour import at, marked
from tests.web.problems import is_problem
from tests.web.wire import Wire, chunked

MIB = 1024 * 1024
JSON = {"Content-Type": "application/json"}


def padded(body: object, size: int) -> bytes:
    """`body` with white space up to `size` bytes."""
    return json.dumps(body).encode().ljust(size)


@pytest.mark.parametrize("form", ["chunked", "of known length"])
@pytest.mark.parametrize(
    ("method", "size", "status"),
    [
        pytest.param("POST", 2 * MIB, 201, id="a share at the limit"),
        pytest.param("POST", 2 * MIB + 1, 413, id="a share beyond it"),
        pytest.param("POST", 3 * MIB, 413, id="a share of 3 MiB"),
        pytest.param("PUT", 16 * MIB, 201, id="an article at the limit"),
        pytest.param("PUT", 16 * MIB + 1, 413, id="an article beyond it"),
        pytest.param("PUT", 20 * MIB, 413, id="an article of 20 MiB"),
    ],
)
def test_sizes(
    service: Service, harbour: str, slug: str, stored: Callable[[], int], method: str, size: int, status: int, form: str
) -> None:
    before = stored()
    headers, pieces = dict(JSON), []
    if method == "POST":
        path, body = "/api/v1/shares", padded({"article": harbour, "snippets": [marked(at("Monday"))]}, size)
    else:
        path, body = f"/api/v1/articles/{slug}", padded({"html": "<p>Words</p>"}, size)
        headers |= PUBLISHER
    if form == "chunked":
        headers["Transfer-Encoding"] = "chunked"
        pieces = list(chunked(body))
    else:
        headers["Content-Length"] = str(size)
        pieces = [body]
    with Wire(service) as wire:
        wire.send(method, path, headers, pieces)
        answer = wire.answer()
    assert answer.status == status, answer.text[:500]
    if status == 413:
        assert "MiB" in is_problem(answer, 413)["detail"]
        assert stored() == before


def test_a_body_that_nobody_reads_is_not_taken_for_a_request(service: Service, slug: str) -> None:
    """It comes after its request was refused: then the connection ends, or goes on behind it."""
    body = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    for method, path, headers, status in (
        ("POST", "/nothing", {}, 404),
        ("POST", "/api/v1/shares", {**JSON, "Idempotency-Key": "short"}, 400),
        ("PUT", f"/api/v1/articles/{slug}", JSON, 401),
        ("DELETE", "/api/v1/shares/x", {}, 401),
    ):
        with Wire(service) as wire:
            wire.send(method, path, {**headers, "Content-Length": str(len(body))})
            assert wire.answer().status == status
            with contextlib.suppress(OSError):
                wire.socket.sendall(body)
                wire.socket.shutdown(socket.SHUT_WR)
                assert wire.socket.recv(65_536) == b""


def test_a_length_that_is_announced_is_refused_without_the_body(service: Service) -> None:
    with Wire(service) as wire:
        wire.send("POST", "/api/v1/shares", {**JSON, "Content-Length": str(10**12)})
        is_problem(wire.answer(), 413)


@pytest.mark.parametrize("size", [1, 7, 65_536])
def test_small_chunks_are_put_together(service: Service, harbour: str, size: int) -> None:
    body = json.dumps({"article": harbour, "snippets": [marked(at("Monday"))]}).encode()
    with Wire(service) as wire:
        wire.send("POST", "/api/v1/shares", {**JSON, "Transfer-Encoding": "chunked"}, chunked(body, size))
        assert wire.answer().status == 201


def test_a_body_that_is_cut_short_is_not_stored(service: Service, harbour: str, stored: Callable[[], int]) -> None:
    before = stored()
    body = json.dumps({"article": harbour, "snippets": [marked(at("Monday"))]}).encode()
    for headers, pieces in (
        ({"Content-Length": str(len(body) + 1)}, [body]),
        ({"Transfer-Encoding": "chunked"}, list(chunked(body, 10))[:-3]),
    ):
        with Wire(service) as wire:
            wire.send("POST", "/api/v1/shares", {**JSON, **headers}, pieces)
            wire.socket.shutdown(socket.SHUT_WR)
            wire.socket.recv(65_536)
    assert service.get("/healthz").status == 200
    assert stored() == before


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param(["Content-Length: some"], "{}", id="a length that is no number"),
        pytest.param(["Content-Length: -2"], "{}", id="a negative length"),
        pytest.param(["Content-Length: 2", "Content-Length: 3"], "{}", id="two lengths"),
        pytest.param(["Transfer-Encoding: chunked"], "zz\r\n{}\r\n0\r\n\r\n", id="a chunk of no size"),
        pytest.param(["Transfer-Encoding: chunked"], "-2\r\n{}\r\n0\r\n\r\n", id="a chunk of a negative size"),
        pytest.param(["Transfer-Encoding: chunked"], "ffffffffffffffffff\r\n{}\r\n", id="a chunk of an absurd size"),
        pytest.param(["Transfer-Encoding: chunked"], "1\r\n{}\r\n0\r\n\r\n", id="a chunk that is longer than it says"),
        pytest.param(["Transfer-Encoding: gzip"], "2\r\n{}\r\n0\r\n\r\n", id="an encoding without an end"),
    ],
)
def test_what_is_no_request_is_refused(
    service: Service, stored: Callable[[], int], headers: list[str], body: str
) -> None:
    before = stored()
    head = ["POST /api/v1/shares HTTP/1.1", "Host: x", "Content-Type: application/json", *headers]
    with Wire(service) as wire:
        wire.socket.sendall("\r\n".join([*head, "", body]).encode())
        wire.socket.shutdown(socket.SHUT_WR)
        answer = wire.socket.recv(65_536)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 "), answer
    assert stored() == before


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"Content-Type": "text/plain"}, id="text"),
        pytest.param({"Content-Type": "application/x-www-form-urlencoded"}, id="a form"),
        pytest.param({"Content-Type": "application/jsonx"}, id="a longer name"),
        pytest.param({"Content-Type": "application/json", "Content-Encoding": "gzip"}, id="compressed"),
        pytest.param({"Content-Type": "é"}, id="not ASCII"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
def test_media_types(
    service: Service, harbour: str, stored: Callable[[], int], method: str, headers: dict[str, str]
) -> None:
    share = service.share(harbour, "Monday")
    path, keys = {
        "POST": ("/api/v1/shares", {}),
        "PATCH": (f"/api/v1/shares/{share['token']}", {"Authorization": f"Bearer {share['manage_key']}"}),
        "PUT": (f"/api/v1/articles/{harbour}", PUBLISHER),
    }[method]
    before = stored()
    with Wire(service) as wire:
        wire.send(method, path, {**headers, **keys, "Content-Length": "2"}, [b"{}"])
        is_problem(wire.answer(), 415)
    assert stored() == before


def test_a_media_type_with_a_parameter(service: Service, harbour: str) -> None:
    body = {"article": harbour, "snippets": [marked(at("Monday"))]}
    for kind in ("application/json; charset=utf-8", "Application/JSON"):
        assert service.call("POST", "/api/v1/shares", body, {"Content-Type": kind}).status == 201


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        pytest.param({}, 401, id="nothing"),
        pytest.param({"Authorization": "Bearer "}, 401, id="an empty key"),
        pytest.param({"Authorization": f"Basic {PUBLISH_KEY}"}, 401, id="another scheme"),
        pytest.param({"Authorization": "Bearer wrong"}, 403, id="a wrong key"),
        pytest.param({"Authorization": f"Bearer {PUBLISH_KEY}x"}, 403, id="a longer key"),
        pytest.param({"Authorization": f"Bearer {PUBLISH_KEY[:-1]}"}, 403, id="a shorter key"),
        pytest.param({"Authorization": f"Bearer {PUBLISH_KEY.upper()}"}, 403, id="in capitals"),
        pytest.param({"Authorization": f"bearer {PUBLISH_KEY}"}, 201, id="the scheme's case does not matter"),
    ],
)
def test_who_may_publish(service: Service, slug: str, authorization: dict[str, str], status: int) -> None:
    answer = service.call("PUT", f"/api/v1/articles/{slug}", {"html": "<p>Words</p>"}, authorization)
    assert answer.status == status
    if status != 201:
        is_problem(answer, status)
        assert (answer.headers.get("www-authenticate") == "Bearer") == (status == 401)
        assert service.get(f"/api/v1/articles/{slug}").status == 404


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/articles/{slug}", "GET, HEAD, OPTIONS"),
        ("/articles/{slug}/print", "GET, HEAD, OPTIONS"),
        ("/s/{token}", "GET, HEAD, OPTIONS"),
        ("/s/{token}.txt", "GET, HEAD, OPTIONS"),
        ("/s/{token}/qr.svg", "GET, HEAD, OPTIONS"),
        ("/oembed", "GET, HEAD, OPTIONS"),
        ("/healthz", "GET, HEAD, OPTIONS"),
        ("/api/v1/shares", "OPTIONS, POST"),
        ("/api/v1/shares/{token}", "DELETE, GET, HEAD, OPTIONS, PATCH"),
        ("/api/v1/articles", "GET, HEAD, OPTIONS"),
        ("/api/v1/articles/{slug}", "GET, HEAD, OPTIONS, PUT"),
        ("/api/v1/articles/{slug}/text", "GET, HEAD, OPTIONS"),
    ],
)
def test_methods(service: Service, harbour: str, path: str, methods: str) -> None:
    address = path.format(slug=harbour, token=service.share(harbour, "Monday")["token"])
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        if method in methods and method != "OPTIONS":
            continue
        answer = service.call(method, address)
        assert answer.status == (200 if method == "OPTIONS" else 405), method
        allowed = ", ".join(sorted(part.strip() for part in answer.headers["allow"].split(",")))
        assert allowed == methods


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/nothing", True),
        ("/articles", True),
        ("/articles/no-such", True),
        ("/articles/harbour/nothing", True),
        ("/articles/%00", True),
        ("/articles/%ff%fe", True),
        ("/articles/HARBOUR", True),
        ("/articles/harbour%20", True),
        ("/articles/" + "a" * 3_000, True),
        ("/articles/harbour?revision=2", True),
        ("/?page=1000", True),
        ("/s/", True),
        ("/s/no-such", True),
        ("/s/%00", True),
        ("/s/no-such.xml", True),
        ("/s/no-such.txt", False),
        ("/s/no-such.jsonld", False),
        ("/s/no-such/qr.svg", False),
        ("/static/", True),
        ("/static/nothing.js", True),
        ("/static/x/page.js/../../../wsgi.py", True),
        ("/static/x/%2e%2e/%2e%2e/wsgi.py", True),
        ("//news.example/", True),
        ("/api/v1", False),
        ("/api/v1/nothing", False),
        ("/api/v2/articles", False),
        ("/api/v1/articles/no-such", False),
        ("/api/v1/articles/no-such/text", False),
        ("/api/v1/articles/harbour/text?revision=2", False),
        ("/api/v1/shares/no-such", False),
        ("/oembed?url=https://elsewhere.example/articles/harbour", False),
    ],
)
def test_what_is_not_there(service: Service, harbour: str, path: str, page: bool) -> None:
    with Wire(service) as wire:
        wire.send("GET", path, {})
        answer = wire.answer()
    if page:
        assert answer.status == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert '<a class="button" href="/">' in answer.text
        assert "wsgi" not in answer.text
    else:
        is_problem(answer, 404)


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=", "page=1.0", "page=%D9%A1", "page=9999999999", "page=1%00"]
)
@pytest.mark.parametrize("path", ["/", "/api/v1/articles"])
def test_pages_that_cannot_be(service: Service, path: str, query: str) -> None:
    answer = service.get(f"{path}?{query}")
    assert answer.status == 400
    if path != "/":
        assert "page" in is_problem(answer, 400)["detail"]


@pytest.mark.parametrize("query", ["revision=0", "revision=-1", "revision=x", "revision=", "revision=99999999999"])
@pytest.mark.parametrize("path", ["/articles/harbour", "/articles/harbour/print", "/api/v1/articles/harbour/html"])
def test_revisions_that_cannot_be(service: Service, harbour: str, path: str, query: str) -> None:
    assert service.get(f"{path}?{query}").status == 400
