"""The host that a request names: where links lead when no public address is set."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.service import Service
from tests.web.problems import is_problem
from tests.web.running import Running
from tests.web.wire import Wire


@pytest.fixture(scope="module")
def running(started: Callable[[str], Running]) -> Running:
    """Hosts mean the same whatever the store is."""
    return started("embedded")


@pytest.mark.parametrize("origin", ["127.0.0.1:{port}", "localhost:{port}"])
def test_links_have_the_request_s_own_address_when_none_is_set(service: Service, harbour: str, origin: str) -> None:
    host = origin.format(port=service.port)
    listed = service.get(f"/articles/{harbour}", Host=host).text
    assert f'href="http://{host}/articles/{harbour}"' in listed


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("news.example", "http://news.example"),
        ("news.example:80", "http://news.example"),
        ("news.example:8080", "http://news.example:8080"),
        ("news_desk:8000", "http://news_desk:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_links_have_the_request_s_host(service: Service, harbour: str, host: str, origin: str) -> None:
    answer = service.get(f"/api/v1/articles/{harbour}/text", Host=host)
    assert answer.status == 200
    body = {"article": harbour, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    answer = service.call("POST", "/api/v1/shares", body, {"Host": host})
    assert answer.status == 201
    assert answer.json["url"] == f"{origin}/s/{answer.json['token']}"


@pytest.mark.parametrize(
    "host", ["evil.example/path", 'x"><script>', "a b", "x@y", "", "a,b", "[::1", "127.0.0.1:", "a:b", "h" * 3_000]
)
def test_no_link_is_made_for_a_host_that_cannot_be(
    service: Service, harbour: str, stored: Callable[[], int], host: str
) -> None:
    body = {"article": harbour, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    before = stored()
    is_problem(service.call("POST", "/api/v1/shares", body, {"Host": host}), 400)
    assert stored() == before
    answer = service.get(f"/articles/{harbour}", Host=host)
    assert answer.status == 400
    assert "<script>" not in answer.text


def test_health_is_told_to_whoever_names_no_host(service: Service, harbour: str) -> None:
    for path, status in (("/healthz", 200), ("/readyz", 200), (f"/articles/{harbour}", 400)):
        with Wire(service) as wire:
            wire.socket.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            assert wire.answer().status == status
