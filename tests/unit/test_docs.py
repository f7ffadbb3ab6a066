"""The documents say what is there: settings, commands, make's targets, files that are linked to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest

from snippetsvc.models import Did, NoticeKind
from snippetsvc.run.settings import PREFIX, SETTINGS

ROOT = Path(__file__).parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
DOCUMENTS = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def commands(group: click.Group, *above: str) -> Iterator[str]:
    """The full name of every command below `group`: "articles publish"."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)
        else:
            yield " ".join((*above, name))


@pytest.mark.parametrize("kinds", [NoticeKind, Did], ids=["kinds", "what was done"])
def test_every_notice_is_documented_for_publishers_and_no_other(kinds: type[StrEnum]) -> None:
    heading = "kind" if kinds is NoticeKind else "did"
    table = (ROOT / "docs" / "publishing.md").read_text().partition(f"| {heading} | ")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `([a-z]+)`", table, re.MULTILINE) == [*kinds]


def test_every_setting_is_documented_for_operators_and_no_other() -> None:
    rows = set(re.findall(r"^\| `(SNIPPETSVC_[A-Z_]+)`", OPERATING, re.MULTILINE))
    assert rows == {PREFIX + setting.name for setting in SETTINGS}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_settings_default_is_in_its_row(setting) -> None:  # type: ignore[no-untyped-def]
    row = next(line for line in OPERATING.splitlines() if line.startswith(f"| `{PREFIX}{setting.name}`"))
    if setting.default is not None and setting.name != "WORKERS":
        assert f"{setting.default}" in row.rpartition("|")[0].rpartition("|")[2]


def test_every_command_is_documented_for_operators() -> None:
    from wsgi import app

    ours = [name for name in commands(app.cli) if not name.startswith(("run", "shell", "routes"))]
    assert ours, "the application has no commands"
    assert [name for name in ours if f"flask {name}" not in OPERATING] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_between_the_documents_lead_somewhere(document: Path) -> None:
    text = (ROOT / document).read_text()
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert [target for target in targets if not (ROOT / document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_make_has_the_targets_that_are_named(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z][a-z-]*)(?:`|$|\s+#|\s+ARGS)", (ROOT / document).read_text(), re.MULTILINE))
    assert named <= targets
