"""Names of people and sites, and titles without the name of the site that they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from snippetsvc.html.addresses import site

_LETTERS = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|mailto:|@", re.IGNORECASE)
#: What stands between a title and the name of its site.
_BETWEEN = re.compile(
    r"(?:\s*(?:[|｜]|\s_+\s|\s(?:[-‐-―−•·∙⋅~/*»«›‹<>]|::?|\|\|)\s|:\s)\s*|\s*_(?=[^\s_]+\Z)|\s[\[(](?=[^\])]*[\])]\Z))"
)
#: A site that is called as its host is.
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
#: Labels of a host that are no name of its own.
_SHORT = 3


def folded(words: str) -> str:
    """The letters and digits alone, in lower case: what names are compared by."""
    return "".join(_LETTERS.findall(words.casefold()))


def is_name(words: str) -> bool:
    """Whether `words` may name somebody: some name their author by an address."""
    return bool(folded(words)) and not _ADDRESS.match(words.strip())


def host_names(address: str | None) -> set[str]:
    """The names, folded, that a site has by its host: "city-press" and "city-press.example"."""
    host = site(address or "")
    labels = host.split(".")
    return {folded(host), *(folded(label) for label in labels[:-1] if len(label) >= _SHORT)} - {""}


def without_site(title: str, sites: Iterable[str], hosts: set[str]) -> str:
    """`title` without the site's name at its end, or at its beginning.

    sites: what the page calls its site; hosts: `host_names`, which count at the end alone. What is nothing but the
    site's name stays as it is.
    """
    names = {_bare(site) for site in sites} - {""}
    at_end = names | {_bare(name) for name in hosts}
    at_end |= {_bare(name) for site in sites if _HOST.fullmatch(site) for name in host_names(f"//{site}")}
    while True:
        cuts = [*_BETWEEN.finditer(title)]
        ends = (title[: cut.start()] for cut in cuts if _bare(title[cut.end() :]) in at_end)
        beginnings = (title[cut.end() :] for cut in cuts if _bare(title[: cut.start()]) in names)
        shorter = next((part for part in (*ends, *beginnings) if folded(part)), None)
        if shorter is None:
            return title
        title = shorter


def spellings(title: str) -> Iterator[str]:
    """A title, then what is left of it without what stands before or behind it: the name of a site, of a section."""
    yield title
    cuts = [*_BETWEEN.finditer(title)]
    yield from (title[: cut.start()] for cut in reversed(cuts))
    yield from (title[cut.end() :] for cut in cuts)


def _bare(name: str) -> str:
    """A site's name as it is compared: many write it with an article, and many without."""
    return folded(name).removeprefix("the")
