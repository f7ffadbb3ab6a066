"""What a page shows without scripts: of it, a picture or film that stands nowhere else is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from snippetsvc.html.addresses import file_name
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import above, below, elements, first_below, open_up, vanish

_MEDIA = frozenset({"img", "iframe", "video", "audio"})
#: A picture of this kind counts no visits.
_PHOTO = re.compile(r".\.(?:jpe?g|png|webp|avif|svg)", re.IGNORECASE)


def noscript(root: Tag, page: Page, notices: Notices) -> None:
    """After `pictures`: a picture without an address is one that stands for another."""
    found = elements(root, "noscript")
    shown = {attribute(each, "src") for each in below(root, _MEDIA) if found and above(each, {"noscript"}) is None}
    for element in found:
        media = [each for each in below(element, _MEDIA) if _is_shown(each)]
        if not media or all(attribute(each, "src") in shown for each in media):
            continue
        beside = [image for image in _beside(element) if image.name == media[0].name]
        if any(attribute(each, "src") and _loads_late(each) for each in beside):
            # The same, in another size.
            continue
        for each in beside:
            if each.name == "img" and not attribute(each, "src"):
                vanish(each)
        open_up(element)


def _is_shown(element: Tag) -> bool:
    if element.name != "img":
        return True
    address = attribute(element, "src")
    return bool(address) and (
        bool(attribute(element, "alt"))
        or attribute(element, "width").isdecimal()
        or above(element, {"figure"}) is not None
        or _PHOTO.search(file_name(address)) is not None
    )


def _loads_late(element: Tag) -> bool:
    """Whether a script loads it, so that what is shown without scripts is the same."""
    return any(name.startswith("data-") for name in element.attrs) or attribute(element, "loading") == "lazy"


def _beside(element: Tag) -> Iterator[Tag]:
    """The pictures or films that stand next before and after an element, with no words around them."""
    for siblings in (element.previous_siblings, element.next_siblings):
        for sibling in siblings:
            if isinstance(sibling, Tag):
                found = sibling if sibling.name in _MEDIA else first_below(sibling, _MEDIA)
                if found is not None and not sibling.get_text().strip():
                    yield found
                break
            if str(sibling).strip():
                break
