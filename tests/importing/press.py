"""Importing as tests ask for it: of a site, into services, without waiting."""

from __future__ import annotations

from collections.abc import Callable

from snippetsvc.importing.fetching import Fetcher
from snippetsvc.importing.importer import Importer, Report
from snippetsvc.importing.visiting import Visitor
from snippetsvc.models import Outcome
from snippetsvc.service import Services
from snippetsvc.service.articles import Details
from snippetsvc.store.dry import DryStore
from tests.importing.sites import Site


def _nobody(*_: object) -> None: ...


class Press:
    def __init__(self, services: Services, site: Site) -> None:
        self.services = services
        self.site = site
        self.report = Report()

    def imports(
        self,
        *sources: str,
        dry: bool = False,
        limit: int | None = None,
        told: Callable[[Outcome, int, int], None] = _nobody,
    ) -> dict[str, str]:
        """What became of each address (a path, where it is the site's): `new a-slug`, `refused 404`."""
        visitor = Visitor(Fetcher("snippetsvc/tests", {"127.0.0.1"}), 0)
        store = DryStore(self.services.store) if dry else self.services.store
        articles = self.services.articles.on(store) if dry else self.services.articles
        importer = Importer(store, articles, visitor, told)
        self.report = importer.report
        importer.run([f"{self.site.url}{source}" if source.startswith("/") else source for source in sources], limit)
        every = [*importer.report.outcomes.values(), *importer.report.gone]
        return {each.address.removeprefix(self.site.url): self._short(each) for each in every}

    def lists(self, *pages: str, **options: bool) -> dict[str, str]:
        """The same, of these pages in a sitemap."""
        self.site.sitemap("/sitemap.xml", pages)
        return self.imports("/sitemap.xml", **options)  # type: ignore[arg-type]

    @staticmethod
    def _short(outcome: Outcome) -> str:
        return " ".join(filter(None, (outcome.became, outcome.slug, outcome.reason)))

    def publish(self, slug: str, html: str) -> None:
        """By hand."""
        self.services.articles.publish(slug, html, Details())

    def text(self, slug: str) -> str:
        return self.services.articles.open(slug, None).document.text

    def revisions(self, slug: str) -> int:
        return len(self.services.articles.head(slug).revisions)

    def slugs(self) -> list[str]:
        return sorted(article.slug for article in self.services.articles.listed(0, 100)[0])
