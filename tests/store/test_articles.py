"""Articles: heads that change only from what they were, slugs, the list, retraction's first half."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from snippetsvc.errors import Conflict
from snippetsvc.models import Article, Retracted, Revision
from snippetsvc.store import Store
from tests.store.backings import Backing
from tests.store.samples import NOW, a_revision, an_article, info


def publish(store: Store, slug: str, html: str = "<p>Words.</p>") -> Article:
    """A new article with one revision, published after all before it."""
    number = store.reserve(slug)
    revision = replace(info(1, html), created_at=NOW + timedelta(seconds=number))
    article = Article(number, slug, slug.title(), "en", "ltr", (revision,))
    assert store.save_article(None, article, Revision(number, 1, html))
    return article


def revise(store: Store, article: Article, html: str) -> Article:
    number = len(article.revisions) + 1
    new = replace(article, revisions=(*article.revisions, info(number, html)))
    assert store.save_article(article, new, Revision(article.number, number, html))
    return new


def test_nothing_is_an_answer(store: Store) -> None:
    assert store.find("none") is None
    assert store.article(1) is None
    assert store.article_by_slug("none") is None
    assert store.revision(1, 1) is None
    assert store.alignment(1, 1, 2) is None
    assert store.articles(0, 10) == ([], False)
    assert store.recent(200) == []
    assert list(store.oldest(0, 10)) == []
    assert store.places() == (0, 0)
    assert store.changes() == 0


def test_a_published_article_is_found(store: Store) -> None:
    article = publish(store, "a-slug", "<p>Words.</p>")
    assert store.find("a-slug") == article.number == 1
    assert store.article(1) == article
    assert store.article_by_slug("a-slug") == article
    assert store.revision(1, 1) == Revision(1, 1, "<p>Words.</p>")
    assert store.articles(0, 10) == ([article], False)


def test_a_number_is_reserved_once(store: Store) -> None:
    assert store.reserve("first") == 1
    assert store.reserve("first") == 1
    assert store.reserve("second") == 2
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(store.reserve, ["third"] * 16))) == 1


def test_a_change_needs_the_head_as_it_stands(store: Store) -> None:
    article = publish(store, "a-slug")
    new = revise(store, article, "<p>Other words.</p>")
    rival = replace(article, title="Rival")
    assert not store.save_article(article, rival, Revision(1, 2, "<p>Rival.</p>"))
    assert not store.save_article(None, rival, Revision(1, 2, "<p>Rival.</p>"))
    assert store.article(1) == new
    assert store.revision(1, 2) == Revision(1, 2, "<p>Other words.</p>")


def test_of_concurrent_publishers_one_wins_and_the_text_is_his(store: Store) -> None:
    article = publish(store, "a-slug")

    def attempt(number: int) -> bool:
        html = f"<p>{number}</p>"
        new = replace(article, title=str(number), revisions=(*article.revisions, info(2, html)))
        return store.save_article(article, new, Revision(1, 2, html))

    with ThreadPoolExecutor(8) as pool:
        won = [number for number, saved in enumerate(pool.map(attempt, range(16))) if saved]
    head, revision = store.article(1), store.revision(1, 2)
    assert head is not None
    assert isinstance(revision, Revision)
    assert [head.title] == [str(number) for number in won]
    assert revision.html == f"<p>{won[0]}</p>"


def test_the_same_change_again_has_succeeded(store: Store) -> None:
    article = publish(store, "a-slug")
    new = replace(article, title="New")
    assert store.save_article(article, new)
    assert store.save_article(article, new)


def test_changes_count_up(store: Store) -> None:
    article = publish(store, "a-slug")
    before = store.changes()
    revise(store, article, "<p>Other words.</p>")
    assert store.changes() > before


def test_a_rename_leaves_the_old_slug_pointing_to_the_article(store: Store) -> None:
    article = publish(store, "old")
    renamed = replace(article, slug="new")
    assert store.save_article(article, renamed)
    assert store.article_by_slug("old") == store.article_by_slug("new") == renamed
    assert store.save_article(renamed, article), "and it can go back"


def test_a_slug_belongs_to_one_article(store: Store) -> None:
    publish(store, "first")
    second = publish(store, "second")
    with pytest.raises(Conflict, match="first"):
        store.save_article(second, replace(second, slug="first"))
    with pytest.raises(Conflict):
        store.save_article(None, an_article(number=99, slug="first"), a_revision(99))
    assert store.article(2) == second
    assert store.article(99) is None


def test_the_list_is_newest_first_in_pages(store: Store) -> None:
    articles = [publish(store, f"slug-{number}") for number in range(1, 6)][::-1]
    assert store.articles(0, 2) == (articles[:2], True)
    assert store.articles(2, 2) == (articles[2:4], True)
    assert store.articles(4, 2) == (articles[4:], False)
    assert store.articles(6, 2) == ([], False)
    assert store.articles(0, 5) == (articles, False)
    assert store.articles(0, 0) == ([], False)
    assert store.recent(3) == articles[:3]


def test_the_list_is_read_from_its_other_end_too(store: Store) -> None:
    articles = [publish(store, f"slug-{number}") for number in range(1, 6)]
    assert list(store.oldest(0, 2)) == articles[:2]
    assert list(store.oldest(2, 2)) == articles[2:4]
    assert list(store.oldest(4, 50_000)) == articles[4:]
    assert list(store.oldest(5, 2)) == []
    assert store.places() == (5, store.changes())
    assert store.save_article(articles[0], replace(articles[0], withdrawn=True))
    assert list(store.oldest(0, 2)) == articles[1:3]
    assert store.places() == (4, store.changes())


def test_more_of_the_list_than_is_read_at_once(store: Store, backing: Backing) -> None:
    article = publish(store, "a-slug")
    # Places of what is not there, of which none is passed over or read twice.
    backing.ask("ZADD", "snip:articles", *(each for number in range(2, 2_502) for each in (number, number)))
    last = replace(article, number=2_502, slug="last")
    assert store.save_article(None, last, Revision(2_502, 1, "<p>Words.</p>"))
    assert list(store.oldest(0, 50_000)) == [article, last]


def test_a_revised_article_keeps_its_place(store: Store) -> None:
    first = publish(store, "first")
    second = publish(store, "second")
    first = revise(store, first, "<p>Later.</p>")
    assert store.recent(2) == [second, first]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("withdrawn", {"withdrawn": True}),
        ("all revisions retracted", {"revisions": (replace(info(1), retracted=True),)}),
    ],
)
def test_what_cannot_be_read_is_not_listed(store: Store, name: str, change: dict[str, object]) -> None:
    article = publish(store, "a-slug")
    gone = replace(article, **change)  # type: ignore[arg-type]
    assert store.save_article(article, gone)
    assert store.articles(0, 10) == ([], False)
    assert store.article(1) == gone
    assert store.save_article(gone, article)
    assert store.articles(0, 10) == ([article], False)


def test_a_place_in_the_list_without_a_head_is_passed_over(store: Store, backing: Backing) -> None:
    article = publish(store, "a-slug")
    backing.ask("ZADD", "snip:articles", 1, 99)
    assert store.articles(0, 10) == ([article], False)


def test_a_crash_after_reserving_leaves_a_slug_that_can_be_used(store: Store) -> None:
    store.reserve("a-slug")
    assert store.article_by_slug("a-slug") is None
    assert publish(store, "a-slug").number == 1


def test_alignments_are_kept(store: Store, backing: Backing) -> None:
    article = publish(store, "a-slug")
    for number in (2, 3):
        article = revise(store, article, f"<p>{number}</p>")
    assert store.save_alignment(1, 1, 2, b"data")
    assert store.save_alignment(1, 1, 3, b"far")
    assert store.alignment(1, 1, 2) == b"data"
    assert store.alignment(1, 1, 3) == b"far"
    assert store.alignment(1, 2, 1) is None
    assert backing.ask("TTL", "snip:alignment:{1}:1:2") == -1
    assert 0 < backing.ask("TTL", "snip:alignment:{1}:1:3") <= 90 * 24 * 3600


def test_blanking_takes_the_text_and_every_alignment_with_it(store: Store) -> None:
    article = publish(store, "a-slug")
    for number in (2, 3):
        article = revise(store, article, f"<p>{number}</p>")
    for pair in [(1, 2), (2, 3), (1, 3), (3, 1), (3, 2)]:
        assert store.save_alignment(1, *pair, b"data")
    new = replace(
        article, revisions=(article.revisions[0], replace(article.revisions[1], retracted=True), article.revisions[2])
    )
    assert store.retract(article, new, [Retracted(article.number, 2)])
    assert store.article(1) == new
    assert store.revision(1, 2) == Retracted(1, 2)
    assert store.revision(1, 3) == Revision(1, 3, "<p>3</p>")
    assert [pair for pair in [(1, 2), (2, 3), (1, 3), (3, 1), (3, 2)] if store.alignment(1, *pair)] == [(1, 3), (3, 1)]
    assert not store.save_alignment(1, 2, 3, b"data"), "made before, kept after: the words would come back"
    assert not store.save_alignment(1, 1, 9, b"data"), "no such revision"


def test_blanking_needs_the_head_as_it_stands(store: Store) -> None:
    article = publish(store, "a-slug")
    changed = replace(article, title="New")
    store.save_article(article, changed)
    blanked = replace(article, revisions=(replace(article.revisions[0], retracted=True),))
    assert not store.retract(article, blanked, [Retracted(article.number, 1)])
    assert store.revision(1, 1) == Revision(1, 1, "<p>Words.</p>")
