"""Slugs from addresses: of the path, and of the query where pages are told apart by it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from snippetsvc.service.articles import MAX_SLUG

#: Cyrillic as most readers would spell it (BGN/PCGN, without its diacritics), Russian where nothing else is known.
_RUSSIAN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
    **dict(zip("ё ж х ц ч ш щ ю я".split(), "yo zh kh ts ch sh shch yu ya".split(), strict=True)),
    **dict.fromkeys("ъь'’ʼ", ""),
}
#: Of Belarusian and Ukrainian, one of which it is where one of these letters stands.
_WESTERN = {"і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w"}
_BELARUSIAN_OR_UKRAINIAN = _RUSSIAN | _WESTERN | {"г": "h", "и": "y"}
#: Latin letters that Unicode does not take apart.
_LATIN = {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
#: What pages of a folder are called.
_INDEX = frozenset("index default home readme".split())
_SUFFIX = re.compile(r"\.(x?html?|php\d?|aspx?|jsp|cgi|md|markdown|docx)\Z", re.IGNORECASE)


def slugs(address: str) -> Iterator[str]:
    """Slugs for what stands at an address, the best first, without end."""
    slug = _slug(address)
    yield slug
    number = 2
    while True:
        end = f"-{number}"
        yield slug[: MAX_SLUG - len(end)].strip("-") + end
        number += 1


def _slug(address: str) -> str:
    place, _, path = address.partition(":")[2].lstrip("/").partition("/")
    path, _, query = path.partition("?")
    *folders, name = unquote(path).split("/")
    name = _SUFFIX.sub("", name)
    parts = [*folders, "" if name.lower() in _INDEX and (folders or query) else name, unquote(query)]
    cyrillic = _BELARUSIAN_OR_UKRAINIAN if not _WESTERN.keys().isdisjoint("".join(parts).lower()) else _RUSSIAN
    words = [spelled for part in parts if (spelled := _spelled(part, cyrillic))]
    while len(words) > 1 and len("-".join(words)) > MAX_SLUG:
        words.pop(0)
    if not words and not path.strip("/"):
        # A home page.
        words = [_spelled(re.sub(r":[0-9]+\Z", "", place), cyrillic)]
    # Or else a script of which no letter is known.
    return "-".join(words)[:MAX_SLUG].strip("-") or f"page-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def _spelled(text: str, cyrillic: dict[str, str]) -> str:
    """In the letters of slugs."""
    text = unicodedata.normalize("NFC", text).lower()
    text = "".join(cyrillic.get(letter, _LATIN.get(letter, letter)) for letter in text)
    text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")
