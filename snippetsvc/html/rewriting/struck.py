"""What a class strikes out, or a style as a whole (a list, a table, a box of paragraphs), is struck out by elements.

What a style says of words themselves is `look`'s.
"""

from __future__ import annotations

import re
from itertools import groupby

from bs4 import Tag
from bs4.element import PageElement

from snippetsvc.html.below import below, first_below, is_in
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, RENAMED, attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import emptied, refill

_STYLE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:^|\s)(?:(?:text-decoration-)?line-through|strike(?:-?through)?|striked)(?:\s|$)", re.IGNORECASE
)
_STRUCK = frozenset({"s", "del"})
_BLOCKS = BLOCKS | RENAMED.keys()
_NO_WORDS = _BLOCKS | _STRUCK


def struck(root: Tag, page: Page, notices: Notices) -> None:
    for element in root.find_all(True):
        if element.attrs and element.name not in _STRUCK and _is_struck(element):
            for place in [element, *below(element, _BLOCKS)]:
                _strike(place)


def _is_struck(element: Tag) -> bool:
    styled = _STYLE.search(attribute(element, "style")) or _CLASS.search(attribute(element, "class"))
    return styled is not None and not is_in(element, _STRUCK)


def _strike(element: Tag) -> None:
    """Each run of words that stands in the element itself is struck out."""
    if not any(_is_words(child) for child in element.children):
        return
    for words, run in groupby(emptied(element), key=_is_words):
        if words:
            line = Tag(name="s")
            refill(line, run)
            element.append(line)
        else:
            refill(element, run)


def _is_words(child: PageElement) -> bool:
    """Whether it is words, or stands in a line with words."""
    if isinstance(child, Tag):
        return child.name not in _NO_WORDS and first_below(child, _NO_WORDS) is None
    return bool(str(child).strip())
