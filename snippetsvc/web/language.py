"""The interface's language: which one, and its words.

The catalogues are gettext's: `translations/<code>/LC_MESSAGES/messages.po`, compiled in memory at start, so that the
text file is the one source. Adding a language is adding its folder; English is the language of the message ids and
has none. Scripts get the messages that name a file of theirs in the catalogue, as JSON, with plural forms under the
CLDR category that `Intl.PluralRules` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, abort, g, request
from flask_babel import Babel, Domain, format_date, get_locale, refresh  # type: ignore[import-untyped]
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

SOURCE = "en"
FOLDER = Path(__file__).resolve().parent.parent / "translations"

#: Every plural category of every language shows itself among these numbers.
_SAMPLES = range(201)


@dataclass(frozen=True)
class Language:
    """One language of the interface.

    code: its folder's name; name: what it calls itself; dir: `ltr` or `rtl`; translations: gettext's;
    messages: for scripts, by message id (of the singular, where there are two): the translation, or the translations
    by CLDR plural category; script_messages: the same as JSON that may stand in a data block of a page;
    stylesheet: what screen readers say where a snippet begins and ends.
    """

    code: str
    name: str
    dir: str
    translations: NullTranslations
    messages: Mapping[str, str | dict[str, str]]
    script_messages: Markup
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
            script_messages=htmlsafe_json_dumps(messages, ensure_ascii=False, separators=(",", ":")),
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


def choose(requested: str | None, article: str | None, accept: LanguageAccept) -> tuple[str, bool]:
    """The interface's language: what was asked for, else the article's, else the browser's, else English.

    `requested` and `article` are language tags; of the article's only the first part counts. The second value says
    whether the browser's wish was looked at, that is whether the answer varies with it.
    """
    if requested in LANGUAGES:
        return requested, False
    if article is not None and (code := article.partition("-")[0].lower()) in LANGUAGES:
        return code, False
    return accept.best_match(list(LANGUAGES), SOURCE) or SOURCE, True


def requested() -> str | None:
    """The `?lang=` of this request, if there is such a language: the page's own links carry it on."""
    code = request.args.get("lang")
    return code if code in LANGUAGES else None


def use_article(lang: str | None) -> None:
    """Tell which language the shown article has. Views call it before they render or ask for `page_lang()`."""
    g.article_lang = lang
    refresh()


def page_lang() -> str:
    """The code of the interface's language in this request."""
    locale = get_locale()
    return str(locale) if locale is not None else SOURCE


def messages(lang: str) -> Mapping[str, str | dict[str, str]]:
    """What scripts need in a language, by message id; empty for English, whose message ids are the messages."""
    return LANGUAGES[lang].messages


def date_words(value: date | datetime | str | None) -> str:
    """A day in the interface's language. What a publisher gave and no calendar knows stays as it is."""
    if not value:
        return ""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
        # A publisher's own zone: the day is the one that was printed on the item.
        value = value.date()
    return str(format_date(value, "long"))


def language_links() -> list[tuple[str, str, str, bool]]:
    """`(code, own name, href, current)` of each language; the href is relative to the page that shows it.

    Relative, so that it stays right when a script has put a link's address into the address bar.
    """
    current = page_lang()
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return [
        (code, language.name, "?" + urlencode([*kept, ("lang", code)]), code == current)
        for code, language in LANGUAGES.items()
    ]


class _MemoryDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain over catalogues that are in memory already."""

    def get_translations(self) -> NullTranslations:
        return LANGUAGES[page_lang()].translations


class _MemoryBabel(Babel):  # type: ignore[misc]
    @cached_property
    def domain_instance(self) -> Domain:
        return _MemoryDomain()


def _select() -> str:
    code, negotiated = choose(requested(), g.get("article_lang"), request.accept_languages)
    if negotiated:
        g.language_negotiated = True
    return code


def _vary(response: Response) -> Response:
    if g.get("language_negotiated"):
        response.vary.add("Accept-Language")
    return response


def _stylesheet(code: str) -> Response:
    if code not in LANGUAGES:
        abort(404)
    response = Response(LANGUAGES[code].stylesheet, mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = 86400
    response.add_etag()
    response.make_conditional(request)
    return response


def _context() -> dict[str, object]:
    language = LANGUAGES[page_lang()]
    return {
        "page_lang": language.code,
        "page_dir": language.dir,
        "lang_requested": requested(),
        "languages": language_links(),
        "script_messages": language.script_messages,
    }


def init_app(app: Flask) -> None:
    """Give `app` the languages: `_()` and the date filters in templates, `page_lang`, `page_dir`, `lang_requested`,
    `languages` and `script_messages` in their context, the address `/words/<code>.css` (endpoint `words`), and
    `Vary: Accept-Language` where the browser's wish was asked."""
    _MemoryBabel(app, locale_selector=_select)
    app.jinja_env.filters["date_words"] = date_words
    app.context_processor(_context)
    app.add_url_rule("/words/<code>.css", "words", _stylesheet)
    app.after_request(_vary)
