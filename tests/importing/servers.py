"""Servers for what is fetched: one that counts who came, one that says whatever it is told to."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

#: What a server says to a request, of which it is given the head.
Talk = Callable[[str], Iterable[bytes]]


class Listening:
    """A port of this machine, of IPv4 and of IPv6, that nobody should ever come to."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self._listener.setblocking(False)
        self.port = int(self._listener.getsockname()[1])

    def connections(self) -> int:
        """How many have come since the last call: the system takes them in whether or not anybody accepts them."""
        count = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
                count += 1
        return count

    def __enter__(self) -> Listening:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()


class Speaking:
    """A server on a port of 127.0.0.1 that answers each connection with what `talk` makes of the request's head.

    certificate: with which it speaks TLS. `requests` are the heads so far, `names` what clients asked TLS for.
    """

    def __init__(self, talk: Talk, certificate: Path | None = None) -> None:
        self._talk = talk
        self._tls: ssl.SSLContext | None = None
        self.requests: list[str] = []
        self.names: list[str | None] = []
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
            self._tls.sni_callback = lambda _, name, __: self.names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        #: Set in the end: what a slow answer waits for between two bytes.
        self.over = threading.Event()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.ExitStack() as ends:
            ends.enter_context(contextlib.suppress(OSError))
            wire = ends.enter_context(client)
            if self._tls:
                wire = ends.enter_context(self._tls.wrap_socket(client, server_side=True))
            head = b""
            while b"\r\n\r\n" not in head and (data := wire.recv(65536)):
                head += data
            self.requests.append(head.decode("latin-1"))
            for piece in self._talk(self.requests[-1]):
                wire.sendall(piece)
                if self.over.is_set():
                    break

    def __enter__(self) -> Speaking:
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        # Closing alone does not end a wait for the next connection.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join(5)
        self._listener.close()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer of HTTP; `Content_Type="text/html"` is a header of it."""
    given = {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body
