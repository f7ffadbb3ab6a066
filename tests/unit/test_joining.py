"""Scripts that are served as one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from snippetsvc.web.assets import APART, ENTRIES
from snippetsvc.web.joining import joined, with_print

STATIC = Path(__file__).parents[2] / "static"

MODULES = {
    "page.js": "import './aside.js';\nload(() => import('./tool.js'));\n",
    "aside.js": "watch();\n",
    "tool.js": "import { draw } from './text.js';\nimport { keep } from './kept.js';\nexport const start = keep;\n",
    "kept.js": "export const keep = (it) => it;\n",
    "text.js": "import { keep } from './kept.js';\nexport const draw = () => keep(1);\n",
    "rare.js": "import { draw } from './text.js';\nimport { keep } from './kept.js';\nexport default [draw, keep];\n",
}


def test_what_is_imported_stands_before_what_imports_it() -> None:
    tool = joined(MODULES, ["page.js", "tool.js", "rare.js"])["tool.js"]

    assert tool.count("export const keep") == 1
    assert tool.index("export const keep") < tool.index("export const draw") < tool.index("export const start")
    assert "import" not in tool


def test_an_import_without_names_is_joined_as_well_and_a_dynamic_one_stays() -> None:
    page = joined(MODULES, ["page.js", "tool.js", "rare.js"])["page.js"]

    assert page.index("watch();") < page.index("load(")
    assert "import('./tool.js')" in page
    assert "import './aside.js'" not in page


def test_no_module_is_there_twice() -> None:
    rare = joined(MODULES, ["page.js", "tool.js", "rare.js"])["rare.js"]

    assert re.findall(r"^import .*", rare, re.MULTILINE) == ["import { draw, keep } from './tool.js';"]
    assert "const keep" not in rare


def test_a_sheet_is_joined_with_the_one_for_paper() -> None:
    assert with_print("a { color: red }", "a { color: black }\n").split("@media print") == [
        "a { color: red }\n",
        "{\na { color: black }\n}\n",
    ]


#: What of modules the joiner knows: one form of import, which it takes out; loading one that is served by itself, after
#: a failure under another address; and exports of what is declared there.
KNOWN = [
    re.compile(r"^import (?:\{ [\w$]+(?:, [\w$]+)* \} from )?'\./([\w-]+\.js)';$", re.MULTILINE),
    re.compile(rf"(?<![\w$.])import\('\./(?:{'|'.join(map(re.escape, ENTRIES + APART))})'\)"),
    re.compile(r"(?<![\w$.])import\(`\$\{folder\}/tool\.js`\)"),
    re.compile(r"(?<![\w$.])import\(`\./\$\{name\}\?\$\{count\}`\)"),
    re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) [\w$]+)", re.MULTILINE),
]
COMMENT = re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//.*?$", re.DOTALL | re.MULTILINE)
MODULAR = re.compile(r"^.*(?<![\w$.])(?:import|export)(?![\w$]).*", re.MULTILINE)
NAME = re.compile(r"^(?:export )?(?:async )?(?:function\*? ?|class |const |let |var )([\w$]+|[\[{].*)", re.MULTILINE)


def unknown(source: str) -> list[str]:
    """The lines with imports and exports that the joiner would leave as they are, or take for something else."""
    source = COMMENT.sub("", source)
    for form in KNOWN:
        source = form.sub("", source)
    return MODULAR.findall(source)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_import_in_the_forms_that_are_joined(path: Path) -> None:
    assert unknown(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import * as text from './text.js';", id="all of a module"),
        pytest.param("import text from './text.js';", id="the default"),
        pytest.param("import text, { draw } from './text.js';", id="the default and more"),
        pytest.param("import { draw as paint } from './text.js';", id="under another name"),
        pytest.param("import {\n  draw,\n  texts,\n} from './text.js';", id="over several lines"),
        pytest.param("import { draw } from './text.js'", id="without a semicolon"),
        pytest.param("import { draw } from './text.js'; draw();", id="with something behind it"),
        pytest.param("  import { draw } from './text.js';", id="indented"),
        pytest.param('import { draw } from "./text.js";', id="in other quotes"),
        pytest.param("import { draw } from '../text.js';", id="from elsewhere"),
        pytest.param("import './parts/text.js';", id="from a folder"),
        pytest.param("import words from './words.json' with { type: 'json' };", id="what is no script"),
        pytest.param("const { draw } = await import('./text.js');", id="one that is not served by itself, when wanted"),
        pytest.param("const { draw } = await import(`./${name}.js`);", id="a name that is made"),
        pytest.param("const here = import.meta.url;", id="its own address"),
        pytest.param("export { draw } from './text.js';", id="handed on"),
        pytest.param("export * from './text.js';", id="handed on, all of it"),
        pytest.param("const draw = 1;\nexport { draw };", id="exported by a list"),
        pytest.param("export default () => 1;", id="exported as the default"),
        pytest.param("export const { draw } = paints;", id="exported out of an object"),
    ],
)
def test_other_forms_are_noticed(source: str) -> None:
    assert unknown(f"{source}\n") != []


@pytest.mark.parametrize(("entry", "entries"), [(entry, group) for group in (ENTRIES, APART) for entry in group])
def test_top_level_names_of_what_is_joined_differ(entry: str, entries: tuple[str, ...]) -> None:
    """Joined scripts share one scope, with what is imported into it."""
    scripts = {path.name: path.read_text() for path in STATIC.glob("*.js")}
    source = COMMENT.sub("", joined(scripts, entries)[entry])
    imported = [
        name for names in re.findall(r"^import \{ (.*?) \} from", source, re.MULTILINE) for name in names.split(", ")
    ]
    names = Counter(NAME.findall(source) + imported)

    assert names
    assert [name for name, times in names.items() if times > 1 or not re.fullmatch(r"[\w$]+", name)] == []
