"""The addresses of a page: its own, and the one from which others are resolved; and what an address says to people."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

from snippetsvc.html.sanitise import attribute
from snippetsvc.html.tree import elements


@dataclass(frozen=True, slots=True)
class Addresses:
    """own: where the article itself stands; base: what relative addresses are resolved against; None if not known."""

    own: str | None
    base: str | None

    @classmethod
    def of(cls, tree: BeautifulSoup, own: str | None) -> Addresses:
        named = next((attribute(base, "href") for base in elements(tree, "base") if base.has_attr("href")), "")
        base = resolved(named, own)
        return cls(own, base if base.lower().startswith(("http://", "https://")) else own)

    def fragment(self, href: str) -> str | None:
        """What a link that leads into the article itself has behind its `#`; None for any other link."""
        if href.startswith("#"):
            return href[1:]
        address, sign, fragment = resolved(href, self.base).partition("#")
        return fragment if sign and self.own and _place(address) == _place(self.own) else None


def resolved(address: str, base: str | None) -> str:
    """The address in full, as far as `base` is known; empty where it is none."""
    try:
        return urljoin(base or "", address)
    except ValueError:
        return ""


def site(address: str) -> str:
    """The host of an address, without what all hosts begin with; empty where it has none."""
    return (_split(address).hostname or "").removeprefix("www.")


def file_name(address: str) -> str:
    """The last part of an address's path, as it is read; empty where there is none."""
    # Escaped characters may be any, and not all can be written.
    return "".join(filter(str.isprintable, unquote(_split(address).path).rstrip("/").rpartition("/")[2]))


def _place(address: str) -> str:
    """What two addresses of one page have in common."""
    parts = _split(address)
    return f"{parts.netloc.lower()}{parts.path or '/'}?{parts.query}"


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return urlsplit("")
