"""The environment: every variable is checked at start, and what is wrong is said in one line that names it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetsvc.errors import BadSetting
from snippetsvc.run.app import create_app
from snippetsvc.run.settings import Settings
from tests.service import ROOT, Service
from tests.web.problems import is_problem
from tests.web.running import Running
from tests.web.wire import Wire

EXTERNAL = {"SNIPPETSVC_REDIS_URL": "redis://127.0.0.1:1", "SNIPPETSVC_SECRET_KEYS": "a-signing-key"}


@pytest.fixture(scope="module")
def running(started: Callable[[str], Running]) -> Running:
    """Settings mean the same whatever the store is."""
    return started("embedded")


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


def flask(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SNIPPETSVC_")}
    return subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=inherited | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        pytest.param({"SNIPPETSVC_PROT": "1"}, "SNIPPETSVC_PROT", id="an unknown name"),
        pytest.param({"SNIPPETSVC_PORT": "x"}, "SNIPPETSVC_PORT", id="a bad value"),
        pytest.param({"SNIPPETSVC_REDIS_URL": "redis://127.0.0.1:1"}, "SNIPPETSVC_SECRET_KEYS", id="no signing keys"),
        pytest.param({**EXTERNAL, "SNIPPETSVC_REDIS_URL": "http://x"}, "SNIPPETSVC_REDIS_URL", id="a bad store"),
        pytest.param({"SNIPPETSVC_BASE_URL": "https://a.example/s"}, "SNIPPETSVC_BASE_URL", id="a path of our own"),
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


@pytest.mark.parametrize(
    ("command", "code", "named"),
    [
        (["serve", "now"], 2, "now"),
        (["articles", "nothing"], 2, "nothing"),
        (["articles", "--nothing", "list"], 2, "--nothing"),
        (["articles", "publish"], 2, "FILE"),
        (["articles", "publish", "no-such.html"], 2, "no-such.html"),
        (["articles", "publish", "tests"], 2, "tests"),
        (["articles", "publish", "docs/picture.png"], 1, "encoding"),
        (["articles", "publish", "demo/tomsk-belarus.html", "--slug", "No Slug"], 1, "slug"),
        (["articles", "publish", "demo/tomsk-belarus.html", "--lang", "x_"], 1, "lang"),
        (["articles", "diff", "a", "one", "2"], 2, "one"),
        (["articles", "diff", "a", "1", "2"], 1, "a"),
        (["articles", "rename", "a"], 2, "NEW"),
        (["articles", "rename", "a", "b"], 1, "a"),
        (["articles", "retract", "a"], 2, "REVISIONS"),
        (["articles", "withdraw", "a"], 1, "a"),
        (["shares", "revoke"], 2, "TOKEN"),
        (["shares", "revoke", "a"], 1, "share"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_commands_fail_with_one_clear_line(service: Service, command: list[str], code: int, named: str) -> None:
    """How a command is called (2) is click's to explain, above that line."""
    done = service.flask(*command)
    assert done.returncode == code
    assert done.stdout == ""
    *usage, line = done.stderr.splitlines()
    assert (line.startswith("Error: "), named in line) == (True, True)
    assert code == 2 or usage == []


@pytest.mark.parametrize(
    "page", ["<?xml version='1.0'?><html><body><p>Words</p></body></html>", "https://an-address.example/alone"]
)
def test_commands_say_nothing_of_what_is_merely_unusual(service: Service, slug: str, tmp_path: Path, page: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page)
    done = service.flask("articles", "publish", str(file), "--slug", slug)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{slug}: revision 1\n", "")


@pytest.mark.parametrize(
    "command", [[], ["serve"], ["articles"], ["articles", "publish"], ["articles", "rename"], ["shares", "revoke"]]
)
def test_every_command_has_help(command: list[str], tmp_path: Path) -> None:
    done = flask(*command, "--help", SNIPPETSVC_DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    environ = {"SNIPPETSVC_DATA_DIR": str(tmp_path)}
    flask("articles", "demo", **environ)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "flask", "articles", "list"],
            cwd=ROOT,
            env=os.environ | environ,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No space left on device\n")
    assert "Traceback" not in done.stderr


def test_an_embedded_store_that_cannot_start(tmp_path: Path) -> None:
    flask("articles", "demo", SNIPPETSVC_DATA_DIR=str(tmp_path))
    (growing,) = tmp_path.glob("store/appendonlydir/*.incr.aof")
    growing.write_bytes(b"nonsense" + growing.read_bytes())
    done = flask("articles", "list", SNIPPETSVC_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    why, *again, error = done.stderr.splitlines()
    assert "the embedded store ended at its start: Bad file format" in why
    assert error.startswith("Error: the store ")
    # It is watched as well, and on a busy machine the log may say the same again before the command gives up.
    assert again in ([], [why]), done.stderr


def test_publishing_over_http_is_off_without_keys(tmp_path: Path) -> None:
    settings = {"REDIS_URL": "redis://127.0.0.1:1", "SECRET_KEYS": "a-signing-key"}
    service = Service(tmp_path / "data", **settings)
    service._environment.pop("SNIPPETSVC_PUBLISH_KEYS")
    with service:
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer "}):
            answer = service.call("PUT", "/api/v1/articles/x", {"html": "<p>x</p>"}, headers)
            assert answer.status == 403
            assert "SNIPPETSVC_PUBLISH_KEYS" in answer.json["detail"]


@pytest.mark.parametrize("origin", ["127.0.0.1:{port}", "localhost:{port}"])
def test_links_have_the_request_s_own_address_when_none_is_set(service: Service, harbour: str, origin: str) -> None:
    host = origin.format(port=service.port)
    listed = service.get(f"/articles/{harbour}", Host=host).text
    assert f'href="http://{host}/articles/{harbour}"' in listed


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("news.example", "http://news.example"),
        ("news.example:80", "http://news.example"),
        ("news.example:8080", "http://news.example:8080"),
        ("news_desk:8000", "http://news_desk:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_links_have_the_request_s_host(service: Service, harbour: str, host: str, origin: str) -> None:
    answer = service.get(f"/api/v1/articles/{harbour}/text", Host=host)
    assert answer.status == 200
    body = {"article": harbour, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    answer = service.call("POST", "/api/v1/shares", body, {"Host": host})
    assert answer.status == 201
    assert answer.json["url"] == f"{origin}/s/{answer.json['token']}"


@pytest.mark.parametrize(
    "host", ["evil.example/path", 'x"><script>', "a b", "x@y", "", "a,b", "[::1", "127.0.0.1:", "a:b", "h" * 3_000]
)
def test_no_link_is_made_for_a_host_that_cannot_be(
    service: Service, harbour: str, stored: Callable[[], int], host: str
) -> None:
    body = {"article": harbour, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    before = stored()
    is_problem(service.call("POST", "/api/v1/shares", body, {"Host": host}), 400)
    assert stored() == before
    answer = service.get(f"/articles/{harbour}", Host=host)
    assert answer.status == 400
    assert "<script>" not in answer.text


def test_health_is_told_to_whoever_names_no_host(service: Service, harbour: str) -> None:
    for path, status in (("/healthz", 200), ("/readyz", 200), (f"/articles/{harbour}", 400)):
        with Wire(service) as wire:
            wire.socket.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            assert wire.answer().status == status
