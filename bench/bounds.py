"""`python -m bench.bounds`: what following marks takes at most, in processor seconds and memory.

Through each kind of hostile edit (`bench.hostile`), a million characters before and after, and through an article of
50,000 words lightly edited, 200 random marks are carried, in a process of its own. Memory is what the process takes at
its peak beyond both texts and all that was loaded before.

Exits with 1 where more than 4 s or 400 MB are taken, by the article more than 0.4 s (marked with *).
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bench.hostile import KINDS, PROSE_WORD, prose_edited
from snippetsvc import anchoring
from snippetsvc.models import Span

SECONDS, MEGABYTES = 4.0, 400.0
ARTICLE, ARTICLE_SECONDS = "50,000 words, lightly edited", 0.4
#: Characters of the article, and of all others unless told.
ARTICLE_SIZE, SIZE = int(50_000 * PROSE_WORD), 1_000_000
MARKS = 200
#: Processor seconds after which a kind is given up.
GIVEN_UP = 120
#: Bytes of a unit of `ru_maxrss`.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
#: Each process is a new one, so that its peak of memory is its own.
PROCESSES = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Taken:
    """characters: of both texts; seconds: of the processor; megabytes: at the peak, beyond the texts."""

    characters: tuple[int, int]
    seconds: float
    megabytes: float


def main() -> int:
    arguments = _arguments()
    broken = 0
    print(f"{'':36}{'characters':>20}{'CPU s':>8}{'MB':>7}")
    for kind in arguments.kinds or [*KINDS, ARTICLE]:
        print(f"{kind:36}", end="", flush=True)
        taken = _taken(kind, ARTICLE_SIZE if kind == ARTICLE else arguments.size, arguments.seed)
        seconds = ARTICLE_SECONDS if kind == ARTICLE else SECONDS
        if taken is None:
            print(f" not within {GIVEN_UP} s *")
            broken += 1
            continue
        slow, large = taken.seconds > seconds, taken.megabytes > MEGABYTES
        broken += slow or large
        old, new = taken.characters
        print(
            f"{f'{old:,} {new:,}':>20}"
            f"{taken.seconds:7.2f}{'*' if slow else ' '}{taken.megabytes:6.0f}{'*' if large else ' '}"
        )
    if broken:
        print(f"bounds broken by {broken}")
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.bounds", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"these alone, of: {'; '.join([*KINDS, ARTICLE]).replace('%', '%%')}"
    )
    parser.add_argument("--size", type=int, default=SIZE, help="characters of a hostile text (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random (default: %(default)s)")
    arguments = parser.parse_args()
    for kind in arguments.kinds:
        if kind not in {*KINDS, ARTICLE}:
            parser.error(f"no such kind: {kind}")
    return arguments


def _taken(kind: str, size: int, seed: int) -> Taken | None:
    """What carrying marks over a pair of this kind takes; None if it was given up."""
    with tempfile.TemporaryDirectory() as folder:
        # By a process of its own, too: what making the texts takes must not count, nor hide what comparing them takes.
        _alone(_write, kind, size, seed, folder)
        return _alone(_measure, folder, seed)


def _alone(task: Callable[..., None], *parameters: object) -> Taken | None:
    """What `task` sends from a new process; None if it sends nothing, or was ended for taking too long."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=task, args=(theirs, *parameters))
    process.start()
    theirs.close()
    try:
        taken: Taken | None = ours.recv()
    except EOFError:
        taken = None
    process.join()
    if process.exitcode and process.exitcode > 0:
        raise SystemExit(f"failed: {parameters}")
    return taken


def _write(answer: Connection, kind: str, size: int, seed: int, folder: str) -> None:
    texts = prose_edited(0.02) if kind == ARTICLE else KINDS[kind]
    for name, text in zip(("old", "new"), texts(size, random.Random(seed)), strict=True):
        (Path(folder) / name).write_bytes(text.encode())


def _measure(answer: Connection, folder: str, seed: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (GIVEN_UP, GIVEN_UP))
    old, new = ((Path(folder) / name).read_bytes().decode() for name in ("old", "new"))
    chance = random.Random(seed)
    starts = [chance.randrange(len(old)) for _ in range(MARKS)]
    marks = [Span(start, min(len(old), start + chance.randint(1, 300))) for start in starts]
    anchoring.carry("Once, so that all is loaded.", "Once, and all is loaded.", [Span(0, 4)])
    before = resource.getrusage(resource.RUSAGE_SELF)
    anchoring.carry(old, new, marks)
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    answer.send(Taken((len(old), len(new)), seconds, (after.ru_maxrss - before.ru_maxrss) * PEAK_UNIT / 1e6))


if __name__ == "__main__":
    sys.exit(main())
