"""Words that only a sheet keeps apart are kept apart by a space.

"2026" and "2 min" in two elements without white space between are one word in the text, and two on the screen: where a
style makes boxes of them, where they are labels, and, in whole pages, where they can be nothing but parts of a line.
"""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from snippetsvc.html.notices import Notices
from snippetsvc.html.page import Page
from snippetsvc.html.sanitise import BLOCKS, RENAMED, attribute, stands_apart
from snippetsvc.html.tree import emptied, refill, words

_BOXES = re.compile(r"(?:^|;)\s*display\s*:\s*(?:inline-)?(?:flex|grid)\b", re.IGNORECASE)
_BOX = re.compile(r"(?:^|;)\s*display\s*:\s*inline-(?:block|flex|grid|table)\b", re.IGNORECASE)
#: In these, elements side by side may be parts of one word.
_PROSE = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd blockquote figcaption caption summary".split())
_WORDLESS = frozenset({"pre", "code", "ruby", "table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl"})
_BREAKS = BLOCKS | RENAMED.keys() | {"br", "img"}
_NEVER_BEFORE = re.compile(r"[,.;:!?%)\]}»”’…]")
_NEVER_AFTER = re.compile(r".*[(\[{«“‘/-]", re.DOTALL)


def apart(root: Tag, page: Page, _: Notices) -> None:
    for element in (root, *root.find_all(True)):
        if element.name not in _WORDLESS and element.find_parent("pre") is None:
            _space(element, page.whole)


def _space(parent: Tag, whole: bool) -> None:
    boxes = _BOXES.search(attribute(parent, "style")) is not None
    # Words beside the elements: it is a sentence.
    sentence = parent.name in _PROSE or any(_is_text(child) and words(child) for child in parent.children)
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
    kinds = attribute(one, "class"), attribute(other, "class")
    # Letters are set one by one in elements that are alike.
    return not sentence and (names == {"a"} or (all(kinds) and kinds[0] != kinds[1] and len(words(one)) > 1))


def _is_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
