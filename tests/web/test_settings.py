"""The environment: every variable is checked at start, and what is wrong is said in one line that names it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from snippetsvc.errors import BadSetting
from snippetsvc.run.app import create_app
from snippetsvc.run.settings import Settings
from tests.service import Service
from tests.web.commands import flask

EXTERNAL = {"SNIPPETSVC_REDIS_URL": "redis://127.0.0.1:1", "SNIPPETSVC_SECRET_KEYS": "a-signing-key"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SNIPPETSVC_REDIS", "redis://127.0.0.1"),
        ("SNIPPETSVC_SECRET_KEY", "one"),
        ("SNIPPETSVC_", "x"),
        ("SNIPPETSVC_port", "8000"),
        ("SNIPPETSVC_PORTS", "8000"),
        ("SNIPPETSVC_DATA_DIR", ""),
        ("SNIPPETSVC_VALKEY_SERVER", ""),
        ("SNIPPETSVC_VALKEY_SERVER", "/no/such/program"),
        ("SNIPPETSVC_SECRET_KEYS", ""),
        ("SNIPPETSVC_SECRET_KEYS", "a,,b"),
        ("SNIPPETSVC_SECRET_KEYS", "a b"),
        ("SNIPPETSVC_SECRET_KEYS", "ключ"),
        ("SNIPPETSVC_PUBLISH_KEYS", ","),
        ("SNIPPETSVC_PUBLISH_KEYS", "a\nb"),
        ("SNIPPETSVC_FETCH_ALLOW", ""),
        ("SNIPPETSVC_FETCH_ALLOW", "cms.internal,"),
        ("SNIPPETSVC_FETCH_ALLOW", "cms.internal:8080"),
        ("SNIPPETSVC_FETCH_ALLOW", "http://cms.internal"),
        ("SNIPPETSVC_FETCH_ALLOW", "*.internal"),
        ("SNIPPETSVC_FETCH_ALLOW", "10.0.0.0/8"),
        ("SNIPPETSVC_FETCH_ALLOW", "1.2.3.4.5"),
        ("SNIPPETSVC_FETCH_ALLOW", "fe80::1%eth0"),
        ("SNIPPETSVC_BASE_URL", ""),
        ("SNIPPETSVC_BASE_URL", "news.example"),
        ("SNIPPETSVC_BASE_URL", "/marks"),
        ("SNIPPETSVC_BASE_URL", "ftp://news.example/"),
        ("SNIPPETSVC_BASE_URL", "https:///marks"),
        ("SNIPPETSVC_BASE_URL", "https://news.example/?a=b"),
        ("SNIPPETSVC_BASE_URL", "https://news.example/#a"),
        ("SNIPPETSVC_BASE_URL", "https://user@news.example/"),
        ("SNIPPETSVC_BASE_URL", "https://news.example/a b"),
        ("SNIPPETSVC_BASE_URL", "https://news.example//marks"),
        ("SNIPPETSVC_BASE_URL", "https://news.example/a/../b"),
        ("SNIPPETSVC_BASE_URL", "https://news.example/."),
        ("SNIPPETSVC_BASE_URL", "https://news.example:port/"),
        ("SNIPPETSVC_BASE_URL", "https://news.example:99999/"),
        ("SNIPPETSVC_BASE_URL", "https://news example/"),
        ("SNIPPETSVC_BASE_URL", "https://[::1/"),
        ("SNIPPETSVC_PORT", ""),
        ("SNIPPETSVC_PORT", "0"),
        ("SNIPPETSVC_PORT", "65536"),
        ("SNIPPETSVC_PORT", "-1"),
        ("SNIPPETSVC_PORT", "80a"),
        ("SNIPPETSVC_PORT", "8e3"),
        ("SNIPPETSVC_PORT", "٨٠٠٠"),
        ("SNIPPETSVC_PORT", "http://127.0.0.1:8000"),
        ("SNIPPETSVC_HOST", " "),
        ("SNIPPETSVC_WORKERS", "0"),
        ("SNIPPETSVC_WORKERS", "many"),
        ("SNIPPETSVC_RECENT_ARTICLES", "-1"),
        ("SNIPPETSVC_NAME", " "),
        ("SNIPPETSVC_NAME", "a" * 61),
        ("SNIPPETSVC_NAME", "News\x00"),
        ("SNIPPETSVC_LANG", ""),
        ("SNIPPETSVC_LANG", "fr"),
        ("SNIPPETSVC_LANG", "en-GB"),
        ("SNIPPETSVC_STYLESHEET", ""),
        ("SNIPPETSVC_STYLESHEET", "/no/such/file.css"),
        ("SNIPPETSVC_STYLESHEET", "/"),
        ("SNIPPETSVC_STYLESHEET", sys.executable),
    ],
)
def test_bad_ones_are_named(tmp_path: Path, name: str, value: str) -> None:
    environ = {"SNIPPETSVC_DATA_DIR": str(tmp_path), name: value}
    with pytest.raises(BadSetting) as raised:
        Settings.read(environ)
    assert str(raised.value).startswith(f"{name}: ")
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_what_is_unset(tmp_path: Path) -> None:
    settings = Settings.read({"SNIPPETSVC_DATA_DIR": str(tmp_path)})
    assert (settings.redis_url, settings.base_url, settings.base_path) == (None, None, "")
    assert settings.fetch_allow == ()
    assert (settings.name, settings.lang, settings.stylesheet) == (None, "en", None)
    assert (settings.host, settings.port, settings.recent_articles) == ("127.0.0.1", 8000, 200)
    assert Settings.read(EXTERNAL).data_dir == Path("var")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SNIPPETSVC_SERVICE_HOST", "10.0.0.1"),
        ("SNIPPETSVC_SERVICE_PORT", "80"),
        ("SNIPPETSVC_SERVICE_PORT_HTTP", "80"),
        ("SNIPPETSVC_PORT", "tcp://10.0.0.1:80"),
        ("SNIPPETSVC_PORT", "udp://10.0.0.1:80"),
        ("SNIPPETSVC_PORT_80_TCP", "tcp://10.0.0.1:80"),
        ("SNIPPETSVC_PORT_80_TCP_ADDR", "10.0.0.1"),
        ("OTHER_PORT", "x"),
    ],
)
def test_what_a_platform_injects_is_ignored(name: str, value: str) -> None:
    assert Settings.read({**EXTERNAL, name: value}).port == 8000


@pytest.mark.parametrize(
    ("value", "url", "path", "origin"),
    [
        ("https://news.example", "https://news.example", "", "https://news.example"),
        ("https://news.example/", "https://news.example", "", "https://news.example"),
        ("http://news.example:8080/a/b-c/", "http://news.example:8080/a/b-c", "/a/b-c", "http://news.example:8080"),
        ("https://[::1]:8000/a", "https://[::1]:8000/a", "/a", "https://[::1]:8000"),
        ("https://news.example/news", "https://news.example/news", "/news", "https://news.example"),
        ("https://news.example/.a/..b", "https://news.example/.a/..b", "/.a/..b", "https://news.example"),
    ],
)
def test_base_addresses(value: str, url: str, path: str, origin: str) -> None:
    settings = Settings.read({**EXTERNAL, "SNIPPETSVC_BASE_URL": value})
    assert (settings.base_url, settings.base_path, settings.origin) == (url, path, origin)


@pytest.mark.parametrize(
    "path",
    [
        *("/articles", "/articles/", "/articles/marks", "/s", "/api", "/api/v1", "/api/v1/shares", "/static"),
        *("/oembed", "/healthz", "/readyz/x"),
    ],
)
def test_a_path_that_our_own_addresses_begin_with_is_refused(tmp_path: Path, path: str) -> None:
    environ = {"SNIPPETSVC_DATA_DIR": str(tmp_path), "SNIPPETSVC_BASE_URL": f"https://news.example{path}"}
    with pytest.raises(BadSetting, match=rf"SNIPPETSVC_BASE_URL: .* /{path.split('/')[1]}$"):
        create_app(environ)
    # It is said before the store is started.
    assert not (tmp_path / "store").exists()


def test_hosts_that_import_may_reach_are_spelled_in_one_way() -> None:
    value = "CMS.internal., localhost, 127.1, [::1], fd00:0::1, пресса.бел"
    hosts = ("cms.internal", "localhost", "127.0.0.1", "::1", "fd00::1", "xn--80aj3aega.xn--90ais")
    assert Settings.read({**EXTERNAL, "SNIPPETSVC_FETCH_ALLOW": value}).fetch_allow == hosts


def test_keys_are_generated_once_and_privately(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        first = Settings.read({"SNIPPETSVC_DATA_DIR": str(tmp_path / "data")})
    finally:
        os.umask(old)
    again = Settings.read({"SNIPPETSVC_DATA_DIR": str(tmp_path / "data")})
    assert (first.secret_keys, first.publish_keys) == (again.secret_keys, again.publish_keys)
    assert len(first.secret_keys[0]) >= 40
    assert first.secret_keys != first.publish_keys
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    files = sorted(path.name for path in (tmp_path / "data").iterdir())
    assert files == ["publish-keys", "secret-keys"]
    for name in files:
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600


def test_an_external_store_generates_nothing(tmp_path: Path) -> None:
    settings = Settings.read({**EXTERNAL, "SNIPPETSVC_DATA_DIR": str(tmp_path)})
    assert settings.publish_keys == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "\n", "a b\n", "one\ntwo\n", "\xff", "\xef\xbb\xbfone\n"])
def test_damaged_key_files_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret-keys").write_text(content, encoding="latin-1")
    with pytest.raises(BadSetting, match=r"SNIPPETSVC_DATA_DIR: .*secret-keys"):
        Settings.read({"SNIPPETSVC_DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        pytest.param({"SNIPPETSVC_PROT": "1"}, "SNIPPETSVC_PROT", id="an unknown name"),
        pytest.param({"SNIPPETSVC_PORT": "x"}, "SNIPPETSVC_PORT", id="a bad value"),
        pytest.param({"SNIPPETSVC_REDIS_URL": "redis://127.0.0.1:1"}, "SNIPPETSVC_SECRET_KEYS", id="no signing keys"),
        pytest.param({**EXTERNAL, "SNIPPETSVC_REDIS_URL": "http://x"}, "SNIPPETSVC_REDIS_URL", id="a bad store"),
        pytest.param({"SNIPPETSVC_BASE_URL": "https://a.example/s"}, "SNIPPETSVC_BASE_URL", id="a path of our own"),
        pytest.param({"SNIPPETSVC_STYLESHEET": "/no/such.css"}, "SNIPPETSVC_STYLESHEET", id="a missing file"),
        pytest.param({"SNIPPETSVC_DATA_DIR": "/proc/nothing"}, "SNIPPETSVC_DATA_DIR", id="a bad directory"),
    ],
)
@pytest.mark.parametrize("command", [["serve"], ["articles", "list"]], ids=" ".join)
def test_the_start_fails_with_one_clear_line(
    tmp_path: Path, command: list[str], environ: dict[str, str], named: str
) -> None:
    done = flask(*command, **{"SNIPPETSVC_DATA_DIR": str(tmp_path), **environ})
    assert done.returncode != 0
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert named in done.stderr


def test_publishing_over_http_is_off_without_keys(tmp_path: Path) -> None:
    settings = {"REDIS_URL": "redis://127.0.0.1:1", "SECRET_KEYS": "a-signing-key"}
    service = Service(tmp_path / "data", **settings)
    service._environment.pop("SNIPPETSVC_PUBLISH_KEYS")
    with service:
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer "}):
            answer = service.call("PUT", "/api/v1/articles/x", {"html": "<p>x</p>"}, headers)
            assert answer.status == 403
            assert "SNIPPETSVC_PUBLISH_KEYS" in answer.json["detail"]
