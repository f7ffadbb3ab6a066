"""`python -m pictures`: states of the interface are drawn by their names, with a page that shows them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pictures import index
from pictures.states import STATES
from tests.service import ROOT


def pictures(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pictures", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=170, check=False)


def test_a_state_is_drawn_and_shown_with_those_that_were_there(tmp_path: Path) -> None:
    (tmp_path / "help-phone.png").touch()
    ran = pictures("--to", tmp_path, "--only", "home-phone", "printed-snippets")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1 of 2  home-phone" in ran.stdout
    for name in ("home-phone", "printed-snippets"):
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "index.html").read_text()
    assert [state.name for state in STATES if f'href="{state.name}.png"' in page] == [
        "home-phone",
        "help-phone",
        "printed-snippets",
    ]


def test_an_unknown_name_is_an_error_of_one_line(tmp_path: Path) -> None:
    ran = pictures("--to", tmp_path / "nowhere", "--only", "home-phone", "moon", "sun")
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].endswith("error: no such state: moon, sun; --list names all of them")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(("option", "said"), [("--help", "--only NAME"), ("--list", "Home: home-phone")])
def test_it_tells_what_there_is(option: str, said: str) -> None:
    ran = pictures(option)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert said in ran.stdout


def test_what_could_not_be_reached_stands_on_the_page_with_its_reason(tmp_path: Path) -> None:
    page = index.write(tmp_path, {"sent-phone": "there was no <mark>"}).read_text()
    assert "there was no &lt;mark&gt;" in page
    assert "home-phone" not in page


def test_names_are_unique() -> None:
    names = [state.name for state in STATES]
    assert sorted(set(names)) == sorted(names)
