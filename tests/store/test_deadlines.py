"""Deadlines: waits that end with the call they serve, and a look at a socket that does not wait at all."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest

from snippetsvc.store.deadlines import DeadlineSocket, deadline, remaining, resolve
from tests.store.servers import CERTIFICATES


def test_the_earlier_of_two_deadlines_counts() -> None:
    with deadline(10):
        with deadline(1):
            assert remaining() <= 1
        assert 1 < remaining() <= 10
        with deadline(100):
            assert remaining() <= 10


def test_a_deadline_that_has_passed() -> None:
    with deadline(0), pytest.raises(TimeoutError):
        remaining()


def test_a_deadline_is_the_thread_s_own() -> None:
    found = []
    with deadline(0):
        other = threading.Thread(target=lambda: found.append(remaining()))
        other.start()
        other.join()
    assert found[0] > 0


def test_a_wait_ends_with_the_deadline_though_bytes_arrive() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sock = DeadlineSocket(ours)
        theirs.send(b"x")
        with deadline(0.3):
            assert sock.recv(10) == b"x"
            with pytest.raises(TimeoutError):
                sock.recv(10)


def test_a_look_does_not_wait() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        sock = DeadlineSocket(ours)
        with theirs:
            assert sock.silent()
            theirs.send(b"x")
            assert not sock.silent()
            assert sock.recv(10) == b"x"
            assert sock.silent()
        assert not sock.silent(), "the end is something to be read"


def test_after_an_answer_a_look_finds_nothing_under_tls_either() -> None:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(CERTIFICATES / "server.pem")
    client_side = ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
    ours, theirs = socket.socketpair()
    looked = threading.Event()

    def serve() -> None:
        with server_side.wrap_socket(theirs, server_side=True) as server:
            server.send(server.recv(10))
            looked.wait(5)

    thread = threading.Thread(target=serve)
    thread.start()
    with client_side.wrap_socket(ours, server_hostname="localhost") as tls:
        sock = DeadlineSocket(tls)
        with deadline(5):
            # TLS 1.3 sends tickets after the handshake: bytes that are no data.
            sock.sendall(b"x")
            assert sock.recv(10) == b"x"
            assert sock.silent()
        looked.set()
    thread.join()


def test_a_number_needs_no_resolver() -> None:
    with deadline(0):
        assert resolve("127.0.0.1", 1)[0][4] == ("127.0.0.1", 1)
        assert resolve("::1", 1)[0][4][:2] == ("::1", 1)


def test_a_name_is_resolved() -> None:
    with deadline(5):
        assert ("127.0.0.1", 1) in [info[4] for info in resolve("localhost", 1)]
