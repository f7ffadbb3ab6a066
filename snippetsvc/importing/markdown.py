"""Markdown (CommonMark, with tables and struck words) -> a manuscript; the facts before it, between lines, are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml
from markdown_it import MarkdownIt

from snippetsvc.errors import Invalid
from snippetsvc.html.facts.dates import iso_date
from snippetsvc.html.facts.facts import title_in
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import is_language
from snippetsvc.importing.manuscripts import Manuscript
from snippetsvc.models import Did, Notice, NoticeKind

#: Between lines of `---` in YAML, between lines of `+++` in TOML.
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$\n?", re.DOTALL | re.MULTILINE)
#: What each fact is called there.
_CALLED = {
    "title": ("title",),
    "authors": ("author", "authors"),
    "lang": ("lang", "language"),
    "published_at": ("date", "published"),
    "description": ("description",),
}


def from_markdown(data: bytes) -> Manuscript:
    """Raises `Invalid`: it is not UTF-8, or what stands before it cannot be read."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Invalid.one("/html", "encoding", "Markdown is to be in UTF-8") from None
    front = _FRONT.match(text)
    facts = _facts(front[1], front[2]) if front else None
    if front is not None and facts is not None:
        text = text[front.end() :]
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    said, notices = _said(facts or {})
    return Manuscript(html, said, notices=notices)


def _facts(mark: str, text: str) -> Mapping[str, object] | None:
    """What stands between the lines; None where that is no list of facts, and so a part of the text."""
    try:
        facts: object = yaml.safe_load(text) if mark == "---" else tomllib.loads(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        raise Invalid.one("/html", "front-matter", "what stands before the text cannot be read") from None
    return facts if isinstance(facts, dict) else None


def _said(facts: Mapping[str, object]) -> tuple[dict[str, Any], tuple[Notice, ...]]:
    notices = Notices()
    values = {name: next((facts[each] for each in called if facts.get(each)), "") for name, called in _CALLED.items()}
    authors = values.pop("authors")
    said: dict[str, Any] = {name: line for name, value in values.items() if (line := _line(value))}
    if names := tuple(filter(None, map(_line, authors if isinstance(authors, list) else [authors]))):
        said["authors"] = names
    if is_language(lang := said.pop("lang", "").replace("_", "-")):
        said["lang"] = lang
    if date := said.pop("published_at", ""):
        if moment := iso_date(date):
            said["published_at"] = moment
        else:
            notices.add(NoticeKind.DATE, Did.DROPPED, date)
    return said, notices.listed()


def _line(value: object) -> str:
    """A fact in a line: a text, a date, or what has a name."""
    if isinstance(value, dict):
        return _line(value.get("name") or "")
    if isinstance(value, date | datetime):
        return value.isoformat()
    # YAML may hold half a character.
    return title_in(str(value).encode(errors="ignore").decode()) if isinstance(value, str | int | float) else ""
