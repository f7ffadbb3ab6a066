"""Stage 3: two readings of an edit. In order, what is out of order was inserted and deleted; freely, it moved or was
copied. No rule says which is right: each span takes the one that explains it better (stage 6).
"""

from __future__ import annotations

from collections.abc import Sequence

from snippetsvc.anchoring.chains import heaviest_chain
from snippetsvc.anchoring.pair import Pair
from snippetsvc.anchoring.stage2_tiles import Tile


def in_order(pair: Pair, tiles: Sequence[Tile]) -> list[Tile]:
    """Of tiles in the order of the old text the heaviest chain that kept its order."""
    chain = heaviest_chain([tile.j for tile in tiles], [pair.said(tile.i, tile.i + tile.n) for tile in tiles])
    return [tiles[index] for index in chain]


def moved_lines(pair: Pair, ordered: Sequence[Tile], tiles: Sequence[Tile]) -> list[range]:
    """The new words of whole lines that moved: known from elsewhere, they came for no other old words."""
    kept = set(ordered)
    moved = (range(tile.j, tile.j + tile.n) for tile in tiles if tile not in kept)
    lines = [pair.line_end, *pair.b, pair.line_end]
    return [words for words in moved if lines[words.start] == lines[words.stop + 1] == pair.line_end]
