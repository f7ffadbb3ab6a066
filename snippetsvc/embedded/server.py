"""The embedded store: one Valkey server for each data directory, shared by every process that uses it.

Three locks in `<data directory>/store`:

    users.lock   shared by everyone who uses the server, for as long as they do
    start.lock   held by whoever is starting or stopping it
    server.lock  held by the server itself (see `valkey`)

Whoever leaves takes the start lock and then tries to have the users' lock for himself: if he can, he was the last and
stops the server, and newcomers, who take the start lock to become users, wait until it has stopped. A process that is
killed leaves nothing behind but, if it was the last, a running server, which the next user finds and in the end stops.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import socket
import threading
import time
from pathlib import Path
from urllib.parse import quote

from snippetsvc.embedded.locks import FileLock, pause
from snippetsvc.embedded.program import server_program
from snippetsvc.embedded.valkey import Answer, Valkey
from snippetsvc.errors import BadSetting, StoreAway

_log = logging.getLogger(__name__)

#: Seconds for a start, and for the stop.
_PATIENCE = 10.0

#: Seconds between two attempts of the watchdog to start a server that does not come up.
_RETRY = 1.0

_PAUSE = 0.01


class Embedded:
    """This process's use of the server in `data_dir`, as long as its `with` block."""

    def __init__(self, data_dir: Path, program: str | None = None) -> None:
        """program: see `server_program`. Raises `BadSetting` when there is no server to run."""
        # Resolved, because all users must agree on the path of the socket.
        self._directory = Path(os.path.realpath(data_dir)) / "store"
        self._valkey = Valkey(self._directory, server_program(program))
        self._users: FileLock | None = None
        self._watchdog: _Watchdog | None = None
        #: Why the server did not come up when it was last tried.
        self.trouble: str | None = None

    @property
    def url(self) -> str:
        """Where the server listens: the same for all of its users, as long as there are any."""
        return f"unix://{quote(os.fsencode(self._valkey.socket_path()))}"

    def __enter__(self) -> Embedded:
        """Become a user, and start the server if nobody has. Raises `BadSetting` when the directory cannot be used.

        A server that does not come up is no error here: the watchdog tries again, and `trouble` says why it failed.
        """
        try:
            self._join()
            # The watchdog tries again, and says so.
            with contextlib.suppress(StoreAway):
                self.ensure()
            self._watchdog = _Watchdog(self, self._valkey)
            self._watchdog.start()
        except BaseException:
            # Also Ctrl-C: whatever has been started by now is stopped.
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._watchdog is not None:
            self._watchdog.stop()
        self._leave()

    def ensure(self) -> None:
        """Return when the server answers; if nobody listens, start it. Raises `StoreAway`."""
        try:
            self._ensure(time.monotonic() + _PATIENCE)
            self.trouble = None
        except StoreAway as away:
            self.trouble = str(away)
            raise

    def _ensure(self, until: float) -> None:
        try:
            while (answer := self._valkey.knock()) is not Answer.READY:
                if answer is Answer.NOBODY:
                    self._start(until)
                pause(_PAUSE, until)
        except TimeoutError:
            raise StoreAway("the embedded store does not answer") from None
        except OSError as error:
            raise StoreAway(f"the embedded store's directory cannot be used: {error.strerror}") from None

    def _join(self) -> None:
        """Become a user; wait while the last one is stopping the server."""
        try:
            self._directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._directory.mkdir(mode=0o700, exist_ok=True)
            self._directory.chmod(0o700)
            with self._lock("start") as start:
                # A server that hangs at its start is no reason not to be there when it comes.
                with contextlib.suppress(TimeoutError):
                    start.wait_exclusive(time.monotonic() + _PATIENCE)
                self._users = self._lock("users")
                # Nobody has it alone, for who does holds the start lock. Was that not to be had in time, and the server
                # is stopped beside this user, then the watchdog starts it again.
                self._users.try_shared()
                self._valkey.place_socket()
        except OSError as error:
            raise BadSetting(
                f"SNIPPETSVC_DATA_DIR: {self._directory.parent} cannot be used: {error.strerror}"
            ) from None

    def _leave(self) -> None:
        """Cease to be a user; the last one stops the server."""
        if self._users is None:
            return
        self._users.close()
        until = time.monotonic() + _PATIENCE
        try:
            with self._lock("start") as start, self._lock("users") as alone:
                start.wait_exclusive(until)
                if alone.try_exclusive():
                    self._valkey.stop(until)
        except TimeoutError:
            _log.warning("the embedded store in %s did not stop in time", self._directory)
        except OSError:
            self._valkey.end_children()

    def _start(self, until: float) -> None:
        with self._lock("start") as start:
            start.wait_exclusive(until)
            # Somebody else may have started it while this one waited.
            if self._valkey.knock() is Answer.NOBODY:
                self._valkey.start(until)

    def _lock(self, name: str) -> FileLock:
        return FileLock(self._directory / f"{name}.lock")


class _Watchdog(threading.Thread):
    """Starts the server again when it ends: an idle connection to it ends with it, so nothing has to be polled."""

    def __init__(self, embedded: Embedded, valkey: Valkey) -> None:
        super().__init__(name="store-watchdog", daemon=True)
        self._embedded = embedded
        self._valkey = valkey
        self._stopped = threading.Event()
        self._wakened, self._waker = socket.socketpair()

    def run(self) -> None:
        said = ""
        while not self._stopped.is_set():
            try:
                with self._valkey.dial() as connection:
                    said = ""
                    select.select([connection, self._wakened], [], [])
            except OSError:
                pass
            if self._stopped.is_set():
                break
            try:
                self._embedded.ensure()
            except StoreAway as away:
                if str(away) != said and not self._stopped.is_set():
                    said = str(away)
                    _log.warning("%s", away)
                self._stopped.wait(_RETRY)

    def stop(self) -> None:
        self._stopped.set()
        self._waker.send(b"x")
        # An interrupted start may not have come so far.
        if self.is_alive():
            self.join(_PATIENCE)
        self._waker.close()
        self._wakened.close()
