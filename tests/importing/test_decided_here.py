"""What people decided here about what was imported is not overruled."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from snippetsvc.service.articles import Articles, Details
from tests.importing.press import Press
from tests.importing.sites import Site


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
