"""`python -m bench`: what a shared page and issuing a link cost, as ratios within one run.

(a) Reading again: requests a second of a shared page with five snippets against the plain article, on the same running
    server. The cost is plain / shared, at most 1.25.
(b) Opening: different shares, each opened once, against the plain article when it has to be rendered, at most 1.4. Each
    request asks at a host of its own, so that no page is at hand.
(c) Issuing: `POST /api/v1/shares` with five snippets against a bare Flask route under the same server software that
    does one durable SET on the same embedded store. The pace is issuing / bare, at least 0.6.
(d) Painting: from the first byte of a shared page to its first paint in Chromium, with our style and script against the
    same page without them. The delay is with / without, at most 2.0. Where there is no Chromium, the others are
    measured, and the exit code is 2.

The two sides of a ratio are loaded in turn, round by round, so that what else the machine does meets both. Each round
opens its connections anew, for the kernel deals them out to the server's processes by chance, and an uneven hand costs
a third. What is reported is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from bench import paint
from bench.article import SNIPPETS, five_spans, page
from bench.load import FILL, HOST, NUMBER, Order, Result, run
from bench.servers import STORE_VARIABLE, flask, free_port, served, service_environment, store_socket
from tests.browsers import Missing

COST_BOUND = 1.25
FIRST_BOUND = 1.4
PACE_BOUND = 0.6
PAINT_BOUND = 2.0
SLUG = "benchmark"
#: Shares to be opened, one after the other.
SHARES = 500


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things that are compared: what is sent to it, and what it must answer."""

    name: str
    port: int
    request: str
    expect: int
    fills: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Plan:
    """rounds: measured ones, after one that warms up; seconds: of each side in each round."""

    rounds: int
    seconds: float
    connections: int


def compare(plan: Plan, ours: Side, other: Side) -> list[float]:
    """ours / other, in answers a second, of each round."""
    ratios = []
    numbers = count(0, 10**7)
    for number in range(plan.rounds + 1):
        seconds = plan.seconds if number else min(1.0, plan.seconds)
        results = [
            run(Order(side.port, side.request, side.expect, seconds, plan.connections, next(numbers), side.fills))
            for side in (ours, other)
        ]
        ratios.append(results[0].rate / results[1].rate)
        title = f"round {number} of {plan.rounds}" if number else "warming up"
        print(f"  {title:15} {_line(ours, results[0])}   {_line(other, results[1])}   {ratios[-1]:.2f}", flush=True)
    return ratios[1:]


def _line(side: Side, result: Result) -> str:
    return (
        f"{side.name} {result.rate:6.0f}/s, median {result.median_milliseconds:5.1f} ms,"
        f" 99 % {result.slow_milliseconds:6.1f} ms (load {result.cpu:4.0%})"
    )


def get(path: str, host: str) -> str:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nAccept-Language: en\r\n\r\n"


def post(path: str, port: int, body: str) -> str:
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: benchmark-{NUMBER}\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
    )


def share_body(port: int) -> str:
    """What a browser sends for five snippets: position and quote of each."""
    with urllib.request.urlopen(f"http://{HOST}:{port}/api/v1/articles/{SLUG}/text") as answer:
        text = answer.read().decode()
    snippets = [
        {
            "color": "yellow",
            "selectors": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - 32) : start],
                    "suffix": text[end : end + 32],
                },
            ],
        }
        for start, end in five_spans(text)
    ]
    return json.dumps({"article": SLUG, "revision": 1, "snippets": snippets}, ensure_ascii=False)


def issue(port: int, body: str) -> str:
    """Make one share; the path of its page."""
    request = urllib.request.Request(
        f"http://{HOST}:{port}/api/v1/shares", body.encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        share: dict[str, Any] = json.load(answer)
    return f"/s/{share['token']}"


def measure(plan: Plan, workers: int, data_dir: Path) -> dict[str, list[float]]:
    """The ratios of each row; none of a row that could not be measured."""
    port, bare_port = free_port(), free_port()
    environment = service_environment(data_dir, port, workers)
    article = data_dir / "article.html"
    article.write_text(page(random.Random(7)))
    flask("articles", "publish", str(article), "--slug", SLUG, environment=environment)
    with served(["flask", "serve"], environment, f"http://{HOST}:{port}/healthz"):
        body = share_body(port)
        path = issue(port, body)
        print(f"Reading: a shared page with {SNIPPETS} snippets, and the plain article", flush=True)
        host = f"{HOST}:{port}"
        shared = Side("shared", port, get(path, host), 200)
        plain = Side("plain", port, get(f"/articles/{SLUG}", host), 200)
        cost = [1 / ratio for ratio in compare(plan, shared, plain)]

        print("Opening: different shares, each for the first time, and the plain article, rendered", flush=True)
        paths = tuple(issue(port, body) for _ in range(SHARES))
        host = f"{NUMBER}.example"
        opened = Side("opened", port, get(FILL, host), 200, paths)
        rendered = Side("rendered", port, get(f"/articles/{SLUG}", host), 200)
        first = [1 / ratio for ratio in compare(plan, opened, rendered)]

        bare_environment = {**environment, STORE_VARIABLE: str(store_socket(data_dir))}
        with served(bare_command(bare_port, workers), bare_environment, f"http://{HOST}:{bare_port}/"):
            print("Issuing: a link, and a bare route with one durable SET", flush=True)
            issuing = Side("issue", port, post("/api/v1/shares", port, body), 201)
            bare = Side("bare", bare_port, post("/", bare_port, body), 201)
            pace = compare(plan, issuing, bare)

        print("Painting: a shared page with our style and script, and without", flush=True)
        try:
            delay = paint.compare(f"http://{HOST}:{port}{path}", plan.rounds)
        except Missing as missing:
            print(f"error: first paint was not measured: {missing}", file=sys.stderr)
            delay = []
    return {"cost": cost, "first": first, "pace": pace, "delay": delay}


def bare_command(port: int, workers: int) -> list[str]:
    """The same server with the same processes and threads as `flask serve` (see `snippetsvc.run.serve`)."""
    return [
        *("granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "32", "bench.bare:app"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=12, choices=range(1, 31), metavar="1-30")
    parser.add_argument("--seconds", type=float, default=1.5, help="of each side in each round (default 1.5)")
    parser.add_argument("--connections", type=int, default=8, help="requests in flight (default 8)")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="server processes")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bound is broken")
    chosen = parser.parse_args()
    plan = Plan(chosen.rounds, chosen.seconds, chosen.connections)
    with tempfile.TemporaryDirectory(prefix="bench-") as data_dir:
        ratios = measure(plan, chosen.workers, Path(data_dir))
    cost, first, pace = (median(ratios[name]) for name in ("cost", "first", "pace"))
    delay = median(ratios["delay"]) if ratios["delay"] else None
    kept = cost <= COST_BOUND and first <= FIRST_BOUND and pace >= PACE_BOUND and (delay or 0) <= PAINT_BOUND
    print()
    print(f"shared page again: {cost:.2f} x the plain article (bound: at most {COST_BOUND}); {_spread(ratios['cost'])}")
    print(
        f"shared page for the first time: {first:.2f} x the plain article, rendered (bound: at most {FIRST_BOUND}); "
        f"{_spread(ratios['first'])}"
    )
    print(f"issuing a link: {pace:.2f} of the bare route (bound: at least {PACE_BOUND}); {_spread(ratios['pace'])}")
    if delay:
        print(
            f"first paint of a shared page: {delay:.2f} x without our style and script (bound: at most {PAINT_BOUND}); "
            f"{_spread(ratios['delay'])}"
        )
    if not kept:
        print("A bound is broken.")
    return 1 if chosen.check and not kept else 0 if delay else 2


def _spread(ratios: list[float]) -> str:
    return f"rounds from {min(ratios):.2f} to {max(ratios):.2f}"


if __name__ == "__main__":
    sys.exit(main())
