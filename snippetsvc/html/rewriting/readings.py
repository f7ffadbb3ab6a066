"""Ruby in the spellings of XHTML, of older browsers and of Japanese publishers, as HTML has it: a base, its reading.

`rtc` holds readings that belong to all of the base; several `rb` come before as many `rt`, each of one of them.
"""

from __future__ import annotations

from bs4 import Tag
from bs4.element import PageElement

from snippetsvc.html.notices import Notices
from snippetsvc.html.page import Page
from snippetsvc.html.tree import emptied, refill, words


def readings(root: Tag, _: Page, __: Notices) -> None:
    for ruby in root.find_all("ruby"):
        for group in ruby.find_all("rtc"):
            if group.find("rt") is None:
                group.name = "rt"
        _pair(ruby)


def _pair(ruby: Tag) -> None:
    """Put each of several bases before its reading."""
    bases = ruby.find_all("rb")
    texts = ruby.find_all("rt")
    if len(bases) > 1 and len(texts) >= len(bases) and not _stand_in_pairs(bases):
        parts: list[PageElement] = []
        for base, text in zip(bases, texts, strict=False):
            parts += [base.extract(), text.extract()]
        emptied(ruby)
        refill(ruby, [*parts, *texts[len(bases) :]])


def _stand_in_pairs(bases: list[Tag]) -> bool:
    following = (each for each in bases[0].next_siblings if isinstance(each, Tag) or words(each))
    return next((isinstance(each, Tag) and each.name in ("rt", "rp") for each in following), False)
