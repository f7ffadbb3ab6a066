"""Records of imports, as `records` has those of articles and shares: a tag names the format."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from snippetsvc.errors import RecordUnreadable
from snippetsvc.models import Became, Did, Imported, Notice, NoticeKind, Outcome


class _Imported(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    article: int
    address: str
    digest: bytes
    etag: str | None
    last_modified: str | None
    revisions: int


class _Outcome(Struct, array_like=True, forbid_unknown_fields=True, tag=1):
    became: str
    article: int | None
    slug: str
    reason: str
    detail: str
    #: kind, count, did and example of each.
    notices: tuple[tuple[str, int, str, str], ...]


_encode = msgspec.msgpack.Encoder().encode
_decode_imported = msgspec.msgpack.Decoder(_Imported).decode
_decode_outcome = msgspec.msgpack.Decoder(_Outcome).decode


def pack_imported(of: Imported) -> bytes:
    return _encode(_Imported(of.article, of.address, of.digest, of.etag, of.last_modified, of.revisions))


def unpack_imported(data: bytes) -> Imported:
    """Raises `RecordUnreadable`."""
    try:
        record = _decode_imported(data)
    except msgspec.MsgspecError as error:
        raise RecordUnreadable(f"the record of an import cannot be read: {error}") from None
    return Imported(record.article, record.address, record.digest, record.etag, record.last_modified, record.revisions)


def pack_outcome(outcome: Outcome) -> bytes:
    """All but the address, under which it is kept."""
    notices = tuple((each.kind.value, each.count, each.did.value, each.example) for each in outcome.notices)
    return _encode(
        _Outcome(outcome.became.value, outcome.article, outcome.slug, outcome.reason, outcome.detail, notices)
    )


def unpack_outcome(data: bytes, address: str) -> Outcome:
    """Raises `RecordUnreadable`."""
    try:
        record = _decode_outcome(data)
        notices = tuple(
            Notice(NoticeKind(kind), count, Did(did), example) for kind, count, did, example in record.notices
        )
        return Outcome(
            address, Became(record.became), record.article, record.slug, record.reason, record.detail, notices
        )
    except (ValueError, msgspec.MsgspecError) as error:
        raise RecordUnreadable(f"the record of an import's outcome cannot be read: {error}") from None
