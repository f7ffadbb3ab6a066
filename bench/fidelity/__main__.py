"""`make bench-fidelity`: what becomes of marks when articles are edited, ours and two peers', as tables.

    python -m bench.fidelity                          the whole: 200 trials a cell for us, 50 for the peers
    python -m bench.fidelity --quick                  40 and 10, some minutes less
    python -m bench.fidelity --no-peers --kind moved  a part of it, to try something out

Exits with 1 when a bound that is promised is broken (bounds.py; marked with *), with 2 when the peers could not be
asked.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.fidelity import peers
from bench.fidelity.bounds import behind_peers, broken_by_cell, broken_by_kind
from bench.fidelity.tables import NAMES, by_kind, spoken, summary, tables
from bench.fidelity.trials import KINDS, LENGTHS, Cell, Key, Language, Trial, anchored, carried, count, language, trial
from snippetsvc.models import Span

TEXTS = Path(__file__).parent / "texts"
METHODS: dict[str, Callable[[Trial], Span | None]] = {"carry": carried, "anchor": anchored}
#: What is tried with quotes cut inside words: `carry` alone, in scripts with spaces.
RAW_LANGUAGES = ("en", "ru")
RAW_LENGTHS = (25, 80)


def main() -> int:
    arguments = _arguments()
    started = time.monotonic()
    kinds = [kind for kind in KINDS if arguments.kind in kind]
    ours = [method for method in METHODS if arguments.method in (None, method)]
    theirs = [peer for peer in peers.PACKAGES if arguments.method in (None, peer) and not arguments.no_peers]
    cells = _ours(kinds, ours, 10 if arguments.smoke else 40 if arguments.quick else 200)
    refusal = None
    try:
        cells |= _theirs(kinds, theirs, 3 if arguments.smoke else 10 if arguments.quick else 50)
    except peers.Missing as error:
        refusal = str(error)
    _progress("")
    print(*tables(cells), *summary(cells), sep="\n")
    if arguments.verbose:
        for key, cell in cells.items():
            if key.method in METHODS:
                for example in cell.examples:
                    print(f"{spoken(key)}: {example}")
    print(f"{time.monotonic() - started:.0f} s")
    broken = list(_broken(cells))
    for line in broken:
        print(f"bound broken: {line}")
    if refusal:
        print(f"the peers were not asked: {refusal}", file=sys.stderr)
    return 1 if broken else 2 if refusal else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.fidelity",
        description=(__doc__ or "").split("\n", 1)[0],
        epilog="The bounds are meant for the whole run: of fewer trials one that is wrong can break them. Those broken "
        "are printed all the same, and the exit code is 1 then.",
    )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--quick", action="store_true", help="fewer trials a cell: 40 for us, 10 for the peers")
    amount.add_argument("--smoke", action="store_true", help="hardly any: to see that the benchmark itself works")
    parser.add_argument("--kind", metavar="TEXT", default="", help="only kinds of edit whose name contains TEXT")
    parser.add_argument("--method", choices=(*METHODS, *peers.PACKAGES), help="ask only this one")
    parser.add_argument("--no-peers", action="store_true", help="ask only ours")
    parser.add_argument("--verbose", action="store_true", help="list our answers that are wrong or lost")
    arguments = parser.parse_args()
    if not any(arguments.kind in kind for kind in KINDS):
        parser.error(f"no kind of edit has {arguments.kind!r} in its name; there are: {', '.join(KINDS)}")
    if arguments.no_peers and arguments.method in peers.PACKAGES:
        parser.error(f"{arguments.method} is a peer")
    return arguments


def _ours(kinds: Sequence[str], methods: Sequence[str], trials: int) -> dict[Key, Cell]:
    rows = [(methods, name, kind, length, False) for name in NAMES for kind in kinds for length in LENGTHS if methods]
    if "carry" in methods:
        rows += [
            (["carry"], name, kind, length, True) for name in RAW_LANGUAGES for kind in kinds for length in RAW_LENGTHS
        ]
    cells: dict[Key, Cell] = {}
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(_tried, *row, trials) for row in rows]
        for number, ((_, name, kind, length, raw), job) in enumerate(zip(rows, jobs, strict=True), 1):
            cells |= job.result()
            last = length == (RAW_LENGTHS if raw else LENGTHS)[-1]
            _progress(f"ours: {number} of {len(rows)} cells, {NAMES[name]}, {kind}", rest=not last)
    return cells


def _tried(methods: Sequence[str], name: str, kind: str, length: int, raw: bool, trials: int) -> dict[Key, Cell]:
    """One cell of each of our methods, on the same trials."""
    cells = {Key(method, name, kind, length, raw): Cell() for method in methods}
    texts = _language(name)
    for number in range(trials):
        case = trial(texts, kind, length, number, raw=raw)
        for key, cell in cells.items():
            count(cell, case, METHODS[key.method](case))
    return cells


def _theirs(kinds: Sequence[str], asked: Sequence[str], trials: int) -> dict[Key, Cell]:
    cells: dict[Key, Cell] = {}
    if not asked:
        return cells
    texts = _language("en")
    rows = [(kind, length) for kind in kinds for length in LENGTHS]
    with peers.page() as page:
        for number, (kind, length) in enumerate(rows, 1):
            for peer in asked:
                cell = cells[Key(peer, "en", kind, length)] = Cell()
                for case in (trial(texts, kind, length, at) for at in range(trials)):
                    count(cell, case, peers.asked(page, peer, case))
            _progress(f"peers: {number} of {len(rows)} cells, {kind}", rest=length != LENGTHS[-1])
    return cells


def _language(name: str) -> Language:
    return language(TEXTS, name)


def _progress(line: str, *, rest: bool = False) -> None:
    """On a terminal one line that changes; in a log a line a row."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
    elif line and not rest:
        print(line, file=sys.stderr)


def _broken(cells: dict[Key, Cell]) -> Iterator[str]:
    for (kind, raw), cell in by_kind(cells).items():
        for reason in broken_by_kind(kind, cell):
            yield f"carry, {kind}{', cut inside words' if raw else ''}: {reason}"
    for key, cell in cells.items():
        for reason in (*broken_by_cell(key, cell), *behind_peers(key, cells, peers.PACKAGES)):
            yield f"{spoken(key)}: {reason}"


if __name__ == "__main__":
    sys.exit(main())
