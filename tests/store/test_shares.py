"""Shares: issued once, found again, changed only by whoever knows how they stand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from snippetsvc.models import Share, Tombstone
from snippetsvc.store import Store
from tests.store.backings import Backing
from tests.store.samples import KEY, a_revision, a_share, an_article

YEAR = 365 * 24 * 3600
AFTERLIFE = 400 * 24 * 3600


def life(backing: Backing) -> int:
    """Seconds that the store keeps the record; -1: for ever, -2: there is none."""
    return int(backing.ask("TTL", f"snip:share:{KEY}"))


def test_an_issued_share_is_found_with_its_article(store: Store) -> None:
    article = an_article()
    store.save_article(None, article, a_revision())
    assert store.issue_share(a_share()) == (article, a_share(), True)
    assert store.open_share(a_share().id, 1) == (article, a_share())


def test_nothing_is_an_answer(store: Store) -> None:
    assert store.open_share(a_share().id, 1) == (None, None)
    assert store.issue_share(a_share()).article is None


def test_issuing_again_is_recognised(store: Store) -> None:
    store.issue_share(a_share())
    assert store.issue_share(a_share()) == (None, a_share(), False)


def test_one_key_with_another_article_meets_the_first_share(store: Store) -> None:
    store.issue_share(a_share(article=1))
    other = a_share(article=2)
    assert store.issue_share(other) == (None, a_share(article=1), False)
    # What is stored belongs to article 1; the id that names article 2 finds nothing.
    assert store.open_share(other.id, 2).share is None
    assert store.open_share(a_share(article=1).id, 1).share == a_share(article=1)


def test_issuing_over_a_tombstone_finds_the_tombstone(store: Store) -> None:
    share = a_share()
    store.issue_share(share)
    tombstone = Tombstone(share.id, share.created_at)
    assert store.save_share(share, tombstone)
    assert store.issue_share(share) == (None, tombstone, False)
    assert store.open_share(share.id, 1).share == tombstone


def test_a_forgotten_share_leaves_no_trace(store: Store, backing: Backing) -> None:
    store.issue_share(a_share())
    store.forget_share(a_share())
    store.forget_share(a_share())
    assert life(backing) == -2


def test_a_share_that_changed_meanwhile_is_not_forgotten(store: Store) -> None:
    share = a_share()
    changed = replace(share, expires_at=share.created_at + timedelta(days=2000))
    store.issue_share(share)
    store.save_share(share, changed)
    store.forget_share(share)
    assert store.open_share(share.id, 1).share == changed


@pytest.mark.parametrize(
    ("name", "expires_in"),
    [("a minute", 60), ("ten years", 10 * YEAR), ("over already", -YEAR)],
)
def test_an_expiring_share_stays_400_days_longer(store: Store, backing: Backing, name: str, expires_in: int) -> None:
    share = replace(a_share(), expires_at=datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=expires_in))
    store.issue_share(share)
    assert max(0, expires_in) + AFTERLIFE - 5 <= life(backing) <= max(0, expires_in) + AFTERLIFE


def test_the_store_s_own_expiry_follows_the_share_s(store: Store, backing: Backing) -> None:
    share = a_share()
    expiring = replace(share, expires_at=datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=YEAR))
    store.issue_share(share)
    assert life(backing) == -1
    assert store.save_share(share, expiring)
    assert YEAR + AFTERLIFE - 5 <= life(backing) <= YEAR + AFTERLIFE
    assert store.save_share(expiring, share)
    assert life(backing) == -1
    assert store.save_share(share, Tombstone(share.id, share.created_at))
    assert AFTERLIFE - 5 <= life(backing) <= AFTERLIFE


def test_a_change_needs_the_share_as_it_stands(store: Store) -> None:
    share = a_share()
    changed = replace(share, expires_at=share.created_at + timedelta(days=1))
    other = replace(share, expires_at=share.created_at + timedelta(days=2))
    assert not store.save_share(share, changed), "there is none yet"
    store.issue_share(share)
    assert store.save_share(share, changed)
    assert not store.save_share(share, other)
    assert store.open_share(share.id, 1).share == changed


def test_the_same_change_again_has_succeeded(store: Store) -> None:
    share = a_share()
    changed = replace(share, expires_at=share.created_at + timedelta(days=1))
    store.issue_share(share)
    assert store.save_share(share, changed)
    assert store.save_share(share, changed)


def test_of_concurrent_changes_one_wins(store: Store) -> None:
    share = a_share()
    store.issue_share(share)
    changes = [replace(share, expires_at=share.created_at + timedelta(days=day)) for day in range(1, 17)]
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda new: store.save_share(share, new), changes))
    won = [change for change, done in zip(changes, saved, strict=True) if done]
    assert [store.open_share(share.id, 1).share] == won


def test_of_concurrent_issues_one_is_fresh(store: Store) -> None:
    rivals = [replace(a_share(), request_digest=bytes([number]) * 32) for number in range(16)]

    def issue(share: Share) -> tuple[Share | Tombstone, bool]:
        issued = store.issue_share(share)
        return issued.stored, issued.fresh

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(issue, rivals))
    assert len({stored for stored, _ in results}) == 1
    assert sum(fresh for _, fresh in results) == 1


@pytest.mark.parametrize("snippets", [0, 1, 1000])
def test_any_number_of_snippets(store: Store, snippets: int) -> None:
    share = a_share(snippets=snippets)
    assert store.issue_share(share).stored == share
