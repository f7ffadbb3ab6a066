"""Marks after small edits stand where a reader would say, with a status that a reader would give (`edits.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from snippetsvc import anchoring
from snippetsvc.models import Span, Status

TABLE = tomllib.loads(Path(__file__).with_name("edits.toml").read_text(encoding="utf-8"))
UNSEGMENTED = ("ja", "zh")


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a mark stands in the new text, None if nowhere, and what may be said of it."""

    place: Span | None
    statuses: frozenset[Status]


@dataclass(frozen=True, slots=True)
class Edit:
    """Both texts, what is marked in the old one, and what is fair; what is wanted first."""

    old: str
    new: str
    marked: Span
    fair: tuple[Answer, ...]


def unmarked(text: str) -> tuple[str, Span | None]:
    """The text without its ⟦ ⟧, and what stood in them."""
    if "⟦" not in text:
        return text, None
    before, rest = text.split("⟦")
    inside, after = rest.split("⟧")
    return before + inside + after, Span(len(before), len(before) + len(inside))


def bare(place: Span | None, text: str) -> Span | None:
    """`place` without white space at its ends, which is not counted where the mark has some."""
    if place is None:
        return None
    words = place.of(text)
    return Span(place.start + len(words) - len(words.lstrip()), place.end - len(words) + len(words.rstrip()))


def takes_in_space(edit: Edit, place: Span) -> bool:
    """Whether a place has white space at an end where the mark has none."""
    marked, found = edit.marked.of(edit.old), place.of(edit.new)
    return any(new.isspace() and not old.isspace() for old, new in ((marked[0], found[0]), (marked[-1], found[-1])))


def statuses(names: str) -> frozenset[Status]:
    return frozenset(map(Status, names.replace("|", " ").split()))


def other_answer(line: str, new: str) -> Answer:
    """What a line of `also` says: "lost", or "status: a piece of the new text" with ⟦ ⟧."""
    if line == Status.LOST:
        return Answer(None, statuses(line))
    names, piece = line.split(": ", 1)
    words, place = unmarked(piece)
    assert place is not None, line
    assert new.count(words) == 1, line
    at = new.index(words)
    return Answer(Span(at + place.start, at + place.end), statuses(names))


def edit(row: dict[str, str], also: list[str]) -> Edit:
    around = TABLE["around"][row["language"]]

    def whole(text: str) -> str:
        space = "" if row["language"] in UNSEGMENTED else " "
        if "{" not in text:
            text = space.join(("{above}", text, "{below}"))
        return text.format_map(around)

    old, marked = unmarked(whole(row["old"]))
    new, place = unmarked(whole(row["new"]))
    assert marked is not None
    wanted = Answer(place, statuses(row.get("status", Status.LOST)))
    assert (place is None) == (Status.LOST in wanted.statuses), "a place and a status, or neither"
    return Edit(old, new, marked, (wanted, *(other_answer(line, new) for line in also)))


CASES = [
    pytest.param(edit(row, row.get("also", [])), id=f"{kind}: {row['name']} ({row['language']})")
    for kind, rows in TABLE["edits"].items()
    for row in rows
]


def shown(text: str, place: Span | None) -> str:
    if place is None:
        return text
    return f"{text[: place.start]}⟦{place.of(text)}⟧{text[place.end :]}"


@pytest.mark.parametrize("edit", CASES)
def test_the_mark_stands_where_a_reader_would_say(edit: Edit) -> None:
    (carried,) = anchoring.carry(edit.old, edit.new, [edit.marked])
    place = bare(carried.span, edit.new)
    fair = any(place == bare(one.place, edit.new) and carried.status in one.statuses for one in edit.fair)
    if fair and not (carried.span and takes_in_space(edit, carried.span)):
        return
    answers = [
        f"wanted  {' or '.join(sorted(fair.statuses))}: {shown(edit.new, fair.place) if fair.place else 'nowhere'}"
        for fair in edit.fair
    ]
    got = f"got     {carried.status}: {shown(edit.new, carried.span) if carried.span else 'nowhere'}"
    pytest.fail("\n".join(["", f"old     {shown(edit.old, edit.marked)}", *answers, got]), pytrace=False)
