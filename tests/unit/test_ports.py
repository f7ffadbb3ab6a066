"""A port that a test was given is there for its servers, and for nobody else."""

from __future__ import annotations

import socket

import pytest

from tests.ports import own_port


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([socket.SO_REUSEADDR], id="as Valkey does"),
        pytest.param([socket.SO_REUSEADDR, socket.SO_REUSEPORT], id="as the service's workers do"),
    ],
)
def test_a_server_may_listen_there_again_and_again(options: list[int]) -> None:
    address = ("127.0.0.1", own_port())
    for _ in range(2):
        with socket.socket() as server:
            for option in options:
                server.setsockopt(socket.SOL_SOCKET, option, 1)
            server.bind(address)
            server.listen()
            socket.create_connection(address).close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)


def test_it_is_not_free() -> None:
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", own_port()))
