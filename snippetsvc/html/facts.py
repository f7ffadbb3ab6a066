"""What a document says of its article: title, language, author, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup, Tag

from snippetsvc.html.page import Page, plain
from snippetsvc.html.sanitise import attribute, is_language
from snippetsvc.html.survey import tags

#: What a document says of itself stands in these, before its body and in this many characters.
_HEAD = frozenset("html head title meta link svg body".split())
_HEAD_LIMIT = 1_048_576
#: Code points of what a document says of itself. It is read with every page, and what a publisher says has limits, too.
_MAX_TITLE, _MAX_NAME = 500, 200
#: Control characters, those aside that are white space.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_TITLE_TAGS = re.compile(r"\A<[^>]*+>|</title[^>]*+>?\Z", re.IGNORECASE)
_AUTHORS = ("author", "article:author", "dc.creator")
#: Some name their author by an address.
_PROFILE = re.compile(r"https?://")
_DATES = ("article:published_time", "date", "dcterms.date", "dc.date")
#: Languages written from right to left (CLDR).
_RTL_LANGUAGES = frozenset("ar arc ckb dv fa he ks ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("adlm arab aran hebr nkoo rohg syrc thaa".split())


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of its article; None where it says nothing."""

    title: str | None
    author: str | None
    publisher: str | None
    published_at: str | None
    canonical_url: str | None


def facts(markup: str) -> Facts:
    head = _head(markup)
    metas = _metas(head)
    return Facts(
        title=_line(_title(head) or metas.get("og:title") or "", _MAX_TITLE) or None,
        author=next((said for said in _said(metas, *_AUTHORS) if not _PROFILE.match(said)), None),
        publisher=next(_said(metas, "publisher", "og:site_name"), None),
        published_at=next(filter(None, map(iso_date, _said(metas, *_DATES))), None),
        canonical_url=_canonical(head),
    )


def title_in(words: str) -> str:
    """`words` as a title: in a line, of sensible length."""
    return _line(words, _MAX_TITLE)


def language_of(root: Tag, page: Page) -> str | None:
    """The language of the element or of the nearest one around it that names one."""
    # Some write a locale for a language.
    languages = (attribute(tag, "lang").replace("_", "-") for tag in _lineage(root, page))
    return next(filter(is_language, languages), None)


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


def iso_date(value: str) -> str | None:
    """`value` as an ISO 8601 date, or date and time, or None when it is neither.

    A time keeps its offset from UTC, for the day of publication is the publisher's; one without is taken for UTC.
    """
    try:
        if len(value) == len("2026-01-01"):
            return date.fromisoformat(value).isoformat()
        moment = datetime.fromisoformat(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)  # raises OverflowError for a time that UTC has no year for
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _head(markup: str) -> BeautifulSoup:
    kept: list[str] = []
    for tag in tags(markup):
        if tag.at > _HEAD_LIMIT:
            break
        if tag.name == "title" and not tag.ends:
            # Its tags are text.
            kept.append(f"<title>{_TITLE_TAGS.sub('', tag.source).replace('<', '&lt;')}</title>")
        elif tag.name in _HEAD:
            kept.append(tag.source)
        if tag.name == "body":
            break
    return BeautifulSoup("".join(kept), "html.parser")


def _title(head: BeautifulSoup) -> str:
    # A `title` of an inline SVG is no title of the document.
    element = next((each for each in head.find_all("title") if each.find_parent("svg") is None), None)
    return plain(element) if element else ""


def _metas(head: BeautifulSoup) -> dict[str, str]:
    """What the document's `meta` elements say, by their names in lower case; the first that says so wins."""
    said: dict[str, str] = {}
    for element in head.find_all("meta"):
        content = _line(attribute(element, "content"), _MAX_NAME)
        for key in ("name", "property"):
            name = attribute(element, key).lower()
            if name and content:
                said.setdefault(name, content)
    return said


def _said(metas: dict[str, str], *names: str) -> Iterator[str]:
    return (metas[name] for name in names if name in metas)


def _canonical(head: BeautifulSoup) -> str | None:
    links = (
        link
        for link in head.find_all("link")
        if "canonical" in " ".join(link.get_attribute_list("rel")).lower().split()
    )
    address = next((attribute(link, "href") for link in links), "")
    return address if re.match(r"https?://[^\s/]+", address) and len(address) <= 2_000 else None


def _line(words: str, limit: int) -> str:
    """`words` in a line without control characters, of at most `limit` code points."""
    line = " ".join(_CONTROL.sub("", words).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
