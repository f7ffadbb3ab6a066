"""HTML -> a tree of harmless elements that are displayed.

nh3 (html5ever, a real HTML5 parser) reads whatever came; what is not on the lists here does not leave it.
"""

from __future__ import annotations

import re
import warnings

import nh3
from bs4 import BeautifulSoup, Tag, UnusualUsageWarning

from snippetsvc.html.survey import MAX_DEPTH, SourceTag, survey, too_deep
from snippetsvc.text.document import VOID

# An XML declaration and words that look like an address are nothing unusual here, and no lines for a log.
warnings.filterwarnings("ignore", category=UnusualUsageWarning)

BLOCKS = frozenset(
    "address aside blockquote caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 "
    "h4 h5 h6 header hr li ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd q rt ruby s samp small span strong sub sup time u "
    "var wbr".split()
)
KEPT = BLOCKS | _INLINE
#: Blocks of no use here: their text stays a block of its own.
RENAMED = {
    # One in the article would be taken for the article when the HTML is published again.
    "article": "div",
    "center": "div",
    "dialog": "div",
    "dir": "ul",
    "fieldset": "div",
    "form": "div",
    "hgroup": "div",
    "legend": "div",
    "listing": "pre",
    "main": "div",
    "menu": "ul",
    "search": "div",
}
#: Not displayed, or no text of an article: they vanish with what is in them.
_VANISHING = frozenset(
    "script style noscript template nav svg math title head button input select textarea option optgroup datalist "
    "output meter progress iframe object embed applet video audio canvas noembed noframes frameset area rp".split()
)
#: Tags that make no element with other elements in it.
_NO_ELEMENTS = frozenset(
    "html head body frame xmp plaintext base basefont bgsound embed image keygen link meta param source track".split()
)
#: The attributes that are kept, by element; "*": of every one.
ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_TAG = re.compile(r"<(/?)([a-z][^ />]*)[^>]*>")
_HIDING = re.compile(r"hidden|popover|style", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9:._-]*")
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_BLOCK_STYLE = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|flow-root|grid|list-item|table)\s*(?:[;!]|$)", re.IGNORECASE
)
_UNDISPLAYED_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def parsed(markup: str) -> BeautifulSoup:
    """The displayed part of `markup` as a tree of the elements known here.

    Raises `Invalid` (pointer `/html`) when the nesting is deeper than `MAX_DEPTH` elements.
    """
    hiding = {tag.name for tag in survey(markup) if _may_hide(tag)}
    attributes = {name: set(allowed) for name, allowed in ATTRIBUTES.items()}
    attributes["*"] |= {"hidden", "popover", "style"}
    attributes["a"].add("name")
    attributes["dialog"] = {"open"}
    clean = _clean(markup, KEPT | RENAMED.keys() | hiding, attributes)
    depth = 0
    for closing, name in _TAG.findall(clean):
        depth += -1 if closing else name not in VOID
        if depth > MAX_DEPTH:
            raise too_deep()
    tree = _tree(clean)
    for element in tree.find_all(_undisplayed):
        # Emptied, and of no known name: taking it out would look for it among all its siblings.
        element.clear(decompose=True)
        element.name = "template"
    return tree


def reread(html: str) -> tuple[str, BeautifulSoup]:
    """HTML of our own writing as the sanitiser leaves it, and as a tree."""
    clean = _clean(html, KEPT, ATTRIBUTES)
    return clean, _tree(clean)


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a BCP 47 language tag."""
    return len(tag) <= 35 and _LANG.fullmatch(tag) is not None


def attribute(element: Tag, name: str) -> str:
    """The attribute's value without white space around it, empty when there is none."""
    value = element.get(name)
    return value.strip() if isinstance(value, str) else ""


def stands_apart(element: Tag) -> bool:
    """Whether its style makes an element a block that is none by its name."""
    return element.name not in BLOCKS and _BLOCK_STYLE.search(attribute(element, "style")) is not None


def _clean(markup: str, tags: frozenset[str] | set[str], attributes: dict[str, set[str]]) -> str:
    return nh3.clean(
        markup,
        tags=set(tags),
        clean_content_tags=set(_VANISHING),
        attributes=attributes,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _tree(clean: str) -> BeautifulSoup:
    # Only ever given what html5ever has written, in which every tag is explicit.
    return BeautifulSoup(clean, "html.parser", multi_valued_attributes=None)


def _may_hide(tag: SourceTag) -> bool:
    """Whether an element that is not known here has to be read, as it may hide what is in it."""
    return (
        _HIDING.search(tag.attributes) is not None
        and tag.name not in _VANISHING
        and tag.name not in _NO_ELEMENTS
        and _PLAIN_NAME.fullmatch(tag.name) is not None
    )


def _undisplayed(element: Tag) -> bool:
    return (
        element.has_attr("hidden")
        or element.has_attr("popover")
        or (element.name == "dialog" and not element.has_attr("open"))
        or _UNDISPLAYED_STYLE.search(attribute(element, "style")) is not None
    )
