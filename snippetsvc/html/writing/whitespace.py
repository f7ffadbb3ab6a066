"""White space between the words of a revision: a walk through the tree as events, and the one way to write it.

The rule (docs/adr/0001-text-model.md): outside `pre` a run of HTML white space is one space, none at the edges of a
block; between two blocks, and after each `br`, stands exactly one line feed. A `br` at the edge of a block shows
nothing, and goes like white space there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from snippetsvc.html.sanitise import BLOCKS
from snippetsvc.text.document import VOID

#: Empty, they still are what they are: cells keep their column, items their number.
_MEANINGFUL_EMPTY = frozenset({"td", "th", "tr", "li", "dt", "dd"}) | VOID


@dataclass(slots=True)
class Event:
    """One step through the tree in document order; `text` is HTML that is ready to be written.

    An `edge` is where a block was that is not written; its `tag` is the block that it keeps to itself, if any.
    """

    kind: Literal["open", "close", "edge", "white", "br", "words", "image"]
    tag: str = ""
    text: str = ""

    @property
    def breaks(self) -> bool:
        """Whether a block begins or ends here."""
        return self.kind == "edge" or (self.kind in ("open", "close") and self.tag in BLOCKS)

    @property
    def solid(self) -> bool:
        return self.kind in ("words", "image")


def pruned(events: list[Event]) -> list[Event]:
    """Without the elements that show nothing; where such a block stood, its edge stays."""
    kept: list[Event] = []
    opened: list[tuple[int, bool]] = []  # where each open element begins in `kept`, and whether it shows something
    for event in events:
        if event.kind == "open":
            opened.append((len(kept), event.tag in _MEANINGFUL_EMPTY or ' id="' in event.text))
        kept.append(event)
        if event.solid and opened:
            opened[-1] = (opened[-1][0], True)
        elif event.kind == "close":
            start, shows = opened.pop()
            if shows:
                if opened:
                    opened[-1] = (opened[-1][0], True)
            else:
                inner = [e for e in kept[start + 1 : -1] if e.kind in ("white", "edge", "br")]
                kept[start:] = [Event("edge"), *inner, Event("edge")] if event.tag in BLOCKS else inner
    return kept


def spaced(events: list[Event]) -> list[str]:
    """The events as HTML, with white space between words as the rule says."""
    last = max((index for index, event in enumerate(events) if event.kind == "words"), default=-1)
    pieces: list[str] = []
    text_since_break = False
    gap: list[Event] = []
    started = False
    for index, event in enumerate(events):
        if not event.solid:
            gap.append(event)
            continue
        breaks = text_since_break and index <= last
        pieces.extend(_gap(gap, started, breaks))
        if any(each.breaks for each in gap) and breaks:
            text_since_break = False
        text_since_break = text_since_break or event.kind == "words"
        pieces.append(event.text)
        gap = []
        started = True
    pieces.extend(event.text for event in gap)
    return pieces


def _gap(gap: list[Event], started: bool, breaks: bool) -> list[str]:
    """What stands between two words or images: `gap` with the one space, or the line feeds, that belong there."""
    if not started:
        return [event.text for event in gap]
    if any(event.breaks for event in gap):
        # The line feed belongs between the blocks: where the tree is at its shallowest, the first such place.
        depth = shallowest = at = 0
        for position, event in enumerate(gap, start=1):
            depth += (event.kind == "open") - (event.kind == "close")
            if depth < shallowest:
                shallowest, at = depth, position
        pieces = [event.text for event in gap]
        if breaks:
            # Where a block that showed nothing kept two lines apart, a line break is what is left of it.
            edges_alone = not any(event.tag in BLOCKS for event in gap)
            pieces.insert(at, "<br>\n" if edges_alone else "\n")
        return pieces
    if any(event.kind == "br" for event in gap):
        return ["<br>\n" if event.kind == "br" else event.text for event in gap]
    pieces = []
    space = " "
    for event in gap:
        if event.kind == "white":
            pieces.append(space)
            space = ""
        else:
            pieces.append(event.text)
    return pieces
