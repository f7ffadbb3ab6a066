"""What may be published, as lists; and the last reading of it, by which nothing else ever is."""

from __future__ import annotations

import re
import warnings

import nh3
from bs4 import BeautifulSoup, Tag, UnusualUsageWarning

from snippetsvc.html.builder import Builder
from snippetsvc.models import NoticeKind

# An XML declaration and words that look like an address are nothing unusual here, and no lines for a log.
warnings.filterwarnings("ignore", category=UnusualUsageWarning)

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    "address aside blockquote caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 "
    "h4 h5 h6 header hr li ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd q rt ruby s samp small span strong sub sup time u "
    "var wbr".split()
)
#: What draws a formula (MathML Core, without what is not displayed or acts).
MATHML = frozenset(
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup "
    "msup mtable mtd mtext mtr munder munderover none".split()
)
#: The words of a formula stand in these.
TOKENS = frozenset("mi mn mo ms mtext".split())
KEPT = BLOCKS | _INLINE | MATHML
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
    # In whole pages it goes, unless most of the article stands in it.
    "nav": "div",
    "search": "div",
}
#: What stands in the place of an element that is not displayed, and its attribute that has the words.
HIDDEN, SAID = "template", "data-said"
#: Not displayed, or no text of an article: they vanish with what is in them. The kind of notice that says so, if any.
VANISHING: dict[str, NoticeKind | None] = {
    **dict.fromkeys("script style head title meta link base noscript noembed noframes frameset".split()),
    **dict.fromkeys("area datalist param rp source track".split()),
    **dict.fromkeys("button input meter option output progress select textarea".split(), NoticeKind.CONTROL),
    **dict.fromkeys("applet audio canvas embed iframe object video".split(), NoticeKind.EMBED),
    HIDDEN: NoticeKind.HIDDEN,
    "svg": NoticeKind.DRAWING,
}
_OF_FORMULAS = frozenset(
    "accent accentunder columnspan depth dir displaystyle fence form height largeop linethickness lspace mathvariant "
    "maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width".split()
)
#: The attributes that are kept, by element; "*": of every one.
ATTRIBUTES = {
    **dict.fromkeys(MATHML, _OF_FORMULAS),
    "math": _OF_FORMULAS | {"alttext", "display"},
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

_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_BLOCK_STYLE = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|flow-root|grid|list-item|table)\s*(?:[;!]|$)", re.IGNORECASE
)


def sanitised(html: str) -> str:
    """HTML of our own writing, as an HTML5 parser reads it and without what is not on the lists."""
    return nh3.clean(
        html,
        tags=set(KEPT),
        clean_content_tags=set(VANISHING),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def tree_of(clean: str) -> BeautifulSoup:
    """The tree of what html5ever has written, in which every tag is explicit; never of anything else."""
    return BeautifulSoup(clean, builder=Builder())


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a BCP 47 language tag."""
    return len(tag) <= 35 and _LANG.fullmatch(tag) is not None


def attribute(element: Tag, name: str) -> str:
    """The attribute's value without white space around it, empty when there is none."""
    value = element.attrs.get(name)
    return value.strip() if isinstance(value, str) else ""


def stands_apart(element: Tag) -> bool:
    """Whether its style makes an element a block that is none by its name."""
    style = attribute(element, "style")
    return style != "" and element.name not in BLOCKS and _BLOCK_STYLE.search(style) is not None
