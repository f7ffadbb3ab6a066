"""What changed between two wordings, to be shown to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from snippetsvc.anchoring.folds import same_words
from snippetsvc.anchoring.pair import Pair
from snippetsvc.anchoring.stage1_words import words_of
from snippetsvc.anchoring.stage4_regions import Region, equal_words

Op = Literal["same", "del", "ins"]

#: Between two changes, a single word shorter than this is shown with them: readers take in phrases, not confetti.
CONFETTI = 4


def difference(old_words: str, new_words: str) -> list[tuple[Op, str]]:
    """How `old_words` became `new_words`, word by word, in the order in which to show it.

    What is `same` or `ins`, joined, is `new_words` to the character; what is `same` or `del` is `old_words`, but for
    white space, quotation marks and dashes, which are shown as they are now. A deletion comes before the insertion in
    its place.
    """
    pair = Pair(words_of(old_words), words_of(new_words))
    parts: list[tuple[Op, str]] = []
    old_at = new_at = 0
    end = Stretch(len(old_words), len(old_words), len(new_words), len(new_words))
    runs = _without_confetti(old_words, new_words, _stretches(pair))
    for old_start, old_end, new_start, new_end in [*runs, end]:
        gone, came = old_words[old_at:old_start], new_words[new_at:new_start]
        shared = _common_space(gone, came) if parts else 0
        _add(parts, "same", came[:shared])
        gone, came = gone[shared:], came[shared:]
        after = _common_space(gone[::-1], came[::-1])
        behind = came[len(came) - after :]
        gone, came = gone[: len(gone) - after], came[: len(came) - after]
        if gone.strip() or came.strip():
            _add(parts, "del", gone)
        _add(parts, "ins" if came.strip() else "same", came)
        _add(parts, "same", behind + new_words[new_start:new_end])
        old_at, new_at = old_end, new_end
    return parts


class Stretch(NamedTuple):
    """Words that are the same: where they begin and end in the old and in the new wording."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def _stretches(pair: Pair) -> Iterator[Stretch]:
    """In order."""
    for i, j in sorted(equal_words(pair, Region(0, len(pair.a), 0, len(pair.b)))):
        if same_words(pair.old.word(i), pair.new.word(j)):
            yield Stretch(pair.old.starts[i], pair.old.ends[i], pair.new.starts[j], pair.new.ends[j])


def _without_confetti(old: str, new: str, stretches: Iterator[Stretch]) -> list[Stretch]:
    """The stretches joined to runs, without short runs that stand between two changes."""
    runs: list[Stretch] = []
    sizes: list[int] = []
    for one in stretches:
        last = runs[-1] if runs else None
        if last and not (old[last.old_end : one.old_start] + new[last.new_end : one.new_start]).strip():
            runs[-1] = Stretch(last.old_start, one.old_end, last.new_start, one.new_end)
            sizes[-1] += 1
        else:
            runs.append(one)
            sizes.append(1)
    return [
        run
        for run, size in zip(runs, sizes, strict=True)
        if size > 1 or run.old_end - run.old_start >= CONFETTI or _at_end(old, new, run)
    ]


def _at_end(old: str, new: str, run: Stretch) -> bool:
    """Whether a run is the very beginning or the very end of both wordings."""
    before, after = old[: run.old_start] + new[: run.new_start], old[run.old_end :] + new[run.new_end :]
    return not before.strip() or not after.strip()


def _common_space(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size] and one[size].isspace():
        size += 1
    return size


def _add(parts: list[tuple[Op, str]], op: Op, words: str) -> None:
    """Append words, to the last part when that is of the same kind."""
    if words and parts and parts[-1][0] == op:
        parts[-1] = (op, parts[-1][1] + words)
    elif words:
        parts.append((op, words))
