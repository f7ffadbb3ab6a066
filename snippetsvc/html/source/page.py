"""A publisher's mark-up -> a tree of all that it holds, as an HTML5 parser reads it.

nh3 (html5ever) reads whatever came. Nothing is taken out here but what no reader is shown: what is published of the
tree is `normalise`'s and `sanitise`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import nh3
from bs4 import BeautifulSoup, Tag

from snippetsvc.errors import Invalid
from snippetsvc.html.sanitise import ATTRIBUTES, tree_of
from snippetsvc.html.source.headings import headings_of_their_words
from snippetsvc.html.source.hidden import undisplayed
from snippetsvc.html.source.tags import MAX_DEPTH, check_depth, tags, too_deep
from snippetsvc.html.source.vocabularies import said_in
from snippetsvc.html.source.vocabularies.said import Said
from snippetsvc.html.tree import destroy_inside, elements, hide

MAX_ELEMENTS = 100_000

#: The tags of which one before its first text makes a document a whole page.
_OF_PAGES = frozenset("html head title body".split())
#: Comments, and what is read as one.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<(?!!doctype\b)[!?][^>]*+>?", re.DOTALL | re.IGNORECASE)
_DOCTYPE = re.compile(r"<!doctype\b", re.IGNORECASE)
#: A page's `html` and `body` tags stand in this many characters.
_SEARCHED = 1_048_576
#: These have no end tag (HTML, "void elements", and what was one before).
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
#: What says something of an element: what it is, where it leads, whether it shows.
_ATTRIBUTES = ATTRIBUTES["math"] | frozenset(
    "alt border charset checked cite class colspan commandfor content data datetime dir disabled encoding for headers "
    "height hidden href hreflang http-equiv id itemid itemprop itemref itemscope itemtype kind label lang media name "
    "open playlabel popover popovertarget poster property rel reversed role rowspan scope sizes span src srcset start "
    "style summary title type url value videoid width xml:lang".split()
)
_NAME = re.compile(r"<([a-z][^\s/>\0]*)", re.IGNORECASE)
#: The parser sees to these itself, or reads what is in them as text.
_NO_ELEMENTS = frozenset("html head body frameset frame xmp plaintext noembed noframes".split())
_TAG = re.compile(r"<(script|style)(?=[\s/>]).*?</\1>|<(/?)([a-z][^ />]*)[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """What a publisher sent.

    whole: it is a whole page, not a fragment; above: its `body` and `html` tags, if any; said: what it says of itself.
    """

    tree: BeautifulSoup
    whole: bool
    above: tuple[Tag, ...]
    said: tuple[Said, ...]


def plain(element: Tag) -> str:
    """The words in it, in a line."""
    return " ".join(element.get_text().split())


def read(markup: str) -> Page:
    """`markup` as a tree, without what is not displayed.

    Raises `Invalid` (pointer `/html`) when it has more than `MAX_ELEMENTS` elements, or nests them deeper than
    `MAX_DEPTH`.
    """
    tree = _tree(markup)
    headings_of_their_words(tree)
    # Much of it is not displayed.
    stated = said_in(tree)
    for element in elements(tree, "iframe"):
        # Text for browsers that show no frames.
        destroy_inside(element)
    for element, said in undisplayed(tree):
        hide(element, said)
    return Page(tree, _is_whole(markup), _above(markup), stated)


def _tree(markup: str) -> BeautifulSoup:
    check_depth(markup)
    # What is written as `image` parsers read as this.
    names = {"img", *(name.lower() for name in _NAME.findall(markup))}
    clean = nh3.clean(
        markup,
        tags=names - _NO_ELEMENTS,
        clean_content_tags=set(),
        attributes={"*": set(_ATTRIBUTES)},
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
    )
    depth = number = 0
    for _, closing, name in _TAG.findall(clean):
        if closing:
            depth -= 1
        elif name:
            number += 1
            depth += name not in _VOID
        if depth > MAX_DEPTH:
            raise too_deep()
    if number > MAX_ELEMENTS:
        raise Invalid.one("/html", "elements", f"the document has more than {MAX_ELEMENTS:,} elements")
    return tree_of(clean)


def _is_whole(markup: str) -> bool:
    """Whether it has a doctype, or a tag that only whole pages have, before its first text."""
    at, drawings = 0, False
    for tag in tags(markup):
        between = _COMMENT.sub("", markup[at : tag.at]).strip()
        if between:
            return _DOCTYPE.match(between) is not None
        # A drawing has a title of its own.
        drawings |= tag.name == "svg"
        if tag.name in _OF_PAGES and not (drawings and tag.name == "title"):
            return True
        at = tag.at + len(tag.source)
    return False


def _above(markup: str) -> tuple[Tag, ...]:
    found: dict[str, Tag] = {}
    for tag in tags(markup):
        if tag.at > _SEARCHED:
            break
        if tag.name in ("html", "body") and not tag.ends:
            element = BeautifulSoup(tag.source, "html.parser", multi_valued_attributes=None).find(tag.name)
            if isinstance(element, Tag):
                found.setdefault(tag.name, element)
        if tag.name == "body":
            break
    return tuple(found[name] for name in ("body", "html") if name in found)
