"""What an address says to people: the site that it is on, the file that it names."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit


def site(address: str) -> str:
    """The host of an address, without what all hosts begin with; empty where it has none."""
    try:
        host = _split(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def file_name(address: str) -> str:
    """The last part of an address's path, as it is read; empty where there is none."""
    try:
        path = _split(address).path
    except ValueError:
        return ""
    # Escaped characters may be any, and not all can be written.
    return "".join(filter(str.isprintable, unquote(path).rstrip("/").rpartition("/")[2]))


def _split(address: str) -> SplitResult:
    return urlsplit(address.strip())
