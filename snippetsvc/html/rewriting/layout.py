"""Tables that only set places on a page are unwrapped: a reader's screen has others. Tables of data never are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page, plain
from snippetsvc.html.tree import below, first_below, open_up
from snippetsvc.models import Did, NoticeKind

_PARTS = frozenset({"tbody", "thead", "tfoot"})
#: One of these in a cell makes it a place on the page, and no value.
_PLACED = frozenset(
    "h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre hr form figure center section article main aside header footer".split()
)
_PARAGRAPHS = frozenset({"p", "div", "img"})
#: Code points of a paragraph that is no value of a table.
_PROSE = 150
#: Where one cell holds so much of a table's words, the others stand around it.
_MOST = 2 / 3


def layout(root: Tag, page: Page, notices: Notices) -> None:
    for table in root.find_all("table"):
        rows = list(_rows(table))
        if not _is_layout(table, rows):
            continue
        notices.add(NoticeKind.TABLE, Did.REPLACED, " ".join(islice(table.stripped_strings, 8)))
        for part in table.find_all([*_PARTS, "colgroup"], recursive=False):
            open_up(part)
        for row in rows:
            row_cells = _cells(row)
            open_up(row)
            for cell in row_cells:
                cell.name = "div"
                for name in ("colspan", "rowspan", "headers", "scope"):
                    del cell[name]
        table.name = "div"
        for name in ("role", "border"):
            del table[name]


def _is_layout(table: Tag, rows: list[Tag]) -> bool:
    role = attribute(table, "role").lower()
    if role in ("presentation", "none"):
        return True
    cells = [_cells(row) for row in rows]
    if role or _says_of_data(table, cells):
        return False
    if any(first_below(cell, {"table"}) is not None for row in cells for cell in row):
        return True
    placed = [[_is_place(cell) for cell in row] for row in cells]
    if not any(map(any, placed)):
        return False
    if len(cells) == 1 or all(len(row) <= 1 for row in cells):
        return True
    words = [[len(plain(cell)) for cell in row] for row in cells]
    of_places = sum(words[y][x] for y, row in enumerate(placed) for x, is_place in enumerate(row) if is_place)
    if _is_regular(cells):
        filled = [is_place for y, row in enumerate(placed) for x, is_place in enumerate(row) if words[y][x]]
        most = max(map(max, words))
        return all(filled) or (most > _PROSE and most >= _MOST * sum(map(sum, words)) and most <= of_places)
    return 2 * of_places > sum(map(sum, words))


def _says_of_data(table: Tag, cells: list[list[Tag]]) -> bool:
    return (
        bool(attribute(table, "summary"))
        or attribute(table, "border").strip("0px") != ""
        or table.find(["caption", "thead", "tfoot"], recursive=False) is not None
        or any(
            cell.name == "th" or attribute(cell, "scope") or attribute(cell, "headers") for row in cells for cell in row
        )
    )


def _is_place(cell: Tag) -> bool:
    """Whether a cell holds more than a value: blocks, or paragraphs made of line breaks."""
    if first_below(cell, _PLACED) is not None:
        return True
    paragraphs = list(below(cell, _PARAGRAPHS))
    return (
        len(paragraphs) > 1
        or (bool(paragraphs) and len(plain(cell)) > _PROSE)
        or any(_follows_break(line) for line in below(cell, {"br"}))
    )


def _follows_break(line: Tag) -> bool:
    before = line.previous_sibling
    while before is not None and not isinstance(before, Tag) and not str(before).strip():
        before = before.previous_sibling
    return isinstance(before, Tag) and before.name == "br"


def _is_regular(cells: list[list[Tag]]) -> bool:
    """Whether all rows have the same columns."""
    return len({len(row) for row in cells if row}) == 1 and not any(
        attribute(cell, name) not in ("", "1") for row in cells for cell in row for name in ("colspan", "rowspan")
    )


def _rows(table: Tag) -> Iterator[Tag]:
    for child in table.find_all(["tr", *_PARTS], recursive=False):
        yield from [child] if child.name == "tr" else child.find_all("tr", recursive=False)


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)
