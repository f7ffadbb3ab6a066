"""Words that only a sheet keeps apart are kept apart by a space.

"2026" and "2 min" in two elements without white space between are one word in the text, and two on the screen: where a
style makes boxes of them, where they are labels, and, in whole pages, where they can be nothing but parts of a line.
"""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, RENAMED, attribute, stands_apart
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import classes, elements, emptied, refill, words

_BOXES = re.compile(r"(?:^|;)\s*display\s*:\s*(?:inline-)?(?:flex|grid)\b", re.IGNORECASE)
#: Classes by which frameworks say the same.
_BOXES_CLASS = re.compile(r"(?:[a-z]+:)?(?:d-|is-|inline-|d-inline-)?(?:flex|grid)")
_BOX = re.compile(r"(?:^|;)\s*display\s*:\s*inline-(?:block|flex|grid|table)\b", re.IGNORECASE)
_WORDLESS = frozenset({"ruby", "table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl"})
_CODE = ("pre", "code", "kbd", "samp", "var")
#: What programs that document programs call the names of these, with all that they take.
_SIGNATURE = re.compile(r"(?:^|\s)(?:sig|(?:member|type)-signature)(?:\s|$)")
#: Classes that programs give to looks, which change in the middle of a word.
_LOOK = re.compile(r"[A-Za-z]{1,3}\d+")
_BREAKS = BLOCKS | RENAMED.keys() | {"br", "img"}
_NEVER_BEFORE = re.compile(r"[,.;:!?%)\]}»”’…]")
_NEVER_AFTER = re.compile(r".*[(\[{«“‘/-]", re.DOTALL)


def apart(root: Tag, page: Page, _: Notices) -> None:
    in_code: set[int] = set()
    for element in (root, *elements(root)):
        is_code = element.name in _CODE or _SIGNATURE.search(attribute(element, "class"))
        if is_code or id(element.parent) in in_code:
            in_code.add(id(element))
        elif element.name not in _WORDLESS:
            _space(element, page.whole)


def _space(parent: Tag, whole: bool) -> None:
    boxes = _BOXES.search(attribute(parent, "style")) or any(map(_BOXES_CLASS.fullmatch, classes(parent)))
    # With words beside the elements it is a sentence.
    sentence = any(_is_text(child) and words(child) for child in parent.children)
    children: list[PageElement] = []
    before: Tag | None = None
    for child in parent.children:
        if isinstance(child, Tag):
            if child.name in _BREAKS or stands_apart(child):
                before = None
            elif said := next(child.stripped_strings, ""):
                if (
                    before is not None
                    and not _NEVER_BEFORE.match(said)
                    and (boxes or _are_apart(before, child, whole, sentence))
                    and not _NEVER_AFTER.fullmatch(words(before))
                ):
                    children.append(NavigableString(" "))
                before = child
        elif _is_text(child):
            before = None
        children.append(child)
    if len(children) > len(parent.contents):
        emptied(parent)
        refill(parent, children)


def _are_apart(one: Tag, other: Tag, whole: bool, sentence: bool) -> bool:
    if _BOX.search(attribute(one, "style")) or _BOX.search(attribute(other, "style")):
        return True
    names = {one.name, other.name}
    if names == {"label"}:
        return True
    if not whole:
        return False
    if "time" in names:
        return True
    return not sentence and (names == {"a"} or (_kind(one) != _kind(other) and all(map(_kind, (one, other)))))


def _kind(element: Tag) -> str:
    """The class of a part of a line; none of what may be a part of a word, as a first letter is."""
    kind = attribute(element, "class")
    return "" if _LOOK.fullmatch(kind) or len(words(element)) < 2 else kind


def _is_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
