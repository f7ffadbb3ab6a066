"""`flask articles import` in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.service import ROOT, environment
from tests.store.servers import Server


def start(home: Path, store: Server, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """The command, with a data directory of its own, on a store that others use, too."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    settings = environment(home, FETCH_ALLOW="127.0.0.1", REDIS_URL=store.url, SECRET_KEYS="signing-key")
    command = [sys.executable, "-m", "flask", "articles", "import", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=settings, **options)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """How it ended: its exit status, what it said, what it said of errors."""
    out, err = process.communicate(timeout=150)
    assert "Traceback" not in err, err
    return process.returncode, out, err


def summary(out: str) -> dict[str, int]:
    """The counts in the summary's first line."""
    (line,) = re.findall(r"^\d+ documents?\b.*$", out, re.MULTILINE)
    line = re.sub(r" \(.*\)", "", line)
    return {
        words: int(count)
        for count, words in re.findall(r"(\d+) ([a-z ]+)", line.replace("1 document:", "1 documents:"))
    }


def below(title: str, out: str) -> list[str]:
    """The lines of the summary's part that has this title."""
    part = re.search(rf"^{title}:\n((?:  .*\n)+)", out, re.MULTILINE)
    return [] if part is None else [line.strip() for line in part[1].splitlines()]
