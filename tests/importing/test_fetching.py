"""Fetching: what must not be reached is not reached, and what is fetched comes whole, in time, or not at all.

Nothing here leaves this machine: names are told by the test, and whatever address is connected to, it is at a port of
ours; connections are counted where they arrive.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat

import pytest

from snippetsvc.errors import NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import Connect, Fetched, Fetcher
from tests.importing.servers import Listening, Speaking, answer
from tests.store.servers import CERTIFICATES

PUBLIC = "93.184.215.14"
#: Hosts that mean this machine, or may. All of them but zones are numbers or stand for some.
FORBIDDEN = {
    "IPv4": "127.0.0.1",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "octal in one": "017700000001",
    "hexadecimal": "0x7f.0.0.1",
    "hexadecimal in one": "0x7f000001",
    "short": "127.1",
    "shortest": "0",
    "with a dot at its end": "127.0.0.1.",
    "in other digits": "①②⑦.⓪.⓪.①",
    "IPv6": "[::1]",
    "any": "[::]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped, in hexadecimal": "[0:0:0:0:0:ffff:7f00:1]",
    "compatible": "[::127.0.0.1]",
    "NAT64": "[64:ff9b::127.0.0.1]",
    "NAT64 of a local network": "[64:ff9b:1::127.0.0.1]",
    "6to4": "[2002:7f00:1::]",
    "Teredo's client": "[2001:0:5db8:d70e::80ff:fffe]",
    "Teredo's server": "[2001:0:7f00:1::a247:28f1]",
    "a zone": "[fe80::1%25lo]",
    "link-local": "169.254.169.254",
    "private": "10.0.0.1",
    "a group": "224.0.0.1",
}
#: The IP addresses among them.
NUMBERS = sorted({Address.of(f"http://{host}/").host for host in FORBIDDEN.values() if "%" not in host})


def names(table: Mapping[str, str | Sequence[str]]) -> Callable[[str], Sequence[str]]:
    """A resolver that knows these names."""

    def resolve(host: str) -> Sequence[str]:
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = table[host]
        return [found] if isinstance(found, str) else found

    return resolve


def at_port(port: int, tried: list[str] | None = None) -> Connect:
    """Connects to the address that it is told, on `port`, as if that were 80 or 443; to this machine for `PUBLIC`."""

    def connect(where: tuple[str, int], seconds: float) -> socket.socket:
        if tried is not None:
            tried.append(where[0])
        return socket.create_connection(("127.0.0.1" if where[0] == PUBLIC else where[0], port), seconds)

    return connect


NOBODY = names({})


def fetching(port: int = 1, *, resolve: Callable[[str], Sequence[str]] = NOBODY, **more: object) -> Fetcher:
    return Fetcher("tests", resolve=resolve, connect=at_port(port), **more)  # type: ignore[arg-type]


def refusal(fetch: Callable[[], object]) -> str:
    with pytest.raises(NotFetched) as raised:
        fetch()
    assert "\n" not in str(raised.value)
    return raised.value.reason


@pytest.fixture
def listening() -> Iterator[Listening]:
    with Listening() as listening:
        yield listening


@pytest.mark.parametrize("host", FORBIDDEN.values(), ids=FORBIDDEN)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_hosts_that_are_not_reached(listening: Listening, scheme: str, host: str) -> None:
    assert refusal(lambda: fetching(listening.port).get(f"{scheme}://{host}/")) == "forbidden"
    assert listening.connections() == 0


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_they_would_have_been_counted(listening: Listening, host: str) -> None:
    """Nobody answers there, and the connection is made: of these hosts alone the test above would say nothing else."""
    allowed = {Address.of(f"http://{host}/").host}
    fetcher = fetching(listening.port, allowed=allowed, seconds=0.2)
    assert refusal(lambda: fetcher.get(f"http://{host}/")) == "slow"
    assert listening.connections() == 1


@pytest.mark.parametrize("number", [*NUMBERS, "fe80::1%lo"])
def test_names_that_lead_to_such_hosts(listening: Listening, number: str) -> None:
    resolve = names({"public.example": number})
    assert refusal(lambda: fetching(listening.port, resolve=resolve).get("http://public.example/")) == "forbidden"
    assert listening.connections() == 0


def test_of_several_addresses_none_may_be_private(listening: Listening) -> None:
    for addresses in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["::1", PUBLIC]):
        fetcher = fetching(listening.port, resolve=names({"public.example": addresses}))
        assert refusal(lambda fetcher=fetcher: fetcher.get("http://public.example/")) == "forbidden"  # type: ignore[misc]
    assert listening.connections() == 0


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to() -> None:
    """Rebinding: the second answer of a name would be another."""
    asked: list[str] = []
    tried: list[str] = []
    answers = chain([[PUBLIC]], repeat(["127.0.0.1"]))

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    with Speaking(lambda _: [answer(b"public")]) as server:
        fetcher = Fetcher("tests", resolve=resolve, connect=at_port(server.port, tried))
        assert fetcher.get("http://public.example/").body == b"public"
    assert (asked, tried) == (["public.example"], [PUBLIC])
    assert server.requests[0].startswith("GET / HTTP/1.1\r\n")
    assert "\r\nHost: public.example\r\n" in server.requests[0]


def test_what_follows_a_redirect_is_resolved_and_checked_anew(listening: Listening) -> None:
    answers = chain([[PUBLIC]], repeat(["127.0.0.1"]))
    tried: list[str] = []
    with Speaking(lambda _: [answer(status="302 Found", Location="/again")]) as server:
        connect = at_port(server.port, tried)
        fetcher = Fetcher("tests", resolve=lambda _: next(answers), connect=connect)
        assert refusal(lambda: fetcher.get("http://public.example/")) == "forbidden"
    assert (tried, len(server.requests)) == ([PUBLIC], 1)


@pytest.mark.parametrize("host", FORBIDDEN.values(), ids=FORBIDDEN)
@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 T", "308 P"])
def test_redirects_to_such_hosts(listening: Listening, host: str, status: str) -> None:
    target = f"http://{host}/".encode().decode("latin-1")
    with Speaking(lambda _: [answer(status=status, Location=target)]) as server:
        ports = iter([server.port])

        def connect(where: tuple[str, int], seconds: float) -> socket.socket:
            return at_port(next(ports, listening.port))(where, seconds)

        fetcher = Fetcher("tests", resolve=names({"public.example": PUBLIC}), connect=connect)
        assert refusal(lambda: fetcher.get("http://public.example/")) == "forbidden"
        assert len(server.requests) == 1
    assert listening.connections() == 0


@pytest.mark.parametrize(
    "target",
    [
        *("ftp://public.example/", "file:///etc/passwd", "gopher://127.0.0.1:25/", "data:text/html,a", "javascript:1"),
        *("http://public.example:22/", "https://public.example:8443/", "http://public.example:0/"),
        *("http://me@public.example/", "http://me:word@public.example/", "http://public.example:x/", "http://[::1/"),
    ],
)
def test_redirects_and_addresses_of_other_kinds(target: str) -> None:
    with Speaking(lambda _: [answer(status="301 Moved", Location=target)]) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}))
        assert refusal(lambda: fetcher.get("http://public.example/")) == "forbidden"
        assert len(server.requests) == 1
        assert refusal(lambda: fetcher.get(target)) == "forbidden"
        assert len(server.requests) == 1


def _counting_down(head: str) -> list[bytes]:
    number = int(head.split()[1].removeprefix("/"))
    return [answer(b"there") if number == 0 else answer(status="302 Found", Location=f"/{number - 1}")]


def test_five_redirects_are_followed_and_no_more() -> None:
    with Speaking(_counting_down) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}))
        fetched = fetcher.get("http://public.example/5")
        assert (str(fetched.address), fetched.body) == ("http://public.example/0", b"there")
        server.requests.clear()
        assert refusal(lambda: fetcher.get("http://public.example/6")) == "redirects"
        assert len(server.requests) == 6


def test_hosts_that_are_allowed_may_be_private_on_any_port() -> None:
    with Speaking(lambda _: [answer(b"private")]) as server:
        resolve = names({"cms.internal": "127.0.0.1", "other.internal": "127.0.0.1"})
        fetcher = Fetcher("tests", {"cms.internal"}, resolve=resolve)
        assert fetcher.get(f"http://CMS.internal.:{server.port}/a").body == b"private"
        assert f"\r\nHost: cms.internal:{server.port}\r\n" in server.requests[0]
        for host in ("other.internal", "127.0.0.1", "sub.cms.internal"):
            assert refusal(lambda host=host: fetcher.get(f"http://{host}:{server.port}/a")) == "forbidden"  # type: ignore[misc]
        assert len(server.requests) == 1


def test_who_permits_is_told_each_address_before_it_is_asked() -> None:
    told: list[str] = []

    def permit(place: Address) -> None:
        told.append(str(place))
        if place.target == "/1":
            raise NotFetched("robots", "not this one")

    with Speaking(_counting_down) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}))
        assert refusal(lambda: fetcher.get("http://public.example/3", permit=permit)) == "robots"
        assert told == [f"http://public.example/{number}" for number in (3, 2, 1)]
        assert len(server.requests) == 2


def test_no_cookie_no_password_no_proxy(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".netrc").write_text("default login somebody password secret\n")
    (home / ".netrc").chmod(0o600)
    for name, value in {
        "HOME": str(home),
        "http_proxy": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    leading_on = answer(status="302 Found", Location="/b", Set_Cookie="a=b", WWW_Authenticate="Basic")
    with Speaking(lambda request: [leading_on if "/a" in request else answer()]) as server:
        fetching(server.port, resolve=names({"public.example": PUBLIC})).get("http://public.example/a")
    assert len(server.requests) == 2
    for request in server.requests:
        sent = {line.partition(":")[0].lower() for line in request.splitlines()[1:] if line}
        assert sent == {"host", "user-agent", "accept-encoding", "connection"}


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
            authorities=lambda: ssl.create_default_context(cafile=CERTIFICATES / "authority.pem"),
        )
        if reason is None:
            assert fetcher.get(f"https://{host}/").body == b"safe"
            assert "\r\nHost: localhost\r\n" in server.requests[0]
        else:
            assert refusal(lambda: fetcher.get(f"https://{host}/")) == reason
            assert server.requests == []
        assert server.names == [host]


def test_a_certificate_that_nobody_vouches_for() -> None:
    with Speaking(lambda _: [answer(b"unsafe")], CERTIFICATES / "server.pem") as server:
        fetcher = fetching(server.port, resolve=names({"localhost": PUBLIC}))
        assert refusal(lambda: fetcher.get("https://localhost/")) == "unreachable"
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
RAW = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    "said",
    {
        "as it is": answer(WORDS),
        "until the end of the connection": answer(WORDS).replace(b"Content-Length", b"X-Length"),
        "in chunks": chunked(WORDS[:100], WORDS[100:]),
        "gzip": answer(gzip.compress(WORDS), Content_Encoding="gzip"),
        "gzip in parts": answer(gzip.compress(WORDS[:99]) + gzip.compress(WORDS[99:]), Content_Encoding="x-gzip"),
        "gzip with zeros behind": answer(gzip.compress(WORDS) + bytes(40), Content_Encoding="GZIP"),
        "deflate": answer(zlib.compress(WORDS), Content_Encoding="deflate"),
        "deflate as some mean it": answer(RAW.compress(WORDS) + RAW.flush(), Content_Encoding="deflate"),
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
        "deflate that is none": answer(b"\xff" * 100, Content_Encoding="deflate"),
        "an encoding that was not asked for": answer(WORDS, Content_Encoding="br"),
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


def _deflate_for_ever(_: str) -> Iterator[bytes]:
    packer = zlib.compressobj()
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"
    while True:
        yield packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH)


def _nothing_packed_for_ever(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    yield from repeat(gzip.compress(b"") * 100)


def _chunks_for_ever(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield from repeat(b"400\r\n" + bytes(1024) + b"\r\n")


LARGE: dict[str, Callable[[str], Iterator[bytes]]] = {
    "gzip": _gzip_for_ever,
    "deflate": _deflate_for_ever,
    "nothing in very many parts": _nothing_packed_for_ever,
    "chunks": _chunks_for_ever,
    "a bomb in one": lambda _: iter([answer(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")]),
    "a length that says so": lambda _: iter([answer(Content_Length="100001")]),
}


@pytest.mark.parametrize("talk", LARGE.values(), ids=LARGE)
def test_what_is_too_large_is_given_up_before_its_end(talk: Callable[[str], Iterator[bytes]]) -> None:
    """Most of these have no end."""
    assert refusal(lambda: fetched_from(talk)) == "large"


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
        assert refusal(lambda: fetcher.get("http://public.example/")) == "slow"


def test_the_time_is_that_of_all_redirects_together() -> None:
    def talk(_: str) -> Iterator[bytes]:
        server.over.wait(0.2)
        yield answer(status="302 Found", Location="/again")

    with Speaking(talk) as server:
        fetcher = fetching(server.port, resolve=names({"public.example": PUBLIC}), seconds=0.5)
        assert refusal(lambda: fetcher.get("http://public.example/")) == "slow"


def test_names_that_nobody_knows_or_is_slow_to_say() -> None:
    with Speaking(lambda _: []) as server:

        def resolve(host: str) -> Sequence[str]:
            server.over.wait(60)
            return [PUBLIC]

        assert refusal(lambda: fetching(resolve=resolve, seconds=0.2).get("http://public.example/")) == "slow"
        assert refusal(lambda: fetching(resolve=lambda _: []).get("http://public.example/")) == "unreachable"
        assert refusal(lambda: fetching().get("http://public.example/")) == "unreachable"


def test_another_address_is_tried_where_one_does_not_answer(listening: Listening) -> None:
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
