"""Processes that use one embedded store: each obeys lines on its input, and answers on its output.

Run as a program with a data directory; see `_obey` for the lines.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from snippetsvc.errors import StoreAway
from snippetsvc.store import Store
from tests.store.servers import ask_embedded
from tests.store.stores import connected
from tests.waiting import eventually

ROOT = Path(__file__).parents[2]


class User:
    """A process that uses the store in `data_dir`; it is in when `answer` gave "in"."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.users", str(data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def ask(self, line: str) -> str:
        self.tell(line)
        return self.answer()

    def entered(self) -> User:
        assert self.answer() == "in"
        return self

    def leave(self) -> None:
        """End in an orderly way, by the end of its input."""
        assert self.process.stdin
        self.process.stdin.close()
        assert self.process.wait(30) == 0
        self._close()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._close()

    def interrupt(self) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self._close()

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def __enter__(self) -> User:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()


def _obey(store: Store, data_dir: Path, line: str) -> str:
    word, _, rest = line.partition(" ")
    try:
        if word == "reserve":
            return str(store.reserve(rest))
        if word == "pid":
            return str(server_pid(data_dir))
        return "what?"
    except StoreAway as away:
        return f"away: {away}"


def server_pid(data_dir: Path) -> int:
    """The process of the server that answers, once one does."""
    return int(eventually(lambda: ask_embedded(data_dir, "INFO", "server")["process_id"]))


def main(data_dir: str) -> None:
    with connected(None, Path(data_dir)) as store:
        print("in", flush=True)
        for line in sys.stdin:
            print(_obey(store, Path(data_dir), line.strip()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
