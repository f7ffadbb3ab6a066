"""The application: routes, errors and headers, put together."""

from __future__ import annotations

from functools import cache

import msgspec
from flask import Flask

from snippetsvc.files import folder
from snippetsvc.language import LANGUAGES
from snippetsvc.web import addresses, headers, health, negotiation, problems
from snippetsvc.web.api import api
from snippetsvc.web.assets import PUBLISHERS, Assets
from snippetsvc.web.discovery import discovery
from snippetsvc.web.glued import glued
from snippetsvc.web.pages import pages
from snippetsvc.web.shared import shared
from snippetsvc.web.templates import Templates


def application(base_path: str, stylesheet: str | None = None) -> Flask:
    """The WSGI application below a path, `""` or `/marks`; its `Site` is for whoever runs it to put in.

    stylesheet: rules of the publisher's, which follow ours on every page.

    Raises `BadSetting` for a base path that cannot be.
    """
    app = addresses.Mounted("snippetsvc", template_folder=None, static_folder=None)
    app.config["APPLICATION_ROOT"] = base_path
    made: dict[str, bytes] = {}
    for code, language in LANGUAGES.items():
        made[f"words.{code}.json"] = msgspec.json.encode(language.messages)
        made[f"words.{code}.css"] = language.stylesheet.encode()
    if stylesheet is not None:
        made[PUBLISHERS] = stylesheet.encode()
    static = Assets(folder("static"), made)
    app.extensions["assets"] = static
    # Every request has the same base path.
    app.extensions["templates"] = Templates(cache(static), dressed=stylesheet is not None)
    headers.init_app(app)
    addresses.init_app(app)
    negotiation.init_app(app)
    problems.register(app)
    app.register_blueprint(pages)
    app.register_blueprint(shared)
    app.register_blueprint(glued)
    app.register_blueprint(discovery)
    app.register_blueprint(api)
    app.register_blueprint(health.health)
    app.add_url_rule("/static/<version>/<path:name>", "static", static.serve)
    addresses.check_base(base_path, app.url_map)
    return app
