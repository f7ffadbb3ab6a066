"""Which article a document is: addresses that lead to one, addresses that only say so, and what people decided here."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from snippetsvc.models import Outcome
from snippetsvc.service.articles import Articles, Details
from tests.importing.press import Press
from tests.importing.sites import Reply, Site, page

GONE_ON = "unlisted"


def canonical(address: str) -> str:
    return f"<link rel=canonical href='{address}'>"


def test_a_page_is_an_article_and_stays_it(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    assert press.lists("/a") == {"/a": "new a"}
    article = press.services.articles.head("a")
    assert (article.title, article.lang, article.source_url) == ("A", "en", f"{site.url}/a")
    assert press.lists("/a") == {"/a": "same a"}
    assert site.statuses["/a 304"] == 1
    site.page("/a", "A", "Other words.")
    assert press.lists("/a") == {"/a": "changed a"}
    assert (press.revisions("a"), "Other words." in press.text("a")) == (2, True)


def test_what_changes_around_the_words_is_no_revision(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.", "<meta name=csrf content=1>")
    press.lists("/a")
    site.page("/a", "A", "Words.", "<meta name=csrf content=2>")
    assert press.lists("/a") == {"/a": "same a"}
    assert press.revisions("a") == 1


def test_a_server_that_knows_times_alone_is_asked_by_them(press: Press, site: Site) -> None:
    asked = []
    moment = "Mon, 02 Nov 2026 10:00:00 GMT"

    def reply() -> Reply:
        asked.append(1)
        return Reply(page("A", "Words."), 200 if len(asked) == 1 else 304, {"Last-Modified": moment})

    site.replies["/a"] = reply
    assert press.lists("/a") == {"/a": "new a"}
    assert press.lists("/a") == {"/a": "same a"}
    assert site.since["/a"] == [None, moment]


@pytest.mark.parametrize("order", [("/old", "/a"), ("/a", "/old")], ids=["first", "last"])
def test_a_page_and_what_leads_to_it_are_one_article(press: Press, site: Site, order: tuple[str, str]) -> None:
    site.page("/a", "A", "Words.")
    site.moved("/old", "/a")
    assert press.lists(*order) == {"/a": "new a", "/old": "alias a"}
    assert press.lists(*order) == {"/a": "same a", "/old": "alias a"}
    assert press.slugs() == ["a"]


def test_of_a_page_that_is_not_listed_whatever_leads_to_it_is_one_article(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    for old in ("/old", "/older"):
        site.moved(old, "/a")
    assert press.lists("/old", "/older") == {"/old": "new a", "/older": "alias a"}
    site.statuses.clear()
    assert press.lists("/old", "/older") == {"/old": "same a", "/older": "alias a"}
    assert site.statuses["/a 200"] == 0
    site.page("/a", "A", "Other words.")
    assert press.lists("/old", "/older") == {"/old": "changed a", "/older": "alias a"}
    assert press.revisions("a") == 2


def test_another_page_that_is_called_the_same_is_not_taken_for_unchanged(press: Press, site: Site) -> None:
    """A server that gives every page the same tag."""
    site.replies["/a"] = Reply(page("A", "Words."), tag='"1"')
    site.replies["/b"] = Reply(page("B", "Words of B."), tag='"1"')
    site.moved("/old", "/a")
    assert press.lists("/old") == {"/old": "new a"}
    site.moved("/old", "/b")
    assert press.lists("/old") == {"/old": "new b", "/a": f"gone a {GONE_ON}"}
    assert press.lists("/old") == {"/old": "same b", "/a": f"gone a {GONE_ON}"}


def test_a_page_that_moved_stays_its_article(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    press.lists("/a")
    site.page("/b", "A", "Words.", "<meta name=moved>")
    site.moved("/a", "/b")
    # Its address has changed, and no word.
    assert press.lists("/a") == {"/a": "changed a"}
    assert press.lists("/a") == {"/a": "same a"}
    assert press.revisions("a") == 1
    site.page("/b", "A", "Other words.")
    assert press.lists("/b") == {"/b": "changed a"}
    assert press.slugs() == ["a"]


def test_a_page_that_was_taken_off_and_leads_home_stays_as_it_was(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    press.lists("/a")
    site.page("/", "Home", "Everything else.")
    site.moved("/a", "/", 302)
    assert press.lists("/a") == {"/a": f"gone a leads to {site.url}/"}
    assert "Words." in press.text("a")
    assert press.slugs() == ["a"]


@pytest.mark.parametrize("order", [("/a?utm=1", "/a"), ("/a", "/a?utm=1")], ids=["first", "last"])
@pytest.mark.parametrize("said", ["/a", "{site}/a", "  a "])
def test_a_page_names_the_address_that_is_its_own(press: Press, site: Site, said: str, order: tuple[str, str]) -> None:
    site.page("/a", "A", "Words.")
    site.page("/a?utm=1", "A", "Words.", canonical(said.replace("{site}", site.url)))
    assert press.lists(*order) == {"/a": "new a", "/a?utm=1": "alias a"}
    assert press.slugs() == ["a"]


def test_where_that_one_is_not_brought_in_it_is_its_name(press: Press, site: Site) -> None:
    site.page("/amp/a", "A", "Words.", canonical("/a"))
    assert press.lists("/amp/a") == {"/amp/a": "new a"}
    # It is brought in after all.
    site.page("/a", "A", "Words.", canonical("/a"))
    assert press.lists("/amp/a", "/a") == {"/amp/a": "same a", "/a": "alias a"}
    assert press.slugs() == ["a"]


def test_no_page_takes_the_place_of_another_one_by_its_name(press: Press, site: Site) -> None:
    """Some sites name the first page, or the list, on all of them."""
    site.page("/a", "A", "Words.")
    site.page("/a/2", "A, continued", "Further words.", canonical("/a"))
    site.page("/a/3", "A, ended", "Last words.", canonical("/a"))
    news = {"/a": "new a", "/a/2": "new a-2", "/a/3": "new a-3"}
    assert press.lists("/a/2", "/a", "/a/3") == news
    assert press.lists("/a/2", "/a", "/a/3") == {address: said.replace("new", "same") for address, said in news.items()}
    assert "Further words." in press.text("a-2")


def test_nor_where_the_other_one_is_not_listed(press: Press, site: Site) -> None:
    for number in (1, 2, 3):
        site.page(f"/story/{number}", f"Part {number}", f"Words of part {number}.", canonical("/story"))
    expected = {"/story/1": "new story", "/story/2": "new story-2", "/story/3": "new story-3"}
    assert press.lists(*expected) == expected
    assert press.lists(*expected) == {address: said.replace("new", "same") for address, said in expected.items()}


@pytest.mark.parametrize(
    "said", ["http://other.example/a", "/", "http://[", "mailto:a@b.example", "", "http://me@127.0.0.1/b"]
)
def test_a_name_that_counts_for_nothing(press: Press, site: Site, said: str) -> None:
    site.page("/b", "B", "Words.", canonical(said))
    assert press.lists("/b") == {"/b": "new b"}
    assert press.services.store.imported_as("http://other.example/a") is None


def test_pages_that_name_each_other(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words of A.", canonical("/b"))
    site.page("/b", "B", "Words of B.", canonical("/a"))
    assert press.lists("/a", "/b") == {"/a": "new a", "/b": "new b"}


def test_names_never_collide(press: Press, site: Site) -> None:
    for number, path in enumerate(("/a_b", "/a-b", "/a-b.html", "/A-B")):
        site.page(path, "A", f"Words {number}.")
    first = press.lists("/a_b", "/a-b", "/a-b.html", "/A-B")
    assert first == {"/a_b": "new a-b", "/a-b": "new a-b-2", "/a-b.html": "new a-b-3", "/A-B": "new a-b-4"}
    # In another order, and from another list, they are who they were.
    site.feed("/feed.xml", ["/A-B", "/a-b.html", "/a-b", "/a_b"])
    assert press.imports("/feed.xml") == {address: said.replace("new", "same") for address, said in first.items()}


def test_what_was_published_by_hand_is_not_overwritten(press: Press, site: Site) -> None:
    press.publish("a", "<p>By hand.</p>")
    site.page("/a", "A", "Words.")
    assert press.lists("/a") == {"/a": "refused a by-hand"}
    assert press.lists("/a") == {"/a": "refused a by-hand"}
    assert (press.text("a"), press.revisions("a")) == ("a\nBy hand.", 1)


def test_nor_what_was_imported_and_then_edited_by_hand(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    press.lists("/a")
    press.publish("a", "<h1>A</h1><p>Better words.</p>")
    assert press.lists("/a") == {"/a": "same a"}
    site.page("/a", "A", "Words.", "<meta name=csrf content=2>")
    assert press.lists("/a") == {"/a": "same a"}
    site.page("/a", "A", "Other words.")
    assert press.lists("/a") == {"/a": "refused a by-hand"}
    assert press.text("a") == "A\nBetter words."


def test_what_was_taken_back_is_not_brought_back(press: Press, site: Site) -> None:
    for path in ("/a", "/b"):
        site.page(path, path, "Words.")
    press.lists("/a", "/b")
    press.services.articles.withdraw("a")
    press.services.articles.retract("b", [1])
    assert press.lists("/a", "/b") == {"/a": "same a", "/b": "same b"}
    for path in ("/a", "/b"):
        site.page(path, path, "Words.", "<meta name=csrf content=2>")
    assert press.lists("/a", "/b") == {"/a": "same a", "/b": "same b"}
    for path in ("/a", "/b"):
        site.page(path, path, "Other words.")
    assert press.lists("/a", "/b") == {"/a": "refused a withdrawn", "/b": "refused b retracted"}
    assert press.slugs() == []


def test_an_article_that_was_renamed_is_followed(press: Press, site: Site) -> None:
    site.page("/a", "A", "Words.")
    press.lists("/a")
    press.services.articles.rename("a", "better")
    assert press.lists("/a") == {"/a": "same better"}
    site.page("/a", "A", "Other words.")
    assert press.lists("/a") == {"/a": "changed better"}
    assert press.slugs() == ["better"]


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


class _Ended(Exception):
    """The process did."""


class _Ending:
    """Articles of a process that ends when it is about to publish, or has just published."""

    def __init__(self, articles: Articles, published: bool) -> None:
        self._articles = articles
        self._published = published

    def publish(self, slug: str, source: str | bytes, details: Details) -> NoReturn:
        if self._published:
            self._articles.publish(slug, source, details)
        raise _Ended


@pytest.mark.parametrize("published", [False, True], ids=["before", "after"])
def test_one_that_ended_while_it_published_takes_nothing_for_made_by_hand(
    press: Press, site: Site, published: bool
) -> None:
    site.page("/a", "A", "Words.")
    ending = _Ending(press.services.articles, published)
    with pytest.raises(_Ended):
        Press(replace(press.services, articles=ending), site).lists("/a")  # type: ignore[arg-type]
    assert press.slugs() == (["a"] if published else [])
    assert press.lists("/a") == {"/a": "new a"}
    assert (press.slugs(), press.revisions("a")) == (["a"], 1)


def test_a_dry_run_keeps_nothing(press: Press, site: Site) -> None:
    site.page("/a_b", "A", "Words.")
    site.page("/a-b", "A", "Further words.")
    assert press.lists("/a_b", "/a-b", dry=True) == {"/a_b": "new a-b", "/a-b": "new a-b-2"}
    assert press.slugs() == []
    assert press.lists("/a_b") == {"/a_b": "new a-b"}
    site.page("/a_b", "A", "Other words.")
    assert press.lists("/a_b", "/a-b", dry=True) == {"/a_b": "changed a-b", "/a-b": "new a-b-2"}
    assert (press.revisions("a-b"), press.slugs()) == (1, ["a-b"])


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
