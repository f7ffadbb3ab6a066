"""Word's lists, which are paragraphs with a marker in front -> lists.

The level is in `mso-list` (l0 level2 lfo1), in "filtered" HTML only in how far a paragraph is set in; the kind and the
number are in the marker, which goes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.rewriting.lists import Level, Nest
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, emptied, refill, vanish, words

_PARAGRAPHS = frozenset({"p", "div"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLASS = re.compile(r"\bMso(?:List|Normal\b)")
_OF_LISTS = re.compile(r"\bMsoList")
_LIST = re.compile(r"mso-list:\s*(l\d+)\s+level(\d{1,3})(?:\s+(lfo\d+))?", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_MARGIN = re.compile(r"(?:^|;)\s*margin-left:\s*(-?\d{1,5}(?:\.\d*)?|-?\.\d+)(in|pt|cm|mm|px)", re.IGNORECASE)
_POINTS = {"in": 72.0, "pt": 1.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_NUMBER = (
    r"\(?(?:\d{1,4}\.)*(?:(?P<decimal>\d{1,5})|(?P<letters>[A-Za-z]|[ivxlcdm]{2,7}|[IVXLCDM]{2,7}))(?P<ends>[.):]*)"
)
#: A marker, and the no-break spaces by which Word sets the words apart from it.
_MARKER = re.compile(rf"\s*({_NUMBER}|[^\W\d_][.)]|o|[^\w\s])(?=[\s\xa0]*\xa0)[\s\xa0]{{2,}}")
_SIGN = re.compile(r".?")
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class Marker(NamedTuple):
    """name: of the list, `ul` or `ol`; type: as in HTML; number: the item's; words: what neither shows."""

    name: str
    type: str = ""
    number: int = 0
    words: str = ""


def listed(root: Tag, page: Page, _: Notices) -> None:
    found = [each for each in elements(root, *_PARAGRAPHS, *_HEADINGS) if _may_be_item(each)]
    parents = {id(each.parent): each.parent for each in found if each.parent is not None}
    for parent in parents.values():
        _list_in(parent)


def _may_be_item(element: Tag) -> bool:
    style = attribute(element, "style")
    return _LIST.search(style) is not None or _OF_LISTS.search(attribute(element, "class")) is not None


def _list_in(parent: Tag) -> None:
    children: list[PageElement] = []
    run = _Run()
    for child in emptied(parent):
        if isinstance(child, Tag) and child.name in _HEADINGS and _may_be_item(child):
            if (marker := _taken_marker(child)) is not None:
                # In a heading it is a number that the text may name.
                child.insert(0, f"{marker} ")
        elif isinstance(child, Tag) and child.name in _PARAGRAPHS and _may_be_item(child) and run.takes(child):
            continue
        if isinstance(child, Tag) or words(child):
            children += run.nest.outermost
            run = _Run()
        children.append(child)
    refill(parent, children + run.nest.outermost)


class _Run:
    """Paragraphs in a row that are items of lists."""

    def __init__(self) -> None:
        self.nest = Nest()
        self._last: Tag | None = None
        #: By depth: the marker before, and the number of the list that is open.
        self._markers: dict[float, Marker] = {}
        self._lists: dict[float, int] = {}
        self._begun = 0

    def takes(self, paragraph: Tag) -> bool:
        """Whether a paragraph is an item, or goes on with the one before: it stands in a list then."""
        said = _taken_marker(paragraph)
        if said is None:
            if self._last is None or _LIST.search(attribute(paragraph, "style")):
                return False
            self._last.append(paragraph)
            return True
        depth, key = _place(paragraph)
        before = self._markers.get(depth)
        marker = _marker(said, before)
        begins = before is None or (before.name, before.type) != (marker.name, marker.type) or marker.number == 1
        self._begun += begins
        if begins:
            self._lists[depth] = self._begun
        new = Tag(name=marker.name, attrs=_attributes(marker))
        into = self.nest.at(Level(depth, (key, self._lists[depth])), new)
        paragraph.name = "li"
        paragraph.attrs = {name: value for name, value in paragraph.attrs.items() if name in ("id", "lang", "dir")}
        if marker.words:
            paragraph.insert(0, f"{marker.words} ")
        if into is not new and before is not None and marker.number not in (0, before.number + 1):
            paragraph["value"] = str(marker.number)
        into.append(paragraph)
        self._last = paragraph
        self._markers = {each: known for each, known in self._markers.items() if each < depth} | {depth: marker}
        return True


def _place(paragraph: Tag) -> tuple[float, str]:
    style = attribute(paragraph, "style")
    if said := _LIST.search(style):
        return int(said[2]), said[1]
    margin = _MARGIN.search(style)
    return (round(float(margin[1]) * _POINTS[margin[2].lower()]) if margin else 0), ""


def _taken_marker(paragraph: Tag) -> str | None:
    """The marker's words, which are taken out of the paragraph; None where it has none."""
    ignored = paragraph.find(style=_IGNORED)
    if ignored is not None:
        said = words(ignored)
        vanish(ignored)
        return said
    strings: list[NavigableString] = []
    for string in paragraph.find_all(string=True, limit=8):
        strings.append(string)
        found = _MARKER.match("".join(strings))
        if found and found.end() < len("".join(strings)):
            break
    found = _MARKER.match("".join(strings))
    if found is None:
        return None
    left = found.end()
    for string in strings:
        string.replace_with(string[left:])
        left = max(0, left - len(string))
    return found[1]


def _marker(said: str, before: Marker | None) -> Marker:
    number = re.fullmatch(_NUMBER, said)
    if number is None or (number["letters"] and not number["ends"]):
        # A letter alone is one of a font of signs; words, such as "Article 1", are the item's.
        return Marker("ul", words="" if _SIGN.fullmatch(said) else said)
    if number["decimal"]:
        return Marker("ol", number=int(number["decimal"]))
    letters = number["letters"].lower()
    upper = number["letters"].isupper()
    place = ord(letters) - ord("a") + 1 if len(letters) == 1 else 0
    alphabet, roman = ("A", "I") if upper else ("a", "i")
    follows = before is not None and before.type == alphabet and place == before.number + 1
    in_roman = before is not None and before.type == roman
    if _ROMAN.fullmatch(letters) and not follows and (not place or letters == "i" or in_roman):
        return Marker("ol", roman, _roman(letters))
    return Marker("ol", alphabet, place) if place else Marker("ul", words=said)


def _attributes(marker: Marker) -> dict[str, str]:
    attributes = {"type": marker.type} if marker.type else {}
    return attributes | ({"start": str(marker.number)} if marker.number > 1 else {})


def _roman(lower: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in lower]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
