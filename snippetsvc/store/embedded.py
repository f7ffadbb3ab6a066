"""The embedded store: one Valkey server for each data directory, shared by every process that uses it.

Three locks in `<data directory>/store`:

    users.lock   shared by everyone who uses the server, for as long as they do
    start.lock   held by whoever is starting or stopping it
    server.lock  held by the server itself (see `valkey`)

Whoever leaves takes the start lock and then tries to have the users' lock for himself: if he can, he was the last and
stops the server, and newcomers wait at the users' lock until it has stopped. A process that is killed leaves nothing
behind but, if it was the last, a running server, which the next user finds and in the end stops.
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

from snippetsvc.errors import BadSetting, StoreAway
from snippetsvc.store.locks import FileLock, pause
from snippetsvc.store.valkey import Answer, Valkey

_log = logging.getLogger(__name__)

#: Seconds for the first start, for one by the watchdog, and for the stop.
_PATIENCE = 10.0

#: Seconds between two attempts of the watchdog to start a server that does not come up.
_RETRY = 1.0

_PAUSE = 0.01


class Embedded:
    """This process's use of the server in `data_dir`; `enter` begins it, `leave` ends it."""

    def __init__(self, data_dir: Path, program: str | None = None) -> None:
        """program: see `server_program`."""
        # Resolved, because all users must agree on the path of the socket.
        self._directory = Path(os.path.realpath(data_dir)) / "store"
        self._valkey = Valkey(self._directory, program)
        self._users: FileLock | None = None
        self._mutex = threading.Lock()
        self._watchdog: _Watchdog | None = None
        self._joined = False

    @property
    def valkey(self) -> Valkey:
        return self._valkey

    def enter(self) -> None:
        """Become a user, and start the server if nobody has. Raises `BadSetting` when the directory cannot be used.

        A server that does not come up is no error here: each use tries again, and says why it failed.
        """
        try:
            self._directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._directory.mkdir(mode=0o700, exist_ok=True)
            self._directory.chmod(0o700)
            self._users = FileLock(self._directory / "users.lock")
        except OSError as error:
            raise BadSetting(
                f"SNIPPETSVC_DATA_DIR: {self._directory.parent} cannot be used: {error.strerror}"
            ) from None
        with contextlib.suppress(StoreAway):
            self.ensure(time.monotonic() + _PATIENCE)

    def ensure(self, until: float) -> None:
        """Return when the server answers; if nobody listens, start it.

        Raises `StoreAway`, when it is `until` (by the monotonic clock) at last.
        """
        try:
            if not self._mutex.acquire(timeout=max(0.0, until - time.monotonic())):
                raise TimeoutError
            try:
                self._join(until)
                while (answer := self._valkey.knock()) is not Answer.READY:
                    if answer is Answer.NOBODY:
                        self._start(until)
                    pause(_PAUSE, until)
            finally:
                self._mutex.release()
        except TimeoutError:
            raise StoreAway("the embedded store does not answer") from None
        except OSError as error:
            raise StoreAway(f"the embedded store's directory cannot be used: {error.strerror}") from None

    def leave(self) -> None:
        """Cease to be a user; the last one stops the server. May be called again."""
        with self._mutex:
            users, self._users = self._users, None
            watchdog, self._watchdog = self._watchdog, None
        if watchdog is not None:
            watchdog.stop()
        if users is None:
            return
        users.close()
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

    def _join(self, until: float) -> None:
        """Become a user, once; wait while the last one is stopping the server."""
        if self._users is None:
            raise StoreAway("the store has been closed")
        if not self._joined:
            self._users.wait_shared(until)
            self._joined = True
        if self._watchdog is None:
            self._watchdog = _Watchdog(self, self._valkey)
            self._watchdog.start()

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
                self._embedded.ensure(time.monotonic() + _PATIENCE)
            except StoreAway as away:
                if str(away) != said and not self._stopped.is_set():
                    said = str(away)
                    _log.warning("%s", away)
                self._stopped.wait(_RETRY)

    def stop(self) -> None:
        self._stopped.set()
        self._waker.send(b"x")
        if threading.current_thread() is not self:
            self.join(_PATIENCE)
            self._waker.close()
            self._wakened.close()
