"""What a document says of its article in one vocabulary, by the names that facts have here."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from bs4 import Tag
from bs4.element import NavigableString

Fact = Literal[
    "title",
    "site",
    "author",
    "publisher",
    "published",
    "modified",
    "lang",
    "address",
    "license",
    "description",
    "image",
]
#: Values of one fact that are read; papers with more authors name some here.
MOST = 200
#: Titles, and names of sites, that are compared with each other.
MOST_NAMES = 20
#: The values of each fact, as they are written, the best first.
Said = dict[Fact, list[str]]

#: An element says no more than this of anything: code points of its words, and nodes of its tree that are looked at.
#: Elements that say something may stand in each other.
_WORDS, _NODES = 2_000, 1_000


def brief(element: Tag) -> str:
    """The words at the beginning of an element, in a line."""
    words: list[str] = []
    length = 0
    for node in islice(element.descendants, _NODES):
        if isinstance(node, NavigableString):
            words.append(node)
            length += len(node)
        if length > _WORDS:
            break
    return " ".join("".join(words)[:_WORDS].split())
