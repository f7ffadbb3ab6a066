"""The heading that is an article's headline, and the levels of the others below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from snippetsvc.html.article.words import UNSEEN, worded
from snippetsvc.html.names import spellings
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import HEADINGS, VANISHING, attribute
from snippetsvc.html.source.page import plain
from snippetsvc.html.tree import elements
from snippetsvc.models import Did, NoticeKind

_HOME = re.compile(r"(?:(?:https?:)?//[^/]+)?/?")
_LEVEL = re.compile(r"[1-6]")
#: Three words at least of a title that was cut off, within a word even, where a page's name would have been too long.
_CUT = re.compile(r"(\S+\s+\S+\s+\S.*?)(?:…|\.\.\.)(?=\s|\Z)")
#: What shows without a word.
SHOWN = frozenset("img amp-img picture iframe video audio object embed hr".split())


def is_heading(element: Tag) -> bool:
    return element.name in HEADINGS or attribute(element, "role").lower() == "heading"


def headline_of(tree: Tag, titles: Iterable[str]) -> Tag | None:
    """The heading with the words of one of `titles`, which are the best first; of several the highest, then
    one that says no more and no less, then the longest."""
    headings = [(heading, words) for heading in filter(is_heading, elements(tree)) if (words := worded(plain(heading)))]
    headings.sort(key=lambda each: (_level(each[0]), -len(each[1])))
    for title in titles:
        said, parts = worded(title), set(map(worded, spellings(title)))
        cut = _CUT.match(title)
        begins = worded(cut[1]) if cut else None
        for heading, words in sorted(headings, key=lambda each: (_level(each[0]), each[1] not in parts)):
            named = words in parts or _names(words, said) or (begins and words.startswith(begins))
            if named and not _is_logo(heading):
                return heading
    return None


def leading_heading(root: Tag) -> Tag | None:
    """The `h1` of a document that has no title: its only one, or one that it begins with; a chapter's is none."""
    found = [element for element in elements(root, "h1") if plain(element)]
    if len(found) > 1 and _shows_before(root, found[0].find_parent("header") or found[0]):
        return None
    return found[0] if found else None


def lead(root: Tag, headline: Tag | None, title: str, notices: Notices) -> Tag:
    """Put the headline in front of all that is in `root`, as its one `h1`, and give it; without one `title` leads.

    Nothing else is moved. Other headings keep their distances: where one is an `h1`, all go down by a level.
    """
    if headline is None:
        headline = Tag(name="h1")
        headline.string = title
    elif _shows_before(root, headline):
        notices.add(NoticeKind.HEADLINE, Did.MOVED, plain(headline))
    headline.extract()
    headline.name = "h1"
    headline.attrs.pop("role", None)
    _lower(root)
    root.insert(0, headline)
    return headline


def still_leading(root: Tag, headline: Tag, title: str) -> Tag:
    """The headline once what is in it has become what may be published; where it says nothing then, `title` leads."""
    if headline.name == "h1" and headline.parent is root and _is_worded(headline):
        return headline
    headline.name = "div"
    return lead(root, None, title, Notices())


def _is_worded(element: Tag) -> bool:
    for child in element.children:
        if isinstance(child, Tag):
            if child.name not in VANISHING and _is_worded(child):
                return True
        elif type(child) is NavigableString and child.strip():
            return True
    return False


def _lower(root: Tag) -> None:
    headings = elements(root, *HEADINGS)
    for heading in headings:
        if heading.name == "h1" and not plain(heading) and heading.find(SHOWN) is None:
            # A logo drawn by a style sheet.
            heading.name = "div"
    if any(heading.name == "h1" for heading in headings):
        for heading in headings:
            if heading.name in HEADINGS:
                heading.name = f"h{min(len(HEADINGS), int(heading.name[1]) + 1)}"


def _shows_before(root: Tag, element: Tag) -> bool:
    for node in _seen(root):
        if node is element:
            return False
        if isinstance(node, Tag):
            if node.name in SHOWN:
                return True
        elif type(node) is NavigableString and node.strip():
            return True
    return False


def _seen(element: Tag) -> Iterator[PageElement]:
    for child in element.contents:
        yield child
        if isinstance(child, Tag) and child.name not in UNSEEN:
            yield from _seen(child)


def _is_logo(heading: Tag) -> bool:
    """Whether it leads to the site's home."""
    link = heading.find("a", href=True) or heading.find_parent("a")
    return link is not None and _HOME.fullmatch(attribute(link, "href")) is not None


def _level(heading: Tag) -> int:
    if heading.name in HEADINGS:
        return int(heading.name[1])
    level = attribute(heading, "aria-level")
    # WAI-ARIA: 2 unless it is said.
    return int(level) if _LEVEL.fullmatch(level) else 2


def _names(heading: str, title: str) -> bool:
    """Whether a heading has the words of a title, all or most of them: titles are cut and reworded for other places."""
    shorter, longer = sorted((heading, title), key=len)
    if f" {shorter} " in f" {longer} " and 2 * len(shorter) > len(longer):
        return True
    its, those = set(heading.split()), set(title.split())
    return len(its) > 3 and 10 * len(its & those) >= 7 * max(len(its), len(those))
