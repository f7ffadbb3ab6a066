"""The interface's language in a request: which one, and how templates and views get at its words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from urllib.parse import urlencode

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask, Response, abort, g, has_request_context, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from snippetsvc.web.catalogues import LANGUAGES, SOURCE, Language


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
    code = request.args.get("lang") if has_request_context() else None
    return code if code in LANGUAGES else None


def use_article(lang: str | None) -> None:
    """Tell which language the shown article has. Views call it before they render or ask for `page_lang()`."""
    g.article_lang = lang
    g.pop("language", None)


def use_query(query: Mapping[str, object]) -> None:
    """Tell what the shown page goes by in its address (None: it does not): switches of language keep that alone."""
    g.query = [(name, value) for name, value in query.items() if value is not None]


def page_lang() -> str:
    """The code of the interface's language in this request."""
    return _current().code


def _current() -> Language:
    # Asked for once for every message of a page, so it is chosen once.
    language: Language | None = g.get("language")
    if language is None:
        accept = request.accept_languages if has_request_context() else LanguageAccept()
        code, g.language_negotiated = choose(requested(), g.get("article_lang"), accept)
        language = g.language = LANGUAGES[code]
    return language


def messages(lang: str) -> Mapping[str, str | dict[str, str]]:
    """What scripts need in a language, by message id; empty for English, whose message ids are the messages."""
    return LANGUAGES[lang].messages


def date_words(value: date | str | None) -> str:
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
    return format_date(value, "long", locale=page_lang())


def moment_words(value: datetime) -> str:
    """A time of ours, to the minute, in the interface's language. Whose clock it is told by stands in it: UTC.

    Worded as scripts word it by the reader's own clock (`dateStyle: "long", timeStyle: "short"`). How day and hour are
    joined is a message, because Babel does not know that form.
    """
    value = value.astimezone(UTC)
    time = format_time(value, "short", tzinfo=UTC, locale=page_lang())
    return gettext("%(date)s at %(time)s UTC") % {"date": date_words(value.date()), "time": time}


def language_links() -> list[tuple[str, str, str, bool]]:
    """`(code, own name, href, current)` of each language; the href is relative to the page that shows it.

    Relative, so that it stays right when a script has put a link's address into the address bar.
    """
    current = page_lang()
    kept = [each for each in g.get("query", request.args.items(multi=True)) if each[0] != "lang"]
    return [
        (code, language.name, "?" + urlencode([*kept, ("lang", code)]), code == current)
        for code, language in LANGUAGES.items()
    ]


def _vary(response: Response) -> Response:
    if g.get("language_negotiated"):
        response.vary.add("Accept-Language")
    return response


def _stylesheet(version: str, code: str) -> Response:
    if code not in LANGUAGES or version != _version(code):
        abort(404)
    response = Response(LANGUAGES[code].stylesheet, mimetype="text/css")
    response.cache_control.public = True
    # Its address names its content.
    response.cache_control.max_age = 31_536_000
    response.cache_control.immutable = True
    response.add_etag()
    response.make_conditional(request)
    return response


def gettext(message: str) -> str:
    """The message in the request's language."""
    return _current().translations.gettext(message)


def ngettext(one: str, more: str, number: int) -> str:
    """The message for so many, in the request's language; `%(num)s` in it is the number as that language writes it."""
    language = _current()
    return language.translations.ngettext(one, more, number).replace(
        "%(num)s", format_decimal(number, locale=language.code)
    )


@cache
def _version(code: str) -> str:
    return hashlib.sha256(LANGUAGES[code].stylesheet.encode()).hexdigest()[:12]


def _fixed(name: str) -> Markup:
    """A template in which nothing but the language varies, rendered once for each."""
    language = _current()
    key = language.code, name
    if key not in _rendered:
        _rendered[key] = Markup(render_template(name))  # noqa: S704  # a template of ours
    return _rendered[key]


_rendered: dict[tuple[str, str], Markup] = {}


def _context() -> dict[str, object]:
    language = _current()
    return {
        "page_lang": language.code,
        "page_dir": language.dir,
        "lang_requested": requested(),
        "languages": language_links(),
        "words_version": _version(language.code),
    }


def init_app(app: Flask) -> None:
    """Give `app` the languages: `_()` and the date filters in templates, `page_lang`, `page_dir`, `lang_requested`,
    `languages` and `words_version` in their context, the address of the announcements (`words`), and
    `Vary: Accept-Language` where the browser's wish was asked."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # of that
    app.jinja_env.globals["fixed"] = _fixed
    app.jinja_env.filters["date_words"] = date_words
    app.jinja_env.filters["moment_words"] = moment_words
    app.context_processor(_context)
    app.add_url_rule("/words/<version>/<code>.css", "words", _stylesheet)
    app.after_request(_vary)
