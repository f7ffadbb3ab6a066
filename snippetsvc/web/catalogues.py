"""The interface's words: gettext's catalogues, compiled in memory at start, so that the text file is the one source.

A language is a folder, `translations/<code>/LC_MESSAGES/messages.po`; English is the language of the message ids and
has none. Scripts get the messages that name a file of theirs in the catalogue, with plural forms under the CLDR
category that `Intl.PluralRules` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE = "en"
FOLDER = Path(__file__).resolve().parent.parent / "translations"

#: Every plural category of every language shows itself among these numbers.
_SAMPLES = range(201)


@dataclass(frozen=True)
class Language:
    """One language of the interface.

    code: its folder's name; name: what it calls itself; dir: `ltr` or `rtl`; translations: gettext's;
    messages: for scripts, by message id (of the singular, where there are two): the translation, or the translations
    by CLDR plural category; stylesheet: what screen readers say where a snippet begins and ends.
    """

    code: str
    name: str
    dir: str
    translations: NullTranslations
    messages: Mapping[str, str | dict[str, str]]
    stylesheet: str

    @classmethod
    def load(cls, code: str, path: Path | None) -> Language:
        """Read the catalogue at `path`; without one the message ids are the messages."""
        locale = Locale.parse(code)
        translations: NullTranslations = NullTranslations()
        messages: dict[str, str | dict[str, str]] = {}
        if path is not None:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=code, abort_invalid=True)
            translations = _compiled(catalogue)
            messages = {_id(message): _for_scripts(message, locale, translations) for message in _of_scripts(catalogue)}
        name = locale.get_display_name(code) or code
        return cls(
            code=code,
            name=name[:1].upper() + name[1:],
            dir=locale.text_direction,
            translations=translations,
            messages=messages,
            stylesheet=_announcements(translations),
        )


def _compiled(catalogue: Catalog) -> Translations:
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return Translations(buffer)


def _of_scripts(catalogue: Catalog) -> list[Message]:
    return [
        message
        for message in catalogue
        if message.id and not message.fuzzy and any(str(path).endswith(".js") for path, _ in message.locations)
    ]


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _for_scripts(message: Message, locale: Locale, translations: NullTranslations) -> str | dict[str, str]:
    if isinstance(message.id, str):
        return translations.gettext(message.id)
    singular, plural = message.id
    forms = {locale.plural_form(number): translations.ngettext(singular, plural, number) for number in _SAMPLES}
    # Fractions, which is what "other" means where no integer has it, are not counted here.
    forms.setdefault("other", next(reversed(forms.values())))
    return forms


def _announcements(translations: NullTranslations) -> str:
    """CSS that announces snippets. Generated content is never part of the text, and with an empty visible half it
    takes no room and leaves joined letters joined; `attr()` puts in the numbers."""
    begins = translations.gettext("Snippet %(number)s begins.")
    changed = translations.gettext("Snippet %(number)s, changed since it was marked, begins.")
    ends = translations.gettext("End of snippet %(number)s.")
    return (
        f".snippet[data-starts]::before{{{_spoken(begins, 'data-starts')}}}"
        f'.snippet[data-starts][data-status~="changed"]::before{{{_spoken(changed, "data-starts")}}}'
        f".snippet[data-ends]::after{{{_spoken(ends, 'data-ends')}}}"
    )


def _spoken(message: str, attribute: str) -> str:
    strings = [f'"{_in_css(part)}"' for part in message.split("%(number)s")]
    return 'content:""/' + f" attr({attribute}) ".join(strings)


def _in_css(text: str) -> str:
    return "".join(f"\\{ord(char):x} " if char in '"\\\n<' else char for char in text)


def load_languages(folder: Path = FOLDER) -> dict[str, Language]:
    """All languages by code, English first, then by code."""
    codes = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/messages.po"))
    found = {SOURCE: Language.load(SOURCE, None)}
    for code in codes:
        found[code] = Language.load(code, folder / code / "LC_MESSAGES" / "messages.po")
    return found


LANGUAGES = load_languages()
