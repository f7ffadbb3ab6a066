"""Records: what is stored as bytes, and back.

Each record is a MessagePack array whose first item, the tag, names its format; a later format of the same thing
takes a tag of its own, and `unpack_…` goes on reading the old one. Times are whole seconds since 1970 in shares and
tombstones, milliseconds in articles. A share's record leaves out what its place says already: the id is the article's
number and the key, a snippet's number its position.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from snippetsvc.errors import RecordUnreadable
from snippetsvc.models import Article, Color, Retracted, Revision, RevisionInfo, Share, Snippet, Span, Tombstone
from snippetsvc.store import keys
from snippetsvc.tokens import article_number

#: The place of a colour among them is what is stored.
_COLORS = tuple(Color)
_COLOR_CODES = {color: code for code, color in enumerate(_COLORS)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Revision(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    html: bytes


class _Retracted(Struct, array_like=True, forbid_unknown_fields=True, tag=2):
    into: int | None
    alignment: bytes


class _Info(Struct, array_like=True, forbid_unknown_fields=True):
    created_at: int
    digest: bytes
    length: int
    retracted: bool


class _Head(Struct, array_like=True, forbid_unknown_fields=True, tag=2):
    number: int
    slug: str
    title: str
    lang: str
    dir: str
    revisions: tuple[_Info, ...]
    authors: tuple[str, ...]
    publisher: str | None
    published_at: str | None
    modified_at: str | None
    source_url: str | None
    canonical_url: str | None
    license: str | None
    description: str | None
    image: str | None
    withdrawn: bool
    # Missing in heads that were kept before articles were looked for.
    selector: str | None = None
    way: str | None = None


class _Head1(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    """As `_Head`, of an earlier format: with one author, and fewer facts."""

    number: int
    slug: str
    title: str
    lang: str
    dir: str
    revisions: tuple[_Info, ...]
    author: str | None
    publisher: str | None
    published_at: str | None
    source_url: str | None
    withdrawn: bool

    def as_now(self) -> _Head:
        return _Head(
            self.number,
            self.slug,
            self.title,
            self.lang,
            self.dir,
            self.revisions,
            authors=(self.author,) if self.author else (),
            publisher=self.publisher,
            published_at=self.published_at,
            modified_at=None,
            source_url=self.source_url,
            canonical_url=None,
            license=None,
            description=None,
            image=None,
            withdrawn=self.withdrawn,
        )


class _Share(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    article: int
    revision: int
    created_at: int
    expires_at: int | None
    manage_hash: bytes
    request_digest: bytes
    #: start, length and colour of each snippet, in one flat list: a list each would cost a byte more a snippet.
    snippets: tuple[int, ...]


class _Tombstone(Struct, array_like=True, forbid_unknown_fields=True, tag=2):
    article: int
    revoked_at: int


class _Alignment(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    data: bytes


class _Remains(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    """As `_Retracted`, of an earlier format: beside a revision without HTML."""

    into: int
    alignment: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode_revision = msgspec.msgpack.Decoder(_Revision | _Retracted).decode
_decode_head = msgspec.msgpack.Decoder(_Head | _Head1).decode
_decode_share = msgspec.msgpack.Decoder(_Share | _Tombstone).decode
_decode_alignment = msgspec.msgpack.Decoder(_Alignment).decode
_decode_remains = msgspec.msgpack.Decoder(_Remains).decode

#: The first bytes of a revision's record that holds its words, which are more than all of an earlier format's that
#: was blanked.
LIVE = _encode(_Revision(b""))[:2]
BLANK_SIZE = len(_encode(_Revision(b"")))


def pack_article(article: Article) -> bytes:
    return _encode(
        _Head(
            article.number,
            article.slug,
            article.title,
            article.lang,
            article.dir,
            tuple(_pack_info(info, place) for place, info in enumerate(article.revisions, 1)),
            article.authors,
            article.publisher,
            article.published_at,
            article.modified_at,
            article.source_url,
            article.canonical_url,
            article.license,
            article.description,
            article.image,
            article.withdrawn,
            article.selector,
            article.way,
        )
    )


def head_in(answer: bytes | None) -> Article | None:
    """The article in an answer of the store. Raises as `unpack_article`."""
    return None if answer is None else unpack_article(answer)


def unpack_article(data: bytes) -> Article:
    """Raises `RecordUnreadable`."""
    try:
        read = _decode_head(data)
        head = read.as_now() if isinstance(read, _Head1) else read
        return Article(
            head.number,
            head.slug,
            head.title,
            head.lang,
            head.dir,
            tuple(_unpack_info(info, place) for place, info in enumerate(head.revisions, 1)),
            head.authors,
            head.publisher,
            head.published_at,
            head.modified_at,
            head.source_url,
            head.canonical_url,
            head.license,
            head.description,
            head.image,
            head.withdrawn,
            head.selector,
            head.way,
            version=hashlib.blake2b(data, digest_size=16).digest(),
        )
    except (ValueError, OverflowError, msgspec.MsgspecError) as error:
        raise RecordUnreadable(f"the record of an article cannot be read: {error}") from None


def _pack_info(info: RevisionInfo, place: int) -> _Info:
    if info.number != place:
        raise ValueError(f"revision {info.number} stands at place {place}")
    return _Info(_milliseconds(info.created_at), bytes.fromhex(info.digest), info.length, info.retracted)


def _unpack_info(info: _Info, place: int) -> RevisionInfo:
    created_at = _EPOCH + timedelta(milliseconds=info.created_at)
    return RevisionInfo(place, created_at, info.digest.hex(), info.length, info.retracted)


def pack_revision(revision: Revision | Retracted) -> bytes:
    """About a quarter of the HTML's size."""
    if isinstance(revision, Retracted):
        return _encode(_Retracted(revision.into, revision.alignment))
    return _encode(_Revision(zlib.compress(revision.html.encode())))


def unpack_revision(data: bytes, article: int, number: int) -> Revision | Retracted:
    """Raises `RecordUnreadable`."""
    try:
        record = _decode_revision(data)
        if isinstance(record, _Retracted):
            return Retracted(article, number, record.into, record.alignment)
        if not record.html:
            # Of an earlier format.
            return Retracted(article, number)
        return Revision(article, number, zlib.decompress(record.html).decode())
    except (ValueError, zlib.error, msgspec.MsgspecError) as error:
        raise RecordUnreadable(f"revision {number} of article {article} cannot be read: {error}") from None


def pack_share(share: Share | Tombstone) -> bytes:
    """About 120 bytes for five snippets; its key has 33 more."""
    if isinstance(share, Tombstone):
        return _encode(_Tombstone(article_number(share.id), _seconds(share.revoked_at)))
    flat: list[int] = []
    for place, snippet in enumerate(share.snippets, 1):
        if snippet.number != place:
            raise ValueError(f"snippet {snippet.number} stands at place {place}")
        flat += (snippet.span.start, len(snippet.span), _COLOR_CODES[snippet.color])
    return _encode(
        _Share(
            share.article,
            share.revision,
            _seconds(share.created_at),
            None if share.expires_at is None else _seconds(share.expires_at),
            share.manage_hash,
            share.request_digest,
            tuple(flat),
        )
    )


def unpack_share(data: bytes, key: str) -> Share | Tombstone:
    """What is stored under `key`. Raises `RecordUnreadable`."""
    try:
        record = _decode_share(data)
        share_id = keys.share_id(record.article, key)
        if isinstance(record, _Tombstone):
            return Tombstone(share_id, _time(record.revoked_at))
        return Share(
            share_id,
            record.article,
            record.revision,
            _time(record.created_at),
            None if record.expires_at is None else _time(record.expires_at),
            record.manage_hash,
            record.request_digest,
            _snippets(record.snippets),
        )
    except (ValueError, IndexError, OverflowError, msgspec.MsgspecError) as error:
        raise RecordUnreadable(f"the record of a share cannot be read: {error}") from None


def _snippets(flat: tuple[int, ...]) -> tuple[Snippet, ...]:
    triples = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    return tuple(
        Snippet(place, Span(start, start + length), _COLORS[color])
        for place, (start, length, color) in enumerate(triples, 1)
    )


def pack_alignment(data: bytes) -> bytes:
    return _encode(_Alignment(data))


def unpack_alignment(data: bytes) -> bytes:
    """Raises `RecordUnreadable`."""
    try:
        return _decode_alignment(data).data
    except msgspec.MsgspecError as error:
        raise RecordUnreadable(f"the record of an alignment cannot be read: {error}") from None


def unpack_remains(data: bytes, article: int, number: int) -> Retracted:
    """What an earlier format kept of a retracted revision. Raises `RecordUnreadable`."""
    try:
        remains = _decode_remains(data)
    except msgspec.MsgspecError as error:
        raise RecordUnreadable(f"the record of a retracted revision cannot be read: {error}") from None
    return Retracted(article, number, remains.into, remains.alignment)


def _seconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(seconds=1)


def _milliseconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(milliseconds=1)


def _time(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)
