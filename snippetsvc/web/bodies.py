"""Bodies of requests -> values of the use cases. Each is declared once, and every problem of it is named at once."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Callable, Set
from typing import Any
from urllib.parse import urlsplit

import msgspec

from snippetsvc.errors import BadSyntax, Invalid
from snippetsvc.html.article.way import LIMIT as MAX_SELECTOR
from snippetsvc.html.facts.dates import iso_date
from snippetsvc.html.sanitise import is_language
from snippetsvc.models import Color
from snippetsvc.service.articles import Details, is_slug
from snippetsvc.service.shares import Mark, Request
from snippetsvc.text.selectors import MAX_OFFSET, TextPositionSelector, TextQuoteSelector
from snippetsvc.web.fields import Choice, Field, List, Nullable, Object, Tagged, Text, Whole

MAX_SNIPPETS = 1_000
MIN_EXPIRY, MAX_EXPIRY = 60, 315_360_000
#: Of what is said of an article: names, and characters. What a document says is kept to the same.
MAX_LINE, MAX_AUTHORS, MAX_DESCRIPTION = 500, 100, 1_000
_MAX_REVISION = 2**31 - 1
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{22,255}")


def _slug(value: str) -> str:
    if not is_slug(value):
        raise Invalid.one("", "unknown-article", "no article has this slug")
    return value


def _position(start: int, end: int) -> TextPositionSelector:
    if start >= end:
        raise Invalid.one("", "empty-span", "start must be before end")
    return TextPositionSelector(start, end)


def _words(value: str) -> str:
    if not value or value.isspace():
        raise ValueError("must contain more than white space")
    return value


def _line(value: str, most: int = MAX_LINE) -> str:
    if not value:
        raise ValueError("must not be empty")
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise ValueError("must not contain control characters")
    if len(value) > most:
        raise ValueError(f"must be at most {most} characters")
    return value


def _names(value: str) -> str:
    """As many as there may be, in a line."""
    return _line(" ".join(value.split()), MAX_AUTHORS * (MAX_LINE + len(", ")))


def _description(value: str) -> str:
    return _line(value, MAX_DESCRIPTION)


def _language(value: str) -> str:
    if not is_language(value):
        raise ValueError("must be a language tag such as en or pt-BR (BCP 47)")
    return value


def _direction(value: str) -> str:
    if value not in ("ltr", "rtl", "auto"):
        raise ValueError("must be ltr, rtl or auto")
    return value


def _date(value: str) -> str:
    date = iso_date(value)
    if date is None:
        raise ValueError("must be a date, or a date and time, of ISO 8601")
    return date


def _address(value: str) -> str:
    parts = urlsplit(value)  # raises ValueError for a host that cannot be
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"\x00-\x1f]", value):
        raise ValueError("must be an absolute http or https address")
    return value


def _selector(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    if len(value) > MAX_SELECTOR:
        raise ValueError(f"must be at most {MAX_SELECTOR} characters")
    return value


def _said(check: Callable[[str], str], rule: str | None = None) -> Text:
    what = "a text of at most 2000 characters"
    return Text(lambda value: check(" ".join(value.split())), rule, most=2_000, what=what)


def _fact(check: Callable[[str], str]) -> Field:
    """What a publisher says of an article: null takes it back."""
    return Field(Nullable(_said(check)), None)


_OFFSET = Field(Whole(0, MAX_OFFSET, "offset", f"an integer of code points, from 0 to {MAX_OFFSET}"))
_SELECTOR = Tagged(
    {
        "TextPositionSelector": Object({"start": _OFFSET, "end": _OFFSET}, _position),
        "TextQuoteSelector": Object(
            {"exact": Field(Text(_words, "blank")), "prefix": Field(Text(), ""), "suffix": Field(Text(), "")},
            TextQuoteSelector,
        ),
    },
    "selector-type",
)
_SNIPPET = Object(
    {
        "selectors": Field(List(_SELECTOR, "a selector", "one or two selector objects", MAX_SNIPPETS, "selector-once")),
        "color": Field(Choice({color.value: color for color in Color}), Color.YELLOW),
    },
    Mark,
)
_SECONDS = f"an integer of seconds from {MIN_EXPIRY} to {MAX_EXPIRY}, or null"
_EXPIRY = Nullable(Whole(MIN_EXPIRY, MAX_EXPIRY, "expires-in", _SECONDS))
_REVISION = Nullable(Whole(1, _MAX_REVISION, "revision", "the number of a revision, from 1"))

SHARE = Object(
    {
        "article": Field(Text(_slug, what="the slug of an article")),
        "revision": Field(_REVISION, None),
        "expires_in": Field(_EXPIRY, None),
        "snippets": Field(List(_SNIPPET, "a snippet", f"1 to {MAX_SNIPPETS} snippets", MAX_SNIPPETS)),
    }
)
CHANGE = Object({"expires_in": Field(_EXPIRY, missing="expires_in is missing: a number of seconds, or null")})
_AUTHORS = List(_said(_line, "author"), "a name", f"at most {MAX_AUTHORS} names, or null", MAX_AUTHORS, least=0)
FACTS = Object(
    {
        "title": _fact(_line),
        "lang": _fact(_language),
        "dir": _fact(_direction),
        "author": Field(Nullable(Text(_names, "author")), None),
        "authors": Field(Nullable(_AUTHORS), None),
        "publisher": _fact(_line),
        "published_at": _fact(_date),
        "modified_at": _fact(_date),
        "source_url": _fact(_address),
        "canonical_url": _fact(_address),
        "license": _fact(_line),
        "description": _fact(_description),
        "image": _fact(_address),
        "selector": Field(Nullable(Text(_selector, "selector")), None),
    }
)
ARTICLE = Object({"html": Field(Text(nul=True)), **FACTS.fields})


def idempotency_key(header: str | None) -> str | None:
    """The key in an `Idempotency-Key` header. Raises `BadSyntax`."""
    if header is not None and not _IDEMPOTENCY_KEY.fullmatch(header):
        raise BadSyntax("Idempotency-Key must be 22 to 255 visible ASCII characters")
    return header


def share_request(data: bytes, *, keyed: bool) -> Request:
    """The body of `POST /shares`; `keyed`: it came with an `Idempotency-Key`. Raises `BadSyntax`, `Invalid`."""
    body = _object(data)
    asked = SHARE.read(body, "the body")
    article, revision, expires_in = asked["article"], asked["revision"], asked["expires_in"]
    digest = b""
    if keyed:
        text = msgspec.json.encode([article, revision, body["snippets"], expires_in], order="deterministic")
        digest = hashlib.sha256(text).digest()
    return Request(article, revision, asked["snippets"], expires_in, digest)


def expiry_change(data: bytes) -> int | None:
    """The body of `PATCH /shares/<token>`: seconds from now, None for never. Raises `BadSyntax`, `Invalid`."""
    seconds: int | None = CHANGE.read(_object(data), "the body")["expires_in"]
    return seconds


def article_content(data: bytes) -> tuple[str, Details]:
    """The body of `PUT /articles/<slug>`: the HTML and what is said of the article. Raises `BadSyntax`, `Invalid`."""
    body = _object(data)
    facts = ARTICLE.read(body, "the body")
    return facts.pop("html"), _details(facts, body.keys() - {"html"})


def details(values: dict[str, Any]) -> Details:
    """What a publisher says of an article, as the API takes it. Raises `Invalid`."""
    return _details(FACTS.read(values, "what is said"), values.keys())


def _details(facts: dict[str, Any], given: Set[str]) -> Details:
    """`author` is the only one of `authors`; an article that is sent back as it was read has both."""
    author, authors = facts.pop("author"), facts.pop("authors")
    if "authors" not in given:
        if author and len(author) > MAX_LINE:
            raise Invalid.one("/author", "author", f"author must be at most {MAX_LINE} characters")
        authors = (author,) if author else ()
    elif author is not None and author != ", ".join(authors or ()):
        raise Invalid.one("/author", "author", "author and authors name different people: send one of them")
    names = {"authors" if name == "author" else name for name in given}
    return Details(**facts, authors=authors or (), given=frozenset(names))


def _object(data: bytes) -> dict[str, Any]:
    if data.startswith(codecs.BOM_UTF8):
        # RFC 8259, section 8.1.
        raise BadSyntax("the body begins with a byte order mark, which JSON does not have")
    try:
        body = _JSON.decode(data.decode())
    except RecursionError:
        raise BadSyntax("the body is nested too deeply") from None
    except UnicodeDecodeError:
        raise BadSyntax("the body is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadSyntax(f"the body is not JSON: {error.msg} at character {error.pos}") from None
    except ValueError:
        # Python reads integers of so many digits only.
        raise BadSyntax("the body contains a number of too many digits") from None
    if not isinstance(body, dict):
        raise Invalid.one("", "object", "the body must be a JSON object")
    return body


def _no_constant(name: str) -> None:
    raise BadSyntax(f"the body is not JSON: {name} is no number of it")


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        # Which of the two counts is each reader's guess (RFC 8259, section 4).
        raise BadSyntax("the body has a field twice in one object")
    return fields


#: Made once; the library's own short form makes one each time.
_JSON = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_fields)
