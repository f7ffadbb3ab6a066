"""Scripts and style sheets that always come together, served as one: fewer requests, and far fewer bytes of gzip.

The sources stay plain modules and sheets that work as they are, each in a file of its own. Joined are only static
imports; what a script loads when it is first wanted stays apart, and gets the modules that are in a joined one already
from there, since a module must not be there twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_IMPORT = re.compile(r"^import (?:\{([^}]*)\} from )?'\./([\w-]+\.js)';$", re.MULTILINE)


def with_print(sheet: str, printed: str) -> str:
    """A sheet, and the one that it is printed with."""
    return f"{sheet}\n@media print{{\n{printed}}}\n"


def joined(modules: Mapping[str, str], entries: Sequence[str]) -> dict[str, str]:
    """The entries with all that they import, by name.

    modules: the sources, by their files' names. entries: those that pages or scripts ask for; a module that several of
    them import becomes part of the first. The modules of one entry share one scope, so their top-level names differ.
    """
    home: dict[str, str] = {}
    parts: dict[str, list[str]] = {}

    def gather(name: str, entry: str) -> None:
        if name in home:
            return
        home[name] = entry
        for _, imported in _IMPORT.findall(modules[name]):
            gather(imported, entry)
        parts[entry].append(name)

    for entry in entries:
        parts[entry] = []
        gather(entry, entry)
    return {entry: _as_one([modules[name] for name in names], entry, home) for entry, names in parts.items()}


def _as_one(sources: Sequence[str], entry: str, home: Mapping[str, str]) -> str:
    """`sources`, in the order in which they run; what they import from other entries is imported once."""
    elsewhere: dict[str, set[str]] = {}
    for source in sources:
        for names, imported in _IMPORT.findall(source):
            if home[imported] != entry:
                elsewhere.setdefault(home[imported], set()).update(re.findall(r"[\w$]+", names))
    imports = [f"import {{ {', '.join(sorted(names))} }} from './{name}';" for name, names in sorted(elsewhere.items())]
    return "\n".join([*imports, *(_IMPORT.sub("", source) for source in sources)])
