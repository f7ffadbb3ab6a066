"""What a class strikes out, or a style as a whole (a list, a table, a box of paragraphs), is struck out by elements.

What a style says of words themselves is `look`'s.
"""

from __future__ import annotations

import re
from itertools import groupby

from bs4 import Tag
from bs4.element import PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, RENAMED, attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import above, around, elements, emptied, refill

_STYLE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:^|\s)(?:(?:text-decoration-)?line-through|strike(?:-?through)?|striked)(?:\s|$)", re.IGNORECASE
)
_STRUCK = frozenset({"s", "del"})
_BLOCKS = BLOCKS | RENAMED.keys()
_NO_WORDS = _BLOCKS | _STRUCK


def struck(root: Tag, page: Page, notices: Notices) -> None:
    inside = elements(root)
    with_blocks = around(each for each in inside if each.name in _NO_WORDS)
    places: set[int] = set()
    for element in inside:
        itself = element.attrs and element.name not in _STRUCK and _is_struck(element)
        if itself or id(element.parent) in places:
            places.add(id(element))
            if itself or element.name in _BLOCKS:
                _strike(element, with_blocks)


def _is_struck(element: Tag) -> bool:
    styled = _STYLE.search(attribute(element, "style")) or _CLASS.search(attribute(element, "class"))
    return styled is not None and above(element, _STRUCK) is None


def _strike(element: Tag, with_blocks: set[int]) -> None:
    """Each run of words that stands in the element itself is struck out."""

    def is_words(child: PageElement) -> bool:
        """Whether it is words, or stands in a line with words."""
        if isinstance(child, Tag):
            return child.name not in _NO_WORDS and id(child) not in with_blocks
        return bool(str(child).strip())

    if not any(map(is_words, element.children)):
        return
    parts: list[PageElement] = []
    for words, run in groupby(emptied(element), key=is_words):
        if words:
            parts.append(line := Tag(name="s"))
            refill(line, run)
        else:
            parts += run
    refill(element, parts)
