"""The application."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import msgspec
from flask import Flask

from snippetsvc.store import connect
from snippetsvc.web import addresses, cli, headers, health, language, problems
from snippetsvc.web.api import api
from snippetsvc.web.assets import Assets
from snippetsvc.web.catalogues import LANGUAGES
from snippetsvc.web.files import folder
from snippetsvc.web.glued import glued
from snippetsvc.web.pages import pages
from snippetsvc.web.services import Services
from snippetsvc.web.settings import Settings


def create_app(
    environ: Mapping[str, str] | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Flask:
    """The application for the settings in `environ` (the process's own unless given).

    Raises `BadSetting`. A store that cannot be reached does not stop the start.
    """
    settings = Settings.read(os.environ if environ is None else environ)
    app = addresses.Mounted("snippetsvc", template_folder=str(folder("templates")), static_folder=None)
    app.config.update(ORIGIN=settings.origin, APPLICATION_ROOT=settings.base_path)
    words = {f"words.{code}.json": msgspec.json.encode(language.messages(code)) for code in LANGUAGES}
    static = Assets(folder("static"), words)
    headers.init_app(app)
    addresses.init_app(app)
    language.init_app(app)
    problems.register(app)
    app.register_blueprint(pages)
    app.register_blueprint(glued)
    app.register_blueprint(api)
    app.register_blueprint(health.health)
    cli.register(app)
    app.add_url_rule("/static/<version>/<path:name>", "static", static.serve)
    app.jinja_env.globals["static"] = static
    addresses.check_base(settings.base_path, app.url_map)
    services = Services.of(settings, connect(settings.redis_url, settings.data_dir, settings.valkey_server), now)
    app.extensions["snippetsvc"] = services
    services.shelf.keep()
    atexit.register(services.close)
    return app
