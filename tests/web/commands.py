"""The `flask` command where nothing runs yet."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.service import ROOT


def flask(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run it with these settings (their whole names) and no other."""
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
