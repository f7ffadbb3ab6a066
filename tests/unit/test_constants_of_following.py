"""Each constant of following marks has an example that is right with it, and wrong with another value.

A constant that no example (`constants.toml`) needs goes. Its unit and its reason stand beside it.
"""

from __future__ import annotations

import ast
import pkgutil
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
import regex
from rapidfuzz.distance import Indel

from snippetsvc import anchoring
from snippetsvc.anchoring import stage2_tiles, stage4_regions, stage5_slides
from snippetsvc.models import Span, Status
from snippetsvc.text import graphemes
from snippetsvc.text.selectors import TextQuoteSelector

TABLE = tomllib.loads(Path(__file__).with_name("constants.toml").read_text(encoding="utf-8"))
#: By name, without that of the room.
MODULES: dict[str, ModuleType] = {
    module.name: import_module(f"{anchoring.__name__}.{module.name}")
    for module in pkgutil.iter_modules(anchoring.__path__)
} | {"graphemes": graphemes}

#: Numbers that need no name. Besides these so many are enough to follow marks.
PLAIN, MOST = {-1, 0, 1, 2}, 35
#: Constants that decide nothing, and so need no example.
FORMS = {
    "alignment.FORMAT": "the number of a record's form",
    "alignment._FORMAT_1": "the number of a record's form",
    "alignment._KINDS": "a number in a record",
    "alignment._REPLACED": "a number in a record",
    "alignment._UNKNOWN_WORD": "how long a word is of which nothing is known",
}


def unmarked(text: str) -> tuple[str, Span | None]:
    """The text without its ⟦ ⟧, and what stood in them."""
    before, mark, rest = text.partition("⟦")
    inside, _, after = rest.partition("⟧")
    return before + inside + after, Span(len(before), len(before) + len(inside)) if mark else None


def marked(text: str) -> tuple[str, Span]:
    plain, span = unmarked(text)
    assert span is not None, text
    return plain, span


# Examples: whether the answer is that of a reader


def is_followed(row: dict[str, Any]) -> bool:
    above, below = TABLE["around"][row["language"]] if "language" in row else ("", "")
    old, span = marked(above + row["old"] + below)
    new, place = unmarked(above + row["new"] + below)
    (carried,) = anchoring.carry(old, new, [span])
    status = Status(row["status"]) if "status" in row else carried.status
    return (carried.span, carried.status) == (place, status)


def is_shown(row: dict[str, Any]) -> bool:
    signs = {"same": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    difference = anchoring.difference(row["old"], row["new"])
    return "".join(signs[op].format(words) for op, words in difference) == str(row["shown"])


def described(text: str, span: Span) -> TextQuoteSelector:
    _, quote = anchoring.describe(text, span)
    assert isinstance(quote, TextQuoteSelector)
    return quote


def is_told_from_its_twin(row: dict[str, Any]) -> bool:
    text, place = marked(row["quote"])
    return anchoring.exact_places(text, described(text, place)) == [place]


def is_one_character(row: dict[str, Any]) -> bool:
    text, whole = marked(row["cluster"])
    found = {
        Span(graphemes.cluster_start(text, at), graphemes.cluster_end(text, at))
        for at in range(whole.start + 1, whole.end)
    }
    return found == {whole}


def is_little_work(row: dict[str, Any]) -> bool:
    return COUNTS[row["counts"]](*TEXTS[row["texts"]]()) <= int(row["most"])


EXAMPLES = {
    "counts": is_little_work,
    "shown": is_shown,
    "quote": is_told_from_its_twin,
    "cluster": is_one_character,
    "new": is_followed,
}


def is_right(row: dict[str, Any]) -> bool:
    return next(example for key, example in EXAMPLES.items() if key in row)(row)


# Work, in what is looked at: it is the same on every machine


def given(old: str, new: str, where: object, name: str, size: Callable[..., int]) -> list[int]:
    """The sizes of what a function is given while two texts are compared."""
    sizes: list[int] = []
    original = getattr(where, name)

    def spy(*args: object, **named: object) -> object:
        whole = [list(item) if isinstance(item, Iterator) else item for item in args]
        sizes.append(size(*whole))
        return original(*whole, **named)

    with patch.object(where, name, spy):
        anchoring.align(old, new)
    return sizes


def most_cells(old: str, new: str) -> int:
    return max(given(old, new, stage4_regions, "aligned", lambda olds, news, _: len(olds) * len(news)), default=0)


def words_looked_at(old: str, new: str) -> int:
    return sum(given(old, new, stage4_regions, "once_in_both", lambda olds, news: len(olds) + len(news)))


def most_seeds(old: str, new: str) -> int:
    return max(given(old, new, stage2_tiles, "once_in_both", lambda olds, news: len(olds) + len(news)))


def slides_tried(old: str, new: str) -> int:
    return sum(given(old, new, stage5_slides, "_slides", lambda *_: 1))


def most_letters(old: str, new: str) -> int:
    return max(given(old, new, Indel, "normalized_similarity", lambda one, other: max(len(one), len(other))), default=0)


def most_put_in_order(old: str, new: str) -> int:
    return max(given(old, new, unicodedata, "normalize", lambda _, word: len(word)), default=0)


def context_of_the_middle(text: str, _: str) -> int:
    quote = described(text, Span(len(text) // 2, len(text) // 2 + 1))
    return len(quote.prefix) + len(quote.suffix)


class Counting:
    """A regular expression that counts what it finds."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self.pattern, self.found = pattern, 0

    def finditer(self, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        for match in self.pattern.finditer(text, start, end):
            self.found += 1
            yield match


def clusters_before_the_middle(text: str, _: str) -> int:
    counting = Counting(graphemes._CLUSTER)
    with patch.object(graphemes, "_CLUSTER", counting):
        graphemes.cluster_start(text, len(text) // 2)
    return counting.found


COUNTS: dict[str, Callable[[str, str], int]] = {
    "seeds kept": most_seeds,
    "pairs of words compared one by one": most_cells,
    "words looked at in regions": words_looked_at,
    "letters of a word compared": most_letters,
    "places tried for a slide": slides_tried,
    "characters of context": context_of_the_middle,
    "clusters looked at": clusters_before_the_middle,
    "letters of a word put in order": most_put_in_order,
}


def many_words() -> tuple[str, str]:
    """Chinese characters, of which few follow each other twice."""
    old, new = ("".join(chr(0x4E00 + n * n * by % 2503) for n in range(300_000)) for by in (7, 11))
    return old, new


def a_list_turned_round() -> tuple[str, str]:
    numbers = [str(number) for number in range(100, 160)]
    return (
        f"Counted from below: {' '.join(numbers)} and no more.",
        f"Counted from below: {' '.join(numbers[::-1])} and no more.",
    )


def a_staircase() -> tuple[str, str]:
    """Each number stands once only where the next one is cut off; between them nothing is the same."""
    old, new = (" ".join(f"{n} {sign} {n - 1} {sign}" for n in range(2, 150)) for sign in ("old", "new"))
    return old, new


TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    "many words": many_words,
    "a list turned round": a_list_turned_round,
    "a staircase of numbers": a_staircase,
    "a gene": lambda: (f"It begins with {'gattaca' * 43} here.", f"It begins with {'gattacc' * 43} here."),
    "a word again and again": lambda: (f"Hammers {'tap ' * 900}all day.", f"Hammers {'tap ' * 300}all day."),
    "a long text": lambda: ("ebb and flow " * 1000, ""),
    "a heap of marks": lambda: ("a" + "\u0301\u0323" * 1000, "e" + "\u0301\u0323" * 1000),
}


def set_everywhere(monkeypatch: pytest.MonkeyPatch, constant: str, other: Any) -> None:
    """In its module, and in each that has imported it by name. other: as the table has it."""
    home, name = constant.partition("[")[0].split(".")
    original = getattr(MODULES[home], name)
    if isinstance(original, tuple):
        other = tuple(other)
    elif isinstance(original, regex.Pattern):
        other = regex.compile(other)
    for module in MODULES.values():
        if getattr(module, name, None) is original:
            monkeypatch.setattr(module, name, other)


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['constant']}: {row['name']}") for row in TABLE["case"]])
def test_an_example_is_right_with_the_constant_as_it_is_and_wrong_with_another(
    row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_right(row)
    set_everywhere(monkeypatch, row["constant"], row["other"])
    assert not is_right(row)


# The modules, as they are written


class Statement(NamedTuple):
    """Of a module's own level. defines: what, with its module's name; above: the line above it."""

    defines: str
    tree: ast.stmt
    above: str


def statements() -> Iterator[Statement]:
    for home, module in MODULES.items():
        assert module.__file__
        source = Path(module.__file__).read_text(encoding="utf-8")
        for tree in ast.parse(source).body:
            match tree:
                case ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)):
                    pass
                case ast.FunctionDef(name) | ast.ClassDef(name):
                    pass
                case _:
                    name = ""
            yield Statement(f"{home}.{name}", tree, source.splitlines()[tree.lineno - 2])


#: How often something recurs, in a regular expression: three times and more.
REPEATED = re.compile(r"\{(\d{2,}|[3-9])\b")


def numbers_in(tree: ast.AST) -> list[float]:
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    texts = [value for value in constants if isinstance(value, str)]
    repeated = [float(number) for text in texts for number in REPEATED.findall(text)]
    return repeated + [value for value in constants if isinstance(value, int | float)]


def constants_of(statement: Statement) -> list[str]:
    """The constants that it defines, if they are numbers: of several numbers each, with its place."""
    tree = statement.tree
    if not isinstance(tree, ast.Assign | ast.AnnAssign) or not statement.defines.rpartition(".")[2].isupper():
        return []
    if isinstance(tree.value, ast.Tuple):
        return [f"{statement.defines}[{at}]" for at, item in enumerate(tree.value.elts) if numbers_in(item)]
    return [statement.defines] if tree.value and numbers_in(tree.value) else []


def test_each_constant_is_explained_and_has_an_example() -> None:
    above = {name: statement.above for statement in statements() for name in constants_of(statement)}
    examples = {row["constant"] for row in TABLE["case"]}
    assert above.keys() - examples == FORMS.keys(), "a constant that no example needs goes"
    assert {name for name in above.keys() & examples if not above[name].startswith("#")} == set()


def test_numbers_have_names() -> None:
    nameless = {
        (statement.defines, number)
        for statement in statements()
        if not constants_of(statement)
        for number in numbers_in(statement.tree)
        if number not in PLAIN
    }
    assert not nameless


def test_few_numbers_are_enough() -> None:
    numbers = [number for statement in statements() for number in numbers_in(statement.tree) if number not in PLAIN]
    assert len(numbers) <= MOST, numbers
