"""Addresses: what `SNIPPETSVC_REDIS_URL` may say.

    redis://[[name]:password@]host[:port][/db][?option=value…]      rediss:// with TLS
    unix:///path/to.sock[?db=n&password=…]
    redis+sentinel://host[:26379][,host…]/service[/db][?sentinel_password=…]
    redis+cluster://host[:port][,host…]                             rediss+… with TLS

Options are those of redis-py that concern the connection: `ssl_ca_certs`, `ssl_certfile`, `ssl_keyfile`,
`ssl_check_hostname`, `username`, `password` and so on. No text made here repeats the URL: it may hold a password.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlsplit

from snippetsvc.errors import BadSetting

SETTING = "SNIPPETSVC_REDIS_URL"

_DEFAULT_PORTS = {"": 6379, "sentinel": 26379, "cluster": 6379}
_SCHEME = re.compile(r"(?P<tls>rediss|redis)(?:\+(?P<kind>sentinel|cluster))?|unix")
_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.%]+)\]|(?P<name>[^\[\]:@/?#\s]+))(?::(?P<port>\d{1,5}))?")
_SENTINEL = {"sentinel_username": "username", "sentinel_password": "password"}


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """kind: "" (one server), "sentinel" or "cluster"; hosts: none for a Unix socket, whose path is `path`.

    options and sentinel_options: for redis-py's connections to the data and to Sentinel.
    """

    kind: str
    tls: bool
    hosts: tuple[tuple[str, int], ...] = ()
    path: str = ""
    service: str = ""
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sentinel_options: Mapping[str, Any] = field(default_factory=dict, repr=False)


def parse(url: str) -> StoreAddress:
    """Raises `BadSetting` with one line that says what is wrong, without the URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _bad("it is not a URL; a special character in a password is written as %XX") from None
    scheme = _SCHEME.fullmatch(parts.scheme)
    if scheme is None or not url.lower().startswith(f"{parts.scheme}://"):
        raise _bad("it must begin with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://")
    if parts.fragment:
        raise _bad("it has a fragment; a # in a password is written %23")
    kind, tls = scheme["kind"] or "", scheme["tls"] == "rediss"
    options, sentinel_options = _options(parts.query, kind, tls)
    user, separator, hosts = parts.netloc.rpartition("@")
    if separator:
        name, _, password = user.partition(":")
        given = {"username": unquote(name), "password": unquote(password)}
        options = {**{key: value for key, value in given.items() if value}, **options}
    if options.get("username") and not options.get("password"):
        raise _bad("it has a user name and no password")
    if parts.scheme == "unix":
        return _unix(hosts, os.fsdecode(unquote_to_bytes(parts.path)), options)
    found = tuple(_host(host, _DEFAULT_PORTS[kind]) for host in hosts.split(","))
    if kind == "" and len(found) > 1:
        raise _bad("it has several hosts; redis+sentinel:// and redis+cluster:// take several")
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    service = ""
    if kind == "sentinel":
        if not segments:
            raise _bad("the name of Sentinel's service is missing: redis+sentinel://host:26379/service/0")
        service = segments.pop(0)
    if segments:
        if len(segments) > 1:
            raise _bad("its path has too many parts")
        options.setdefault("db", _database(segments[0]))
    if kind == "cluster" and options.pop("db", 0) != 0:
        raise _bad("a cluster has only database 0")
    return StoreAddress(kind, tls, found, "", service, options, sentinel_options)


def _unix(host: str, path: str, options: Mapping[str, Any]) -> StoreAddress:
    if host or not path:
        raise _bad("a Unix socket is written unix:///path/to.sock, with three slashes")
    if len(os.fsencode(path)) > 107:
        raise _bad("the path of the Unix socket is longer than 107 bytes")
    return StoreAddress("", False, (), path, "", options)


def _host(text: str, default_port: int) -> tuple[str, int]:
    if text == "":
        raise _bad("the host is missing")
    match = _HOST.fullmatch(text)
    port = int(match["port"] or default_port) if match else 0
    name = unquote(match["six"] or match["name"]) if match else ""
    if not _can_be_asked_for(name) or not 1 <= port <= 65535:
        raise _bad("a host or its port is malformed; a special character in a password is written as %XX")
    return name, port


def _can_be_asked_for(name: str) -> bool:
    """Whether the system's resolver takes it: parts of a name are 1 to 63 characters long (RFC 1035, section 2.3.4)."""
    try:
        return bool(name.encode("idna"))
    except UnicodeError:
        return False


def _database(text: str) -> int:
    # Not int(): it would take "+1", "1_0" and digits of other scripts.
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise _bad("the number of the database is not a number")
    return int(text)


def _options(query: str, kind: str, tls: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    options: dict[str, Any] = {}
    sentinel_options: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in _SENTINEL and kind == "sentinel":
            sentinel_options[_SENTINEL[name]] = value
        elif name not in _READ:
            # The name is not repeated: a question mark in a password makes the rest of it look like an option.
            raise _bad(f"it has an option that is not known (known are {', '.join(_READ)}); a ? in a password is %3F")
        elif name.startswith("ssl_") and not tls:
            raise _bad(f"the option {name} needs rediss://")
        else:
            options[name] = _READ[name](name, value)
    certificates = {name: value for name, value in options.items() if name.startswith("ssl_")}
    _check_certificates(certificates)
    return options, {**certificates, **sentinel_options}


def _check_certificates(options: Mapping[str, Any]) -> None:
    context = ssl.create_default_context()
    try:
        if "ssl_ca_certs" in options or "ssl_ca_path" in options:
            context.load_verify_locations(options.get("ssl_ca_certs"), options.get("ssl_ca_path"))
        if "ssl_certfile" in options or "ssl_keyfile" in options:
            # The password is given in any case, so that nothing asks for it at the terminal.
            context.load_cert_chain(
                options.get("ssl_certfile", ""), options.get("ssl_keyfile"), options.get("ssl_password", "")
            )
        if "ssl_ciphers" in options:
            context.set_ciphers(options["ssl_ciphers"])
    except OSError:
        raise _bad(f"what one of the options {', '.join(options)} names cannot be used") from None


def _text(name: str, value: str) -> str:
    return value


def _number(name: str, value: str) -> int:
    return _database(value)


def _file(name: str, value: str) -> str:
    if not Path(value).exists():
        raise _bad(f"the file that the option {name} names does not exist")
    return value


def _truth(name: str, value: str) -> bool:
    if value.lower() not in _TRUTHS:
        raise _bad(f"the option {name} is either true or false")
    return _TRUTHS[value.lower()]


def _requirement(name: str, value: str) -> str:
    if value not in {"required", "optional", "none"}:
        raise _bad(f"the option {name} is one of required, optional, none")
    return value


_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_READ: Mapping[str, Callable[[str, str], Any]] = {
    "db": _number,
    "username": _text,
    "password": _text,
    "client_name": _text,
    "ssl_ca_certs": _file,
    "ssl_ca_path": _file,
    "ssl_certfile": _file,
    "ssl_keyfile": _file,
    "ssl_password": _text,
    "ssl_ciphers": _text,
    "ssl_check_hostname": _truth,
    "ssl_cert_reqs": _requirement,
}


def _bad(what: str) -> BadSetting:
    return BadSetting(f"{SETTING}: {what}")
