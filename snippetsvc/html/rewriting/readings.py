"""Ruby in the spellings of XHTML, of older browsers and of Japanese publishers, as HTML has it: a base, its reading.

`rtc` holds readings that belong to all of the base; several `rb` come before as many `rt`, each of one of them.
"""

from __future__ import annotations

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, emptied, refill, words


def readings(root: Tag, _: Page, __: Notices) -> None:
    for ruby in elements(root, "ruby"):
        for group in ruby.find_all("rtc"):
            if group.find("rt") is None:
                group.name = "rt"
        _pair(ruby)


def _pair(ruby: Tag) -> None:
    """Put each of several bases before its reading."""
    bases, texts = ruby.find_all("rb"), ruby.find_all("rt")
    if len(bases) < 2 or len(texts) < len(bases) or _stand_in_pairs(bases[0]) or _has_more(ruby):
        return
    for group in ruby.find_all(("rbc", "rtc")):
        emptied(group)
    emptied(ruby)
    pairs = [part for pair in zip(bases, texts, strict=False) for part in pair]
    refill(ruby, [*pairs, *texts[len(bases) :]])


def _stand_in_pairs(base: Tag) -> bool:
    following = (each for each in base.next_siblings if isinstance(each, Tag) or words(each))
    return next((isinstance(each, Tag) and each.name in ("rt", "rp") for each in following), False)


def _has_more(ruby: Tag) -> bool:
    """Whether there are words in it that are no base and no reading."""
    return any(words(each) and each.find_parent(("rb", "rt", "rp")) is None for each in ruby.find_all(string=True))
