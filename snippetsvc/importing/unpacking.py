"""What was packed for the way, unpacked while it comes in, and counted: a few bytes may stand for very many."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from snippetsvc.errors import NotFetched

#: Bytes that are unpacked at once.
PIECE = 16_384
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_GZIP_BEGINS = 0x1F


def gathered(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The whole of what comes in `pieces`, in a content encoding of HTTP (RFC 9110, 8.4).

    Raises `NotFetched`: `large`, as soon as more than `most` bytes have come, packed or unpacked; `broken`.
    """
    pieces = _counted(pieces, most)
    match encoding.strip().lower():
        case "" | "identity":
            unpacked = pieces
        case "gzip" | "x-gzip":
            unpacked = _inflated(pieces, _GZIP)
        case "deflate":
            unpacked = _deflated(pieces)
        case other:
            raise NotFetched("broken", f"it came in an encoding that was not asked for: {other[:100]}")
    try:
        return b"".join(_counted(unpacked, most))
    except zlib.error:
        raise NotFetched("broken", "it was packed wrongly") from None


def _counted(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise NotFetched("large", f"it has more than {most:,} bytes")
        yield piece


def _deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    # The standard means zlib's format; some send what is inside of that.
    is_zlib = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0

    def again() -> Iterator[bytes]:
        yield first
        yield from pieces

    return _inflated(again(), _ZLIB if is_zlib else _RAW)


def _inflated(pieces: Iterator[bytes], form: int) -> Iterator[bytes]:
    stream = zlib.decompressobj(form)
    begun = False
    for piece in pieces:
        while piece:
            begun = True
            out = stream.decompress(piece, PIECE)
            yield out
            while len(out) == PIECE:
                # It may hold back more than it was allowed to give.
                out = stream.decompress(stream.unconsumed_tail, PIECE)
                yield out
            piece = stream.unconsumed_tail
            if stream.eof:
                piece = stream.unused_data.lstrip(b"\0")
                # A gzip file may have several parts (RFC 1952, 2.2), and filling behind them.
                if form != _GZIP or (piece and piece[0] != _GZIP_BEGINS):
                    return
                stream, begun = zlib.decompressobj(form), False
    if begun:
        raise NotFetched("broken", "it ended before its end")
