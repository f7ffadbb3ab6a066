"""What Word leaves behind goes: its own settings, and empty paragraphs by which it sets others apart."""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, is_gone, vanish, words

#: What is something without words.
_SHOWN = ("a", "img", "picture", "object", "embed", "iframe", "video", "audio", "input", "math", "svg", "hr")
_WORD = re.compile(r"\bMso[A-Z]")


def without_leftovers(root: Tag, _: Page, __: Notices) -> None:
    for element in elements(root):
        if is_gone(element):
            continue
        if element.name == "xml" or _is_empty(element):
            vanish(element)


def _is_empty(element: Tag) -> bool:
    """Whether it holds the no-break space that Word puts where nothing is, and nothing else."""
    of_word = element.name == "o:p" or (element.name == "p" and _WORD.search(attribute(element, "class")))
    return bool(of_word) and not words(element) and element.find(_SHOWN) is None
