"""Headings are their words: what word processors style as one becomes one, links to it and buttons beside it go."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from snippetsvc.html.sanitise import HEADINGS, attribute
from snippetsvc.html.tree import above, classes, elements, is_gone, vanish, words

#: What may have a link to itself beside its words.
_LINKED = frozenset({*HEADINGS, "dt", "caption", "figcaption", "summary", "legend"})
#: The words of a link to the place where it stands: a sign, or nothing.
_SIGN = re.compile(r"[¶§#⌗∞⚓🔗\ufe0f\u200b ]*")
#: A capital letter begins a word too: `headerAnchor`.
_PERMALINK = re.compile(
    r"(?:(?<![A-Za-z])|(?=[A-Z]))"
    r"(?i:(?:head(?:er|ing))?anchor(?:js|link)?|(?:direct|hash|head(?:er|ing)|perma|self)[-_]?link)(?![a-z])"
)
#: Words that tell of such a link, and are none of the heading's.
_OF_LINKS = re.compile(r"(?:anchor|link)\Z|(?:direct link|link to|permalink)\b", re.IGNORECASE)
_EDITS = re.compile(r"(?<![a-z])(?:edit-?(?:this-?)?(?:link|page|section)|md-content__button)(?![a-z])", re.IGNORECASE)
_WORD_HEADING = re.compile(r"MsoHeading(\d)")
_OUTLINE = re.compile(r"mso-outline-level:\s*([1-9])", re.IGNORECASE)
#: Google Docs numbers the classes of its sheet.
_GOOGLE = re.compile(r"\.c\d+\s*\{")


def headings_of_their_words(tree: BeautifulSoup) -> None:
    google = any(_GOOGLE.search(element.get_text()) for element in elements(tree, "style"))
    for element in elements(tree, "p"):
        if element.attrs and (level := _level(element, google)):
            element.name = f"h{min(level, 6)}"
    for element in elements(tree):
        if is_gone(element) or not element.attrs:
            continue
        if _EDITS.search(attribute(element, "class")) or "edit" in attribute(element, "rel").split():
            vanish(element)
    links = [link for link in elements(tree, "a") if "#" in attribute(link, "href")]
    targets = {attribute(link, "href").partition("#")[2] for link in links if words(link)}
    said: dict[int, str] = {}
    for link in links:
        around = above(link, _LINKED)
        if around is not None and id(around) not in said:
            said[id(around)] = words(around)
        _without(link, around, said.get(id(around), ""), targets)


def _level(paragraph: Tag, google: bool) -> int | None:
    """The level of the heading that a paragraph is by its style, if any."""
    named = classes(paragraph)
    if "MsoTitle" in named or (google and "title" in named):
        return 1
    said = next(filter(None, map(_WORD_HEADING.fullmatch, named)), None)
    said = said or _OUTLINE.search(attribute(paragraph, "style"))
    return int(said[1]) if said else None


def _without(link: Tag, around: Tag | None, words_around: str, targets: set[str]) -> None:
    """Take a link out that leads to where it stands; a heading keeps the name of its place."""
    known = _PERMALINK.search(attribute(link, "class")) is not None
    in_code = around is None and above(link, {"pre"}) is not None
    if not (around or known or in_code) or link.find("img") is not None:
        return
    for drawing in link.find_all("svg"):
        vanish(drawing)
    said = words(link)
    if said and said == words_around:
        if around is not None and _leads_to(link, attribute(around, "id") or attribute(link, "id")):
            del link["href"]
        return
    if not (said == "" if in_code else (_SIGN.fullmatch(said) or (known and around and _OF_LINKS.match(said)))):
        if known and around is not None:
            # The heading's own words, or a part of them.
            del link["href"]
        return
    heading = around or _beside(link)
    name = attribute(link, "id") or attribute(link, "name")
    vanish(link)
    if name and heading is not None and not attribute(heading, "id"):
        heading["id"] = name
    elif name and targets.intersection((name, name.removeprefix("user-content-"))):
        link["id"] = name


def _leads_to(link: Tag, name: str) -> bool:
    return attribute(link, "href").partition("#")[2] in (name, name.removeprefix("user-content-"))


def _beside(link: Tag) -> Tag | None:
    """The heading that stands directly before or after a link."""
    for siblings in (link.previous_siblings, link.next_siblings):
        sibling = next((each for each in siblings if isinstance(each, Tag) or words(each)), None)
        if isinstance(sibling, Tag) and sibling.name in HEADINGS:
            return sibling
    return None
