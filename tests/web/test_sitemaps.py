"""The sitemaps and robots.txt: where search engines find all articles, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
import redis
from flask.testing import FlaskClient

from snippetsvc.exports.json import timestamp
from snippetsvc.run.app import create_app
from snippetsvc.store import keys, records
from tests.service import Service
from tests.store.samples import NOW, an_article
from tests.store.servers import Proxy, Server
from tests.web.xml import tree

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XML = "application/xml; charset=utf-8"
ORIGIN = "https://news.example"
MANY = 100_000


def test_a_sitemap_has_every_article_and_since_when_it_stands_as_it_does(service: Service, slug: str) -> None:
    service.publish(slug, "<p>Words.</p>")
    service.publish("last-of-the-list", "<p>Words.</p>")
    revised = service.publish(slug, "<p>Other words.</p>").json["revisions"][1]["created_at"]
    for path in ("/sitemap.xml", "/sitemap-1.xml"):
        answer = service.get(path)
        assert answer.headers["content-type"] == XML
        found = pages_in(answer.body)
        assert found[f"{service.url}/articles/{slug}"] == revised
        # In the order in which they were published: an article's place is the same tomorrow.
        assert list(found)[-2:] == [f"{service.url}/articles/{slug}", f"{service.url}/articles/last-of-the-list"]


def test_an_article_that_is_renamed_has_its_new_address_alone(service: Service, slug: str) -> None:
    service.publish(slug, "<p>Words.</p>")
    assert f"{service.url}/articles/{slug}" in pages_in(service.get("/sitemap.xml").body)
    assert service.flask("articles", "rename", slug, f"{slug}-new").returncode == 0
    found = pages_in(service.get("/sitemap.xml").body)
    assert f"{service.url}/articles/{slug}-new" in found
    assert f"{service.url}/articles/{slug}" not in found


@pytest.mark.parametrize("number", ["0", "2", "01", "-1", "x", "", "1x", "9" * 9, "9" * 5_000, "%D9%A1"])
def test_a_sitemap_that_is_not_there(service: Service, number: str) -> None:
    assert service.get(f"/sitemap-{number}.xml").status == 404


def test_robots_may_read_everything(service: Service, harbour: str) -> None:
    """Previews obey `Disallow` too: what may not be asked for cannot say that it is not for search engines."""
    answer = service.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    for path in ("/", f"/articles/{harbour}", "/s/1-x.y", "/api/v1/articles", "/static/x/page.css"):
        assert rules.can_fetch("anybody", service.url + path)
    assert rules.site_maps() == [f"{service.url}/sitemap.xml"]


@pytest.mark.parametrize("prefix", ["", "/marks"])
def test_below_a_path(below: Service, prefix: str) -> None:
    assert "Sitemap: https://news.example/marks/sitemap.xml\n" in below.get(f"{prefix}/robots.txt").text
    assert "https://news.example/marks/articles/harbour" in pages_in(below.get(f"{prefix}/sitemap.xml").body)


def pages_in(body: bytes) -> dict[str, str]:
    """The addresses in a sitemap, in their order, and their times."""
    root = tree(body)
    assert root.tag == f"{NAMESPACE}urlset"
    return {
        str(page.findtext(f"{NAMESPACE}loc")): str(page.findtext(f"{NAMESPACE}lastmod"))
        for page in root.iter(f"{NAMESPACE}url")
    }


def sitemaps_in(body: bytes) -> list[str]:
    """The addresses in an index."""
    root = tree(body)
    assert root.tag == f"{NAMESPACE}sitemapindex"
    return [str(each.text) for each in root.iter(f"{NAMESPACE}loc")]


class Site:
    """A service whose store has so many articles, and what its store is asked."""

    def __init__(self, client: FlaskClient, server: Server, proxy: Proxy) -> None:
        self.client = client
        self.server = server
        self._proxy = proxy

    def get(self, path: str) -> bytes:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return bytes(answer.data)

    def cost(self, path: str) -> tuple[int, int]:
        """Round trips to the store for an answer, and records that are read."""
        trips, reads = self._proxy.round_trips, self._reads()
        self.get(path)
        return self._proxy.round_trips - trips, self._reads() - reads

    def _reads(self) -> int:
        with redis.Redis(port=self.server.port) as client:
            return int(client.info("commandstats").get("cmdstat_get", {}).get("calls", 0))


def published_at(number: int) -> datetime:
    return NOW + timedelta(milliseconds=number)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One with 100,000 articles."""
    with Server() as server, Proxy(server.port) as proxy:
        with redis.Redis(port=server.port) as client:
            for first in range(1, MANY, 5_000):
                numbers = range(first, first + 5_000)
                heads = {keys.head(each): records.pack_article(an_article(each, f"of-many-{each}")) for each in numbers}
                client.mset(heads)
                client.zadd(keys.ARTICLES, {str(number): number for number in numbers})
        app = create_app(settings(tmp_path_factory.mktemp("many"), proxy.port))
        yield Site(app.test_client(), server, proxy)
        app.extensions["close"]()


def settings(directory: Path, port: int) -> dict[str, str]:
    return {
        "SNIPPETSVC_DATA_DIR": str(directory),
        "SNIPPETSVC_REDIS_URL": f"redis://127.0.0.1:{port}",
        "SNIPPETSVC_SECRET_KEYS": "signing-key-of-the-tests",
        "SNIPPETSVC_BASE_URL": ORIGIN,
        # What readers would be shown while the store is away need not be read.
        "SNIPPETSVC_RECENT_ARTICLES": "0",
    }


def test_many_articles_have_several_sitemaps_and_an_index(site: Site) -> None:
    assert sitemaps_in(site.get("/sitemap.xml")) == [f"{ORIGIN}/sitemap-1.xml", f"{ORIGIN}/sitemap-2.xml"]
    pages = [pages_in(site.get(f"/sitemap-{number}.xml")) for number in (1, 2)]
    assert [len(each) for each in pages] == [50_000, 50_000]
    assert [*pages[0], *pages[1]] == [f"{ORIGIN}/articles/of-many-{number}" for number in range(1, MANY + 1)]
    assert set(pages[0].values()) == {timestamp(NOW)}
    assert site.client.get("/sitemap-3.xml").status_code == 404


def test_one_sitemap_reads_its_own_articles_in_few_round_trips(site: Site) -> None:
    site.server.ask("INCR", keys.CHANGES)
    trips, reads = site.cost("/sitemap-2.xml")
    assert 50_000 <= reads < 51_000
    # Some fifty; what goes through the proxy in several pieces is counted more than once.
    assert trips < 1_000
    trips, reads = site.cost("/sitemap-2.xml")
    assert (reads < 100, trips < 100) == (True, True), "the same again"
    site.server.ask("INCR", keys.CHANGES)
    assert site.cost("/sitemap-2.xml")[1] >= 50_000, "something has changed"


def test_the_index_reads_no_article(site: Site) -> None:
    trips, reads = site.cost("/sitemap.xml")
    assert (reads < 100, trips < 100) == (True, True)


def test_where_an_index_begins(site: Site) -> None:
    site.server.ask("ZREMRANGEBYRANK", keys.ARTICLES, 50_001, -1)
    assert len(sitemaps_in(site.get("/sitemap.xml"))) == 2
    assert list(pages_in(site.get("/sitemap-2.xml"))) == [f"{ORIGIN}/articles/of-many-50001"]
    site.server.ask("ZREM", keys.ARTICLES, 50_001)
    assert sitemaps_in(site.get("/sitemap.xml")) == [f"{ORIGIN}/sitemap-1.xml"]
    assert site.client.get("/sitemap-2.xml").status_code == 404
    site.server.ask("ZREM", keys.ARTICLES, 50_000)
    assert len(pages_in(site.get("/sitemap.xml"))) == 49_999


def test_a_store_without_articles(site: Site) -> None:
    site.server.ask("DEL", keys.ARTICLES)
    assert pages_in(site.get("/sitemap.xml")) == pages_in(site.get("/sitemap-1.xml")) == {}
    feed = tree(site.get("/feed.atom"))
    assert feed.findtext("{http://www.w3.org/2005/Atom}updated") == "1970-01-01T00:00:00Z"
