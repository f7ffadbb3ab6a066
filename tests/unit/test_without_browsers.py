"""These tests need neither a browser nor what drives one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHOUT = """
import sys, pytest
sys.modules["playwright"] = sys.modules["selenium"] = None
sys.exit(pytest.main(["--collect-only", "--assert=plain", "--quiet", "tests/unit"]))
"""


def test_they_are_found_where_no_driver_is_installed() -> None:
    ran = subprocess.run([sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
