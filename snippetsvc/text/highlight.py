"""Highlights -> `mark` elements in a revision's HTML, by slicing at the document's map.

Only `mark` elements (and empty `span`s that carry an id) are put in: the text and the structure stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from snippetsvc.models import Span, Status
from snippetsvc.text.document import Document

#: More than white space. Python and JavaScript differ on what that is: here and in text.js, it is what either says.
_WORD = re.compile(r"[^\s\ufeff]")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A snippet as it is to be drawn: `span` is one of the document that is drawn on, not empty."""

    number: int
    span: Span
    color: str
    status: Status


def draw(document: Document, highlights: Sequence[Highlight]) -> str:
    """The document's HTML with the highlights drawn.

    Where highlights overlap, the text is split into segments, and each names all that it belongs to, in the order
    of their numbers. `id="snippet-<number>"` stands on the first segment of each; where several begin at one
    segment, the further ids stand on empty `span`s before it. `data-starts` and `data-ends` name the snippets whose
    first or last words a segment holds: with them a style sheet can number and announce a snippet once.
    """
    html, text = document.html, document.text
    segments = list(_segments(document, highlights))
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for index, (start, end, active) in enumerate(segments):
        if _WORD.search(text, start, end):
            for highlight in active:
                first.setdefault(highlight.number, index)
                last[highlight.number] = index
    pieces: list[str] = []
    written = 0
    named: set[int] = set()
    for index, (start, end, active) in enumerate(segments):
        ids = [highlight.number for highlight in active if highlight.number not in named]
        named.update(ids)
        spans = "".join(f'<span id="snippet-{number}"></span>' for number in ids[1:])
        name = f' id="snippet-{ids[0]}"' if ids else ""
        starts = _numbers("starts", (h.number for h in active if first.get(h.number) == index))
        ends = _numbers("ends", (h.number for h in active if last.get(h.number) == index))
        at, to = document.html_start(start), document.html_end(end)
        tag = f'<mark class="snippet"{_named(active)}{name}{starts}{ends}>'
        pieces += (html[written:at], spans, tag, html[at:to], "</mark>")
        written = to
    pieces.append(html[written:])
    return "".join(pieces)


def _named(active: Sequence[Highlight]) -> str:
    numbers = " ".join(str(highlight.number) for highlight in active)
    colors = " ".join(highlight.color for highlight in active)
    statuses = " ".join(highlight.status for highlight in active)
    return f' data-snippets="{numbers}" data-color="{colors}" data-status="{statuses}"'


def _numbers(name: str, numbers: Iterable[int]) -> str:
    listed = " ".join(map(str, numbers))
    return f' data-{name}="{listed}"' if listed else ""


def _segments(document: Document, highlights: Sequence[Highlight]) -> Iterator[tuple[int, int, list[Highlight]]]:
    """The stretches of text, each within one text node, that the same highlights cover: start, end, highlights."""
    nodes, node_starts = document.nodes, document.node_starts
    for start, end, active in _sweep(highlights):
        index = bisect_right(node_starts, start) - 1
        while index < len(nodes) and nodes[index].start < end:
            node = nodes[index]
            index += 1
            if node.markable:
                yield max(start, node.start), min(end, node.end), active


def _sweep(highlights: Sequence[Highlight]) -> Iterator[tuple[int, int, list[Highlight]]]:
    """Cut at every start and end, in the order of the text: start, end, the highlights that cover the stretch."""
    waiting = sorted(highlights, key=lambda highlight: highlight.span.start, reverse=True)
    cuts = sorted({cut for highlight in highlights for cut in (highlight.span.start, highlight.span.end)})
    active: list[Highlight] = []
    for start, end in pairwise(cuts):
        active = [highlight for highlight in active if highlight.span.end > start]
        while waiting and waiting[-1].span.start <= start:
            insort(active, waiting.pop(), key=lambda highlight: highlight.number)
        if active:
            yield start, end, active
