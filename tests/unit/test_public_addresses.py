"""Which IP addresses are public, whatever they carry; addresses of the web in one spelling."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from snippetsvc.importing.addresses import Address
from snippetsvc.importing.public import is_public

NOT_PUBLIC_4 = {
    "this machine": "127.0.0.1",
    "this machine, elsewhere in its network": "127.255.255.254",
    "this network": "0.0.0.0",
    "of a company": "10.1.2.3",
    "of a company, middle": "172.31.255.255",
    "of a home": "192.168.1.1",
    "of a provider": "100.64.0.1",
    "link-local, where clouds tell secrets": "169.254.169.254",
    "protocol assignments": "192.0.0.9",
    "documentation": "203.0.113.7",
    "measuring": "198.18.0.1",
    "relays of 6to4": "192.88.99.1",
    "a group": "224.0.0.251",
    "a group, said to be global": "233.1.2.3",
    "reserved": "240.0.0.1",
    "everybody": "255.255.255.255",
}
NOT_PUBLIC_6 = {
    "this machine": "::1",
    "no address": "::",
    "link-local": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "public with a zone": "2a00:1450:4001::1%eth0",
    "of a company": "fd12:3456::1",
    "of a site, as once": "fec0::1",
    "a group": "ff02::1",
    "a global group": "ff0e::1",
    "discarded": "100::1",
    "documentation": "2001:db8::1",
    "documentation, newer": "3fff::1",
    "protocol assignments": "2001:2::1",
    "segments": "5f00::1",
    "translated without state": "::ffff:0:7f00:1",
    "NAT64 of a local network, with another prefix": "64:ff9b:1:7f00:0:100::",
}
PUBLIC_4, PUBLIC_6 = "93.184.215.14", "2a00:1450:4001:82b::200e"


def _low(prefix: str, inside: str) -> str:
    return str(IPv6Address(int(IPv6Address(prefix)) | int(IPv4Address(inside))))


def _teredo(server: str, client: str) -> str:
    number = 0x2001_0000 << 96 | int(IPv4Address(server)) << 64 | int(IPv4Address(client)) ^ 0xFFFF_FFFF
    return str(IPv6Address(number))


#: Forms of IPv6 that carry an address of IPv4.
CARRIERS = {
    "mapped": lambda inside: _low("::ffff:0:0", inside),
    "compatible": lambda inside: _low("::", inside),
    "NAT64": lambda inside: _low("64:ff9b::", inside),
    "NAT64 of a local network": lambda inside: _low("64:ff9b:1::", inside),
    "6to4": lambda inside: str(IPv6Address(0x2002 << 112 | int(IPv4Address(inside)) << 80 | 1)),
    "Teredo's client": lambda inside: _teredo(PUBLIC_4, inside),
    "Teredo's server": lambda inside: _teredo(inside, PUBLIC_4),
}


@pytest.mark.parametrize("text", [*NOT_PUBLIC_4.values(), *NOT_PUBLIC_6.values()], ids=[*NOT_PUBLIC_4, *NOT_PUBLIC_6])
def test_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", [PUBLIC_4, "8.8.8.8", "1.1.1.1", "192.0.1.1", PUBLIC_6, "2606:2800:21f::1", "2620:0::1"]
)
def test_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("inside", NOT_PUBLIC_4)
def test_what_is_carried_counts(carrier: str, inside: str) -> None:
    assert not is_public(ip_address(CARRIERS[carrier](NOT_PUBLIC_4[inside])))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_carries_a_public_address_is_public(carrier: str) -> None:
    assert is_public(ip_address(CARRIERS[carrier](PUBLIC_4)))


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("http://News.Example", "http://news.example/"),
        ("HTTPS://news.example:443/a?b=c#d", "https://news.example/a?b=c"),
        ("http://news.example:80/", "http://news.example/"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("http://news.example:/", "http://news.example/"),
        ("https://news.example./a", "https://news.example/a"),
        ("http://прэса.бел/навіны?с=1", "http://xn--80a3ade3d.xn--90ais/%D0%BD%D0%B0%D0%B2%D1%96%D0%BD%D1%8B?%D1%81=1"),
        ("http://news.example/a b", "http://news.example/a%20b"),
        ("http://news.example/%D0%BD", "http://news.example/%D0%BD"),
        ("http://news.example?a", "http://news.example/?a"),
        ("  http://news.example/a\n", "http://news.example/a"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0177.0.0.01/", "http://127.0.0.1/"),
        ("http://127.1./", "http://127.0.0.1/"),
        ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("http://1.2.772/", "http://1.2.3.4/"),
        ("http://255.16777215/", "http://255.255.255.255/"),
        ("http://0/", "http://0.0.0.0/"),
        ("http://1.example/", "http://1.example/"),
        ("http://①②⑦。0。0。1/", "http://127.0.0.1/"),
        ("http://[0:0::1]:8080/", "http://[::1]:8080/"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    ],
)
def test_an_address_has_one_spelling(text: str, spelled: str) -> None:
    assert str(Address.of(text)) == spelled
    assert Address.of(spelled) == Address.of(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ftp://news.example/", "http and https"),
        ("file:///etc/passwd", "http and https"),
        ("javascript:alert(1)", "http and https"),
        ("//news.example/", "http and https"),
        ("/a", "http and https"),
        ("", "http and https"),
        ("http://user@news.example/", "name or password"),
        ("http://user:word@news.example/", "name or password"),
        ("http://@news.example/", "name or password"),
        ("http://news.example\\@127.0.0.1/", "name or password"),
        ("http://", "no host"),
        ("http://news example/", "no host"),
        ("http://127.0.0.1%00.news.example/", "no host"),
        ("http://%31%32%37.0.0.1/", "no host"),
        ("http://127.0.0.1\\.news.example/", "no host"),
        ("http://news..example/", "no host"),
        ("http://1.2.3.4.5/", "no IP address"),
        ("http://0x100000000/", "no IP address"),
        ("http://0x/", "no IP address"),
        ("http://256.1.1.1/", "no IP address"),
        ("http://1.16777216/", "no IP address"),
        ("http://1_0.0.0.1/", "no IP address"),
        ("http://news.1/", "no IP address"),
        ("http://09.1.1.1/", "no IP address"),
        ("http://[fe80::1%25eth0]/", "zone"),
        ("http://[fe80::1%eth0]/", "zone"),
        ("http://[v1.a]/", "no IPv6 address"),
        ("http://news.example:99999/", "ort"),
        ("http://news.example:a/", "ort"),
        ("http://news.example/a\nb", "control"),
        (f"http://news.example/{'a' * 2000}", "2000"),
    ],
)
def test_what_is_no_address_that_is_fetched(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Address.of(text)
