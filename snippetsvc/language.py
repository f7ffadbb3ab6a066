"""The interface's languages: the words of each, and how it writes days, times and numbers.

The words are as `tools/catalogues.py` has compiled them.
A language is a folder, `translations/<code>/LC_MESSAGES`; English is the language of the message ids and has none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from gettext import NullTranslations, translation

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from snippetsvc.errors import Uncompiled
from snippetsvc.files import folder

SOURCE = "en"
_NOTHING = '""'


@dataclass(frozen=True)
class Language:
    """One language of the interface.

    code: its folder's name; locale: Babel's; name: what it calls itself; dir: `ltr` or `rtl`; translations: gettext's;
    messages: for scripts, by message id (of the singular, where there are two): the translation, or the translations
    by CLDR plural category; stylesheet: what screen readers say where a snippet begins and ends.
    """

    code: str
    locale: Locale
    name: str
    dir: str
    translations: NullTranslations
    messages: Mapping[str, str | dict[str, str]]
    stylesheet: str

    @classmethod
    def load(cls, code: str) -> Language:
        """Of the source language, the message ids are the messages. Raises `Uncompiled`."""
        locale = Locale.parse(code)
        translations, messages = NullTranslations(), {}
        if code != SOURCE:
            words = folder("translations")
            try:
                translations = translation("messages", words, [code])
                messages = json.loads((words / code / "LC_MESSAGES" / "messages.json").read_text("utf-8"))
            except OSError:
                raise Uncompiled(f"{words / code} is not compiled: .venv/bin/python -m tools.catalogues") from None
        name = locale.get_display_name(code) or code
        return cls(
            code=code,
            locale=locale,
            name=name[:1].upper() + name[1:],
            dir=locale.text_direction,
            translations=translations,
            messages=messages,
            stylesheet=_announcements(translations),
        )

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, more: str, number: int) -> str:
        """The message for so many; `%(num)s` in it is the number as this language writes it."""
        return self.translations.ngettext(one, more, number).replace("%(num)s", self.number(number))

    def number(self, number: int) -> str:
        """As this language writes it."""
        return format_decimal(number, locale=self.locale)

    def listed(self, parts: Sequence[str]) -> str:
        """Parts of a sentence in one line, with commas and an "and" between them."""
        return format_list(parts, locale=self.locale)

    def day(self, value: date | str | None) -> str:
        """A day in words. What a publisher gave and no calendar knows stays as it is."""
        if not value:
            return ""
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                return str(value)
            # A publisher's own zone: the day is the one that was printed on the item.
            value = value.date()
        return format_date(value, "long", locale=self.locale)

    def short_day(self, value: datetime, today: date) -> str:
        """The day (in UTC) of a time of ours, as short as can be: without the year, if that is the present one."""
        value = value.astimezone(UTC)
        return format_skeleton("MMMd" if value.year == today.year else "yMMMd", value, locale=self.locale)

    def moment(self, value: datetime) -> str:
        """A time of ours, to the minute. Whose clock it is told by stands in it: UTC.

        Worded as scripts word it by the reader's own clock (`dateStyle: "long", timeStyle: "short"`). How day and hour
        are joined is a message, because Babel does not know that form.
        """
        value = value.astimezone(UTC)
        time = format_time(value, "short", tzinfo=UTC, locale=self.locale)
        return self.gettext("%(date)s at %(time)s UTC") % {"date": self.day(value.date()), "time": time}


def _announcements(translations: NullTranslations) -> str:
    """CSS that numbers and announces snippets. Generated content is never part of the text; what is seen of it, before
    the stroke, page.css puts into the margin, so that it takes no room and leaves joined letters joined."""
    begins = translations.gettext("Snippet %(number)s begins.")
    changed = translations.gettext("Snippet %(number)s, changed since it was marked, begins.")
    ends = translations.gettext("End of snippet %(number)s.")
    number = "attr(data-starts)"
    return (
        f".snippet[data-starts]::before{{{_spoken(begins, 'data-starts', number)}}}"
        f'.snippet[data-starts][data-status~="changed"]::before{{{_spoken(changed, "data-starts", number)}}}'
        f".snippet[data-ends]::after{{{_spoken(ends, 'data-ends', _NOTHING)}}}"
    )


def _spoken(message: str, attribute: str, seen: str) -> str:
    strings = [f'"{_in_css(part)}"' for part in message.split("%(number)s")]
    return f"content:{seen}/" + f" attr({attribute}) ".join(strings)


def _in_css(text: str) -> str:
    return "".join(f"\\{ord(char):x} " if char in '"\\\n<' else char for char in text)


def _load_languages() -> dict[str, Language]:
    """All languages by code, English first, then by code."""
    codes = sorted(path.parent.name for path in folder("translations").glob("*/LC_MESSAGES"))
    return {code: Language.load(code) for code in (SOURCE, *codes)}


LANGUAGES = _load_languages()
