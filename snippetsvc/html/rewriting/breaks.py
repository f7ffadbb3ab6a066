"""Where a whole page has two line breaks for the end of a paragraph, paragraphs stand.

Old pages and simple editors write so, in a cell, in a `div`, in one `font` around everything. A single break stays one.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, RENAMED, stands_apart
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, emptied, refill, words

#: What may hold paragraphs, and in which no break says anything else.
_HOLDERS = frozenset(
    "article aside blockquote body center dd details div footer header li main p section td th [document]".split()
)
#: Around everything, they say nothing of it.
_WRAPPERS = frozenset({"font", "span"})
_NAMES = frozenset({"id", "lang", "dir"})


def paragraphed(root: Tag, page: Page, _: Notices) -> None:
    if not page.whole:
        return
    doubled = {id(each) for first in elements(root, "br") if _is_doubled(first) for each in _around(first, root)}
    # What is inside comes first: a wrapper's parts are its parent's afterwards.
    for element in reversed((root, *elements(root))):
        if id(element) in doubled and element.name in _HOLDERS:
            _split(element, doubled)


def _is_doubled(first: Tag) -> bool:
    following = (each for each in first.next_siblings if isinstance(each, Tag) or words(each))
    after = next(following, None)
    return isinstance(after, Tag) and after.name == "br"


def _around(first: Tag, root: Tag) -> Iterator[Tag]:
    """The elements out to the one that is to hold the paragraphs; none, where they would not be allowed."""
    found: list[Tag] = []
    for element in first.parents:
        found.append(element)
        if element is root or element.name in _HOLDERS:
            return iter(found)
        if element.name not in _WRAPPERS or _NAMES & element.attrs.keys():
            break
    return iter(())


def _parts(element: Tag, doubled: set[int]) -> Iterator[PageElement]:
    """What is in an element, and in the wrappers that have breaks for paragraphs."""
    for child in emptied(element):
        if isinstance(child, Tag) and id(child) in doubled and child.name in _WRAPPERS:
            yield from _parts(child, doubled)
        else:
            yield child


def _split(element: Tag, doubled: set[int]) -> None:
    children: list[PageElement] = []
    run: list[PageElement] = []
    breaks: list[PageElement] = []

    def end() -> None:
        """Let what was gathered be a paragraph, if it says anything."""
        nonlocal run, breaks
        if any(isinstance(each, Tag) or words(each) for each in run):
            paragraph = Tag(name="p")
            refill(paragraph, _without_indent(run))
            children.append(paragraph)
        run, breaks = [], []

    for part in _parts(element, doubled):
        if isinstance(part, Tag) and part.name == "br":
            breaks.append(part)
        elif not isinstance(part, Tag) and not words(part):
            (breaks or run).append(part)
        elif isinstance(part, Tag) and (part.name in BLOCKS or part.name in RENAMED or stands_apart(part)):
            end()
            children.append(part)
        else:
            if sum(isinstance(each, Tag) for each in breaks) > 1:
                end()
            run += [*breaks, part]
            breaks = []
    end()
    if element.name == "p":
        element.name = "div"
    refill(element, children)


def _without_indent(run: list[PageElement]) -> list[PageElement]:
    """A paragraph without the no-break spaces that set its first line in."""
    first = run[0]
    return run if isinstance(first, Tag) else [NavigableString(str(first).lstrip("\xa0 \t\n\f\r")), *run[1:]]
