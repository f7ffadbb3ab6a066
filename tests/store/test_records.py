"""Records: round trips, sizes, and what is said of those that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc.errors import RecordUnreadable
from snippetsvc.models import Article, Color, Retracted, Revision, RevisionInfo, Share, Snippet, Span, Tombstone
from snippetsvc.store import keys, records
from snippetsvc.tokens import article_number, share_id
from tests.store.samples import a_revision, a_share, an_article, expiring

SHARE_KEY = keys.share(a_share().id)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
seconds = st.integers(0, 2**33).map(lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number))
milliseconds = st.integers(0, 2**43).map(
    lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number)
)
digests = st.binary(min_size=32, max_size=32)
spans = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)).map(lambda ends: Span(min(ends), max(ends)))
numbers = st.integers(1, 2**40)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    article = draw(numbers)
    marked = draw(st.lists(st.tuples(spans, st.sampled_from(Color)), max_size=8))
    return Share(
        share_id(article, draw(st.from_regex("[A-Za-z0-9_-]{22}", fullmatch=True))),
        article,
        draw(numbers),
        draw(seconds),
        draw(st.none() | seconds),
        draw(digests),
        draw(digests | st.just(b"")),
        tuple(Snippet(place, span, color) for place, (span, color) in enumerate(marked, 1)),
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    infos = draw(st.lists(st.tuples(milliseconds, digests, st.integers(0, 2**40), st.booleans()), max_size=4))
    return Article(
        draw(numbers),
        draw(texts),
        draw(texts),
        draw(texts),
        draw(texts),
        tuple(
            RevisionInfo(place, created_at, digest.hex(), length, retracted)
            for place, (created_at, digest, length, retracted) in enumerate(infos, 1)
        ),
        draw(st.lists(texts, max_size=3).map(tuple)),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.booleans()),
        draw(st.none() | texts),
        draw(st.none() | texts),
    )


@given(shares())
def test_a_share_comes_back(share: Share) -> None:
    assert records.unpack_share(records.pack_share(share), keys.share(share.id)) == share


@given(shares(), seconds)
def test_a_tombstone_comes_back(share: Share, revoked_at: datetime) -> None:
    tombstone = Tombstone(share.id, revoked_at)
    assert records.unpack_share(records.pack_share(tombstone), keys.share(share.id)) == tombstone


@given(articles())
def test_an_article_comes_back(article: Article) -> None:
    assert records.unpack_article(records.pack_article(article)) == article


@given(texts)
def test_a_revision_comes_back(html: str) -> None:
    revision = Revision(7, 3, html)
    assert records.unpack_revision(records.pack_revision(revision), 7, 3) == revision


@pytest.mark.parametrize("left", [Retracted(7, 3), Retracted(7, 3, 5, b"offsets")])
def test_what_is_left_of_a_revision_comes_back(left: Retracted) -> None:
    assert records.unpack_revision(records.pack_revision(left), 7, 3) == left


@given(st.binary(max_size=100))
def test_an_alignment_comes_back(data: bytes) -> None:
    assert records.unpack_alignment(records.pack_alignment(data)) == data


def test_times_are_cut_to_the_second() -> None:
    share = a_share()
    odd = replace(share, created_at=share.created_at + timedelta(microseconds=999_999))
    assert records.unpack_share(records.pack_share(odd), SHARE_KEY) == share


@pytest.mark.parametrize(
    ("name", "share", "most"),
    [
        ("five snippets, for ever", a_share(), 200),
        ("five snippets with an expiry", expiring(a_share(), 86_400), 200),
        (
            "five snippets of a very long, much-read site",
            replace(a_share(), article=2**31, id=f"zik0zk-{'A' * 22}"),
            210,
        ),
        ("one snippet", a_share(snippets=1), 160),
        ("a tombstone", Tombstone(a_share().id, a_share().created_at), 45),
    ],
)
def test_bytes_of_a_share_with_its_key(name: str, share: Share | Tombstone, most: int) -> None:
    assert len(keys.share(share.id)) + len(records.pack_share(share)) <= most, name


def test_html_is_compressed() -> None:
    html = "".join(f"<p>Paragraph {number} says what has been said before.</p>" for number in range(1000))
    assert len(records.pack_revision(a_revision(html=html))) < len(html) / 4


def _share(data: bytes) -> object:
    return records.unpack_share(data, SHARE_KEY)


def _revision(data: bytes) -> object:
    return records.unpack_revision(data, 1, 1)


@pytest.mark.parametrize(
    ("name", "unpack", "data"),
    [
        ("a share of a later format", _share, msgspec.msgpack.encode([9, 1, 1, 1, None, b"", b"", []])),
        ("a share with a field too many", _share, msgspec.msgpack.encode([1, 1, 1, 1, None, b"", b"", [], 1])),
        ("a share with a field too few", _share, msgspec.msgpack.encode([1, 1, 1, 1, None, b"", b""])),
        ("a share cut short", _share, records.pack_share(a_share())[:-3]),
        ("a share with half a snippet", _share, msgspec.msgpack.encode([1, 1, 1, 1, None, b"", b"", [1, 2]])),
        ("a share with an unknown colour", _share, msgspec.msgpack.encode([1, 1, 1, 1, None, b"", b"", [1, 2, 9]])),
        (
            "a share with a span before the text",
            _share,
            msgspec.msgpack.encode([1, 1, 1, 1, None, b"", b"", [-1, 2, 0]]),
        ),
        ("a share at an impossible time", _share, msgspec.msgpack.encode([1, 1, 1, 2**60, None, b"", b"", []])),
        ("a share that is nothing", _share, b""),
        ("a share that is text", _share, b"hello"),
        ("a head of a later format", records.unpack_article, msgspec.msgpack.encode([3, 1])),
        ("a head cut short", records.unpack_article, records.pack_article(an_article())[:-1]),
        ("a revision of a later format", _revision, msgspec.msgpack.encode([3, b""])),
        ("a revision that is not compressed", _revision, msgspec.msgpack.encode([1, b"<p>"])),
        ("an alignment of a later format", records.unpack_alignment, msgspec.msgpack.encode([3, b""])),
    ],
)
def test_unreadable_records_are_named(name: str, unpack: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(RecordUnreadable, match="cannot be read"):
        unpack(data)


@pytest.mark.parametrize("number", [1, 35, 36, 37, 1295, 1296, 2**40])
def test_an_id_says_the_article_s_number(number: int) -> None:
    assert article_number(share_id(number, "x" * 22)) == number


def test_a_share_s_key_leaves_out_the_article_and_keeps_hyphens() -> None:
    assert keys.share("1z-a-b_c") == "snip:share:a-b_c"
    assert keys.share_id(71, "snip:share:a-b_c") == "1z-a-b_c"


def test_a_head_from_before_roots_were_kept_is_read() -> None:
    fields = [2, 1, "a", "T", "en", "ltr", [], [], None, None, None, None, None, None, None, None, False]
    assert records.unpack_article(msgspec.msgpack.encode(fields)) == Article(1, "a", "T", "en", "ltr", ())
