"""Dates as publishers write them: read where they can be read in one way, else left out and told of."""

from __future__ import annotations

import pytest

from snippetsvc.html.facts.dates import read_date
from snippetsvc.html.prepare import prepare


@pytest.mark.parametrize(
    ("written", "lang", "read"),
    [
        ("2026-05-01", None, "2026-05-01"),
        ("2026-5-1", None, "2026-05-01"),
        ("20260501", None, "2026-05-01"),
        ("20260501T134200Z", None, "2026-05-01T13:42:00Z"),
        ("2026-W18-5", None, "2026-05-01"),
        ("2026-05-01T08:00:00+0100", None, "2026-05-01T08:00:00+01:00"),
        ("2026-05-01T08:00:00.000-03:30", None, "2026-05-01T08:00:00-03:30"),
        ("2026-05-01 13:42:00 +0200", None, "2026-05-01T13:42:00+02:00"),
        ("2026-05-01 13:42 UTC", None, "2026-05-01T13:42:00Z"),
        ("2026/05/01", None, "2026-05-01"),
        ("2026.05.01 9:05", None, "2026-05-01T09:05:00Z"),
        ("Fri, 01 May 2026 10:00:00 +0200", None, "2026-05-01T10:00:00+02:00"),
        ("Fri, 01 May 2026 10:00:00 EST", None, "2026-05-01T10:00:00-05:00"),
        ("Fri May  1 10:00:00 UTC 2026", None, "2026-05-01T10:00:00Z"),
        ("1 May 2026", None, "2026-05-01"),
        ("MAY 1ST, 2026", None, "2026-05-01"),
        ("Published on Sept. 3, 2026 at 1:42 p.m.", None, "2026-09-03T13:42:00Z"),
        ("May 1, 2026 12:05 AM", None, "2026-05-01T00:05:00Z"),
        ("01.05.2026", None, "2026-05-01"),
        ("3.4.2026, 14:00 Uhr", "de", "2026-04-03T14:00:00Z"),
        ("13/04/2026", None, "2026-04-13"),
        ("04/13/2026 1:05 PM", None, "2026-04-13T13:05:00Z"),
        ("05/05/2026", None, "2026-05-05"),
        ("1 мая 2026 г., 12:30", "ru", "2026-05-01T12:30:00Z"),
        ("17 лістапада 2026", "be", "2026-11-17"),
        ("1. März 2026", "de-AT", "2026-03-01"),
        ("1er août 2026", "fr", "2026-08-01"),
        # The one month in one language, the next one in the other.
        ("3 listopada 2026", "hr", "2026-10-03"),
        ("3 listopada 2026", "pl", "2026-11-03"),
        ("2 July 2026", "ru", "2026-07-02"),
        ("2026年5月1日 13:42", "zh", "2026-05-01T13:42:00Z"),
        ("2026년 5월 1일", "ko", "2026-05-01"),
        ("٣ مايو ٢٠٢٦", "ar", "2026-05-03"),
        ("1772611200", None, "2026-03-04T08:00:00Z"),
        ("1772611200123", None, "2026-03-04T08:00:00Z"),
        # Of a zone that nobody knows by its name alone, the day is left.
        ("Fri, 1 May 2026 12:00 IST", None, "2026-05-01"),
    ],
)  # fmt: skip
def test_read(written: str, lang: str | None, read: str) -> None:
    assert read_date(written, lang) == read


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("day or month first", "03/04/2026"),
        ("day or month first, with a time", "03-04-2026 12:00"),
        ("a year of two digits", "1 May 26"),
        ("all of two digits", "01.05.26"),
        ("no day", "May 2026"),
        ("no day, in numbers", "2026-05"),
        ("a year", "2026"),
        ("a week", "2026-W18"),
        ("no year", "1 May"),
        ("two days", "1 or 2 May 2026"),
        ("two months", "Mar, 5 May 2026"),
        ("a month in a language that is not the page's", "3 mars 2026"),
        ("a day that is none", "31 February 2026"),
        ("a month that is none", "2026-13-01"),
        ("an hour that is none", "2026-05-01T25:00"),
        ("nought", "0000-00-00 00:00:00"),
        ("a word", "yesterday"),
        ("how long ago", "2 days ago"),
        ("more numbers than a date has", "1 May 2026, 12 comments"),
        ("digits that could be hours", "2026050112"),
        ("words without end", f"1 May 2026 {'and so on ' * 50}"),
        ("nothing", " "),
    ],
)  # fmt: skip
def test_not_guessed(name: str, written: str) -> None:
    assert read_date(written, "en") is None


def test_what_cannot_be_read_is_told_and_what_can_be_counts() -> None:
    page = """<!doctype html><html lang=en><title>Ferry</title>
        <meta property=article:published_time content=03/04/2026><meta name=date content="3 April 2026">
        <meta property=article:modified_time content="last week"><h1>Ferry</h1><p>It runs."""
    made = prepare(page, fallback_title="F")
    assert (made.published_at, made.modified_at) == ("2026-04-03", None)
    assert [(each.kind, each.did, each.count, each.example) for each in made.notices] == [
        ("date", "dropped", 2, "03/04/2026")
    ]
