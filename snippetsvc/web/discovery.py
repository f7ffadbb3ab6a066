"""What feed readers and search engines find the articles by: the feed, the sitemaps, robots.txt."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from snippetsvc.errors import NotFound
from snippetsvc.exports import feed, sitemap
from snippetsvc.web.addresses import absolute, check_origin, origin
from snippetsvc.web.answers import public
from snippetsvc.web.negotiation import page_language, requested, use_article
from snippetsvc.web.rendering import answered, at_hand
from snippetsvc.web.site import services, site

discovery = Blueprint("discovery", __name__)
discovery.before_request(check_origin)

_ENTRIES = 50
_XML = "application/xml; charset=utf-8"


@discovery.get("/feed.atom")
def atom() -> AnyResponse:
    articles, _ = services().articles.listed(0, _ENTRIES)
    use_article(site().lang)
    language, lang = page_language(), requested()
    told = feed.Feed(
        title=site().name or language.gettext("Articles"),
        lang=language.code,
        id=absolute("discovery.atom"),
        address=absolute("discovery.atom", lang=lang),
        home=absolute("pages.index", lang=lang),
    )
    entries = [(article, absolute("pages.article", slug=article.slug, lang=lang)) for article in articles]
    return public(feed.atom(told, entries), "application/atom+xml; charset=utf-8")


@discovery.get("/sitemap.xml")
def sitemap_or_index() -> AnyResponse:
    count, changes = services().articles.places()
    if count < sitemap.MOST:
        return _sitemap(1, count, changes)
    numbers = range(1, _last(count) + 1)
    return public(sitemap.index(absolute("discovery.numbered_sitemap", number=number) for number in numbers), _XML)


@discovery.get("/sitemap-<number:number>.xml")
def numbered_sitemap(number: int) -> AnyResponse:
    count, changes = services().articles.places()
    if number > _last(count):
        raise NotFound("there are not that many sitemaps")
    return _sitemap(number, count, changes)


@discovery.get("/robots.txt")
def robots() -> AnyResponse:
    """Everything may be asked for: who may not see a share's page does not see either that it is not to be listed."""
    lines = ("User-agent: *", "Allow: /", "", f"Sitemap: {absolute('discovery.sitemap_or_index')}", "")
    return public("\n".join(lines), "text/plain; charset=utf-8")


def _last(count: int) -> int:
    """The number of the last sitemap of so many articles; there is a first one of none."""
    return max(1, -(-count // sitemap.MOST))


def _sitemap(number: int, count: int, changes: int) -> AnyResponse:
    def make() -> bytes:
        found = services().articles.oldest((number - 1) * sitemap.MOST, sitemap.MOST)
        pages = ((absolute("pages.article", slug=each.slug), each.shown().created_at) for each in found)
        return sitemap.urlset(pages)

    # Reading thousands of heads takes a second or more, and most who ask have asked before.
    return answered(at_hand(("sitemap", number, origin(), count, changes), make), _XML, "public, no-cache")
