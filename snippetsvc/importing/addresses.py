"""Addresses of the web, taken apart and spelled in one way: two that are equal lead to the same place."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

_DEFAULT_PORT = {"http": 80, "https": 443}
#: Of a path and a query what is left as it stands (RFC 3986, 3.3 and 3.4); `%` is taken for what it says.
_PLAIN_PATH, _PLAIN_QUERY = "/%:@!$&'()*+,;=~", "/?%:@!$&'()*+,;=~"
_NAME = re.compile(r"(?=.{1,253}\Z)([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
#: What ends so is a number for browsers (WHATWG URL, "ends in a number checker"), and for the system's resolver.
_ENDS_IN_A_NUMBER = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)")
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Address:
    """scheme: `http` or `https`; host: as `host_of` spells it; target: path and query, as a request names them."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, text: str) -> Address:
        """Raises `ValueError` with what is wrong: another scheme, a user's name, a host or a port that cannot be."""
        text = text.strip()
        if len(text) > _MOST or re.search(r"[\x00-\x1f\x7f]", text):
            raise ValueError(f"an address has at most {_MOST} characters, none of them a control character")
        parts = urlsplit(text)
        scheme = parts.scheme.lower()
        if scheme not in _DEFAULT_PORT:
            raise ValueError("only addresses with http and https are fetched")
        if "@" in parts.netloc:
            raise ValueError("an address with a user's name or password is not fetched")
        port = _DEFAULT_PORT[scheme] if parts.port is None else parts.port
        path = quote(parts.path or "/", _PLAIN_PATH)
        query = quote(parts.query, _PLAIN_QUERY)
        host = parts.hostname or ""
        if "[" in parts.netloc and ":" not in host:
            raise ValueError(f"{host[:100]!r} is no IPv6 address")
        return cls(scheme, host_of(host), port, f"{path}?{query}" if query else path)

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own: as in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def to(self, reference: str) -> Address:
        """Where a reference on this page leads. Raises as `of` does."""
        return Address.of(urljoin(str(self), reference.strip()))


def host_of(text: str) -> str:
    """A host in its one spelling: a name in lower case and ASCII, an IP address as `ipaddress` writes it.

    Raises `ValueError`.
    """
    if ":" in text:
        if "%" in text:
            raise ValueError("an address with a zone means a place in a local network alone")
        return str(ipaddress.IPv6Address(text))
    name = text.lower() if text.isascii() else text.encode("idna").decode().lower()
    name = name.removesuffix(".")
    if not _NAME.fullmatch(name):
        raise ValueError(f"{text[:100]!r} is no host")
    if not _ENDS_IN_A_NUMBER.fullmatch(name):
        return name
    return str(_number(name))


def _number(name: str) -> ipaddress.IPv4Address:
    """One to four parts, each decimal, octal or hexadecimal, of which the last fills what is left (inet_aton)."""
    parts = name.split(".")
    if not all(re.fullmatch(r"0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*", part) for part in parts):
        raise ValueError(f"{name!r} is no IP address")
    *first, last = (int(part, 16 if "x" in part else 8 if part.startswith("0") else 10) for part in parts)
    if len(first) > 3 or any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
        raise ValueError(f"{name!r} is no IP address")
    return ipaddress.IPv4Address(int.from_bytes(bytes(first)) << 8 * (4 - len(first)) | last)
