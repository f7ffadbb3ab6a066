"""Highlights -> `mark` elements in a revision's HTML, by slicing at the document's map.

Only `mark` elements (and empty `span`s that carry an id) are put in: the text and the structure stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    of their numbers; a formula is one with the whole of it. `id="snippet-<number>"` stands on the first segment of
    each; where several begin at one segment, the further ids stand on empty `span`s before it. `data-starts` and
    `data-ends` name the snippets whose first or last words a segment holds: with them a style sheet can number and
    announce a snippet once.
    """
    html, text = document.html, document.text
    segments = list(_segments(document, highlights))
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for index, (start, end, active, _) in enumerate(segments):
        if _WORD.search(text, start, end):
            for highlight in active:
                first.setdefault(highlight.number, index)
                last[highlight.number] = index
    starts, ends = _by_segment(first), _by_segment(last)
    pieces: list[str] = []
    written = 0
    named: set[int] = set()
    for index, (start, end, active, attributes) in enumerate(segments):
        at, to = document.html_start(start), document.html_end(end)
        pieces.append(html[written:at])
        name = ""
        ids = [highlight.number for highlight in active if highlight.number not in named]
        if ids:
            named.update(ids)
            name = f' id="snippet-{ids[0]}"'
            pieces += (f'<span id="snippet-{number}"></span>' for number in ids[1:])
        if index in starts:
            name += f' data-starts="{starts[index]}"'
        if index in ends:
            name += f' data-ends="{ends[index]}"'
        pieces += (f'<mark class="snippet"{attributes}{name}>', html[at:to], "</mark>")
        written = to
    pieces.append(html[written:])
    return "".join(pieces)


def _by_segment(of: Mapping[int, int]) -> dict[int, str]:
    """The numbers of snippets, in order, by the index of the segment that each has there."""
    found: dict[int, str] = {}
    for number in sorted(of):
        index = of[number]
        found[index] = f"{found[index]} {number}" if index in found else str(number)
    return found


def _segments(document: Document, highlights: Sequence[Highlight]) -> Iterator[tuple[int, int, list[Highlight], str]]:
    """The stretches of text, each within one text node, that the same highlights cover: start, end, highlights, and the
    attributes that name these."""
    nodes, node_starts = document.nodes, document.node_starts
    if document.formulas:
        highlights = [replace(each, span=document.whole(each.span)) for each in highlights]
    for start, end, active in _sweep(highlights):
        numbers = " ".join(str(highlight.number) for highlight in active)
        colors = " ".join(highlight.color for highlight in active)
        statuses = " ".join(highlight.status for highlight in active)
        attributes = f' data-snippets="{numbers}" data-color="{colors}" data-status="{statuses}"'
        index = bisect_right(node_starts, start) - 1
        while index < len(nodes) and nodes[index].start < end:
            node = nodes[index]
            index += 1
            if node.markable:
                yield max(start, node.start), min(end, node.end), active, attributes


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
