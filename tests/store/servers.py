"""Real servers for tests: Valkey, and proxies that do what networks do.

Everything is a context manager and ends with its block.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from snippetsvc.embedded.program import server_program
from tests.ports import own_port
from tests.waiting import eventually

CERTIFICATES = Path(__file__).parent / "certificates"


class Server:
    """A Valkey server on a port of 127.0.0.1, with its files in a directory of its own."""

    def __init__(self, *arguments: str, port: int | None = None) -> None:
        self.port = port or own_port()
        # Else the port at which a cluster's nodes meet would be 10,000 above: perhaps somebody's, or above all ports.
        self.bus = own_port()
        self._arguments = arguments
        self._directory = TemporaryDirectory(prefix="valkey-")
        self.directory = Path(self._directory.name)
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        self._process = subprocess.Popen(
            [server_program(os.environ.get("SNIPPETSVC_VALKEY_SERVER")), *self._command_line()],
            cwd=self.directory,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(lambda: self.answers())

    def _command_line(self) -> list[str]:
        settings = ["--bind", "127.0.0.1", "--save", "", "--repl-diskless-sync-delay", "0"]
        return ["--port", str(self.port), "--cluster-port", str(self.bus), *settings, *self._arguments]

    def answers(self) -> bool:
        try:
            return bool(self.ask("PING"))
        except redis.AuthenticationError:
            return True

    def ask(self, *arguments: str | int | bytes) -> Any:
        with redis.Redis(port=self.port, socket_timeout=5, protocol=2, retry=Retry(NoBackoff(), 0)) as client:
            return client.execute_command(*arguments)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def suspend(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def close(self) -> None:
        self.kill()
        self._directory.cleanup()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def ask_embedded(data_dir: Path, *command: str | int | bytes) -> Any:
    """The answer of the embedded store's server in `data_dir`, by its socket."""
    home = data_dir / "store"
    elsewhere = home / "socket"
    path = (Path(elsewhere.read_text()) if elsewhere.exists() else home) / "valkey.sock"
    with redis.Redis(unix_socket_path=str(path), protocol=2, retry=Retry(NoBackoff(), 0)) as client:
        return client.execute_command(*command)


class Proxy:
    """Passes bytes between clients and `target`, a port; counts round trips and can lose what it carries.

    tls: the server's certificate, with which it speaks TLS to the clients.
    """

    def __init__(self, target: int, tls: Path | None = None) -> None:
        self._target = target
        self._context: ssl.SSLContext | None = None
        if tls is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(tls)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        #: Each change of direction from the server's answer back to a client's request is a round trip.
        self.round_trips = 0
        #: For each answer from now on whether it is lost: the connection is cut when the request has been carried out.
        self.losses: list[bool] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            client = self._context.wrap_socket(plain, server_side=True) if self._context else plain
        except OSError:
            plain.close()
            return
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            self._open += [client, server]
            answered = threading.Event()
            answered.set()
            threading.Thread(target=self._back, args=(server, client, answered), daemon=True).start()
            with contextlib.suppress(OSError):
                while data := client.recv(65536):
                    if answered.is_set():
                        answered.clear()
                        self.round_trips += 1
                    server.sendall(data)
            for side in (client, server):
                with contextlib.suppress(OSError):
                    side.shutdown(socket.SHUT_RDWR)

    def _back(self, server: socket.socket, client: socket.socket, answered: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if self.losses and self.losses.pop(0):
                    break
                answered.set()
                client.sendall(data)
        for side in (client, server):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()
        for side in self._open:
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Mute:
    """Accepts connections on a port and answers each with `talk`, and then nothing more."""

    def __init__(self, talk: bytes = b"") -> None:
        self._talk = talk
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(client)
            threading.Thread(target=self._say, args=(client,), daemon=True).start()

    def _say(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            client.recv(65536)
            client.sendall(self._talk)

    def __enter__(self) -> Mute:
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone does not end a wait for the next connection, which would be open for ever.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join(5)
        self._listener.close()
        for client in self._open:
            client.close()
