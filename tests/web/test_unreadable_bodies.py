"""Bodies that are no JSON that could be read: refused, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.service import PUBLISHER, Service
from tests.web.managing import manager
from tests.web.problems import is_problem


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n", id="white space"),
        pytest.param(b'{"article": ', id="cut short"),
        pytest.param(b"{} {}", id="two of them"),
        pytest.param(b"{'article': 'harbour'}", id="single quotes"),
        pytest.param(b'{"article": "harbour",}', id="a comma too many"),
        pytest.param(b'{"article": "\xff"}', id="not UTF-8"),
        pytest.param(b'{"article": "\xed\xa0\x80"}', id="a surrogate in UTF-8"),
        pytest.param('{"article": "harbour"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xef\xbb\xbf{}", id="a byte order mark"),
        pytest.param(b'{"expires_in": NaN}', id="NaN"),
        pytest.param(b'{"expires_in": -Infinity}', id="infinity"),
        pytest.param(b'{"article": "a\x00b"}', id="a NUL that is not escaped"),
        pytest.param(b'{"article": "a\nb"}', id="a line feed that is not escaped"),
        pytest.param(b"[" * 100_000, id="deep lists"),
        pytest.param(b'{"a":' * 100_000, id="deep objects"),
        pytest.param(b'{"snippets": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", id="deep and well-formed"),
        pytest.param(b'{"article": "harbour", "article": "harbour"}', id="a field twice"),
        pytest.param(b'{"snippets": [{"color": "pink", "color": "blue"}]}', id="a field twice further down"),
        pytest.param(b'{"revision": ' + b"9" * 5_000 + b"}", id="a number of 5,000 digits"),
    ],
)
@pytest.mark.parametrize("call", ["POST", "PATCH", "PUT"])
def test_what_cannot_be_read(
    service: Service, harbour: str, link: Any, stored: Callable[[], int], call: str, body: bytes
) -> None:
    path, headers = {
        "POST": ("/api/v1/shares", {}),
        "PATCH": (f"/api/v1/shares/{link['token']}", manager(link)),
        "PUT": (f"/api/v1/articles/{harbour}", PUBLISHER),
    }[call]
    before = stored()

    problem = is_problem(service.call(call, path, body, headers), 400)

    assert "body" in problem["detail"]
    assert stored() == before
