"""What changed between two wordings, to be shown to a reader."""

from __future__ import annotations

from typing import Literal

from snippetsvc.anchoring.chains import shared
from snippetsvc.anchoring.gaps import MOST_CELLS, table
from snippetsvc.anchoring.pairs import Kind, Link, Pair
from snippetsvc.anchoring.words import words_of

Op = Literal["same", "del", "ins"]


def difference(old_words: str, new_words: str) -> list[tuple[Op, str]]:
    """How `old_words` became `new_words`, word by word.

    The words of `same` and `del` together are `old_words` but for white space, those of `same` and `ins` together
    are `new_words` exactly. A deletion comes before the insertion in its place. Single common words between two
    changes are counted with the changes, since a reader takes in phrases and not confetti.
    """
    pair = Pair(words_of(old_words), words_of(new_words))
    links = [link for link in _links(pair) if link.kind is Kind.SAME]
    parts: list[tuple[Op, str]] = []
    old_at = new_at = 0
    for link in links:
        old_start, new_start = pair.old.starts[link.i], pair.new.starts[link.j]
        _add(parts, "del", old_words[old_at:old_start])
        _add(parts, "ins", new_words[new_at:new_start])
        old_at, new_at = pair.old.ends[link.i + link.n - 1], pair.new.ends[link.j + link.m - 1]
        _add(parts, "same", new_words[new_start:new_at])
    _add(parts, "del", old_words[old_at:])
    _add(parts, "ins", new_words[new_at:])
    return parts


def _links(pair: Pair) -> list[Link]:
    area = pair.area
    if area.olds * area.news <= MOST_CELLS:
        return table(pair, area)
    return shared(pair, area, 3, 0.0)


def _add(parts: list[tuple[Op, str]], op: Op, words: str) -> None:
    if words:
        parts.append((op, words))
