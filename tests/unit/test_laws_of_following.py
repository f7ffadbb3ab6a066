"""Laws of carrying, over generated texts and edits."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc import anchoring
from snippetsvc.anchoring import Carried
from snippetsvc.models import Span, Status
from snippetsvc.text.graphemes import splits_cluster
from tests.unit.texts import ANY_TEXT, Writer, history, spans_of, writers


@given(ANY_TEXT, st.data())
def test_an_unchanged_text_changes_nothing(text: str, data: st.DataObject) -> None:
    spans = data.draw(spans_of(text))
    assert anchoring.carry(text, text, spans) == [Carried(span, Status.INTACT) for span in spans]


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_whatever_the_texts_the_answer_is_a_place_in_the_new_one_or_none(
    old: str, new: str, data: st.DataObject
) -> None:
    spans = data.draw(spans_of(old))
    carried = anchoring.carry(old, new, spans)
    assert len(carried) == len(spans)
    for span, place in zip(spans, carried, strict=True):
        assert (place.span is None) == (place.status is Status.LOST)
        if place.span is None:
            continue
        assert 0 <= place.span.start < place.span.end <= len(new)
        if not splits_cluster(old, span.start):
            assert not splits_cluster(new, place.span.start)
        if not splits_cluster(old, span.end):
            assert not splits_cluster(new, place.span.end)


#: Words that hardly recur: with these it is known where everything went.
VOCABULARY = ["".join(random.Random(seed).choices("abcdefghijklmnop", k=7)) for seed in range(600)]


@st.composite
def edited(draw: st.DrawFn, *, moves: bool) -> tuple[str, str]:
    """A text, and the same after some insertions, deletions, replacements and, if wanted, a moved passage."""
    chance = draw(st.randoms(use_true_random=False))
    words = chance.sample(VOCABULARY, 120)
    others = [word for word in VOCABULARY if word not in words]
    new = list(words)
    for _ in range(chance.randint(1, 5)):
        at, length = chance.randrange(100), chance.randint(1, 8)
        new[at : at + chance.choice([0, length])] = chance.sample(others, chance.choice([0, length]))
    if moves:
        at, length, to = chance.randrange(60), chance.randint(10, 20), chance.randrange(90)
        passage, new[at : at + length] = new[at : at + length], []
        new[to:to] = passage
    return " ".join(words), " ".join(new)


@given(edited(moves=True), st.data())
def test_there_and_back_never_ends_in_a_wrong_place(texts: tuple[str, str], data: st.DataObject) -> None:
    old, new = texts
    spans = [span for span in data.draw(spans_of(old)) if span.of(old).strip()]
    there = anchoring.carry(old, new, spans)
    placed = [(span, place.span) for span, place in zip(spans, there, strict=True) if place.span is not None]
    back = anchoring.carry(new, old, [place for _, place in placed])
    for (span, _), place in zip(placed, back, strict=True):
        if place.span is not None:
            assert max(span.start, place.span.start) < min(span.end, place.span.end)


@given(edited(moves=False), st.data())
def test_order_is_kept_where_nothing_moved(texts: tuple[str, str], data: st.DataObject) -> None:
    old, new = texts
    words = [Span(at, at + 7) for at in range(0, len(old), 8)]
    chosen = data.draw(st.lists(st.sampled_from(words), unique=True).map(sorted))
    placed = [place.span for place in anchoring.carry(old, new, chosen) if place.span is not None]
    assert all(one.end <= two.start for one, two in itertools.pairwise(placed))


@given(edited(moves=True))
def test_what_is_intact_has_the_same_words(texts: tuple[str, str]) -> None:
    old, new = texts
    spans = [Span(at, min(at + 23, len(old))) for at in range(0, len(old), 24)]
    for span, place in zip(spans, anchoring.carry(old, new, spans), strict=True):
        if place.status is Status.INTACT:
            assert place.span is not None
            assert place.span.of(new) == span.of(old)


def places_of(lines: list[str]) -> dict[str, int]:
    """Where each of these lines begins in their text."""
    return {line: sum(len(before) + 1 for before in lines[:at]) for at, line in enumerate(lines)}


@given(writers, st.booleans())
def test_what_stands_in_one_paragraph_goes_with_it(writer: Writer, alike: bool) -> None:
    """Paragraphs of five words and more, in any order; `alike`: one differs from another by a word."""
    chance = writer.chance
    written = [writer.own(5, 25) for _ in range(chance.randint(2, 8))]
    if alike:
        twin = list(chance.choice(written))
        twin[chance.randrange(len(twin))] = writer.others(1, 1)[0]
        written.append(twin)
    old = list(dict.fromkeys(writer.between.join(words) for words in written))
    new = chance.sample(old, len(old))
    before, after = places_of(old), places_of(new)
    wanted = []
    for line in old:
        start, end = sorted(chance.sample(range(len(line) + 1), 2))
        if line[start:end].strip():
            wanted.append(
                (Span(before[line] + start, before[line] + end), Span(after[line] + start, after[line] + end))
            )
    carried = anchoring.carry("\n".join(old), "\n".join(new), [span for span, _ in wanted])
    assert [(each.span, each.status) for each in carried] == [(place, Status.INTACT) for _, place in wanted]


@given(writers, st.integers(1, 4))
def test_what_is_put_in_outside_changes_offsets_alone(writer: Writer, times: int) -> None:
    """Other words, in any gap between two words, also right beside the mark, on its line or a line of their own."""
    chance = writer.chance
    words, gaps = [], []
    for paragraph in range(chance.randint(1, 5)):
        for at, word in enumerate(writer.own(5, 25)):
            gaps.append(writer.between if at else "\n" if paragraph else "")
            words.append(word)
    gaps.append("")
    first = chance.randrange(len(words))
    last = min(len(words) - 1, first + chance.choice([0, 1, 2, 5, 20]))
    put_in: dict[int, str] = {}
    for _ in range(times):
        gap = chance.choice([first, last + 1, *range(first), *range(last + 1, len(words) + 1)])
        put_in[gap] = writer.between.join(writer.others(1, 30))
    old = new = ""
    starts = ends = (0, 0)
    for at, gap in enumerate(gaps):
        old += gap
        if at in put_in:
            line = chance.choice([writer.between, "\n"])
            # A gap at an end of the text has white space on one side only.
            new += (gap or line if at else "") + put_in[at] + ("" if at == len(words) else gap or line)
        else:
            new += gap
        if at == first:
            starts = (len(old), len(new))
        if at < len(words):
            old, new = old + words[at], new + words[at]
        if at == last:
            ends = (len(old), len(new))
    (carried,) = anchoring.carry(old, new, [Span(starts[0], ends[0])])
    assert carried == Carried(Span(starts[1], ends[1]), Status.INTACT)


def reworked(writer: Writer) -> tuple[list[str], list[str]]:
    """Words of a text, and of the same after passages were put in, taken out, written anew and moved."""
    chance = writer.chance
    words = [word for _ in range(chance.randint(1, 5)) for word in writer.own(5, 30)]
    new = list(words)
    for _ in range(chance.randint(1, 6)):
        at, went, came = chance.randrange(len(new) + 1), chance.choice([0, 1, 3, 9]), chance.choice([0, 1, 3, 9, 30])
        new[at : at + went] = writer.others(came, came)
    if chance.random() < 0.3:
        at, to = chance.randrange(len(new) + 1), chance.randrange(len(new) + 1)
        passage, new[at : at + 12] = new[at : at + 12], []
        new[to:to] = passage
    return words, new


@given(writers.map(reworked), st.data())
def test_a_mark_grows_by_what_came_between_its_words_or_for_them(
    texts: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    """Beyond the first and the last of its own words stand at most 2n + 1 at an end, for the n of its words that went.

    So it covers more than twice the words it did only for what came between its own.
    """
    old, new = (" ".join(words) for words in texts)
    first = data.draw(st.integers(0, len(texts[0]) - 1))
    marked = texts[0][first : first + data.draw(st.sampled_from([1, 2, 3, 5, 9, 20]))]
    start = sum(len(word) + 1 for word in texts[0][:first])
    (carried,) = anchoring.carry(old, new, [Span(start, start + len(" ".join(marked)))])
    if carried.span is None:
        return
    covered = carried.span.of(new).split()
    own = [at for at, word in enumerate(covered) if word in marked]
    went = sum((Counter(marked) - Counter(covered)).values())
    if own:
        assert own[0] <= 2 * went + 1
        assert len(covered) - 1 - own[-1] <= 2 * went + 1
    else:
        assert len(covered) <= 2 * len(marked) + 1


def test_the_answer_is_the_same_in_every_process() -> None:
    """Whatever the order in which sets are walked there."""
    told = history("Latin", 6)
    program = (
        "import sys, hashlib; from snippetsvc import anchoring; from snippetsvc.models import Span\n"
        "old, new = sys.stdin.read().split('|')\n"
        "spans = [Span(at, at + 30) for at in range(0, len(old) - 30, 7)]\n"
        "print(anchoring.align(old, new).to_bytes().hex(), anchoring.carry(old, new, spans))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=f"{told.text(0)}|{told.text(-1)}",
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        anchoring.carry("abc", "abc", [Span(0, 4)])
