"""What a document says of its article: title, authors, dates, language, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from bs4 import Tag

from snippetsvc.html.addresses import Addresses, resolved
from snippetsvc.html.facts.dates import read_date
from snippetsvc.html.names import folded, host_names, is_name, without_site
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute, is_language
from snippetsvc.html.source.page import Page
from snippetsvc.html.source.vocabularies.said import MOST_NAMES, Fact
from snippetsvc.models import Did, NoticeKind

#: Code points of what a document says of itself. It is read with every page, and what a publisher says has limits, too.
_MAX_TITLE, _MAX_NAME, _MAX_DESCRIPTION, _MAX_ADDRESS = 500, 200, 1_000, 2_000
_MAX_AUTHORS = 100
#: A vocabulary with more of them speaks of other articles, too.
_MOST_TITLES = 10
#: Control characters, those aside that are white space.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ADDRESS = re.compile(r"https?://[^\s<>\"/\x00-\x1f][^\s<>\"\x00-\x1f]*", re.IGNORECASE)
#: A language's own subtag; some write its name where it belongs.
_SUBTAG = re.compile(r"[a-z]{2,3}(?:-|\Z)", re.IGNORECASE)
#: Languages written from right to left (CLDR).
_RTL_LANGUAGES = frozenset("ar arc ckb dv fa he ks ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("adlm arab aran hebr nkoo rohg syrc thaa".split())


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of its article; None where it says nothing.

    titles: what it may be called, the best first, without the site's name.
    Dates are as `iso_date` gives them, addresses absolute; license: an address, or a name.
    """

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    publisher: str | None
    published_at: str | None
    modified_at: str | None
    lang: str | None
    canonical_url: str | None
    license: str | None
    description: str | None
    image: str | None


def facts(page: Page, source_url: str | None, notices: Notices) -> Facts:
    """What `page` says of its article, in whichever vocabulary; source_url: where it comes from, as far as known."""
    base = Addresses.of(page.tree, source_url).base
    canonical_url = next(_addresses(page, "address", base), None)
    base = base or canonical_url
    lang = next(filter(None, map(_language, _said(page, "lang"))), None)
    publishers = _names(_said(page, "publisher"))
    sites = _distinct([*_names(_said(page, "site")), *publishers])[:MOST_NAMES]
    hosts = host_names(canonical_url) | host_names(source_url)
    written_in = language_of(page.tree, page) or lang
    return Facts(
        titles=_titles(page, sites, hosts),
        authors=_authors(page),
        publisher=next(iter(publishers), None),
        published_at=_date(page, "published", written_in, notices),
        modified_at=_date(page, "modified", written_in, notices),
        lang=lang,
        canonical_url=canonical_url,
        license=_license(page, base),
        description=next((_line(each, _MAX_DESCRIPTION) for each in _said(page, "description")), None),
        image=next(_addresses(page, "image", base), None),
    )


def title_in(words: str) -> str:
    """`words` as a title: in a line, of sensible length."""
    return _line(words, _MAX_TITLE)


def language_of(root: Tag, page: Page) -> str | None:
    """The language of the element or of the nearest one around it that names one."""
    languages = (attribute(tag, "lang") or attribute(tag, "xml:lang") for tag in _lineage(root, page))
    return next(filter(None, map(_language, languages)), None)


def stated_direction_of(root: Tag, page: Page) -> str | None:
    """The direction that the element, or the nearest one around it that has one, is given."""
    directions = (attribute(tag, "dir").lower() for tag in _lineage(root, page))
    return next((value for value in directions if value in ("ltr", "rtl", "auto")), None)


def _lineage(root: Tag, page: Page) -> Iterable[Tag]:
    return (root, *root.parents, *page.above)


def direction_of(lang: str) -> str:
    """The direction in which a language, in its script, is written: `ltr` or `rtl`."""
    language, *subtags = lang.lower().split("-")
    # ISO 15924: only a script has four letters.
    script = next((each for each in subtags if len(each) == 4 and each.isalpha()), None)
    rtl = language in _RTL_LANGUAGES if script is None else script in _RTL_SCRIPTS
    return "rtl" if rtl else "ltr"


def _said(page: Page, fact: Fact) -> Iterator[str]:
    return (value for said in page.said for value in said.get(fact, ()) if value.strip())


def _titles(page: Page, sites: list[str], hosts: set[str]) -> tuple[str, ...]:
    called = [titles for said in page.said if len(titles := said.get("title", [])) <= _MOST_TITLES]
    said = islice(chain.from_iterable(called), MOST_NAMES)
    titles = _distinct(without_site(title_in(title), sites, hosts) for title in said)
    names = {folded(site) for site in sites}
    # Some pages are called as their site is, and may be called nothing else.
    return tuple(sorted(filter(None, titles), key=lambda title: folded(title) in names))


def _authors(page: Page) -> tuple[str, ...]:
    """Those of the first vocabulary that names any."""
    authors = (_distinct(_names(said.get("author", []))) for said in page.said)
    return tuple(next(filter(None, authors), [])[:_MAX_AUTHORS])


def _names(said: Iterable[str]) -> list[str]:
    return [_line(name, _MAX_NAME) for name in said if is_name(name)]


def _date(page: Page, fact: Fact, lang: str | None, notices: Notices) -> str | None:
    for value in _said(page, fact):
        if date := read_date(value, lang):
            return date
        notices.add(NoticeKind.DATE, Did.DROPPED, value)
    return None


def _language(value: str) -> str | None:
    # Some write a locale for a language.
    tag = value.strip().replace("_", "-")
    return tag if is_language(tag) and _SUBTAG.match(tag) else None


def _license(page: Page, base: str | None) -> str | None:
    for value in _said(page, "license"):
        if address := _address(value, None) or (_address(value, base) if "/" in value and " " not in value else None):
            return address
        if folded(value):
            return _line(value, _MAX_NAME)
    return None


def _addresses(page: Page, fact: Fact, base: str | None) -> Iterator[str]:
    return filter(None, (_address(value, base) for value in _said(page, fact)))


def _address(value: str, base: str | None) -> str | None:
    address = resolved(value.strip(), base)
    return address if _ADDRESS.fullmatch(address) and len(address) <= _MAX_ADDRESS else None


def _distinct(values: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(folded(value), value)
    return [*found.values()]


def _line(words: str, limit: int) -> str:
    """`words` in a line without control characters, of at most `limit` code points."""
    line = " ".join(_CONTROL.sub("", words).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
