"""What elements of HTML itself say: `title`, links by their `rel`, and the `time` beside the headline."""

from __future__ import annotations

import re
from itertools import takewhile

from bs4 import Tag

from snippetsvc.html.names import folded
from snippetsvc.html.sanitise import BLOCKS, attribute
from snippetsvc.html.source.vocabularies.said import Fact, Said, brief

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Of a line that says when something was published, the characters beside the time.
_BESIDE = 80
#: What names a day has one; hours and "yesterday" have none.
_YEAR = re.compile(r"\d{4}")
#: What sentences end with.
_ENDS = (".", "!", "?", "…", "。", "！", "？")
#: Times and paragraphs before and after a headline that are looked at.
_NEAR = 20
#: A time in these is of something else.
_ELSEWHERE = frozenset("aside blockquote footer nav table".split())
#: What names a time as that of a change (microformats, "h-entry" and "hAtom"), and as that of publication.
_MODIFIED, _PUBLISHED = {"updated", "dt-updated", "modified"}, {"published", "dt-published"}


def links_said(links: list[Tag]) -> Said:
    """What `link` and `a` elements say by their `rel`; what leads to the site's first page bears its name."""
    said: Said = {}
    for element in links:
        address = attribute(element, "href")
        if element.name == "a" and (address == "/" or "home" in attribute(element, "rel").lower().split()):
            image = element.find("img")
            said.setdefault("site", []).append(
                brief(element) or (attribute(image, "alt") if isinstance(image, Tag) else "")
            )
        for rel in attribute(element, "rel").lower().split():
            if rel == "canonical" and element.name == "link":
                said.setdefault("address", []).append(address)
            elif rel == "license":
                said.setdefault("license", []).append(address)
            elif rel == "image_src" and element.name == "link":
                said.setdefault("image", []).append(address)
    authors = [each for each in links if each.name == "a" and "author" in attribute(each, "rel").lower().split()]
    if authors:
        # Others are of other articles.
        line = _block(authors[0])
        said["author"] = [brief(each) for each in authors if _block(each) is line]
    return said


def title_said(titles: list[Tag]) -> Said:
    """The document's title: the first that is no drawing's."""
    for element in titles:
        if element.find_parent("svg") is None and (words := brief(element)):
            return {"title": [words]}
    return {}


def times_said(marks: list[Tag], titles: list[str]) -> Said:
    """The times that stand beside the headline, in a line that says little else, before the first words of prose.

    marks: the `time` elements, headings and paragraphs of the document, in order; titles: what its headline may be.
    """
    known = [folded(title) for title in titles]
    headings = [(place, folded(brief(each))) for place, each in enumerate(marks) if each.name in HEADINGS]
    named = [(place, name) for place, name in headings if name and any(name in title for title in known)]
    if not named:
        return {}
    place = max(named, key=lambda each: len(each[1]))[0]
    before = max((each for each, _ in headings if each < place), default=-1)
    said: Said = {}
    after = takewhile(_leads_in, marks[place + 1 : place + 1 + _NEAR])
    for element in [*after, *marks[max(before + 1, place - _NEAR) : place]]:
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
