"""Requests byte by byte, for what no HTTP library would send."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable, Iterator
from http.client import HTTPResponse

from tests.service import Answer, Service


class Wire:
    """One connection to the service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.socket = socket.create_connection(("127.0.0.1", service.port), timeout=20)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, method: str, path: str, headers: dict[str, str], body: Iterable[bytes] = ()) -> None:
        """Send a request. What the service no longer wants to read is not sent."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._service.port}"]
        lines += (f"{name}: {value}" for name, value in headers.items())
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        with contextlib.suppress(ConnectionError):
            for piece in body:
                self.socket.sendall(piece)

    def answer(self, method: str = "GET") -> Answer:
        with HTTPResponse(self.socket, method=method) as response:
            response.begin()
            return Answer(response.status, response.headers, response.read())


def chunked(data: bytes, size: int = 65_536) -> Iterator[bytes]:
    """`data` in the chunks of `Transfer-Encoding: chunked`, and the end of them."""
    for start in range(0, len(data), size):
        piece = data[start : start + size]
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"
