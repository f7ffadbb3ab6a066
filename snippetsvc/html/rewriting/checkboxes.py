"""The boxes of tasks that are done, or not, as letters."""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, say, vanish
from snippetsvc.models import Did, NoticeKind

_DONE, _OPEN = "☑ ", "☐ "
_TASK = re.compile(r"(?:^|[\s_-])(?:task|tasks|todo|checklist)(?:[\s_-]|$)", re.IGNORECASE)
_DRAWN = re.compile(r"(?:^|\s)checkbox-(on|off)(?:\s|$)", re.IGNORECASE)
#: What lists of tasks say of an item or of all their items, and how they say that it is done, and that it is not.
_SAID = (("aria-checked", "true", "false"), ("data-checked", "true", "false"), ("data-list", "checked", "unchecked"))


def checkboxes(root: Tag, page: Page, notices: Notices) -> None:
    told: set[int] = set()
    for element in elements(root):
        if element.name == "li" or not element.attrs:
            continue
        done = _done(element)
        if done is not None and _is_task(element):
            _tick(element, _DONE if done else _OPEN)
            notices.add(NoticeKind.CONTROL, Did.REPLACED, (_DONE if done else _OPEN).strip())
            told |= {id(item) for item in element.parents if item.name == "li"}
    for item in elements(root, "li"):
        done = said if (said := _said(item)) is not None else _said(item.parent)
        if done is not None and id(item) not in told:
            _first_block(item).insert(0, _DONE if done else _OPEN)
            notices.add(NoticeKind.CONTROL, Did.REPLACED, (_DONE if done else _OPEN).strip())


def _done(box: Tag) -> bool | None:
    """Whether a box is ticked; None where it is no box."""
    if box.name == "input":
        return box.has_attr("checked") if attribute(box, "type").lower() == "checkbox" else None
    if attribute(box, "role") == "checkbox":
        return _said(box) is True
    drawn = _DRAWN.search(attribute(box, "class"))
    return drawn[1].lower() == "on" if drawn and not box.contents else None


def _said(element: Tag | None) -> bool | None:
    if (
        element is None
        or not element.attrs
        or (element.name not in ("li", "ul", "ol") and attribute(element, "role") != "checkbox")
    ):
        return None
    for name, yes, no in _SAID:
        if (value := attribute(element, name).lower()) in (yes, no):
            return value == yes
    return None


def _is_task(box: Tag) -> bool:
    """Whether a box tells what was done, and asks for nothing."""
    around = list(box.parents)
    return (
        box.name != "input"
        or box.has_attr("disabled")
        or any(_TASK.search(attribute(each, "class")) for each in (box, *around))
        or (any(each.name == "li" for each in around) and not any(each.name == "form" for each in around))
    )


def _tick(box: Tag, sign: str) -> None:
    """The sign stands in the box's place, or where the words begin that follow it in a block of their own."""
    place = box
    while place.parent is not None and place.parent.name in ("label", "span") and not place.parent.get_text().strip():
        place = place.parent
    after = place.next_sibling
    while after is not None and not isinstance(after, Tag) and not str(after).strip():
        after = after.next_sibling
    if isinstance(after, Tag) and after.name in BLOCKS:
        _first_block(after).insert(0, sign)
        vanish(box)
    elif box.name == "input" or not box.contents:
        say(box, sign)
    else:
        box.insert(0, sign)


def _first_block(element: Tag) -> Tag:
    """The block in it, or itself, that its words begin in."""
    first = next((each for each in element.children if isinstance(each, Tag) or str(each).strip()), None)
    return _first_block(first) if isinstance(first, Tag) and first.name in ("p", "div") else element
