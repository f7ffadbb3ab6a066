"""A lean HTTP load: keep-alive connections on 127.0.0.1, one request in flight on each, for a bounded time.

Runs as a process of its own, so that it takes no turn from what it measures:

    python -m bench.load < order.json > result.json
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path

HOST = "127.0.0.1"
MAX_SECONDS = 60.0
MAX_CONNECTIONS = 64
MAX_REQUESTS = 1_000_000
SILENCE = 10.0
#: In a request, stands where each one gets a number of its own; 12 digits, so that the length stays.
NUMBER = "<<number>>>>"
#: In a request, stands where each one gets the next of the order's `fills`.
FILL = "<<fill>>"


@dataclass(frozen=True, slots=True)
class Order:
    """What to send, and for how long. request: the whole HTTP request; expect: the status of every answer; fills: used
    in turn."""

    port: int
    request: str
    expect: int
    seconds: float
    connections: int
    first_number: int = 0
    fills: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Result:
    """requests: answered; seconds: from the first to the last; milliseconds: of one answer; cpu: this process's part
    of one core, from 0 to 1."""

    requests: int
    seconds: float
    median_milliseconds: float
    slow_milliseconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def run(order: Order) -> Result:
    """Carry out the order in a second process."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(asdict(order)),
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
        timeout=order.seconds + 3 * SILENCE,
    )
    if ran.returncode:
        raise SystemExit("error: the load did not run to its end")
    return Result(**json.loads(ran.stdout))


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    sent_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    due: int = 0  # bytes of the answer, once its head is here

    def send(self, request: bytes) -> None:
        self.received.clear()
        self.due = 0
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """Read what is there; the answer once it is complete."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise SystemExit("error: the server closed a connection")
        self.received += piece
        if not self.due:
            head = self.received.find(b"\r\n\r\n")
            if head < 0:
                return None
            self.due = head + 4 + _content_length(bytes(self.received[:head]))
        return bytes(self.received) if len(self.received) >= self.due else None


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise SystemExit("error: an answer without a Content-Length")


def _carry_out(order: Order) -> Result:
    if not (0 < order.seconds <= MAX_SECONDS and 0 < order.connections <= MAX_CONNECTIONS):
        raise SystemExit(f"error: at most {MAX_SECONDS:.0f} seconds and {MAX_CONNECTIONS} connections")
    numbers = count(order.first_number)
    requests = [order.request.replace(FILL, fill).encode() for fill in order.fills]

    def request() -> bytes:
        number = next(numbers)
        return requests[number % len(requests)].replace(NUMBER.encode(), b"%012d" % number)

    expected = b" %d " % order.expect
    waits: list[float] = []
    cpu = time.process_time()
    with selectors.DefaultSelector() as selector:
        begun = time.perf_counter()
        end = begun + order.seconds
        for _ in range(order.connections):
            connection = _Connection(socket.create_connection((HOST, order.port), timeout=SILENCE))
            connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request())
        busy = order.connections
        while busy:
            ready = selector.select(SILENCE)
            if not ready:
                raise SystemExit(f"error: no answer for {SILENCE:.0f} seconds")
            for key, _ in ready:
                connection = key.data
                answer = connection.answer()
                if answer is None:
                    continue
                now = time.perf_counter()
                if expected not in answer[:16]:
                    raise SystemExit(f"error: {order.expect} was expected: {answer[:300]!r}")
                waits.append(now - connection.sent_at)
                if now < end and len(waits) < MAX_REQUESTS:
                    connection.send(request())
                else:
                    selector.unregister(connection.socket)
                    connection.socket.close()
                    busy -= 1
        seconds = time.perf_counter() - begun
    waits.sort()
    return Result(
        requests=len(waits),
        seconds=seconds,
        median_milliseconds=1000 * waits[len(waits) // 2],
        slow_milliseconds=1000 * waits[len(waits) * 99 // 100],
        cpu=(time.process_time() - cpu) / seconds,
    )


if __name__ == "__main__":
    print(json.dumps(asdict(_carry_out(Order(**json.load(sys.stdin))))))
