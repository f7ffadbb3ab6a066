"""Dates as publishers write them -> ISO 8601. What can be read in two ways is not read: nothing here guesses.

Libraries for this do: dateparser takes 2026-13-01 for the 13th of January, IST for one of its three zones, and finds
no date beside words that it does not know. The names of months are CLDR's.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

#: In longer words no date is looked for.
_MAX_LENGTH = 100
#: A day as ISO 8601 writes it. Python reads a week as its Monday, too, and takes any character for a time's "T".
_DAY = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d-?\d)(?P<time>[Tt ].+)?", re.ASCII)
#: Seconds or milliseconds since 1970, from 2001 to 2033; with fewer digits or others at the front it may be a date.
_SINCE_1970 = re.compile(r"(1\d{9})(?:\d{3})?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)[日일]?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})([:.])(\d\d)(?:\2(\d\d)(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s*([ap])\.?m\b\.?)?\s*(?P<zone>(?i:[+-]\d\d:?\d\d)|\(?(?-i:[A-Z]{1,5})\b\)?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
#: The zones that RFC 2822 names; elsewhere one name stands for several.
_ZONES = dict.fromkeys(("Z", "UT", "UTC", "GMT"), "+0000") | {
    f"{zone}{kind}": f"-0{hours - (kind == 'DT')}00"
    for zone, hours in (("E", 5), ("C", 6), ("M", 7), ("P", 8))
    for kind in ("ST", "DT")
}


def iso_date(value: str) -> str | None:
    """`value` as an ISO 8601 date, or date and time, or None when it is neither.

    A time keeps its offset from UTC, for the day of publication is the publisher's; one without is taken for UTC.
    """
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    try:
        return _written(datetime.fromisoformat(value)) if found["time"] else date.fromisoformat(value).isoformat()
    except (ValueError, OverflowError):
        return None


def read_date(value: str, lang: str | None) -> str | None:
    """As `iso_date`, of other spellings, too.

    Months may be named in English and in `lang`, a language tag. None for what names no day, and for what could be
    two of them (03/04/2026). A time in a zone whose name is not known is left out, its day stays.
    """
    value = " ".join(value.split())
    if len(value) > _MAX_LENGTH:
        return None
    if found := iso_date(value):
        return found
    if since := _SINCE_1970.fullmatch(value):
        return _written(datetime.fromtimestamp(int(since[1]), UTC))
    try:
        found_day = _in_numbers(value) or _with_a_month(value, lang)
        return found_day and _at(*found_day)
    except (ValueError, OverflowError):
        # There is no such day, or no such time.
        return None


def _written(moment: datetime) -> str:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    moment.astimezone(UTC)  # raises OverflowError for a time that UTC has no year for
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _in_numbers(value: str) -> tuple[date, str] | None:
    """A day written in numbers, and what is said beside it."""
    if found := _YEAR_FIRST.search(value):
        year, month, day = map(int, found.groups())
    elif found := _YEAR_LAST.search(value):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        # With full stops the day always comes first, with other signs only some write it so.
        if found[2] != "." and day != month:
            if day <= 12 and month <= 12:
                return None
            if month > 12:
                day, month = month, day
    else:
        return None
    return date(year, month, day), _without(value, found)


def _with_a_month(value: str, lang: str | None) -> tuple[date, str] | None:
    """A day whose month is named, and what is said beside it; the day has one or two digits, the year four."""
    words = value.casefold()
    if len(words) != len(value):
        return None
    for names in (_months(language) for language in (lang, "en", "en-GB") if language):
        named = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]
        if not named:
            continue
        start = words.index(named[0])
        beside = f"{value[:start]} {value[start + len(named[0]) :]}"
        time = _TIME.search(beside)
        numbers = sorted(_NUMBER.findall(_without(beside, time) if time else beside), key=len)
        if len({names[name] for name in named}) > 1 or [*map(len, numbers)] not in ([1, 4], [2, 4]):
            return None
        return date(int(numbers[1]), names[named[0]], int(numbers[0])), time[0] if time else ""
    return None


@cache
def _months(language: str) -> dict[str, int]:
    """The names of months in a language, the longest first, without a full stop at the end; none if it has none."""
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return {}
    names = {
        name.casefold().rstrip("."): month
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, context, locale).items()
    }
    return dict(sorted(names.items(), key=lambda each: -len(each[0])))


def _at(day: date, beside: str) -> str | None:
    """The day at the time of day that is said beside it, if any; None when there are other numbers."""
    time = _TIME.search(beside)
    if _NUMBER.search(_without(beside, time) if time else beside):
        return None
    if time is None:
        return day.isoformat()
    hour, minute, second = int(time[1]), int(time[3]), int(time[4] or 0)
    if time[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if time[5].lower() == "p" else 0)
    zone = (time["zone"] or "Z").strip("()")
    offset = zone if zone[0] in "+-" else _ZONES.get(zone)
    return iso_date(f"{day}T{hour:02}:{minute:02}:{second:02}{offset}") if offset else day.isoformat()


def _without(value: str, found: re.Match[str]) -> str:
    return f"{value[: found.start()]} {value[found.end() :]}"
