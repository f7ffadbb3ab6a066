"""An import from its beginning to its end: what is refused, left for later, gone on with, or only rehearsed."""

from __future__ import annotations

import pytest

from snippetsvc.models import Outcome
from tests.importing.press import Press
from tests.importing.sites import Reply, Site


def test_each_refusal_has_its_reason(press: Press, site: Site) -> None:
    site.replies["/500"] = Reply(status=500)
    site.replies["/empty"] = Reply(b"<!doctype html><html><body><script>1</script></body></html>")
    site.replies["/large"] = Reply(b"<p>a" * 5_000_000)
    site.replies["/pdf"] = Reply(b"%PDF", headers={"Content-Type": "application/pdf"})
    site.moved("/round", "/round")
    site.moved("/inside", "http://127.0.0.2/")
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private", headers={"Content-Type": "text/plain"})
    pages = ["/404", "/500", "/empty", "/large", "/pdf", "/round", "/inside", "/private"]
    assert press.lists(*pages) == {
        "/404": "refused 404",
        "/500": "refused 500",
        "/empty": "refused no-text",
        "/large": "refused large",
        "/pdf": "refused kind",
        "/round": "refused redirects",
        "/inside": "refused forbidden",
        "/private": "refused robots",
    }
    assert press.slugs() == []
    # Nothing of them is in the way of a page that comes later.
    site.page("/empty", "Full", "Words.")
    assert press.lists("/empty") == {"/empty": "new empty"}


def test_addresses_in_lists_that_are_none(press: Press, site: Site) -> None:
    body = "<urlset><url><loc>ftp://a.example/</loc></url><url><loc>http://u:p@a.example/</loc></url></urlset>"
    site.replies["/sitemap.xml"] = Reply(body.encode())
    said = press.imports("/sitemap.xml")
    assert said == {"ftp://a.example/": "refused forbidden", "http://…@a.example/": "refused forbidden"}


def test_sitemaps_that_lead_in_circles(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    site.sitemap("/a.xml", ["/a"])
    site.index("/sitemap.xml", ["/a.xml", "/sitemap.xml"])
    assert press.imports("/sitemap.xml") == {"/a": "new a", "/sitemap.xml": "refused no-list"}


def test_an_import_that_was_interrupted_goes_on(press: Press, site: Site) -> None:
    pages = [f"/{number}" for number in range(6)]
    for path in pages:
        site.page(path, path, "Words.")
    site.sitemap("/sitemap.xml", pages)

    def stop(_: Outcome, done: int, __: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press.imports("/sitemap.xml", told=stop)
    assert press.imports("/sitemap.xml") == {path: f"new {path[1:]}" for path in pages}
    assert press.report.before == 4
    assert {site.times[path] for path in pages} == {1}
    # That was its end: the next one begins anew.
    assert press.imports("/sitemap.xml") == {path: f"same {path[1:]}" for path in pages}
    assert press.report.before == 0


def test_a_dry_run_keeps_nothing(press: Press, site: Site) -> None:
    site.page("/a_b", "A", "Words.")
    site.page("/a-b", "A", "Further words.")
    assert press.lists("/a_b", "/a-b", dry=True) == {"/a_b": "new a-b", "/a-b": "new a-b-2"}
    assert press.slugs() == []
    assert press.lists("/a_b") == {"/a_b": "new a-b"}
    site.page("/a_b", "A", "Other words.")
    assert press.lists("/a_b", "/a-b", dry=True) == {"/a_b": "changed a-b", "/a-b": "new a-b-2"}
    assert (press.revisions("a-b"), press.slugs()) == (1, ["a-b"])


def test_a_dry_run_says_what_would_be_though_nothing_of_it_is(press: Press, site: Site) -> None:
    canonical = "<link rel=canonical href='{}'>".format
    site.page("/a", "A", "Words.")
    site.page("/a?utm=1", "A", "Words.", canonical("/a"))
    site.moved("/old", "/found")
    site.page("/found", "B", "Words of B.")
    for number in (1, 2):
        site.page(f"/story/{number}", f"Part {number}", f"Words of part {number}.", canonical("/story"))
    site.replies["/empty"] = Reply(b"<!doctype html><html><body><script>1</script></body></html>")
    pages = ["/a?utm=1", "/a", "/old", "/found", "/story/1", "/story/2", "/empty"]
    expected = press.lists(*pages, dry=True)
    assert (expected["/a?utm=1"], expected["/story/2"], press.slugs()) == ("alias a", "new story-2", [])
    assert press.lists(*pages) == expected
    site.page("/a", "A", "Other words.")
    expected = press.lists(*pages, dry=True)
    assert (expected["/a"], press.revisions("a")) == ("changed a", 1)
    assert press.lists(*pages) == expected


def test_a_limit_takes_the_first_ones(press: Press, site: Site) -> None:
    for path in ("/a", "/b", "/c"):
        site.page(path, path, "Words.")
    site.sitemap("/sitemap.xml", ["/a", "/b", "/c"])
    assert press.imports("/sitemap.xml", limit=2) == {"/a": "new a", "/b": "new b"}
    assert press.imports("/sitemap.xml", limit=1) == {"/a": "same a"}
    assert press.imports("/sitemap.xml") == {"/a": "same a", "/b": "same b", "/c": "new c"}


def test_a_page_alone(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    assert press.imports("/a") == {"/a": "new a"}
    assert press.imports("/a") == {"/a": "same a"}
    assert (site.times["/a"], site.statuses["/a 304"]) == (2, 1)
    assert press.imports("/b") == {"/b": "refused 404"}
