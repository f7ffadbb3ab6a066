"""Compiles the interface's words: each `messages.po` to `messages.mo` beside it, and for scripts to `messages.json`.

    python -m tools.catalogues

Run when the environment is made, and whenever a text has changed; a package's build calls `compile_catalogues`. Needs
Babel alone.

Scripts get the messages that name a file of theirs in the catalogue, by message id (of the singular, where there are
two): the translation, or the translations under the CLDR plural categories that `Intl.PluralRules` gives.
"""

from __future__ import annotations

import json
from gettext import GNUTranslations
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "snippetsvc" / "translations"

#: Every plural category of every language shows itself among these numbers.
_SAMPLES = range(201)


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Compile what is in `folder`, as `<code>/LC_MESSAGES/messages.po`; the files that were made."""
    made = []
    for text in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        compiled, for_scripts = text.with_suffix(".mo"), text.with_suffix(".json")
        locale = Locale.parse(text.parent.parent.name)
        with text.open("rb") as file:
            catalogue = read_po(file, locale=locale, abort_invalid=True)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
        with compiled.open("rb") as file:
            translations = GNUTranslations(file)
        words = {_id(each): _translation(each, translations, locale) for each in catalogue if _is_for_scripts(each)}
        for_scripts.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        made += [compiled, for_scripts]
    return made


def _is_for_scripts(message: Message) -> bool:
    return bool(message.id) and any(str(path).endswith(".js") for path, _ in message.locations)


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _translation(message: Message, translations: GNUTranslations, locale: Locale) -> str | dict[str, str]:
    if isinstance(message.id, str):
        return translations.gettext(message.id)
    one, more = message.id
    forms = {locale.plural_form(number): translations.ngettext(one, more, number) for number in _SAMPLES}
    # Fractions, which is what "other" means where no integer has it, are not counted here.
    forms.setdefault("other", next(reversed(forms.values())))
    return forms


if __name__ == "__main__":
    compile_catalogues()
