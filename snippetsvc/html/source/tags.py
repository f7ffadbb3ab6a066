"""A publisher's mark-up before it is parsed: its tags as they stand there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from snippetsvc.errors import Invalid

MAX_DEPTH = 200
#: Mark-up may leave so many elements open that a parser closes.
_MAX_OPEN = 50 * MAX_DEPTH
#: These have no end tag, or HTML lets authors leave it out; `a` and `nobr` end at the next of their kind.
_NEEDS_NO_END = frozenset(
    "a area base body br caption col colgroup dd dt embed head hr html img input li link meta nobr optgroup option p "
    "param rb rp rt rtc source tbody td tfoot th thead tr track wbr".split()
)
# Possessive, and every alternative takes what is left where its end is missing: nothing is read twice.
_ATTRIBUTES = r"""(?:[^>"'=]++|=[ \t\n\f\r]*+(?:"[^"]*+"?|'[^']*+'?)?|["'])*+"""
_TOKEN = re.compile(
    rf"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    |<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>]){_ATTRIBUTES}>
        (?:(?<=/>)|.*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z))
    |<(?P<end>/?)(?P<name>[a-z][^ \t\n\f\r/>]*+){_ATTRIBUTES}(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class SourceTag(NamedTuple):
    """A tag as it is written: `name` in lower case, `at` its index in the mark-up; `source` includes raw text."""

    name: str
    ends: bool
    at: int
    source: str


def tags(markup: str) -> Iterator[SourceTag]:
    """The tags in order; none that stands in a comment, a script or other raw text."""
    for token in _TOKEN.finditer(markup):
        name = token["raw"] or token["name"]
        # A tag without its end is none.
        if name and (token["raw"] or token[0].endswith(">")):
            yield SourceTag(name.lower(), token["end"] == "/", token.start(), token[0])


def check_depth(markup: str) -> None:
    """Raise `Invalid` (pointer `/html`) where far too much is open at once.

    About right, as only a parser knows what it will close; but that takes time that grows with the square of it.
    """
    opened: Counter[str] = Counter()
    for tag in tags(markup):
        if tag.ends:
            opened[tag.name] -= bool(opened[tag.name])
        elif tag.name not in _NEEDS_NO_END and not tag.source.endswith("/>"):
            opened[tag.name] += 1
            if opened[tag.name] > _MAX_OPEN:
                raise too_deep()


def too_deep() -> Invalid:
    return Invalid.one("/html", "depth", f"the document is nested deeper than {MAX_DEPTH} elements")
