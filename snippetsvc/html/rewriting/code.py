"""Code without the numbers of its lines and without buttons, each piece one `pre` with all of its lines.

What highlighters write: tables with a column of numbers, an element a line, a link a line. Their names for what is no
code are alike; what bears one and has more than digits in it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from bs4 import Tag
from bs4.element import PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import stands_apart
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import above, around, classes, elements, emptied, is_gone, refill, vanish, words

#: In names without `-` and `_`.
_NUMBERS = re.compile(r"lineno|linenum|gutter\Z|blobnum|hljslnn|crayonnum|\A(?:ln|lnt|lntd)\Z", re.IGNORECASE)
_COPY = re.compile(r"copy(?!right|left|edit)|clipboard", re.IGNORECASE)
_CODE = re.compile(r"code|highlight|hljs|rouge|syntax|blob|lntable|crayon|linenums", re.IGNORECASE)
_LINE = re.compile(r"(?:token|code|hljs|view|codemirror|shiki)?line\d*", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s.:|]*")
_SHOWN = ("img", "picture", "video", "audio", "iframe", "object", "math", "table", "input")
_COPIERS = ("clipboard-copy", "copy-button")
_BUTTONS = (*_COPIERS, "button")
_BLOCKS = frozenset({"div", "p", "li", "tr"})
#: Whatever they are called, they are no buttons.
_TEXT = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li"})
#: A button says no more than that.
_MAX_WORDS = 3


def code_alone(root: Tag, _: Page, __: Notices) -> None:
    code = elements(root, "pre")
    with_code = around(code)
    near = {id(each) for pre in code for each in (pre, *islice(pre.parents, 2))}
    for element in elements(root):
        if (
            (element.attrs or element.name in _BUTTONS)
            and not is_gone(element)
            and (_is_number(element) or _is_button(element, with_code, near))
        ):
            vanish(element)
    for table in elements(root, "table"):
        _untabled(table, with_code)
    for element in elements(root, "div"):
        lines = _lines(element)
        if lines and all(_is_code_alone(line) for line in lines):
            element.name = "pre"
    for pre in elements(root, "pre"):
        # One in another is a part of its lines.
        for element in () if pre.name != "pre" else (pre, *elements(pre)):
            if element is not pre and element.name == "pre":
                element.name = "span"
            if lines := _lines(element):
                _end(lines)
                element.name = "span" if element.name in ("ol", "ul") else element.name


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "")


def _is_number(element: Tag) -> bool:
    if not any(map(_NUMBERS.search, map(_plain, classes(element)))) and not element.has_attr("data-line-number"):
        return False
    # Some name what has the numbers by the same name as the numbers.
    if element.find(_SHOWN) is not None or (element.name == "pre" and element.find("code")):
        return False
    return _DIGITS.fullmatch(words(element)) is not None


def _is_button(element: Tag, with_code: set[int], near: set[int]) -> bool:
    """with_code: elements that hold code; near: those of them that hold little else, and the code itself."""
    if element.name == "button" and above(element, {"pre"}) is not None:
        return True
    if element.name not in _COPIERS and not any(map(_COPY.search, map(_plain, classes(element)))):
        return False
    if element.name in _BUTTONS:
        return True
    beside = element.name not in _TEXT and id(element.parent) in near and id(element) not in with_code
    return beside and len(words(element).split()) <= _MAX_WORDS


def _untabled(table: Tag, with_code: set[int]) -> None:
    """Take a table apart that only sets numbers beside code."""
    sure = any(map(_named_code, (table, *islice(table.parents, 3)))) or above(table, {"pre", "code"}) is not None
    if not sure and id(table) not in with_code:
        return
    rows = [[cell for cell in elements(row, "td", "th") if words(cell)] for row in elements(table, "tr")]
    if not rows:
        return
    if all(len(row) == 2 for row in rows) and (sure or (len(rows) == 1 and rows[0][1].find("pre"))):
        numbers = " ".join(words(row[0]) for row in rows).split()
        if _count_up(numbers):
            for row in rows:
                vanish(row.pop(0))
    cells = [row[0] if row else None for row in rows]
    if any(len(row) > 1 for row in rows) or not any(cells):
        return
    if any(cell is not None and cell.find(("pre", "div", "p")) for cell in cells):
        if sure or (len(rows) == 1 and cells[0] is not None and cells[0].find("pre") and _had_numbers(table)):
            content = [child for cell in cells if cell is not None for child in emptied(cell)]
            emptied(table)
            table.name, table.attrs = "div", {}
            refill(table, content)
    elif sure:
        lines: list[PageElement] = []
        for cell in cells:
            line = Tag(name="div")
            refill(line, emptied(cell) if cell is not None else [])
            lines.append(line)
        emptied(table)
        table.name, table.attrs = ("div" if table.find_parent("pre") else "pre"), {}
        refill(table, lines)


def _named_code(element: Tag) -> bool:
    return any(map(_CODE.search, classes(element)))


def _had_numbers(table: Tag) -> bool:
    """Whether there is a cell beside the code's: the one that had the numbers."""
    return len(table.find_all(("td", "th", "div"), limit=2)) == 2


def _count_up(numbers: list[str]) -> bool:
    if not numbers or not all(number.isdecimal() and len(number) < 7 for number in numbers):
        return False
    first = int(numbers[0])
    return [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def _lines(element: Tag) -> list[Tag]:
    """The elements in it, where each of them is a line, or a break between two, and there is nothing else."""
    lines: list[Tag] = []
    for child in element.children:
        if not isinstance(child, Tag):
            if words(child):
                return []
        elif child.name != "br":
            if not (child.name in _BLOCKS or stands_apart(child) or _is_line(child)):
                return []
            lines.append(child)
    return lines


def _is_line(element: Tag) -> bool:
    return any(map(_LINE.fullmatch, map(_plain, classes(element))))


def _is_code_alone(line: Tag) -> bool:
    inner = [each for each in line.children if isinstance(each, Tag) or words(each)]
    return _is_line(line) and bool(inner) and all(isinstance(each, Tag) and each.name == "code" for each in inner)


def _end(lines: list[Tag]) -> None:
    """Let each line but the last end in a line feed, and none be a block."""
    for line in lines:
        line.name, line.attrs = "span", {key: value for key, value in line.attrs.items() if key == "id"}
        ended = line.get_text().endswith("\n") or _breaks(line.contents[-1:]) or _breaks([line.next_sibling])
        if not ended and line is not lines[-1]:
            line.append("\n")


def _breaks(nodes: Iterable[PageElement | None]) -> bool:
    return any(node.name == "br" if isinstance(node, Tag) else "\n" in str(node or "") for node in nodes)
