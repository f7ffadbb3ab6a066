"""Every setting, declared once. Read from the environment and checked at start.

`SETTINGS` is the table; `Settings.read` turns an environment into values, or raises `BadSetting` naming what is
wrong. What a container platform injects for a service of this name is not ours and is ignored.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from snippetsvc.errors import BadSetting
from snippetsvc.importing.addresses import host_of
from snippetsvc.language import LANGUAGES, SOURCE
from snippetsvc.web.addresses import HOST

PREFIX = "SNIPPETSVC_"
#: Characters of a name that stands in the head of every page, beside the switch of languages.
MAX_NAME = 60
_INJECTED = re.compile(r"SNIPPETSVC_(SERVICE|PORT)_.+")
_INJECTED_PORT = re.compile(r"(tcp|udp|sctp)://")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: `read` makes the value of the text, raising `ValueError` with what is wrong."""

    name: str
    read: Callable[[str], Any]
    default: Any
    meaning: str


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


def _name(value: str) -> str:
    name = " ".join(_text(value).split())
    if len(name) > MAX_NAME or not name.isprintable():
        raise ValueError(f"must be a line of {MAX_NAME} characters at most")
    return name


def _lang(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"must be a language of the interface: {', '.join(LANGUAGES)}")
    return value


def _stylesheet(value: str) -> str:
    path = Path(_text(value))
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path}: must be written in UTF-8") from None


def _keys(value: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in value.split(","))
    if not all(keys):
        raise ValueError("must be keys with commas between them, none of them empty")
    # A bearer key travels in a header, and a signing key had better be writable in one, too.
    if not all(re.fullmatch(r"[\x21-\x7e]+", key) for key in keys):
        raise ValueError("keys must be visible ASCII characters without spaces")
    return keys


def _base_url(value: str) -> str:
    parts = urlsplit(value.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address such as https://example.org/marks")
    # `port` raises ValueError, and says why, beyond 65535.
    if not HOST.fullmatch(parts.netloc.rpartition("@")[2]) or parts.port == 0:
        raise ValueError("has a host or port that cannot be; a name in other letters is written as xn--…")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("must have no query, fragment or user name")
    if not re.fullmatch(r"(/(?!\.\.?(/|$))[A-Za-z0-9._~-]+)*/?", parts.path):
        raise ValueError("has a path with dots alone, or other characters than letters, digits and . _ ~ -")
    return value.strip().rstrip("/")


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value.strip()) or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(value)

    return read


def _hosts(value: str) -> tuple[str, ...]:
    try:
        return tuple(host_of(host.strip().removeprefix("[").removesuffix("]")) for host in value.split(","))
    except ValueError as error:
        raise ValueError(f"must be hosts without ports, with commas between them: {error}") from None


def _program(value: str) -> str:
    found = shutil.which(_text(value))
    if found is None:
        raise ValueError("names no program that can be run")
    return found


SETTINGS = (
    Setting("REDIS_URL", _text, None, "the store; unset, an embedded Valkey server in the data directory"),
    Setting("DATA_DIR", lambda value: Path(_text(value)), Path("var"), "where the embedded server and keys live"),
    Setting("VALKEY_SERVER", _program, None, "the embedded server's program; unset, ours, else one on PATH"),
    Setting("SECRET_KEYS", _keys, None, "signing keys, oldest first; the last one signs, all verify"),
    Setting("PUBLISH_KEYS", _keys, None, "bearer keys that may publish articles"),
    Setting("FETCH_ALLOW", _hosts, None, "hosts that import may reach though they are private, on any port"),
    Setting("BASE_URL", _base_url, None, "public address that links are built with; may have a path"),
    Setting("HOST", _text, "127.0.0.1", "address to listen on"),
    Setting("PORT", _whole(1, 65_535), 8000, "port to listen on"),
    Setting("NAME", _name, None, "the publisher's or the site's name; unset, \"Articles\""),
    Setting("LANG", _lang, SOURCE, "language of home for readers whose own is not offered"),
    Setting("STYLESHEET", _stylesheet, None, "a file whose rules are served after ours, read at start"),
    Setting("WORKERS", _whole(1, 64), min(os.cpu_count() or 1, 4), "server processes"),
    Setting("RECENT_ARTICLES", _whole(0, 100_000), 200, "how many recent articles each process keeps at hand"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values. `redis_url` None: the embedded store, whose program `valkey_server` names, or it is the usual one.

    `publish_keys` empty: publishing over HTTP is off. `stylesheet`: what is in the file, not where it is.
    """

    redis_url: str | None
    data_dir: Path
    valkey_server: str | None
    secret_keys: tuple[str, ...]
    publish_keys: tuple[str, ...]
    fetch_allow: tuple[str, ...]
    base_url: str | None
    host: str
    port: int
    name: str | None
    lang: str
    stylesheet: str | None
    workers: int
    recent_articles: int

    @property
    def base_path(self) -> str:
        """The path of the public address, without a slash at its end: `""` or `/marks`."""
        return urlsplit(self.base_url).path if self.base_url else ""

    @property
    def origin(self) -> str:
        """Scheme and host of the public address; empty when it is the request's own."""
        return self.base_url.removesuffix(self.base_path) if self.base_url else ""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in `environ`. Creates the keys of an embedded store when there are none.

        Raises `BadSetting` with one line that names the variable.
        """
        known = {setting.name for setting in SETTINGS}
        for variable in sorted(environ):
            if not variable.startswith(PREFIX) or variable.removeprefix(PREFIX) in known:
                continue
            if not _INJECTED.fullmatch(variable):
                raise BadSetting(f"{variable}: no setting has this name (known: {', '.join(sorted(known))})")
        values = {setting.name.lower(): _value(setting, environ) for setting in SETTINGS}
        embedded = values["redis_url"] is None
        if values["secret_keys"] is None:
            if not embedded:
                raise BadSetting("SNIPPETSVC_SECRET_KEYS: must be set when SNIPPETSVC_REDIS_URL is")
            values["secret_keys"] = _generated(values["data_dir"] / "secret-keys")
        if values["publish_keys"] is None:
            values["publish_keys"] = _generated(values["data_dir"] / "publish-keys") if embedded else ()
        values["fetch_allow"] = values["fetch_allow"] or ()
        return cls(**values)


def _value(setting: Setting, environ: Mapping[str, str]) -> Any:
    variable = PREFIX + setting.name
    text = environ.get(variable)
    if text is None or (setting.name == "PORT" and _INJECTED_PORT.match(text)):
        return setting.default
    try:
        return setting.read(text)
    except ValueError as error:
        raise BadSetting(f"{variable}: {error}") from None


def _generated(path: Path) -> tuple[str, ...]:
    """The keys in the file at `path`, made on first use by whichever process is first."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with open(descriptor, "w", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(32) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
                # A link fails where the file exists by now: the first process wins, and none sees half a key.
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        # What is not UTF-8 becomes a character that no key may have.
        return _keys(path.read_text(encoding="utf-8", errors="replace").strip())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadSetting(f"SNIPPETSVC_DATA_DIR: {path}: {reason}") from None
