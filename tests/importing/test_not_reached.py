"""What must not be reached is not reached: connections are counted where they arrive, and none may."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

import pytest

from snippetsvc.importing.addresses import Address
from snippetsvc.importing.fetching import Fetcher
from tests.importing.fetchers import PUBLIC, at_port, fetching, names, refusal
from tests.importing.servers import Listening, Speaking, answer

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
    "of a provider": "100.64.0.1",
    "everybody": "255.255.255.255",
    "a group": "224.0.0.1",
    "a group of IPv6": "[ff02::1]",
}


#: The IP addresses among them.
NUMBERS = sorted({Address.of(f"http://{host}/").host for host in FORBIDDEN.values() if "%" not in host})


@pytest.fixture
def listening() -> Iterator[Listening]:
    with Listening() as listening:
        yield listening


@pytest.mark.parametrize("host", FORBIDDEN.values(), ids=FORBIDDEN)
def test_hosts_that_are_not_reached(listening: Listening, host: str) -> None:
    fetcher = fetching(listening.port)
    assert [refusal(fetcher.get, f"{scheme}://{host}/") for scheme in ("http", "https")] == ["forbidden"] * 2
    assert listening.connections() == 0


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_they_would_have_been_counted(listening: Listening, host: str) -> None:
    """Nobody answers there, and the connection is made: of these hosts alone the test above would say nothing else."""
    allowed = {Address.of(f"http://{host}/").host}
    fetcher = fetching(listening.port, allowed=allowed, seconds=0.2)
    assert refusal(fetcher.get, f"http://{host}/") == "slow"
    assert listening.connections() == 1


@pytest.mark.parametrize("number", [*NUMBERS, "fe80::1%lo"])
def test_names_that_lead_to_such_hosts(listening: Listening, number: str) -> None:
    resolve = names({"public.example": number})
    assert refusal(fetching(listening.port, resolve=resolve).get, "http://public.example/") == "forbidden"
    assert listening.connections() == 0


def test_of_several_addresses_none_may_be_private(listening: Listening) -> None:
    for addresses in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["::1", PUBLIC]):
        fetcher = fetching(listening.port, resolve=names({"public.example": addresses}))
        assert refusal(fetcher.get, "http://public.example/") == "forbidden"
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
        assert refusal(fetcher.get, "http://public.example/") == "forbidden"
    assert (tried, len(server.requests)) == ([PUBLIC], 1)


@pytest.mark.parametrize(
    ("status", "host"),
    [
        *(("302 Found", host) for host in FORBIDDEN.values()),
        *((status, "127.0.0.1") for status in ("301 Moved Permanently", "303 See Other", "307 T", "308 P")),
    ],
)
def test_redirects_to_such_hosts(listening: Listening, status: str, host: str) -> None:
    target = f"http://{host}/".encode().decode("latin-1")
    with Speaking(lambda _: [answer(status=status, Location=target)]) as server:
        ports = iter([server.port])

        def connect(where: tuple[str, int], seconds: float) -> socket.socket:
            return at_port(next(ports, listening.port))(where, seconds)

        fetcher = Fetcher("tests", resolve=names({"public.example": PUBLIC}), connect=connect)
        assert refusal(fetcher.get, "http://public.example/") == "forbidden"
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
        assert refusal(fetcher.get, "http://public.example/") == "forbidden"
        assert len(server.requests) == 1
        assert refusal(fetcher.get, target) == "forbidden"
        assert len(server.requests) == 1


def test_hosts_that_are_allowed_may_be_private_on_any_port() -> None:
    with Speaking(lambda _: [answer(b"private")]) as server:
        resolve = names({"cms.internal": "127.0.0.1", "other.internal": "127.0.0.1"})
        fetcher = Fetcher("tests", {"cms.internal"}, resolve=resolve)
        assert fetcher.get(f"http://CMS.internal.:{server.port}/a").body == b"private"
        assert f"\r\nHost: cms.internal:{server.port}\r\n" in server.requests[0]
        for host in ("other.internal", "127.0.0.1", "sub.cms.internal"):
            assert refusal(fetcher.get, f"http://{host}:{server.port}/a") == "forbidden"
        assert len(server.requests) == 1


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
