"""What was imported once and is not there any more stays, and is named; what may be there is not gone."""

from __future__ import annotations

from tests.importing.press import Press
from tests.importing.sites import Reply, Site

GONE_ON = "unlisted"


def test_a_page_that_was_taken_off_and_leads_home_stays_as_it_was(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    press.lists("/a")
    site.page("/", "Home", "Everything else.")
    site.moved("/a", "/", 302)
    assert press.lists("/a") == {"/a": f"gone a leads to {site.url}/"}
    assert "Words." in press.text("a")
    assert press.slugs() == ["a"]


def test_what_is_gone_stays_and_is_named(press: Press, site: Site) -> None:
    for path in ("/a", "/b", "/c"):
        site.page(path, path, "Words.")
    press.lists("/a", "/b", "/c")
    del site.replies["/a"]
    site.replies["/b"] = Reply(status=410)
    assert press.lists("/a", "/b") == {"/a": "gone a 404", "/b": "gone b 410", "/c": f"gone c {GONE_ON}"}
    assert press.slugs() == ["a", "b", "c"]
    # It is back.
    site.page("/a", "/a", "Words.")
    assert press.lists("/a", "/b", "/c")["/a"] == "same a"


def test_what_falls_out_of_a_feed_is_not_gone(press: Press, site: Site) -> None:
    for path in ("/a", "/b"):
        site.page(path, path, "Words.")
    site.feed("/feed.xml", ["/a", "/b"])
    press.imports("/feed.xml")
    site.feed("/feed.xml", ["/b"])
    assert press.imports("/feed.xml") == {"/b": "same b"}


def test_nor_is_what_a_sitemap_names_that_cannot_be_read(press: Press, site: Site) -> None:
    for path in ("/a", "/b"):
        site.page(path, path, "Words.")
        site.sitemap(f"{path}.xml", [path])
    site.index("/sitemap.xml", ["/a.xml", "/b.xml"])
    press.imports("/sitemap.xml")
    site.replies["/b.xml"] = Reply(status=500)
    assert press.imports("/sitemap.xml") == {"/a": "same a", "/b.xml": "refused 500"}


def test_nor_is_a_page_that_is_in_trouble(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    press.lists("/a")
    site.replies["/a"] = Reply(status=500)
    assert press.lists("/a") == {"/a": "refused 500"}
