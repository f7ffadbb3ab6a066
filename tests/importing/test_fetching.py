"""Fetching: what is fetched comes whole, in time, from whom it says, or not at all."""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat

import pytest

from snippetsvc.errors import NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import Fetched, Fetcher
from tests.importing.fetchers import PUBLIC, at_port, fetching, names, refusal
from tests.importing.servers import Speaking, answer
from tests.store.servers import CERTIFICATES


def _counting_down(head: str) -> list[bytes]:
    number = int(head.split()[1].removeprefix("/"))
    return [answer(b"there") if number == 0 else answer(status="302 Found", Location=f"/{number - 1}")]


def test_five_redirects_are_followed_and_no_more() -> None:
    with Speaking(_counting_down) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}))
        fetched = fetcher.get("http://public.example/5")
        assert (str(fetched.address), fetched.body) == ("http://public.example/0", b"there")
        server.requests.clear()
        assert refusal(fetcher.get, "http://public.example/6") == "redirects"
        assert len(server.requests) == 6


def test_who_permits_is_told_each_address_before_it_is_asked() -> None:
    told: list[str] = []

    def permit(place: Address) -> None:
        told.append(str(place))
        if place.target == "/1":
            raise NotFetched("robots", "not this one")

    with Speaking(_counting_down) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}))
        assert refusal(fetcher.get, "http://public.example/3", permit=permit) == "robots"
        assert told == [f"http://public.example/{number}" for number in (3, 2, 1)]
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("host", "reason"),
    [("localhost", None), ("public.example", "unreachable")],
    ids=["the name of the certificate", "another name"],
)
def test_a_certificate_is_that_of_the_name(host: str, reason: str | None) -> None:
    with Speaking(lambda _: [answer(b"safe")], CERTIFICATES / "server.pem") as server:
        fetcher = fetching(
            server.port,
            resolve=names({host: PUBLIC}),
            tls=ssl.create_default_context(cafile=CERTIFICATES / "authority.pem"),
        )
        if reason is None:
            assert fetcher.get(f"https://{host}/").body == b"safe"
            assert "\r\nHost: localhost\r\n" in server.requests[0]
        else:
            assert refusal(fetcher.get, f"https://{host}/") == reason
            assert server.requests == []
        assert server.names == [host]


def test_a_certificate_that_nobody_vouches_for() -> None:
    with Speaking(lambda _: [answer(b"unsafe")], CERTIFICATES / "server.pem") as server:
        fetcher = fetching(server.port, resolve=names({"localhost": PUBLIC}))
        assert refusal(fetcher.get, "https://localhost/") == "unreachable"
        assert server.requests == []


def fetched_from(
    talk: Callable[[str], Iterator[bytes] | Sequence[bytes]], seconds: float = 20, most: int = 100_000
) -> Fetched:
    with Speaking(talk) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}), seconds=seconds)
        return fetcher.get("http://public.example/", most=most)


def chunked(*pieces: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


WORDS = b"words " * 10_000


@pytest.mark.parametrize(
    "said",
    {
        "as it is": answer(WORDS),
        "until the end of the connection": answer(WORDS).replace(b"Content-Length", b"X-Length"),
        "in chunks": chunked(WORDS[:100], WORDS[100:]),
        "gzip": answer(gzip.compress(WORDS), Content_Encoding="gzip"),
        "gzip in parts": answer(gzip.compress(WORDS[:99]) + gzip.compress(WORDS[99:]), Content_Encoding="x-gzip"),
        "gzip with zeros behind": answer(gzip.compress(WORDS) + bytes(40), Content_Encoding="GZIP"),
    }.items(),
    ids=lambda said: said[0],
)
def test_what_comes_is_whole(said: tuple[str, bytes]) -> None:
    # In pieces that fit nothing.
    pieces = [said[1][at : at + 777] for at in range(0, len(said[1]), 777)]
    assert fetched_from(lambda _: pieces).body == WORDS


@pytest.mark.parametrize(
    "said",
    {
        "cut off": answer(WORDS)[:-1],
        "chunks cut off": chunked(WORDS)[:-7],
        "gzip cut off": answer(gzip.compress(WORDS)[:-1], Content_Encoding="gzip"),
        "gzip that is none": answer(WORDS, Content_Encoding="gzip"),
        "an encoding that was not asked for": answer(zlib.compress(WORDS), Content_Encoding="deflate"),
        "an encoding of an encoding": answer(WORDS, Content_Encoding="gzip, gzip"),
        "no HTTP": b"SSH-2.0-OpenSSH_9.2p1\r\n",
        "headers without end": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1_000,
        "a line without end": b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 100_000,
        "chunks of no size": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    }.items(),
    ids=lambda said: said[0],
)
def test_what_is_not_whole_is_nothing(said: tuple[str, bytes]) -> None:
    assert refusal(lambda: fetched_from(lambda _: [said[1]])) in ("broken", "unreachable")


def _gzip_for_ever(_: str) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    while True:
        yield packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH)


def _nothing_packed_for_ever(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    yield from repeat(gzip.compress(b"") * 100)


def _chunks_for_ever(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield from repeat(b"400\r\n" + bytes(1024) + b"\r\n")


def _headers_for_ever(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    yield from repeat(b"X-A: " + b"b" * 60_000 + b"\r\n")


LARGE: dict[str, Callable[[str], Iterator[bytes]]] = {
    "gzip": _gzip_for_ever,
    "nothing in very many parts": _nothing_packed_for_ever,
    "chunks": _chunks_for_ever,
    "headers": _headers_for_ever,
    "a bomb in one": lambda _: iter([answer(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")]),
    "a length that says so": lambda _: iter([answer(Content_Length="100001")]),
}


@pytest.mark.parametrize("talk", LARGE.values(), ids=LARGE)
def test_what_is_too_large_is_given_up_before_its_end(talk: Callable[[str], Iterator[bytes]]) -> None:
    """Most of these have no end."""
    assert refusal(fetched_from, talk) == "large"


@pytest.mark.parametrize(
    "before",
    {
        "the first line": b"",
        "headers": b"HTTP/1.1 200 OK\r\nX-Slow: ",
        "the body": b"HTTP/1.1 200 OK\r\n\r\n",
        "the size of a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    }.items(),
    ids=lambda before: before[0],
)
def test_what_comes_a_byte_at_a_time_is_given_up(before: tuple[str, bytes]) -> None:
    def talk(_: str) -> Iterator[bytes]:
        yield before[1]
        while not server.over.wait(0.02):
            yield b"0"

    with Speaking(talk) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}), seconds=0.3)
        assert refusal(fetcher.get, "http://public.example/") == "slow"


def test_the_time_is_that_of_all_redirects_together() -> None:
    def talk(_: str) -> Iterator[bytes]:
        server.over.wait(0.2)
        yield answer(status="302 Found", Location="/again")

    with Speaking(talk) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}), seconds=0.5)
        assert refusal(fetcher.get, "http://public.example/") == "slow"


def test_names_that_nobody_knows_or_is_slow_to_say() -> None:
    with Speaking(lambda _: []) as server:

        def resolve(host: str) -> Sequence[str]:
            server.over.wait(60)
            return [PUBLIC]

        assert refusal(fetching(resolve=resolve, seconds=0.2).get, "http://public.example/") == "slow"
        assert refusal(fetching(resolve=lambda _: []).get, "http://public.example/") == "unreachable"
        assert refusal(fetching().get, "http://public.example/") == "unreachable"


def test_another_address_is_tried_where_one_does_not_answer() -> None:
    tried: list[str] = []

    def connect(where: tuple[str, int], seconds: float) -> socket.socket:
        if where[0] != PUBLIC:
            tried.append(where[0])
            raise ConnectionRefusedError(111, "Connection refused")
        return at_port(server.port, tried)(where, seconds)

    with Speaking(lambda _: [answer(b"there")]) as server:
        resolve = names({"public.example": ["2606:2800:21f::1", PUBLIC]})
        assert Fetcher("tests", resolve=resolve, connect=connect).get("http://public.example/").body == b"there"
    assert tried == ["2606:2800:21f::1", PUBLIC]


@pytest.mark.parametrize("status", [304, 403, 404, 410, 429, 500, 503])
def test_an_answer_without_a_page_is_an_answer(status: int) -> None:
    said = answer(b"" if status == 304 else WORDS, status=f"{status} Said", Retry_After="7")
    fetched = fetched_from(lambda _: [said])
    assert (fetched.status, fetched.body, fetched.headers["retry-after"]) == (status, b"", "7")


def test_addresses_in_headers_are_utf_8() -> None:
    def talk(head: str) -> list[bytes]:
        location = "/навіны".encode().decode("latin-1")
        return [answer(status="301 Moved", Location=location) if head.startswith("GET / ") else answer(b"there")]

    fetched = fetched_from(talk)
    assert str(fetched.address).endswith("/%D0%BD%D0%B0%D0%B2%D1%96%D0%BD%D1%8B")
