"""What elements of HTML itself say: `title`, links by their `rel`, and the `time` beside the headline."""

from __future__ import annotations

import re
from itertools import chain, takewhile

from bs4 import Tag

from snippetsvc.html.names import folded
from snippetsvc.html.sanitise import BLOCKS, HEADINGS, attribute
from snippetsvc.html.source.vocabularies.said import Fact, Said, brief

#: Of a line that says when something was published, the characters beside the time.
_BESIDE = 80
#: What names a day has one; hours and "yesterday" have none.
_YEAR = re.compile(r"\d{4}")
#: What sentences end with.
_ENDS = (".", "!", "?", "…", "。", "！", "？")
#: Times and paragraphs before and after a headline that are looked at.
_NEAR = 20
#: What links say of the document.
_RELS: dict[str, Fact] = {"canonical": "address", "image_src": "image", "license": "license"}
#: A time in these is of something else.
_ELSEWHERE = frozenset("aside blockquote footer nav table".split())
#: What names a time as that of a change (microformats, "h-entry" and "hAtom"), and as that of publication.
_MODIFIED, _PUBLISHED = {"updated", "dt-updated", "modified"}, {"published", "dt-published"}


def links_said(links: list[Tag]) -> Said:
    """What `link` and `a` elements say by their `rel`; what leads to the site's first page bears its name."""
    said: Said = {}
    line: Tag | None = None
    for element in links:
        address, rels = attribute(element, "href"), attribute(element, "rel").lower().split()
        for rel, fact in _RELS.items():
            if rel in rels and (element.name == "link" or rel == "license"):
                said.setdefault(fact, []).append(address)
        if element.name == "a" and (address == "/" or "home" in rels):
            image = element.find("img")
            name = brief(element) or (attribute(image, "alt") if isinstance(image, Tag) else "")
            said.setdefault("site", []).append(name)
        # Those in other lines are of other articles.
        if element.name == "a" and "author" in rels and (line is None or line is _block(element)):
            line = _block(element)
            said.setdefault("author", []).append(brief(element))
    return said


def title_said(titles: list[Tag]) -> Said:
    """The document's title: the first that is no drawing's."""
    for element in titles:
        if element.find_parent("svg") is None and (words := brief(element)):
            return {"title": [words]}
    return {}


def times_said(marks: list[Tag], titles: list[str]) -> Said:
    """The times that stand beside the headline, in a line that says little else, with no prose between.

    marks: the `time` elements, headings and paragraphs of the document, in order; titles: what its headline may be.
    """
    known = [folded(title) for title in titles]
    headings = {place: folded(brief(each)) for place, each in enumerate(marks) if each.name in HEADINGS}
    named = [place for place, name in headings.items() if name and any(name in title for title in known)]
    if not named:
        return {}
    place = max(named, key=lambda each: len(headings[each]))
    before, after = marks[max(0, place - _NEAR) : place], marks[place + 1 : place + 1 + _NEAR]
    said: Said = {}
    for element in chain(takewhile(_leads_in, after), takewhile(_leads_in, reversed(before))):
        value = attribute(element, "datetime") or brief(element)
        if element.name == "time" and _YEAR.search(value) and _is_byline(element):
            names = {*attribute(element, "class").lower().split()}
            fact: Fact = "modified" if names & _MODIFIED and not names & _PUBLISHED else "published"
            said.setdefault(fact, []).append(value)
    return said


def _leads_in(element: Tag) -> bool:
    return element.name == "time" or (element.name == "p" and not _is_prose(brief(element), _BESIDE))


def _is_byline(element: Tag) -> bool:
    if any(each.name in _ELSEWHERE for each in element.parents):
        return False
    return not _is_prose(brief(_block(element)), _BESIDE + len(brief(element)))


def _is_prose(words: str, limit: int) -> bool:
    return len(words) > limit or words.endswith(_ENDS)


def _block(element: Tag) -> Tag:
    return next(each for each in element.parents if each.name in BLOCKS or each.parent is None)
