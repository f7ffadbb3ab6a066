"""What a process and the one that prepares for it say to each other: messages in MessagePack, each behind its length.

No pickle: what comes from a process that reads hostile HTML may be of these types, and nothing else.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from snippetsvc.errors import Problem
from snippetsvc.html.prepare import Prepared

_LENGTH = 4


class Order(msgspec.Struct, frozen=True):
    """A document, and what `html.prepare` is told of it by name. text: it came as characters, not as a file's bytes."""

    source: bytes
    text: bool
    arguments: dict[str, Any]

    @classmethod
    def of(cls, source: str | bytes, arguments: dict[str, Any]) -> Order:
        if isinstance(source, bytes):
            return cls(source, False, arguments)
        # Whether half a character may be published is for `prepare` to say.
        return cls(source.encode(errors="surrogatepass"), True, arguments)

    def document(self) -> str | bytes:
        return self.source.decode(errors="surrogatepass") if self.text else self.source


class Asking(msgspec.Struct, frozen=True, tag=True):
    """The oracle is being asked (`begins`), or has answered. There may be several of these before the outcome."""

    begins: bool


class Done(msgspec.Struct, frozen=True, tag=True):
    prepared: Prepared


class Refused(msgspec.Struct, frozen=True, tag=True):
    problems: tuple[Problem, ...]


Report = Asking | Done | Refused


def send(stream: BinaryIO, message: Order | Report) -> None:
    """Raises `OSError` when nobody reads."""
    encoded = msgspec.msgpack.encode(message)
    stream.write(len(encoded).to_bytes(_LENGTH, "big"))
    stream.write(encoded)
    stream.flush()


def receive(stream: BinaryIO, kind: Any) -> Any:
    """The next message, of `kind`. Raises `EOFError` when nobody writes any more, `msgspec.MsgspecError` for others."""
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    return msgspec.msgpack.decode(_exactly(stream, length), type=kind)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    read = stream.read(length)
    if len(read) < length:
        raise EOFError
    return read
