"""The comparison of two texts: stages 2 to 5, one after the other."""

from __future__ import annotations

from snippetsvc.anchoring.links import Links
from snippetsvc.anchoring.pair import Pair
from snippetsvc.anchoring.stage2_tiles import tiles_of
from snippetsvc.anchoring.stage3_readings import in_order, moved_lines
from snippetsvc.anchoring.stage4_regions import filled
from snippetsvc.anchoring.stage5_slides import slide


def compared(pair: Pair) -> list[Links]:
    """Which old word is which new one: in order, then freely, where that is another reading."""
    tiles = tiles_of(pair)
    ordered = in_order(pair, tiles)
    readings = [filled(pair.without(moved_lines(pair, ordered, tiles)), ordered)]
    if len(ordered) < len(tiles):
        readings.append(filled(pair, tiles))
    for links in readings:
        slide(pair, links)
    return readings
