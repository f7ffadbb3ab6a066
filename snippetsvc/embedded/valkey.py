"""The embedded Valkey server as a process: start it, knock at it, stop it.

Whether a server runs in a data directory is asked of the kernel: the server inherits the open file of a lock, so the
lock is held exactly as long as it lives. Process ids on disk are not trusted: after a crash they may be anybody's.
Who starts or stops holds the start lock (`server`); nothing here takes it.
"""

from __future__ import annotations

import contextlib
import enum
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from snippetsvc.embedded.locks import FileLock, pause
from snippetsvc.errors import StoreAway

#: sockaddr_un holds 108 bytes with the closing NUL (104 on macOS).
SOCKET_PATH_LIMIT = 107 if os.uname().sysname == "Linux" else 103

#: Seconds for one knock: a server that runs answers at once, one that is stopped never.
_KNOCK = 0.4

#: Seconds after which a process that holds the lock and listens nowhere is taken for broken.
_DEAF = 1.0

_PAUSE = 0.005

#: Seconds after which a server that has not ended is asked again.
_INSISTENCE = 0.02

#: The log is begun anew at a start when it is larger, in bytes.
_LOG_LIMIT = 1_000_000


class Answer(enum.Enum):
    """READY; SILENT: somebody listens, and is loading its data, busy or stopped; NOBODY listens."""

    READY = enum.auto()
    SILENT = enum.auto()
    NOBODY = enum.auto()


class Valkey:
    """The server whose files are in `directory`, which exists and is private."""

    def __init__(self, directory: Path, program: str) -> None:
        """program: the path of the server."""
        self._directory = directory
        self._program = program
        self._lock_path = directory / "server.lock"
        self._pid_path = directory / "server.pid"
        self._log_path = directory / "valkey.log"
        #: Names the private directory of the socket where the path here would be too long.
        self._elsewhere = directory / "socket"
        #: Our children, to be reaped when they end.
        self._children: list[subprocess.Popen[bytes]] = []

    def socket_path(self) -> str:
        """Where the server listens. Raises `FileNotFoundError` while that is not settled yet."""
        path = str(self._directory / "valkey.sock")
        if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
            return path
        return os.fsdecode(os.path.join(self._elsewhere.read_bytes(), b"valkey.sock"))

    def dial(self) -> socket.socket:
        """A connection to the server. Raises `OSError`."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(_KNOCK)
            connection.connect(self.socket_path())
        except BaseException:
            connection.close()
            raise
        return connection

    def knock(self) -> Answer:
        self.reap()
        try:
            with self.dial() as connection:
                connection.sendall(b"PING\r\n")
                answer = connection.recv(64)
        except (FileNotFoundError, ConnectionRefusedError):
            return Answer.NOBODY
        except OSError:
            return Answer.SILENT
        return Answer.READY if answer.startswith(b"+PONG") else Answer.SILENT

    def start(self, until: float) -> None:
        """Start a server, for which nobody listens at present.

        Raises `StoreAway`, and `TimeoutError` when it is `until`, by the monotonic clock.
        """
        with FileLock(self._lock_path) as lock:
            deaf_since = time.monotonic()
            while not lock.try_exclusive():
                if self.knock() is not Answer.NOBODY:
                    return
                if time.monotonic() - deaf_since > _DEAF:
                    self._end_deaf()
                pause(_PAUSE, until)
            child = self._spawn(lock)
        self._children.append(child)
        while self.knock() is Answer.NOBODY:
            if child.poll() is not None:
                raise StoreAway(f"the embedded store ended at its start: {self._last_words()}")
            pause(_PAUSE, until)

    def stop(self, until: float) -> None:
        """Ask it to end until it has. Raises `TimeoutError` as `start` does."""
        with FileLock(self._lock_path) as lock:
            # Once may not be enough: one that has only just been started does not listen yet.
            while not lock.try_exclusive():
                self._ask_to_end()
                pause(_INSISTENCE, until)
            self._remove_socket()
        self.reap()

    def end_children(self) -> None:
        """End the server by its process, if this one started it: for when its directory has been removed."""
        for child in self._children:
            child.terminate()
            child.wait()

    def reap(self) -> None:
        """Collect children that have ended; they would stay as zombies."""
        self._children = [child for child in self._children if child.poll() is None]

    def _ask_to_end(self) -> None:
        with contextlib.suppress(OSError), self.dial() as connection:
            # Everything acknowledged is on disk already; NOSAVE keeps it from writing a second copy.
            connection.sendall(b"SHUTDOWN NOSAVE\r\n")
            connection.recv(64)

    def _spawn(self, lock: FileLock) -> subprocess.Popen[bytes]:
        path = self.place_socket()
        # What a crash in the middle of a rewrite has left behind, retracted words perhaps.
        for leftover in self._directory.rglob("temp-*"):
            leftover.unlink()
        settings = {
            "port": "0",
            "unixsocket": path,
            "unixsocketperm": "700",
            "dir": str(self._directory),
            "pidfile": str(self._pid_path),
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "always",
            "no-appendfsync-on-rewrite": "no",
            "aof-load-truncated": "yes",
            # The append-only file is all there is, and retracted words must be findable in it.
            "save": "",
            "rdbcompression": "no",
            "maxmemory": "0",
            "maxmemory-policy": "noeviction",
            "timeout": "0",
        }
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        try:
            if self._log_path.exists() and self._log_path.stat().st_size > _LOG_LIMIT:
                self._log_path.unlink()
            with open(self._log_path, "ab", opener=_private) as log:
                # A session of its own: neither the terminal's Ctrl-C nor the end of this process reaches it.
                return subprocess.Popen(
                    [self._program, *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self._directory,
                    pass_fds=(lock.descriptor,),
                    start_new_session=True,
                    umask=0o077,
                )
        except OSError as error:
            raise StoreAway(f"the embedded store cannot be started: {error.strerror}") from None

    def place_socket(self) -> str:
        """See that there is a place for the socket, and which. Raises `OSError`."""
        path = str(self._directory / "valkey.sock")
        if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
            return path
        with contextlib.suppress(OSError):
            place = Path(os.fsdecode(self._elsewhere.read_bytes()))
            # Users know it by this name, also when it was cleaned away.
            with contextlib.suppress(FileExistsError):
                place.mkdir(mode=0o700)
            if _is_private(place):
                return str(place / "valkey.sock")
        place = Path(tempfile.mkdtemp(prefix="snippetsvc-"))
        if len(os.fsencode(place / "valkey.sock")) > SOCKET_PATH_LIMIT:
            place.rmdir()
            # mkdtemp makes it private, whoever else may write there.
            place = Path(tempfile.mkdtemp(prefix="snippetsvc-", dir="/tmp"))
        draft = self._elsewhere.with_suffix(".new")
        draft.write_bytes(os.fsencode(place))
        draft.replace(self._elsewhere)
        return str(place / "valkey.sock")

    def _remove_socket(self) -> None:
        try:
            place = Path(os.fsdecode(self._elsewhere.read_bytes()))
        except OSError:
            return
        if _is_private(place) and place.name.startswith("snippetsvc-"):
            shutil.rmtree(place, ignore_errors=True)
        self._elsewhere.unlink(missing_ok=True)

    def _end_deaf(self) -> None:
        """End a server that lives and cannot be reached, for example because its socket was removed.

        SIGTERM lets it close its files. The process must look like ours: its title names our socket.
        """
        try:
            pid = int(self._pid_path.read_text())
            title = _title(pid)
        except (OSError, ValueError):
            return
        if os.fsencode(self.socket_path()) in title:
            os.kill(pid, signal.SIGTERM)

    def _last_words(self) -> str:
        try:
            lines = self._log_path.read_text(errors="replace").splitlines()
        except OSError:
            return "it left no log"
        warnings = [line.partition("# ")[2] for line in lines[-20:] if "# " in line and "WARNING" not in line]
        return warnings[-1] if warnings else f"see {self._log_path}"


def _title(pid: int) -> bytes:
    """What a process calls itself. Raises `OSError`."""
    if os.uname().sysname == "Linux":
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False).stdout


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_private(place: Path) -> bool:
    status = place.lstat()
    return (
        status.st_uid == os.getuid() and status.st_mode & 0o7777 == 0o700 and place.is_dir() and not place.is_symlink()
    )
