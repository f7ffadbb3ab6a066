"""Scripts that are served as one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

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


def test_top_level_names_of_scripts_differ() -> None:
    """Joined scripts share one scope. The entry of the page is never in the same one as the others."""
    name = re.compile(r"^(?:export )?(?:async )?(?:function\*? ?|class |const |let )([\w$]+)", re.MULTILINE)
    scripts = {path.name: path.read_text() for path in STATIC.glob("*.js") if path.name != "article.js"}
    names = Counter(found for source in scripts.values() for found in name.findall(source))

    assert [name for name, times in names.items() if times > 1] == []
    # The one form of import that is joined is the only one there is.
    for source in scripts.values():
        for line in re.findall(r"^import .*", source, re.MULTILINE):
            assert re.fullmatch(r"import (\{ [\w$, ]+ \} from )?'\./[\w-]+\.js';", line), line
