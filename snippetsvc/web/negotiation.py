"""The interface's language in a request: which one, and how templates get at its words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlencode

from flask import Flask, Response, abort, g, has_request_context, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from snippetsvc.language import LANGUAGES, SOURCE, Language


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
    """Tell which language the shown article has. Views call it before they render or ask for `page_language()`."""
    g.article_lang = lang
    g.pop("language", None)


def use_query(query: Mapping[str, object]) -> None:
    """Tell what the shown page goes by in its address (None: it does not): switches of language keep that alone."""
    g.query = [(name, value) for name, value in query.items() if value is not None]


def page_language() -> Language:
    """The interface's language in this request."""
    # Asked for once for every message of a page, so it is chosen once.
    language: Language | None = g.get("language")
    if language is None:
        accept = request.accept_languages if has_request_context() else LanguageAccept()
        code, g.language_negotiated = choose(requested(), g.get("article_lang"), accept)
        language = g.language = LANGUAGES[code]
    return language


def language_links() -> list[tuple[str, str, str, bool]]:
    """`(code, own name, href, current)` of each language; the href is relative to the page that shows it.

    Relative, so that it stays right when a script has put a link's address into the address bar.
    """
    current = page_language().code
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


@cache
def _version(code: str) -> str:
    return hashlib.sha256(LANGUAGES[code].stylesheet.encode()).hexdigest()[:12]


def _fixed(name: str) -> Markup:
    """A template in which nothing but the language varies, rendered once for each."""
    key = page_language().code, name
    if key not in _rendered:
        _rendered[key] = Markup(render_template(name))  # noqa: S704  # a template of ours
    return _rendered[key]


_rendered: dict[tuple[str, str], Markup] = {}


def _context() -> dict[str, object]:
    language = page_language()
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
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of that extension
        lambda message: page_language().gettext(message),
        lambda one, more, number: page_language().ngettext(one, more, number),
        newstyle=True,
    )
    app.jinja_env.globals["fixed"] = _fixed
    app.jinja_env.filters["date_words"] = lambda value: page_language().day(value)
    app.jinja_env.filters["moment_words"] = lambda value: page_language().moment(value)
    app.context_processor(_context)
    app.add_url_rule("/words/<version>/<code>.css", "words", _stylesheet)
    app.after_request(_vary)
