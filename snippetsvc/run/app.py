"""The application as a process runs it: settings, store, use cases, views and commands, put together."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime

from flask import Flask

from snippetsvc.embedded import Embedded
from snippetsvc.preparing.preparer import Preparer
from snippetsvc.run import cli
from snippetsvc.run.refreshing import Refreshing
from snippetsvc.run.settings import Settings
from snippetsvc.service import Services
from snippetsvc.store import connect
from snippetsvc.tokens import Tokens
from snippetsvc.web.app import application
from snippetsvc.web.site import Site


def create_app(
    environ: Mapping[str, str] | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Flask:
    """The application for the settings in `environ` (the process's own unless given).

    It ends with the process, or by `app.extensions["close"]()`. Raises `BadSetting`. A store that cannot be reached
    does not stop the start.
    """
    settings = Settings.read(os.environ if environ is None else environ)
    app = application(settings.base_path, settings.stylesheet)
    cli.register(app)
    ends = ExitStack()
    atexit.register(ends.close)
    try:
        url = settings.redis_url
        if url is None:
            embedded = ends.enter_context(Embedded(settings.data_dir, settings.valkey_server))
            app.extensions["embedded"] = embedded
            url = embedded.url
        store = ends.enter_context(connect(url))
        preparer = ends.enter_context(Preparer())
        services = Services.of(store, settings.recent_articles, preparer, Tokens(settings.secret_keys), now)
        ends.enter_context(Refreshing(services.library))
    except BaseException:
        ends.close()
        raise
    app.extensions["snippetsvc"] = Site(services, settings.origin, settings.publish_keys, settings.name, settings.lang)
    app.extensions["settings"] = settings
    app.extensions["close"] = ends.close
    return app
