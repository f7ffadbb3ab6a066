"""A link by way of a program's own counter leads straight to where it leads, where the address itself says that.

Known are those that programs put into what is written with them, and that stay when it is copied. Addresses that only
their host can resolve, and links that a publisher leads through a counter of their own, stay as they are.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements

#: Host and path, and the parameters of which one is the address.
_REDIRECTORS = (
    (r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}/url", ("q", "url")),
    (r"[a-z0-9]+\.safelinks\.protection\.outlook\.com/.*", ("url",)),
    (r"lm?\.(?:facebook|instagram)\.com/(?:l\.php)?", ("u",)),
    (r"(?:www\.)?youtube\.com/redirect", ("q",)),
    (r"(?:m\.)?vk\.(?:com|ru)/away\.php", ("to",)),
    (r"(?:www\.)?slack-redir\.net/link", ("url",)),
    (r"out\.reddit\.com/.*", ("url",)),
)
_KNOWN = tuple((re.compile(pattern, re.IGNORECASE), names) for pattern, names in _REDIRECTORS)
#: One may lead through another.
_MAX_STEPS = 3


def straight(root: Tag, _: Page, __: Notices) -> None:
    for link in elements(root, "a"):
        href = attribute(link, "href")
        for _step in range(_MAX_STEPS):
            target = _target(href)
            if target is None:
                break
            href = link["href"] = target


def _target(href: str) -> str | None:
    if not href.lower().startswith(("http://", "https://", "//")):
        return None
    try:
        parts = urlsplit(href)
        names = next((names for pattern, names in _KNOWN if pattern.fullmatch(f"{parts.netloc}{parts.path}")), ())
        said = parse_qs(parts.query, max_num_fields=100) if names else {}
    except ValueError:
        return None
    values = (value for name in names for value in said.get(name, ()))
    return next((value for value in values if value.lower().startswith(("http://", "https://"))), None)
