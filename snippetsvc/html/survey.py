"""A publisher's mark-up before it is parsed: its tags as they stand there, and whether a parser can bear them.

An HTML5 parser's time grows with the square of what is open at once, and of an element's attributes; what is hopeless
is refused here, in time linear in its length. All counts are about right: only a parser knows what it will close.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from snippetsvc.errors import Invalid

MAX_DEPTH = 200
_MAX_OPEN = 50 * MAX_DEPTH
_MAX_ATTRIBUTES = 1_000
#: How many elements a parser may open again for mark-up that leaves its formatting open.
_MAX_REOPENED = 1_000_000
#: So many formatting elements that are alike stay open across blocks (the HTML standard's "Noah's Ark clause").
_ARK = 3

_FORMATTING = frozenset("b big code em font i s small strike strong tt u".split())
#: These have no end tag, or HTML lets authors leave it out; `a` and `nobr` end at the next of their kind.
_NEEDS_NO_END = frozenset(
    "a area base body br caption col colgroup dd dt embed head hr html img input li link meta nobr optgroup option p "
    "param rb rp rt rtc source tbody td tfoot th thead tr track wbr".split()
)
#: Mark-up that draws pictures ends most of its elements in their own tag, which HTML's own elements never do.
_DRAWING = frozenset({"svg", "math"})

# Possessive, and every alternative takes what is left where its end is missing: nothing is read twice.
_ATTRIBUTES = r"""(?:[^>"'=]++|=[ \t\n\f\r]*+(?:"[^"]*+"?|'[^']*+'?)?|["'])*+"""
_TOKEN = re.compile(
    rf"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    |<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)(?P<its>(?=[\s/>]){_ATTRIBUTES})>
        (?:(?<=/>)|.*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z))
    |<(?P<end>/?)(?P<name>[a-z][^ \t\n\f\r/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_VALUE = re.compile(r"""=[ \t\n\f\r]*+(?:"[^"]*+"?|'[^']*+'?|[^ \t\n\f\r>]*+)""")
_NAME = re.compile(r"[^ \t\n\f\r/]+")


class SourceTag(NamedTuple):
    """A tag as it is written: `name` in lower case, `at` its index in the mark-up; `source` includes raw text."""

    name: str
    ends: bool
    attributes: str
    at: int
    source: str


def tags(markup: str) -> Iterator[SourceTag]:
    """The tags in order; none that stands in a comment, a script or other raw text."""
    for token in _TOKEN.finditer(markup):
        name = token["raw"] or token["name"]
        # A tag without its end is none.
        if name and (token["raw"] or token[0].endswith(">")):
            yield SourceTag(
                name.lower(), token["end"] == "/", token["attributes"] or token["its"] or "", token.start(), token[0]
            )


def survey(markup: str) -> Iterator[SourceTag]:
    """The tags of `markup`, while they are looked at.

    Raises `Invalid` (pointer `/html`) once more is open, or one element has more attributes, than a parser can bear.
    """
    open_: Counter[str] = Counter()
    formatting: defaultdict[str, list[str]] = defaultdict(list)
    depth = lasting = reopened = drawings = 0
    for tag in tags(markup):
        yield tag
        name = tag.name
        if name in _DRAWING:
            drawings = max(0, drawings - 1) if tag.ends else drawings + (not tag.source.endswith("/>"))
        if len(tag.attributes) > _MAX_ATTRIBUTES and _count_of(tag.attributes) > _MAX_ATTRIBUTES:
            raise Invalid.one("/html", "attributes", f"an element has more than {_MAX_ATTRIBUTES:,} attributes")
        if name in _FORMATTING:
            alike = formatting[name]
            if tag.ends:
                lasting -= bool(alike)
                del alike[-1:]
            elif alike.count(tag.attributes) < _ARK:
                lasting += 1
                alike.append(tag.attributes)
        elif tag.ends:
            depth -= bool(open_[name])
            open_[name] -= bool(open_[name])
        else:
            reopened += max(0, lasting - _ARK)
            if name not in _NEEDS_NO_END and not (drawings and tag.source.endswith("/>")):
                depth += 1
                open_[name] += 1
        if depth > _MAX_OPEN or lasting > MAX_DEPTH or reopened > _MAX_REOPENED:
            raise too_deep()


def too_deep() -> Invalid:
    return Invalid.one("/html", "depth", f"the document is nested deeper than {MAX_DEPTH} elements")


def _count_of(attributes: str) -> int:
    return len(_NAME.findall(_VALUE.sub(" ", attributes)))
