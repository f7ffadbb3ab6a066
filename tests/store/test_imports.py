"""What is kept of imports: where articles came from, what was in a source, how far an import has come."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc.errors import RecordUnreadable
from snippetsvc.models import Became, Did, Imported, Notice, NoticeKind, Outcome
from snippetsvc.store import Store, import_records, keys
from snippetsvc.store.dry import DryStore
from tests.store.backings import Backing
from tests.store.samples import a_share, an_article

A, B = "https://news.example/a", "https://news.example/b"
IMPORTED = Imported(7, A, b"\x00" * 32, '"1"', "Mon, 02 Nov 2026 10:00:00 GMT", 1)
OUTCOME = Outcome(A, Became.NEW, 7, "a", notices=(Notice(NoticeKind.PICTURE, 2, Did.DROPPED, "The harbour"),))
REFUSED = Outcome(B, Became.REFUSED, reason="404", detail="the answer was 404")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.integers(0, 2**40)
notices = st.builds(Notice, st.sampled_from(NoticeKind), numbers, st.sampled_from(Did), texts)


@given(st.builds(Imported, numbers, texts, st.binary(max_size=32), st.none() | texts, st.none() | texts, numbers))
def test_where_an_article_came_from_comes_back(imported: Imported) -> None:
    assert import_records.unpack_imported(import_records.pack_imported(imported)) == imported


@given(
    st.builds(
        Outcome, texts, st.sampled_from(Became), st.none() | numbers, texts, texts, texts, st.lists(notices).map(tuple)
    )
)
def test_an_outcome_comes_back(outcome: Outcome) -> None:
    assert import_records.unpack_outcome(import_records.pack_outcome(outcome), outcome.address) == outcome


def _outcome(data: bytes) -> object:
    return import_records.unpack_outcome(data, A)


@pytest.mark.parametrize(
    ("unpack", "data"),
    {
        "an import of a later format": (import_records.unpack_imported, msgspec.msgpack.encode([2, 1])),
        "an import cut short": (import_records.unpack_imported, import_records.pack_imported(IMPORTED)[:-1]),
        "an outcome of a later format": (_outcome, msgspec.msgpack.encode([2, "new"])),
        "an outcome that nobody knows": (_outcome, msgspec.msgpack.encode([1, "better", None, "", "", "", []])),
        "a notice that nobody knows": (
            _outcome,
            msgspec.msgpack.encode([1, "new", None, "", "", "", [["noise", 1, "dropped", ""]]]),
        ),
    }.values(),
)
def test_unreadable_records_are_named(unpack: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(RecordUnreadable, match="cannot be read"):
        unpack(data)


def test_nothing_is_an_answer(store: Store) -> None:
    assert store.imported(7) is None
    assert store.imported_as(A) is None
    assert store.articles_of("a source") == set()
    assert store.outcomes("sources") == {}


def test_an_article_is_found_by_each_of_its_addresses(store: Store) -> None:
    store.save_imported(IMPORTED, B)
    assert store.imported(7) == store.imported_as(A) == store.imported_as(B) == IMPORTED
    newer = replace(IMPORTED, address=B, etag=None, revisions=2)
    store.save_imported(newer)
    assert store.imported(7) == store.imported_as(A) == store.imported_as(B) == newer


def test_an_address_may_come_to_be_another_s(store: Store) -> None:
    store.save_imported(IMPORTED, B)
    other = replace(IMPORTED, article=8, address=B)
    store.save_imported(other)
    assert (store.imported_as(A), store.imported_as(B)) == (IMPORTED, other)


def test_what_came_to_nothing_is_forgotten(store: Store) -> None:
    store.save_imported(IMPORTED, B)
    store.forget_imported(IMPORTED, B)
    assert (store.imported(7), store.imported_as(A), store.imported_as(B)) == (None, None, None)


def test_outcomes_are_kept_until_their_import_has_come_to_its_end(store: Store, backing: Backing) -> None:
    store.save_outcome("sources", OUTCOME, ["a sitemap", "a folder"])
    store.save_outcome("sources", REFUSED, ["a sitemap"])
    store.save_outcome("other sources", REFUSED)
    assert store.outcomes("sources") == {A: OUTCOME, B: REFUSED}
    assert 0 < backing.ask("TTL", keys.outcomes("sources")) <= 7 * 24 * 3600
    store.forget_outcomes("sources")
    assert (store.outcomes("sources"), store.outcomes("other sources")) == ({}, {B: REFUSED})
    # What was in a source outlives that.
    assert store.articles_of("a sitemap") == store.articles_of("a folder") == {7}


def test_very_many_outcomes(store: Store) -> None:
    outcomes = {f"{A}/{number}": replace(OUTCOME, address=f"{A}/{number}") for number in range(1_500)}
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(store.save_outcome, repeat("sources"), outcomes.values()))
    assert store.outcomes("sources") == outcomes


#: What neither publishing nor importing writes, and a dry run therefore does not keep in memory.
OTHER_WRITES: dict[str, Callable[[Store], object]] = {
    "a retraction": lambda store: store.retract(an_article(), an_article(revisions=2), ()),
    "a share": lambda store: store.issue_share(a_share()),
    "a share that is changed": lambda store: store.save_share(a_share(), replace(a_share(), snippets=())),
    "a share that is forgotten": lambda store: store.forget_share(a_share()),
    "files that are made anew": lambda store: store.erase(0),
}


@pytest.mark.parametrize("write", OTHER_WRITES.values(), ids=OTHER_WRITES)
def test_a_dry_run_refuses_every_write_that_it_would_not_keep_in_memory(
    store: Store, write: Callable[[Store], object]
) -> None:
    store.save_article(None, an_article())
    store.issue_share(a_share())
    with pytest.raises(RuntimeError, match="dry run"):
        write(DryStore(store))
    assert store.article(1) == an_article()
    assert store.open_share(a_share().id, 1).share == a_share()
