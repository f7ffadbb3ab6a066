"""Where words stand: spans described by selectors, found by them, and carried from one text to another.

Pure: strings in, spans out. Offsets and lengths are Unicode code points.
"""

from snippetsvc.anchoring.alignment import Alignment, align, composed
from snippetsvc.anchoring.carrying import Carried, carry, carry_by_steps, carry_through
from snippetsvc.anchoring.differences import difference
from snippetsvc.anchoring.quotes import anchor, describe, exact_places

__all__ = [
    "Alignment",
    "Carried",
    "align",
    "anchor",
    "carry",
    "carry_by_steps",
    "carry_through",
    "composed",
    "describe",
    "difference",
    "exact_places",
]
