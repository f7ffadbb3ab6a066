"""What fails is tried once more, alone; what fails again, or is no matter of single tests, makes the run a bad one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PASSES = "def test_passes(): pass\n"
FAILS = "def test_fails(): assert False\n"
MANY = "import pytest\n@pytest.mark.parametrize('number', range(21))\ndef test_of_many(number): assert False\n"
FLAKY = """
import pathlib, pytest
def fail_once(place):
    if not pathlib.Path(place).exists():
        pathlib.Path(place).touch()
        pytest.fail("not yet")
@pytest.fixture
def before(): fail_once("before")
@pytest.fixture
def after():
    yield
    fail_once("after")
def test_itself(): fail_once("itself")
def test_at_its_start(before): pass
def test_at_its_end(after): pass
"""
NAMED = [
    "Flaky, passed at the second attempt:",
    "test_it.py::test_at_its_end",
    "test_it.py::test_at_its_start",
    "test_it.py::test_itself",
]


@pytest.mark.parametrize(
    ("source", "code", "attempts", "ends_with"),
    [
        pytest.param(PASSES, 0, 1, [], id="all pass"),
        pytest.param(PASSES + FLAKY, 0, 2, [*NAMED, "4 passed, 3 of them at the second attempt"], id="some are flaky"),
        pytest.param(
            FAILS + FLAKY, 1, 2, [*NAMED, "1 failed, 3 passed, 3 of them at the second attempt"], id="one fails twice"
        ),
        pytest.param(MANY, 1, 1, [], id="very many fail"),
        pytest.param("def test_that", 1, 1, [], id="a file that cannot be read"),
        pytest.param("", 5, 1, [], id="nothing to run"),
    ],
)
def test_a_run(tmp_path: Path, source: str, code: int, attempts: int, ends_with: list[str]) -> None:
    (tmp_path / "test_it.py").write_text(source)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.again", "-p", "xdist", "--rootdir=.", "--numprocesses=1", "--dist=loadfile"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    lines = ran.stdout.splitlines()
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert lines.count("What failed, once more, alone:") == attempts - 1
    assert lines[len(lines) - len(ends_with) :] == ends_with
