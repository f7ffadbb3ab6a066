"""The addresses of a page: its own, and the one from which others are resolved."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from snippetsvc.html.sanitise import attribute


@dataclass(frozen=True, slots=True)
class Addresses:
    """base: what relative addresses are resolved against, if it is known; own: where the article itself stands."""

    base: str | None
    own: frozenset[str]

    @classmethod
    def of(cls, tree: BeautifulSoup, source_url: str | None) -> Addresses:
        """Those of a page; what it says of its own address counts only where `source_url` is not known."""
        links = [link for link in tree.find_all("link") if "canonical" in attribute(link, "rel").lower().split()]
        said = [attribute(link, "href") for link in links]
        said += [attribute(meta, "content") for meta in tree.find_all("meta", property="og:url")]
        own = [source_url] if source_url else [address for address in said if _is_absolute(address)]
        named = next((attribute(base, "href") for base in tree.find_all("base", href=True)), "")
        base = resolved(named, own[0] if own else None)
        return cls(base if _is_absolute(base) else (own[0] if own else None), frozenset(map(_place, own)))

    def fragment(self, href: str) -> str | None:
        """What a link that leads into the article itself has behind its `#`; None for any other link."""
        if href.startswith("#"):
            return href[1:]
        address, sign, fragment = resolved(href, self.base).partition("#")
        return fragment if sign and self.own and _place(address) in self.own else None


def resolved(address: str, base: str | None) -> str:
    """The address in full; as it is where it cannot be resolved."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _is_absolute(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _place(address: str) -> str:
    """What two addresses of one page have in common."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.netloc.lower()}{parts.path or '/'}?{parts.query}"
