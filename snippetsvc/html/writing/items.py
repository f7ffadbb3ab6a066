"""Lists, and which elements hold items of them: old pages indent with lists that have none."""

from __future__ import annotations

from bs4 import Tag

from snippetsvc.html.sanitise import VANISHING

#: What a list is one by.
ITEMS = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd")}
_NAMES = ("li", "dt", "dd")


def holding(root: Tag) -> set[tuple[int, str]]:
    """Each element (its `id()`) that holds items, with their name; items that will not be written do not count."""
    found: set[tuple[int, str]] = set()
    for item in root.find_all(_NAMES):
        around: list[tuple[int, str]] = []
        for each in item.parents:
            if each.name == "pre" or each.name in VANISHING:
                around.clear()
                break
            if (id(each), item.name) in found:
                break
            around.append((id(each), item.name))
        found.update(around)
    return found
