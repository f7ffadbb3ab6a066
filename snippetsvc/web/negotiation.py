"""The interface's language in a request: which one, and how a page leads to the same in others."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Flask, Response, g, has_request_context, request
from werkzeug.datastructures import LanguageAccept

from snippetsvc.language import LANGUAGES, SOURCE, Language


def choose(requested: str | None, wish: LanguageAccept, article: str | None) -> str:
    """The interface's language: what was asked for, else the reader's own where it is offered, else the article's, else
    English.

    `requested` and `article` are language tags; of the article's only the first part counts. A wish for any language
    (`*`) is no reader's own.
    """
    if requested in LANGUAGES:
        return requested
    # In the order of their quality. Werkzeug's own `best_match` puts any tag without a region before all with one.
    tags = [tag for tag, quality in wish if quality > 0] + [article or ""]
    primary = (tag.partition("-")[0].lower() for tag in tags)
    return next((code for code in primary if code in LANGUAGES), SOURCE)


def requested() -> str | None:
    """The `?lang=` of this request, if there is such a language: the page's own links carry it on."""
    # Asked for once for every link of a page.
    if "requested" not in g:
        code = request.args.get("lang") if has_request_context() else None
        g.requested = code if code in LANGUAGES else None
    found: str | None = g.requested
    return found


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
        wish = request.accept_languages if has_request_context() else LanguageAccept()
        language = g.language = LANGUAGES[choose(requested(), wish, g.get("article_lang"))]
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
    if "language" in g:
        response.vary.add("Accept-Language")
    return response


def init_app(app: Flask) -> None:
    """Answers that speak a language say `Vary: Accept-Language`."""
    app.after_request(_vary)
