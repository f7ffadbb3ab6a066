"""The addresses that belong to an article and to a share, made of its page's: as paths, or `under` an origin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """page: the address of the article's page."""

    page: str

    @property
    def print(self) -> str:
        """Its printable version."""
        return f"{self.page}/print"

    def revision(self, number: int) -> str:
        """One revision of it."""
        return f"{self.page}?revision={number}"

    def under(self, origin: str) -> ArticleLinks:
        """The same, given out with scheme and host."""
        return ArticleLinks(origin + self.page)


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """page: the address of the share's page."""

    token: str
    page: str
    article: ArticleLinks

    @property
    def print(self) -> str:
        """Its printable version."""
        return f"{self.page}/print"

    @property
    def qr(self) -> str:
        """The QR code of its page's address."""
        return f"{self.page}/qr.svg"

    def export(self, suffix: str) -> str:
        """The share in the format with this suffix."""
        return f"{self.page}.{suffix}"

    def snippet(self, number: int) -> str:
        """The place of a snippet on its page."""
        return f"{self.page}#snippet-{number}"

    def under(self, origin: str) -> ShareLinks:
        """The same, given out with scheme and host."""
        return ShareLinks(self.token, origin + self.page, self.article.under(origin))
