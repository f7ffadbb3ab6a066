"""The application."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from flask import Flask, Request
from werkzeug.routing import MapAdapter

from snippetsvc.store import connect
from snippetsvc.web import addresses, cli, headers, health, language, problems
from snippetsvc.web.addresses import BelowPath, base_path, url
from snippetsvc.web.api import api
from snippetsvc.web.assets import Assets
from snippetsvc.web.catalogues import LANGUAGES
from snippetsvc.web.glued import glued
from snippetsvc.web.pages import pages
from snippetsvc.web.services import Services
from snippetsvc.web.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]


def create_app(
    environ: Mapping[str, str] | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Flask:
    """The application for the settings in `environ` (the process's own unless given).

    Raises `BadSetting`. A store that cannot be reached does not stop the start.
    """
    settings = Settings.read(os.environ if environ is None else environ)
    services = Services.of(settings, connect(settings.redis_url, settings.data_dir, settings.valkey_server), now)
    app = _Flask("snippetsvc", template_folder=str(_ROOT / "templates"), static_folder=None)
    app.extensions["snippetsvc"] = services
    app.config.update(ORIGIN=settings.origin, BASE_PATH=settings.base_path)
    words = {f"words.{code}.json": msgspec.json.encode(language.messages(code)) for code in LANGUAGES}
    static = Assets(_ROOT / "static", words)
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
    app.context_processor(lambda: _context(static))
    below = BelowPath(app.wsgi_app, settings.base_path, app.extensions["routes"])
    app.wsgi_app = below  # type: ignore[method-assign]
    services.shelf.keep()
    atexit.register(services.close)
    return app


class _Flask(Flask):
    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Routes are the same for every host, so nothing is worked out of it; `addresses` says which may be.

        Nor does a route redirect, for which the host would be needed.
        """
        if request is None:
            return super().create_url_adapter(request)
        return self.url_map.bind("localhost", path_info=request.path, default_method=request.method)


def _context(static: Assets) -> dict[str, object]:
    return {"url": url, "static": static, "api": f"{base_path()}/api/v1"}
