"""The addresses that exports name, as they are given out: with scheme and host, without a language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """token: the share's; share, article: the addresses of its page, and of its article's."""

    token: str
    share: str
    article: str

    @property
    def print(self) -> str:
        """The share's printable version."""
        return f"{self.share}/print"

    def export(self, suffix: str) -> str:
        """The share in the format with this suffix."""
        return f"{self.share}.{suffix}"

    def snippet(self, number: int) -> str:
        """The place of a snippet on the share's page."""
        return f"{self.share}#snippet-{number}"

    def revision(self, number: int) -> str:
        """One revision of the article."""
        return f"{self.article}?revision={number}"
