"""The store's address: what is understood, and what is said of what is not, without a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from snippetsvc.errors import BadSetting
from snippetsvc.store import connect
from snippetsvc.store.addresses import StoreAddress, parse

SECRET = "hunter2"
UNCHECKED = {"ssl_cert_reqs": "none", "ssl_check_hostname": False}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://localhost", StoreAddress("", False, (("localhost", 6379),))),
        ("redis://localhost:6380/3", StoreAddress("", False, (("localhost", 6380),), options={"db": 3})),
        ("redis://h?db=2", StoreAddress("", False, (("h", 6379),), options={"db": 2})),
        ("redis://[::1]:7000", StoreAddress("", False, (("::1", 7000),))),
        ("REDIS://h", StoreAddress("", False, (("h", 6379),))),
        ("redis://:pa%40ss@h", StoreAddress("", False, (("h", 6379),), options={"password": "pa@ss"})),
        ("redis://:p@ss@h", StoreAddress("", False, (("h", 6379),), options={"password": "p@ss"})),
        (
            "redis://me:secret@h/1",
            StoreAddress("", False, (("h", 6379),), options={"username": "me", "password": "secret", "db": 1}),
        ),
        ("rediss://h", StoreAddress("", True, (("h", 6379),))),
        (
            "rediss://h?ssl_cert_reqs=none&ssl_check_hostname=false",
            StoreAddress(
                "",
                True,
                (("h", 6379),),
                options={"ssl_cert_reqs": "none", "ssl_check_hostname": False},
                sentinel_options={"ssl_cert_reqs": "none", "ssl_check_hostname": False},
            ),
        ),
        ("unix:///run/valkey.sock", StoreAddress("", False, (), "/run/valkey.sock")),
        (
            "unix://:secret@/run/a%20b.sock?db=4",
            StoreAddress("", False, (), "/run/a b.sock", options={"password": "secret", "db": 4}),
        ),
        (
            "redis+sentinel://h:26380,h2/main/0",
            StoreAddress("sentinel", False, (("h", 26380), ("h2", 26379)), "", "main", {"db": 0}),
        ),
        (
            "redis+sentinel://:p@h/main?sentinel_password=q",
            StoreAddress("sentinel", False, (("h", 26379),), "", "main", {"password": "p"}, {"password": "q"}),
        ),
        ("redis+cluster://h:7000,h2:7001", StoreAddress("cluster", False, (("h", 7000), ("h2", 7001)))),
        ("redis+cluster://h/0", StoreAddress("cluster", False, (("h", 6379),))),
        ("rediss+cluster://h", StoreAddress("cluster", True, (("h", 6379),))),
    ],
)
def test_understood(url: str, address: StoreAddress) -> None:
    assert parse(url) == address


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "must begin with"),
        ("localhost:6379", "must begin with"),
        ("http://h", "must begin with"),
        ("redis:h", "must begin with"),
        ("redis+magic://h", "must begin with"),
        ("unix+cluster:///x", "must begin with"),
        ("redis://", "host is missing"),
        (f"redis://:{SECRET}@", "host is missing"),
        (f"redis://:{SECRET}@h:port", "malformed"),
        (f"redis://:{SECRET}@h:0", "malformed"),
        (f"redis://:{SECRET}@h:65536", "malformed"),
        (f"redis://:{SECRET}@h:1:2", "malformed"),
        (f"redis://:{SECRET}@h h", "malformed"),
        (f"redis://:{SECRET}/x@h", "malformed"),
        (f"redis://:{SECRET}@a..b", "malformed"),
        (f"redis://:{SECRET}@{'a' * 70}.invalid", "malformed"),
        (f"redis://:[{SECRET}@h", "not a URL"),
        (f"redis://:{SECRET}#x@h", "fragment"),
        (f"redis://:x?{SECRET}=y@h", "not known"),
        (f"redis://:x?{SECRET}@h", "host"),
        (f"redis://h?password={SECRET}&colour=red", "not known"),
        (f"redis://h?password={SECRET}&db=x", "database"),
        (f"redis://:{SECRET}@h/x", "database"),
        (f"redis://:{SECRET}@h/+1", "database"),
        (f"redis://:{SECRET}@h/0/1", "too many parts"),
        (f"redis://{SECRET}@h", "no password"),
        (f"redis://:{SECRET}@h,h2", "several hosts"),
        (f"redis://:{SECRET}@h?ssl_ca_certs=/x", "needs rediss"),
        (f"rediss://:{SECRET}@h?ssl_ca_certs=/no/such/file", "does not exist"),
        (f"rediss://:{SECRET}@h?ssl_check_hostname=maybe", "true or false"),
        (f"rediss://:{SECRET}@h?ssl_cert_reqs=perhaps", "one of"),
        (f"rediss://:{SECRET}@h?ssl_ca_certs={__file__}", "ssl_ca_certs names cannot be used"),
        (f"rediss://:{SECRET}@h?ssl_certfile={__file__}&ssl_password={SECRET}", "cannot be used"),
        (f"rediss://:{SECRET}@h?ssl_keyfile={__file__}", "cannot be used"),
        (f"rediss://:{SECRET}@h?ssl_ciphers=ROT13", "cannot be used"),
        (f"redis+sentinel://:{SECRET}@h", "service is missing"),
        (f"redis+sentinel://:{SECRET}@h,/main", "host is missing"),
        (f"redis+cluster://:{SECRET}@h/1", "only database 0"),
        (f"redis://:{SECRET}@h?sentinel_password=x", "not known"),
        (f"unix://:{SECRET}@host/path", "three slashes"),
        (f"unix://:{SECRET}@", "three slashes"),
        ("unix:///" + "x" * 120, "107 bytes"),
    ],
)
def test_refused_in_one_line_without_secrets(url: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        connect(url)
    line = str(caught.value)
    assert line.startswith("SNIPPETSVC_REDIS_URL: ")
    assert says in line
    assert "\n" not in line
    assert SECRET not in line


def test_an_address_does_not_show_its_secrets() -> None:
    assert SECRET not in repr(parse(f"redis://:{SECRET}@h"))
