"""The text model: a revision's HTML, its canonical text, and the map from one to the other.

The canonical text is the concatenation of the text nodes; offsets are Unicode code points. The map is made once
when a revision is loaded: drawing marks is then slicing one string (docs/adr/0001-text-model.md).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from zlib import crc32

from snippetsvc.models import Span

_TOKEN = re.compile(
    r"(?P<formula><math\b.*?</math>)|<(/?)([a-z][a-z0-9]*)[^>]*>|&(?:amp|lt|gt|nbsp);|[^<&]+", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_ALTERNATIVE = re.compile(r' alttext="([^"]*)"')
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\xa0"}
_ENTITY = re.compile("&(?:amp|lt|gt|nbsp|quot);")
#: Elements without content, of those that a revision may have.
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
#: Elements that do not take phrasing content: white space in them is layout of the source, and a `mark` would
#: break them. `static/text.js` has the same list.
NOT_PHRASING = frozenset("table thead tbody tfoot tr colgroup ul ol dl ruby".split())
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


@dataclass(frozen=True, slots=True)
class TextNode:
    """One text node. `start`, `end`: offsets in the text; `markable`: whether a `mark` may stand around it."""

    start: int
    end: int
    markable: bool


@dataclass(frozen=True, slots=True)
class Formula:
    """A `math` element with words, `span` in the text; reads: what people read in its place."""

    span: Span
    reads: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of `level` 1 to 6, `span` in the text."""

    span: Span
    level: int


class Document:
    """A revision's normalised HTML, read once.

    html: the inner HTML of the article root; text: the canonical text; nodes: its text nodes, in order, a formula with
    words being one; formulas, headings: likewise; checksum: CRC-32 of the text's UTF-8, by which the browser knows
    whether what stands on its page is this text.
    """

    __slots__ = ("_at", "_from", "_width", "checksum", "formulas", "headings", "html", "node_starts", "nodes", "text")

    def __init__(self, html: str) -> None:
        self.html = html
        self.nodes: list[TextNode] = []
        self.formulas: list[Formula] = []
        self.headings: list[Heading] = []
        # Runs in which text and HTML advance together: offset in the text, index in the HTML, HTML characters of
        # each code point (1, or the length of an entity, which is a run of its own).
        self._from: list[int] = []
        self._at: list[int] = []
        self._width: list[int] = []
        self.text = self._read()
        self.checksum = crc32(self.text.encode())
        self.node_starts = [node.start for node in self.nodes]

    def _read(self) -> str:
        pieces: list[str] = []
        parents: list[str] = [""]
        offset = node_start = piece_start = heading_start = 0

        def end_node() -> None:
            nonlocal node_start, piece_start
            if offset > node_start:
                layout = parents[-1] in NOT_PHRASING and not "".join(pieces[piece_start:]).strip(" \n\t\f\r")
                self.nodes.append(TextNode(node_start, offset, markable=not layout))
                node_start = offset
            piece_start = len(pieces)

        for token in _TOKEN.finditer(self.html):
            if token["formula"]:
                end_node()
                words = self._formula(token, offset)
                pieces.append(words)
                offset += len(words)
                end_node()
                continue
            name = token[3]
            if name is not None:
                end_node()
                if name in _HEADINGS:
                    if token[2]:
                        self.headings.append(Heading(Span(heading_start, offset), int(name[1])))
                    heading_start = offset
                if token[2]:
                    parents.pop()
                elif name not in VOID:
                    parents.append(name)
                continue
            words = token[0]
            entity = _ENTITIES.get(words)
            self._from.append(offset)
            self._at.append(token.start())
            self._width.append(len(words) if entity else 1)
            pieces.append(entity or words)
            offset += 1 if entity else len(words)
        end_node()
        return "".join(pieces)

    def _formula(self, token: re.Match[str], start: int) -> str:
        """Enter a formula that begins at `start`; its words."""
        words = _unescaped(_TAG.sub("", token[0]))
        if words:
            end = start + len(words)
            alternative = _ALTERNATIVE.search(token[0], 0, token[0].index(">"))
            reads = _unescaped(alternative[1]) if alternative else words
            self.formulas.append(Formula(Span(start, end), reads))
            # Its first code point begins where its tag does, its last one ends where its end tag does.
            runs = [(start, token.start(), len(token[0])), (end - 1, token.end() - 1, 1)]
            for offset, at, width in runs[: len(words)]:
                self._from.append(offset)
                self._at.append(at)
                self._width.append(width)
        return words

    def whole(self, span: Span) -> Span:
        """`span`, widened to the whole of each formula that it touches."""
        first = bisect_right(self.formulas, span.start, key=lambda formula: formula.span.end)
        after = bisect_left(self.formulas, span.end, key=lambda formula: formula.span.start)
        touched = self.formulas[first:after]
        if not touched:
            return span
        return Span(min(span.start, touched[0].span.start), max(span.end, touched[-1].span.end))

    def reading(self, span: Span) -> str:
        """The words of `span` as people read them: a formula that it touches by its alternative text."""
        whole = self.whole(span)
        pieces: list[str] = []
        at = whole.start
        first = bisect_left(self.formulas, whole.start, key=lambda formula: formula.span.start)
        for formula in self.formulas[first:]:
            if formula.span.start >= whole.end:
                break
            pieces += (self.text[at : formula.span.start], formula.reads)
            at = formula.span.end
        return "".join((*pieces, self.text[at : whole.end]))

    def headings_above(self, offset: int) -> list[Heading]:
        """The headings that what begins at `offset` stands under, the outermost first; not the headline (level 1)."""
        found: list[Heading] = []
        level = 7
        for place in reversed(range(bisect_right(self.headings, offset, key=lambda heading: heading.span.end))):
            heading = self.headings[place]
            if 1 < heading.level < level:
                found.append(heading)
                level = heading.level
            if level == 2:
                break
        return found[::-1]

    def html_start(self, offset: int) -> int:
        """The index in `html` at which the code point at `offset` begins; `0 <= offset < len(text)`."""
        run = bisect_right(self._from, offset) - 1
        return self._at[run] + (offset - self._from[run])

    def html_end(self, offset: int) -> int:
        """The index in `html` at which the code point before `offset` ends; `0 < offset <= len(text)`."""
        run = bisect_right(self._from, offset - 1) - 1
        return self._at[run] + (offset - 1 - self._from[run]) + self._width[run]


def _unescaped(markup: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES.get(found[0], '"'), markup)
