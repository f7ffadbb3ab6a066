"""Bodies of requests -> values of the use cases. Every problem of a body is found and named at once.

Pointers are JSON Pointers into the body (RFC 6901).
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from snippetsvc.articles import Details, is_slug
from snippetsvc.errors import BadSyntax, Invalid, Problem
from snippetsvc.models import Color
from snippetsvc.publishing import iso_date
from snippetsvc.sanitise import is_language
from snippetsvc.selectors import selectors_from_json, unknown, unwritable
from snippetsvc.shares import Mark, Request

MAX_SNIPPETS = 1_000
MIN_EXPIRY, MAX_EXPIRY = 60, 315_360_000
_SHARE_FIELDS = frozenset({"article", "revision", "snippets", "expires_in"})
_SNIPPET_FIELDS = frozenset({"selectors", "color"})
_EXPIRY_FIELDS = frozenset({"expires_in"})
_COLORS = {color.value: color for color in Color}
_MAX_REVISION = 2**31 - 1
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{22,255}")


def idempotency_key(header: str | None) -> str | None:
    """The key in an `Idempotency-Key` header. Raises `BadSyntax`."""
    if header is not None and not _IDEMPOTENCY_KEY.fullmatch(header):
        raise BadSyntax("Idempotency-Key must be 22 to 255 visible ASCII characters")
    return header


def share_request(data: bytes, *, keyed: bool) -> Request:
    """The body of `POST /shares`; `keyed`: it came with an `Idempotency-Key`. Raises `BadSyntax`, `Invalid`."""
    body = _object(data)
    problems = unknown(body, _SHARE_FIELDS)
    article = body.get("article")
    if not isinstance(article, str) or unwritable(article):
        problems.append(Problem("/article", "string", "article must be the slug of an article"))
    elif not is_slug(article):
        problems.append(Problem("/article", "unknown-article", "no article has this slug"))
    revision = body.get("revision")
    if revision is not None and not _is_whole(revision, 1, _MAX_REVISION):
        problems.append(Problem("/revision", "revision", "revision must be the number of a revision, from 1"))
    expires_in = _expiry(body.get("expires_in"), problems)
    marks = _marks(body.get("snippets"), problems)
    if problems:
        raise Invalid(problems)
    digest = b""
    if keyed:
        asked = msgspec.json.encode([article, revision, body["snippets"], expires_in], order="deterministic")
        digest = hashlib.sha256(asked).digest()
    return Request(str(article), revision, tuple(marks), expires_in, digest)


def expiry_change(data: bytes) -> int | None:
    """The body of `PATCH /shares/<token>`: seconds from now, None for never. Raises `BadSyntax`, `Invalid`."""
    body = _object(data)
    problems = unknown(body, _EXPIRY_FIELDS)
    if "expires_in" not in body:
        problems.append(Problem("/expires_in", "required", "expires_in is missing: a number of seconds, or null"))
    expires_in = _expiry(body.get("expires_in"), problems)
    if problems:
        raise Invalid(problems)
    return expires_in


def article_content(data: bytes) -> tuple[str, Details]:
    """The body of `PUT /articles/<slug>`: the HTML and what is said of the article. Raises `BadSyntax`, `Invalid`."""
    body = _object(data)
    problems = unknown(body, _ARTICLE_FIELDS)
    html = body.get("html")
    if not isinstance(html, str):
        problems.append(Problem("/html", "string", "html must be a string"))
    elif bad := unwritable(html):
        problems.append(Problem("/html", "characters", f"html contains {bad}"))
    details = _details(body, problems)
    if problems:
        raise Invalid(problems)
    return str(html), details


def details(values: Mapping[str, str]) -> Details:
    """What a publisher says of an article, as the API takes it. Raises `Invalid`."""
    problems: list[Problem] = []
    result = _details(values, problems)
    if problems:
        raise Invalid(problems)
    return result


def _details(body: Mapping[str, object], problems: list[Problem]) -> Details:
    values: dict[str, str | None] = {}
    for name in _DETAILS.keys() & body.keys():
        value = body[name]
        if value is None:
            values[name] = None
            continue
        if not isinstance(value, str) or unwritable(value) or len(value) > 2_000:
            problems.append(Problem(f"/{name}", "string", f"{name} must be a text of at most 2000 characters"))
            continue
        try:
            values[name] = _DETAILS[name](" ".join(value.split()))
        except ValueError as error:
            problems.append(Problem(f"/{name}", name.replace("_", "-"), f"{name} {error}"))
    return Details(**values, given=frozenset(values))


def _line(value: str) -> str:
    if not value:
        raise ValueError("must not be empty")
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise ValueError("must not contain control characters")
    if len(value) > 500:
        raise ValueError("must be at most 500 characters")
    return value


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


_DETAILS: dict[str, Callable[[str], str]] = {
    "title": _line,
    "lang": _language,
    "dir": _direction,
    "author": _line,
    "publisher": _line,
    "published_at": _date,
    "source_url": _address,
}
_ARTICLE_FIELDS = frozenset({"html", *_DETAILS})


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


def _is_whole(value: object, least: int, most: int) -> bool:
    # bool is an int in Python, and no number in JSON.
    return type(value) is int and least <= value <= most


def _expiry(value: object, problems: list[Problem]) -> int | None:
    if value is None:
        return None
    if not _is_whole(value, MIN_EXPIRY, MAX_EXPIRY):
        detail = f"expires_in must be an integer of seconds from {MIN_EXPIRY} to {MAX_EXPIRY}, or null"
        problems.append(Problem("/expires_in", "expires-in", detail))
        return None
    return int(value)  # type: ignore[call-overload, no-any-return]  # _is_whole says that it is an int


def _marks(value: object, problems: list[Problem]) -> list[Mark]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_SNIPPETS:
        problems.append(Problem("/snippets", "snippets", f"snippets must be a list of 1 to {MAX_SNIPPETS} snippets"))
        return []
    marks = []
    for index, item in enumerate(value):
        at = f"/snippets/{index}"
        if not isinstance(item, dict):
            problems.append(Problem(at, "object", "a snippet must be an object"))
            continue
        problems += unknown(item, _SNIPPET_FIELDS, at)
        named = item.get("color", "yellow")
        color = _COLORS.get(named) if isinstance(named, str) else None
        if color is None:
            problems.append(Problem(f"{at}/color", "color", f"color must be one of {', '.join(_COLORS)}"))
        try:
            selectors = selectors_from_json(item.get("selectors"), f"{at}/selectors")
        except Invalid as error:
            problems += error.problems
            continue
        if color is not None:
            marks.append(Mark(tuple(selectors), color))
    return marks
