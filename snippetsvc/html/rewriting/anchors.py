"""Links within the article lead to where they did; those whose place is not in it lose the link and keep the words."""

from __future__ import annotations

import re
from urllib.parse import unquote

from bs4 import Tag

from snippetsvc.html.addresses import Addresses
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, KEPT, RENAMED, VANISHING, attribute
from snippetsvc.html.tree import around, elements, words
from snippetsvc.models import Did, NoticeKind

#: Code hosts put it before the names in what others wrote, and their scripts look for both.
_PREFIX = "user-content-"
#: These lead to a page's beginning, wherever that is.
_TOP = frozenset({"", "top"})


def anchored(root: Tag, addresses: Addresses, notices: Notices) -> None:
    inside = elements(root)
    places = _places(inside)
    with_blocks = around(each for each in inside if each.name in BLOCKS)
    for link in inside:
        if link.name != "a" or not link.has_attr("href"):
            continue
        fragment = addresses.fragment(attribute(link, "href"))
        if fragment is None:
            continue
        name = next((name for name in _names(fragment) if name in places), None)
        if name is not None:
            link["href"] = f"#{name}"
            place = places[name]
            if place.name not in KEPT and place.name not in RENAMED:
                # What is nothing here becomes what may have a name.
                place.name = "div" if id(place) in with_blocks else "span"
        elif attribute(link, "href").startswith("#"):
            del link["href"]
            if fragment not in _TOP and (said := words(link)):
                notices.add(NoticeKind.LINK, Did.DROPPED, said)


def _places(inside: list[Tag]) -> dict[str, Tag]:
    """The elements in the article that have a name, by it."""
    places: dict[str, Tag] = {}
    vanishing: set[int] = set()
    for element in inside:
        if element.name in VANISHING or id(element.parent) in vanishing:
            vanishing.add(id(element))
            continue
        name = attribute(element, "id") or (attribute(element, "name") if element.name == "a" else "")
        # One with white space in it is no name.
        if name and not re.search(r"\s", name):
            places.setdefault(name, element)
    return places


def _names(fragment: str) -> tuple[str, ...]:
    plain = unquote(fragment)
    return fragment, plain, _PREFIX + plain
