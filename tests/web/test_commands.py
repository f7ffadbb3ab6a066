"""Commands: what is wrong is said in one line, and each has its help."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service import ROOT, Service
from tests.web.commands import flask
from tests.web.running import Running


@pytest.fixture(scope="module")
def running(started: Callable[[str], Running]) -> Running:
    """Commands mean the same whatever the store is."""
    return started("embedded")


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
    lines = done.stderr.splitlines()
    errors = [line for line in lines if line.startswith("Error: ")]
    assert len(errors) == 1, done.stderr
    # The store is watched as well, and on a busy machine the log may say the same before the command gives up.
    assert all("the embedded store ended at its start: Bad file format" in line for line in lines), done.stderr
