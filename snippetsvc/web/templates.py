"""Pages out of templates, in each of the interface's languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from flask import current_app, url_for
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from snippetsvc.files import folder
from snippetsvc.language import LANGUAGES, Language


class Templates:
    """The templates, read with the words of one language or another.

    static: the address of a file; dressed: whether there is a sheet of the publisher's.

    In them stand `_`, `ngettext`, `date_words`, `day_words`, `moment_words`; `language`; `url_for`; `static(name)`, the
    address of a file; `fixed(name)`, a template in which nothing but the language varies, rendered once; and what
    `rendering` gives.
    """

    def __init__(self, static: Callable[[str], str], *, dressed: bool) -> None:
        told = {"static": static, "dressed": dressed}
        self._environments = {code: _environment(language, told) for code, language in LANGUAGES.items()}

    def render(self, name: str, language: Language, **values: object) -> str:
        return self._environments[language.code].get_template(name).render(values)


def templates() -> Templates:
    """Those of the current application."""
    found: Templates = current_app.extensions["templates"]
    return found


def _environment(language: Language, told: Mapping[str, object]) -> Environment:
    environment = Environment(loader=FileSystemLoader(folder("templates")), autoescape=True, auto_reload=False)

    def gettext(message: str, **values: object) -> Markup:
        # Translations are ours, like the templates; what is put into them is escaped.
        text = Markup(language.gettext(message))  # noqa: S704
        return text % values if values else text

    @cache
    def fixed(name: str) -> Markup:
        return Markup(environment.get_template(name).render())  # noqa: S704  # a template of ours

    environment.globals.update(
        {
            "_": gettext,
            "ngettext": language.ngettext,
            "language": language,
            "url_for": url_for,
            **told,
            "fixed": fixed,
        }
    )
    environment.filters.update(date_words=language.day, day_words=language.short_day, moment_words=language.moment)
    return environment
