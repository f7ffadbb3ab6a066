"""The tables and the summary that a run prints. Cells read right/wrong/lost; a * marks a broken bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.fidelity.bounds import broken_by_cell, broken_by_kind
from bench.fidelity.trials import Cell, Key

NAMES = {"en": "English", "ru": "Russian", "ja": "Japanese", "zh": "Chinese"}
#: Of the names of kinds, characters.
MARGIN = 36


def spoken(key: Key) -> str:
    """A cell's name in a sentence."""
    cut = ", cut inside words" if key.raw else ""
    return f"{key.method}, {NAMES[key.language]}, {key.kind}, {key.length} characters{cut}"


def tables(cells: Mapping[Key, Cell]) -> Iterator[str]:
    """The lines of a table for each method in each language, quotes cut inside words in tables of their own."""
    order = list(NAMES)
    groups = dict.fromkeys((key.method, key.language, key.raw) for key in cells)
    for method, language, raw in sorted(groups, key=lambda group: (group[2], order.index(group[1]))):
        own = {
            key: cell for key, cell in cells.items() if (key.method, key.language, key.raw) == (method, language, raw)
        }
        lengths = sorted({key.length for key in own})
        cut = " cut inside words" if raw else ""
        yield f"\n{NAMES[language]}, {method}: right/wrong/lost by length of the quote{cut}"
        yield " " * MARGIN + "".join(f"{length:>14}" for length in lengths)
        for kind in dict.fromkeys(key.kind for key in own):
            keys = [Key(method, language, kind, length, raw) for length in lengths]
            yield f"{kind:<{MARGIN}}" + "".join(_shown(own[key], broken_by_cell(key, own[key])) for key in keys)


def summary(cells: Mapping[Key, Cell]) -> Iterator[str]:
    """`carry`, all languages and lengths of a kind together: a column for each run."""
    kinds = by_kind(cells)
    runs = sorted({raw for _, raw in kinds})
    if not kinds:
        return
    yield "\ncarry, all languages and lengths: right/wrong/lost"
    yield " " * MARGIN + "".join(f"{'cut inside words' if raw else 'quotes of words':>28}" for raw in runs)
    for kind in dict.fromkeys(kind for kind, _ in kinds):
        row = [kinds[kind, raw] for raw in runs]
        yield f"{kind:<{MARGIN}}" + "".join(
            f"{cell.share('right'):14.2%}" + _shown(cell, broken_by_kind(kind, cell)) for cell in row
        )
    yield f"{'all':<{MARGIN}}" + "".join(_totals(kinds, runs))


def by_kind(cells: Mapping[Key, Cell]) -> dict[tuple[str, bool], Cell]:
    """The cells of `carry` put together: of a kind, and whether of quotes cut inside words."""
    kinds: dict[tuple[str, bool], Cell] = {}
    for key, cell in cells.items():
        if key.method == "carry":
            kinds[key.kind, key.raw] = kinds.get((key.kind, key.raw), Cell()) + cell
    return kinds


def _totals(kinds: Mapping[tuple[str, bool], Cell], runs: Sequence[bool]) -> Iterator[str]:
    for run in runs:
        total = sum((cell for (_, raw), cell in kinds.items() if raw == run), Cell())
        yield f"{total.share('right'):14.2%}" + _shown(total, iter(()))


def _shown(cell: Cell, broken: Iterator[str]) -> str:
    return f"{cell.right}/{cell.wrong}/{cell.lost}".rjust(13) + ("*" if any(broken) else " ")
