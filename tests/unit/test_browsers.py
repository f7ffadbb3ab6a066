"""A browser that cannot be had is said in one line, and never passed over in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def obtain(*names: str, path: Path, ci: str) -> subprocess.CompletedProcess[str]:
    """`python -m tests.browsers` where `path` is all that the PATH holds."""
    environment = {**os.environ, "PATH": str(path), "CI": ci}
    return subprocess.run(
        [sys.executable, "-m", "tests.browsers", *names], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_an_engine_that_was_asked_for_and_cannot_be_had_is_an_error_of_one_line(engine: str, tmp_path: Path) -> None:
    ran = obtain(engine, path=tmp_path, ci="")
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [f"error: {engine} is not here and cannot be obtained: no apt-get here"]


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    ran = obtain("netscape", path=tmp_path, ci="")
    assert ran.returncode == 2
    assert "no such browser: netscape" in ran.stderr


def test_what_merely_looks_like_a_browser_is_not_taken_for_one(tmp_path: Path) -> None:
    """On some systems the command is only a note that the program is to be had elsewhere."""
    pretender = tmp_path / "firefox"
    pretender.write_text("#!/bin/sh\necho 'get the snap' >&2\nexit 1\n")
    pretender.chmod(0o755)
    assert obtain("firefox", path=tmp_path, ci="").returncode == 1
