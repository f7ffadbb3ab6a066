"""What was packed for the way, unpacked while it comes in: a few bytes may stand for very many."""

from __future__ import annotations

import gzip
import io
import zlib

from snippetsvc.errors import NotFetched


def gathered(stream: io.BufferedIOBase, encoding: str, most: int) -> bytes:
    """The whole of what comes in `stream`, in a content encoding of HTTP (RFC 9110, 8.4): gzip, or none.

    Raises `NotFetched`: `large`, as soon as there are more than `most` bytes, unpacked; `broken`.
    """
    match encoding.strip().lower():
        case "" | "identity":
            unpacked: io.BufferedIOBase = stream
        case "gzip" | "x-gzip":
            unpacked = gzip.GzipFile(fileobj=stream)
        case other:
            raise NotFetched("broken", f"it came in an encoding that was not asked for: {other[:100]}")
    try:
        data = unpacked.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise NotFetched("broken", "it was packed wrongly") from None
    if len(data) > most:
        raise too_large(most)
    return data


def too_large(most: int) -> NotFetched:
    return NotFetched("large", f"it has more than {most:,} bytes")
