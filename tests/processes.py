"""The processes of a service under test, and of its store, found to be killed."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path


def servers_of(data_dir: Path) -> list[int]:
    """The Valkey servers that run on this data directory."""
    home = data_dir.resolve() / "store"
    return [pid for pid in _pids() if _cwd(pid) == home and b"valkey" in _command(pid)]


def has_users(data_dir: Path) -> bool:
    """Whether anybody uses the embedded store: whoever does holds this lock together with the others."""
    inode = (data_dir / "store" / "users.lock").stat().st_ino
    locks = map(str.split, Path("/proc/locks").read_text().splitlines())
    return any(lock[3] == "READ" and lock[5].endswith(f":{inode}") for lock in locks)


def workers_of(parent: int) -> list[int]:
    """The worker processes of a service."""
    return [pid for pid in _pids() if b"spawn_main" in _command(pid) and _parent(pid) == parent]


def preparing_for(worker: int) -> list[int]:
    """The processes that prepare documents for this one."""
    return [pid for pid in _pids() if b"snippetsvc.preparing.child" in _command(pid) and _parent(pid) == worker]


def ports_of(pid: int) -> set[int]:
    """Its own ports of its TCP connections."""
    files = Path(f"/proc/{pid}/fd")
    sockets = {str((files / name).readlink()) for name in os.listdir(files)}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if f"socket:[{row[9]}]" in sockets}


def has_started(pid: int) -> bool:
    """Whether a worker has come so far that Ctrl-C in a terminal is its parent's matter alone: it blocks it then."""
    status = Path(f"/proc/{pid}/status").read_text()
    blocked = next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:"))
    return bool(int(blocked, 16) >> (signal.SIGINT - 1) & 1)


def is_running(pid: int) -> bool:
    """Whether it runs; one that has ended and waits for its parent does not."""
    return _command(pid) != b""


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _cwd(pid: int) -> Path | None:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cwd").readlink()
    return None


def _parent(pid: int) -> int | None:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return None


def _command(pid: int) -> bytes:
    # Of a process that has ended and waits for its parent, it is empty.
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
