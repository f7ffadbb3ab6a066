"""Laws of carrying, over generated texts and edits; and what quotes, alignments and differences promise."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc import anchoring
from snippetsvc.anchoring import Alignment, Carried
from snippetsvc.anchoring.folds import same_words
from snippetsvc.errors import RecordUnreadable
from snippetsvc.models import Span, Status
from snippetsvc.text.graphemes import splits_cluster
from snippetsvc.text.selectors import TextPositionSelector, TextQuoteSelector

#: Short words, so that they recur, of scripts with and without spaces, with clusters of several code points.
WORDS = (
    "a the of river bridge Ёлка мост мост, вода “quoted” e\u0301te\u0301 👩‍👩‍👧 🇧🇾 東京 の 橋 สะพาน مدينة co\xadop "
    "12.5 — ..."
).split()
ANY_TEXT = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("\n".join),
    st.text(max_size=80).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)),
)


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> list[Span]:
    if not text:
        return []
    offsets = st.integers(0, len(text) - 1)
    pairs = draw(st.lists(st.tuples(offsets, offsets), max_size=6))
    return [Span(min(pair), max(pair) + 1) for pair in pairs]


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


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_a_kept_alignment_gives_the_same_answer(old: str, new: str, data: st.DataObject) -> None:
    spans = data.draw(spans_of(old))
    kept = Alignment.from_bytes(anchoring.align(old, new).to_bytes())
    assert anchoring.carry(old, new, spans, kept) == anchoring.carry(old, new, spans)


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


#: Letters of several scripts without their marks, and what stands between two words.
SCRIPTS = {
    "Latin": ("abcdefghijklmnop", " "),
    "Cyrillic": ("абвгдежзиклмнопр", " "),
    "Arabic": ("بتثجحخدذرزسشصضطظ", " "),
    "Hebrew": ("אבגדהוזחטיכלמנסע", " "),
    "Devanagari": ("कखगघचछजझटठडढतथदध", " "),
    "Thai": ("กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", ""),
    "Han": ("".join(map(chr, range(0x4E00, 0x5200))), ""),
}


class Writer:
    """Writes in one script, with words of its own, that recur, and with others, that share no letter with those."""

    def __init__(self, script: str, seed: int) -> None:
        letters, self.between = SCRIPTS[script]
        self.chance = random.Random(seed)
        self._name = f"{script}, {seed}"
        self._own = self._words(letters[::2], 150)
        self._others = self._words(letters[1::2], 60)

    def __repr__(self) -> str:
        return f"Writer({self._name})"

    def _words(self, letters: str, count: int) -> list[str]:
        return ["".join(self.chance.choices(letters, k=self.chance.randint(2, 6))) for _ in range(count)]

    def own(self, least: int, most: int) -> list[str]:
        return self.chance.choices(self._own, k=self.chance.randint(least, most))

    def others(self, least: int, most: int) -> list[str]:
        return self.chance.choices(self._others, k=self.chance.randint(least, most))


writers = st.builds(Writer, st.sampled_from(sorted(SCRIPTS)), st.integers(0, 2**32 - 1))


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


HISTORIES = {"Latin": 1, "Cyrillic": 2, "Arabic": 3, "Devanagari": 4, "Han": 5}


@dataclass(frozen=True, slots=True)
class History:
    """Revisions of an article: of each its words, every one with a number that it keeps; and what joins them."""

    revisions: list[list[tuple[int, str]]]
    between: str

    def text(self, revision: int) -> str:
        return self.between.join(word for _, word in self.revisions[revision])

    def place(self, revision: int, numbers: range) -> Span | None:
        """Where the words of these numbers stand, one behind the other; None if not so."""
        words = self.revisions[revision]
        at = next((at for at, (number, _) in enumerate(words) if number == numbers.start), len(words))
        if [number for number, _ in words[at : at + len(numbers)]] != list(numbers):
            return None
        start = sum(len(word) + len(self.between) for _, word in words[:at])
        return Span(start, start + len(self.between.join(word for _, word in words[at : at + len(numbers)])))


def history(script: str, seed: int) -> History:
    """Twenty-one revisions of some four hundred words: each writes a few of them anew, some move a passage."""
    letters, between = SCRIPTS[script]
    chance = random.Random(seed)
    stock = ["".join(chance.choices(letters, k=chance.randint(2, 6))) for _ in range(300)]
    fresh = itertools.count()

    def some(most: int) -> list[tuple[int, str]]:
        return [(next(fresh), chance.choice(stock)) for _ in range(chance.randint(0, most))]

    words = [(next(fresh), chance.choice(stock)) for _ in range(400)]
    revisions = [list(words)]
    for _ in range(20):
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(words))
            words[at : at + chance.randint(0, 4)] = some(6)
        if chance.random() < 0.2:
            at, to = chance.randrange(len(words) - 40), chance.randrange(len(words) - 40)
            passage, words[at : at + 30] = words[at : at + 30], []
            words[to:to] = passage
        revisions.append(list(words))
    return History(revisions, between)


@pytest.mark.parametrize("script", HISTORIES)
def test_over_twenty_revisions_nothing_drifts(script: str) -> None:
    """What stands there whole is found: one by one, through all revisions or some, from the first to the last."""
    told = history(script, HISTORIES[script])
    texts = [told.text(revision) for revision in range(len(told.revisions))]
    marks = [range(first, first + length) for length in (4, 7, 12) for first in range(0, 400 - length, 5)]
    standing = [numbers for numbers in marks if told.place(-1, numbers)]
    assert len(standing) > 20
    spans = [place for numbers in standing if (place := told.place(0, numbers))]
    wanted = [place for numbers in standing if (place := told.place(-1, numbers))]
    places: list[Span | None] = list(spans)
    for old, new in itertools.pairwise(texts):
        kept = [place for place in places if place is not None]
        carried = iter(anchoring.carry(old, new, kept))
        places = [place and next(carried).span for place in places]
    assert places == wanted
    retracted_left_out = [texts[0], *texts[6:15:4], texts[-1]]
    for revisions in (texts, retracted_left_out):
        assert [carried.span for carried in anchoring.carry_through(revisions, spans)] == wanted
    assert [carried.span for carried in anchoring.carry(texts[0], texts[-1], spans)] == wanted


@pytest.mark.parametrize("script", HISTORIES)
def test_what_lives_on_in_part_is_never_found_in_two_places(script: str) -> None:
    told = history(script, HISTORIES[script])
    texts = [told.text(revision) for revision in range(len(told.revisions))]
    spans = [place for first in range(0, 390, 3) if (place := told.place(0, range(first, first + 9)))]
    directly = anchoring.carry(texts[0], texts[-1], spans)
    through = anchoring.carry_through(texts, spans)
    for one, other in zip(through, directly, strict=True):
        if one.span is not None and other.span is not None:
            assert max(one.span.start, other.span.start) < min(one.span.end, other.span.end)


def test_kept_alignments_of_many_revisions_give_the_same_answer() -> None:
    told = history("Cyrillic", 7)
    texts = [told.text(revision) for revision in range(len(told.revisions))]
    spans = [place for first in range(0, 390, 3) if (place := told.place(0, range(first, first + 9)))]

    def kept(old: str, new: str) -> Alignment:
        return Alignment.from_bytes(anchoring.align(old, new).to_bytes())

    assert anchoring.carry_through(texts, spans, kept) == anchoring.carry_through(texts, spans)


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


class TestAlignment:
    @pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 9, b"\x01junk"])
    def test_what_was_not_written_here_is_refused(self, data: bytes) -> None:
        with pytest.raises(RecordUnreadable):
            Alignment.from_bytes(data)

    def test_it_holds_no_word(self) -> None:
        old = "A secret paragraph with Rumpelstilzchen in it.\nWhat may stay."
        data = anchoring.align(old, "What may stay.").to_bytes()
        sketch = Alignment.from_bytes(data).sketch("What may stay.")
        assert len(sketch) == len(old)
        assert sketch.endswith("What may stay.")
        assert "Rumpel" not in sketch


class TestQuotes:
    TEXT = "The ferry leaves at six. The bus leaves at six. Nobody is late, for the captain never waits for passengers."

    def test_what_is_described_is_found(self) -> None:
        for start in range(0, len(self.TEXT) - 12, 5):
            span = Span(start, start + 12)
            position, quote = anchoring.describe(self.TEXT, span)
            assert isinstance(position, TextPositionSelector)
            assert (position.start, position.end) == (span.start, span.end)
            assert isinstance(quote, TextQuoteSelector)
            assert anchoring.exact_places(self.TEXT, quote) == [span]

    def test_context_decides_between_twins(self) -> None:
        quote = TextQuoteSelector("leaves at six", prefix="The bus ")
        assert anchoring.exact_places(self.TEXT, quote) == [Span(33, 46)]
        assert len(anchoring.exact_places(self.TEXT, TextQuoteSelector("leaves at six"))) == 2

    @pytest.mark.parametrize(
        ("name", "quote", "found"),
        [
            ("exact", TextQuoteSelector("the captain never waits"), "the captain never waits"),
            ("a letter wrong", TextQuoteSelector("the captein never waits for"), "the captain never waits for"),
            ("ambiguous", TextQuoteSelector("leaves at six"), None),
            ("nowhere", TextQuoteSelector("an altogether different sentence"), None),
            ("short and not there", TextQuoteSelector("train"), None),
        ],
    )
    def test_a_quote_alone(self, name: str, quote: TextQuoteSelector, found: str | None) -> None:
        place = anchoring.anchor(self.TEXT, [quote])
        assert (place.of(self.TEXT) if place else None) == found


@given(ANY_TEXT, ANY_TEXT)
def test_a_difference_holds_both_sides(old: str, new: str) -> None:
    parts = anchoring.difference(old, new)
    # On the old side quotation marks and dashes may be shown as they are written now.
    assert same_words("".join(words for op, words in parts if op != "ins"), old) or not old.strip()
    assert "".join(words for op, words in parts if op != "del") == new
