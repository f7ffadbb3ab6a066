"""Buttons whose words are the article's: of headings, of tabs, of what folds and unfolds; links drawn as buttons.

What else is a control goes with its words, which the normaliser tells.
"""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.hidden import follower
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, open_up, set_apart

#: A control that stands in one of these says what it is about.
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 summary dt th caption legend figcaption".split())
_TABS = frozenset("button a label li div span".split())
_OPENERS = ("aria-controls", "data-target", "data-bs-target", "data-mdb-target")
_FOLD = re.compile(r"(?:^|[\s_-])(?:accordion|accordeon|collapsible|spoiler|disclosure)(?:[\s_-]|$)", re.IGNORECASE)
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button)(?:[\s_-]|$)", re.IGNORECASE)


def buttons(root: Tag, page: Page, notices: Notices) -> None:
    found = [each for each in elements(root) if each.attrs or each.name == "button"]
    ids = {attribute(element, "id") for element in found} - {""}
    radios = {attribute(each, "id") for each in found if attribute(each, "type").lower() == "radio"} - {""}
    for element in found:
        if element.name == "button":
            if _is_heading(element, ids):
                open_up(element)
                set_apart(element)
            elif any(each.name in _HEADINGS or attribute(each, "role") == "heading" for each in element.parents):
                open_up(element)
        elif element.name in _TABS and (
            attribute(element, "role") == "tab" or (element.name == "label" and attribute(element, "for") in radios)
        ):
            set_apart(element)
        elif element.name == "a" and isinstance(element.previous_sibling, Tag) and _is_button(element):
            # Buttons stand beside each other without a space.
            element.insert(0, " ")


def _is_heading(button: Tag, ids: set[str]) -> bool:
    """Whether it names what it unfolds, or is a tab."""
    role = attribute(button, "role")
    if role == "tab" or any(attribute(each, "role") == "tablist" for each in button.parents):
        return True
    toggles = any(
        "collapse" in attribute(button, name) for name in ("data-toggle", "data-bs-toggle", "data-mdb-toggle")
    )
    if not (toggles or button.has_attr("aria-expanded") or _FOLD.search(attribute(button, "class"))):
        return False
    names = {name.removeprefix("#") for opener in _OPENERS for name in attribute(button, opener).split()}
    return not ids.isdisjoint(names) if names else follower(button) is not None


def _is_button(link: Tag) -> bool:
    return _BUTTON.search(attribute(link, "class")) is not None or attribute(link, "role") == "button"
