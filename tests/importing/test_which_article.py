"""Which article a document is: addresses that lead to one, and addresses that only say so."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("order", [("/a?utm=1", "/a"), ("/a", "/a?utm=1")], ids=["first", "last"])
@pytest.mark.parametrize("said", ["/a", "{site}/a", "  a ", "../a'><base href='/news/"])
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
