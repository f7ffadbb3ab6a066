"""The embedded server's program: the one that was named, the wheel's, the system's, or a word on what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from snippetsvc.embedded import Embedded, program
from snippetsvc.embedded.program import server_program
from snippetsvc.errors import BadSetting


@pytest.fixture
def without_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As where there is no wheel; the folder is all that is on the path."""
    monkeypatch.setattr(program, "_WHEEL", "no-such-distribution")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_one_that_was_named_comes_first() -> None:
    assert server_program("/opt/valkey-server") == "/opt/valkey-server"


def test_the_wheel_brings_one() -> None:
    assert Path(server_program(None)).name == "valkey-server"


def test_without_the_wheel_the_system_s(without_wheel: Path) -> None:
    for name in ("redis-server", "valkey-server"):
        (without_wheel / name).write_text("#!/bin/sh\n")
        (without_wheel / name).chmod(0o755)
        assert server_program(None) == str(without_wheel / name)


def test_without_any_it_is_said_what_to_do(without_wheel: Path) -> None:
    with pytest.raises(BadSetting, match=r"^SNIPPETSVC_VALKEY_SERVER: .* install valkey-server or redis-server"):
        Embedded(without_wheel / "data")
