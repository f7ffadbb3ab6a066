"""What is brought in: a document of whatever kind, as publishing takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from snippetsvc.models import Notice
from snippetsvc.service.articles import Details


@dataclass(frozen=True, slots=True)
class Manuscript:
    """html: a page or a fragment, as text or as bytes whose encoding is to be found out.

    said: by the names of `Details`, what it says of itself beside its HTML; canonical: the address that a page names as
    its own, perhaps relative; notices: what its HTML does not have any more.
    """

    html: str | bytes
    said: Mapping[str, Any] = field(default_factory=dict)
    canonical: str | None = None
    notices: tuple[Notice, ...] = ()

    def titled(self, title: str) -> Manuscript:
        """With this title, if it is no page and has no other."""
        if isinstance(self.html, bytes) or "title" in self.said or "<h1" in self.html:
            return self
        return replace(self, said={**self.said, "title": title})

    def details(self, source_url: str | None) -> Details:
        """What is said of it when it is published, its address included, if it has one."""
        given = dict(self.said) | ({} if source_url is None else {"source_url": source_url})
        return Details(**given, given=frozenset(given))
