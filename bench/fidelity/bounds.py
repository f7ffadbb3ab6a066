"""The bounds that are promised, and which of them are broken, in words.

`carry`, over each kind of edit, its languages and lengths together: at most 0.5 % wrong; of deleted kinds at least
99 % right, which is to say lost, of the others 98.5 %. In no cell more than 1.5 % wrong. Quotes cut inside words are a
run of their own, held to the same.
`anchor`, which has the quote and its context alone: in no cell from 25 characters up, and in none of a deleted kind,
more than 2 % wrong; from 25 characters up no peer right more often by 3 % of the trials.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bench.fidelity.trials import DELETED, Cell, Key

WRONG_OF_KIND = 0.005
RIGHT_OF_DELETED = 0.99
RIGHT_OF_KEPT = 0.985
WRONG_OF_CELL = 0.015
WRONG_OF_ANCHOR = 0.02
BEHIND_PEERS = 0.03
#: Characters from which on a quote alone says enough to be held to the bounds of `anchor`.
ENOUGH = 25


def broken_by_cell(key: Key, cell: Cell) -> Iterator[str]:
    if key.method == "carry":
        yield from _wrong(cell, WRONG_OF_CELL)
    elif key.method == "anchor" and (key.length >= ENOUGH or key.kind in DELETED):
        yield from _wrong(cell, WRONG_OF_ANCHOR)


def broken_by_kind(kind: str, cell: Cell) -> Iterator[str]:
    """Of all trials of a kind with `carry`."""
    yield from _wrong(cell, WRONG_OF_KIND)
    least = RIGHT_OF_DELETED if kind in DELETED else RIGHT_OF_KEPT
    if cell.share("right") < least:
        yield f"right {cell.share('right'):.2%}, must be {least:.1%} at least"


def behind_peers(key: Key, cells: Mapping[Key, Cell], peers: Iterable[str]) -> Iterator[str]:
    """Whether a peer is right more often than the cell of `anchor` is."""
    theirs = [cells[other] for peer in peers if (other := key._replace(method=peer)) in cells]
    best = max((cell.share("right") for cell in theirs), default=0.0)
    ours = cells[key].share("right")
    if key.method == "anchor" and key.length >= ENOUGH and key.kind not in DELETED and ours < best - BEHIND_PEERS:
        yield f"right {ours:.1%}, a peer {best:.1%}"


def _wrong(cell: Cell, most: float) -> Iterator[str]:
    if cell.share("wrong") > most:
        yield f"wrong {cell.share('wrong'):.2%}, may be {most:.1%} at most"
