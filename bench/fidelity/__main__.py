"""`make bench-fidelity`: what becomes of marks when articles are edited, ours and two peers', as a table.

    python -m bench.fidelity                the whole: 200 trials a cell for us, 50 for the peers
    python -m bench.fidelity --quick        40 and 10, some minutes less

Cells read right/wrong/lost. Exits with 1 when a bound that is promised is broken (marked with *), with 2 when the
peers could not be asked.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.fidelity import peers
from bench.fidelity.trials import (
    DELETED,
    KINDS,
    LENGTHS,
    Cell,
    Language,
    Trial,
    anchored,
    bounds_broken,
    carried,
    count,
    language,
    trial,
)
from snippetsvc.models import Span

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "ru", "ja")
NAMES = {"en": "English", "ru": "Russian", "ja": "Japanese"}
METHODS: dict[str, Callable[[Trial], Span | None]] = {"carry": carried, "anchor": anchored}
#: By how much of all trials the best peer may be right more often than `anchor`, from 25 characters up.
BEHIND = 0.03

Key = tuple[str, str, str, int]


def main() -> int:
    arguments = _arguments()
    started = time.monotonic()
    cells = _ours(10 if arguments.smoke else 40 if arguments.quick else 200)
    refusal = None
    try:
        cells |= _theirs(3 if arguments.smoke else 10 if arguments.quick else 50)
    except peers.Missing as error:
        refusal = str(error)
    _progress("")
    for name in LANGUAGES:
        _print_table(name, cells)
    broken = [*_broken(cells), *_behind(cells)]
    if arguments.verbose:
        for (method, name, kind, length), cell in cells.items():
            if method in METHODS:
                print(*(f"{method} {name} {kind} {length} {line}" for line in cell.examples), sep="\n")
    print(f"{time.monotonic() - started:.0f} s")
    for line in broken:
        print(f"bound broken: {line}")
    if refusal:
        print(f"the peers were not asked: {refusal}", file=sys.stderr)
    return 1 if broken else 2 if refusal else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.fidelity", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer trials a cell: 40 for us, 10 for the peers")
    parser.add_argument("--smoke", action="store_true", help="hardly any: to see that the benchmark itself works")
    parser.add_argument("--verbose", action="store_true", help="list our answers that are wrong or lost")
    return parser.parse_args()


def _ours(trials: int) -> dict[Key, Cell]:
    keys = [(name, kind, length) for name in LANGUAGES for kind in KINDS for length in LENGTHS]
    cells: dict[Key, Cell] = {}
    with ProcessPoolExecutor() as pool:
        jobs = [(key, pool.submit(_tried, *key, trials)) for key in keys]
        for number, ((name, kind, length), job) in enumerate(jobs, 1):
            for method, cell in job.result().items():
                cells[method, name, kind, length] = cell
            _progress(f"ours: {number} of {len(keys)} cells, {NAMES[name]}, {kind}", rest=length != LENGTHS[-1])
    return cells


def _tried(name: str, kind: str, length: int, trials: int) -> dict[str, Cell]:
    """One cell of each of our methods, on the same trials."""
    cells = {method: Cell() for method in METHODS}
    texts = _language(name)
    for number in range(trials):
        case = trial(texts, kind, length, number)
        for method, ask in METHODS.items():
            count(cells[method], case, ask(case))
    return cells


def _theirs(trials: int) -> dict[Key, Cell]:
    cells: dict[Key, Cell] = {}
    texts = _language("en")
    keys = [(kind, length) for kind in KINDS for length in LENGTHS]
    with peers.page() as page:
        for number, (kind, length) in enumerate(keys, 1):
            for peer in peers.PACKAGES:
                cell = cells[peer, "en", kind, length] = Cell()
                for case in (trial(texts, kind, length, at) for at in range(trials)):
                    count(cell, case, peers.asked(page, peer, case))
            _progress(f"peers: {number} of {len(keys)} cells, {kind}", rest=length != LENGTHS[-1])
    return cells


def _language(name: str) -> Language:
    return language(TEXTS, name)


def _progress(line: str, *, rest: bool = False) -> None:
    """On a terminal one line that changes; in a log a line a row."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
    elif line and not rest:
        print(line, file=sys.stderr)


def _print_table(name: str, cells: dict[Key, Cell]) -> None:
    methods = [method for method in (*METHODS, *peers.PACKAGES) if any(key[:2] == (method, name) for key in cells)]
    for method in methods:
        print(f"\n{NAMES[name]}, {method}: right/wrong/lost by length of the quote")
        print(" " * 36 + "".join(f"{length:>14}" for length in LENGTHS))
        for kind in KINDS:
            row = ""
            for length in LENGTHS:
                cell = cells[method, name, kind, length]
                star = "*" if method in METHODS and bounds_broken(kind, length, method, cell) else " "
                row += f"{cell.right}/{cell.wrong}/{cell.lost}".rjust(13) + star
            print(f"{kind:<36}{row}")


def _broken(cells: dict[Key, Cell]) -> Iterator[str]:
    for (method, name, kind, length), cell in cells.items():
        if method in METHODS:
            for reason in bounds_broken(kind, length, method, cell):
                yield f"{method}, {NAMES[name]}, {kind}, {length} characters: {reason}"


def _behind(cells: dict[Key, Cell]) -> Iterator[str]:
    """Where a peer is right more often than `anchor`, on the peer's trials' share."""
    for kind in KINDS:
        for length in LENGTHS:
            theirs = [cells[key] for peer in peers.PACKAGES if (key := (peer, "en", kind, length)) in cells]
            best = max((cell.share("right") for cell in theirs), default=0.0)
            ours = cells["anchor", "en", kind, length].share("right")
            if length >= 25 and kind not in DELETED and ours < best - BEHIND:
                yield f"anchor, English, {kind}, {length} characters: right {ours:.1%}, a peer {best:.1%}"


if __name__ == "__main__":
    sys.exit(main())
