"""Trials: a quote of some length is marked in a text, the text is edited, and the answer is judged."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.fidelity import edits
from bench.fidelity.edits import Case, Edit
from bench.fidelity.traced import Traced
from snippetsvc import anchoring
from snippetsvc.models import Span

LENGTHS = (8, 25, 80, 250)
REVISIONS = 10
#: How many characters count as one word where no spaces stand between words.
UNSPACED_WORD = 2

KINDS: dict[str, Edit] = {
    "none": edits.nothing,
    "text put in above": edits.inserted_above,
    "typos 5 %": edits.typos(0.05),
    "typos 15 %": edits.typos(0.15),
    "words replaced 20 %": edits.words_replaced(0.2),
    "words replaced 50 %": edits.words_replaced(0.5),
    "typography": edits.typography,
    "split or joined by mark-up": edits.split_or_joined,
    "paragraph moved": edits.paragraph_moved,
    "two halves swapped": edits.halves_swapped,
    "paragraph moved and edited": edits.paragraph_moved_and_edited,
    "context rewritten": edits.context_rewritten,
    "quote deleted": edits.quote_deleted,
    "paragraph deleted": edits.paragraph_deleted,
    "edited, its twin put in elsewhere": edits.edited_beside_twin,
    "three times, one deleted": edits.one_of_three_deleted,
    "ten revisions": edits.nothing,  # see `revisions`
}
DELETED = ("quote deleted", "paragraph deleted")


@dataclass(frozen=True)
class Language:
    """A text to try on. name: for the table; stock: sentences to put in; letters: what typos are made of."""

    name: str
    text: str
    stock: tuple[str, ...]
    letters: str


@dataclass(frozen=True)
class Trial:
    """One trial, ready: the texts of all revisions, what was marked, and where it went (None: nowhere)."""

    texts: tuple[str, ...]
    quote: Span
    successor: Span | None


@dataclass
class Cell:
    """Answers of one kind of edit and one length."""

    right: int = 0
    wrong: int = 0
    lost: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def trials(self) -> int:
        return self.right + self.wrong + self.lost

    def share(self, name: str) -> float:
        return float(getattr(self, name)) / max(1, self.trials)


def language(folder: Path, name: str) -> Language:
    """Read `name`.txt: paragraphs, and after a line of `--` sentences to put in, one a line."""
    text, _, stock = (folder / f"{name}.txt").read_text(encoding="utf-8").partition("\n--\n")
    return language_of(name, text.strip(), tuple(stock.strip().splitlines()))


def language_of(name: str, text: str, stock: tuple[str, ...]) -> Language:
    letters = "".join(sorted({char for char in text.lower() if char.isalpha()}))
    return Language(name, text, stock, letters)


def trial(language: Language, kind: str, length: int, number: int, *, raw: bool = False) -> Trial:
    """The trial of that number; the same arguments make the same trial, on any machine.

    raw: quotes begin and end anywhere, not at words.
    """
    seed = zlib.crc32(f"{language.name}/{kind}/{length}/{number}".encode())
    rng = random.Random(seed)
    text = Traced.original(language.text)
    case = Case(text, _quote(text, length, rng, raw), language.stock, language.letters, rng)
    if kind == "three times, one deleted":
        case = edits.with_twins(case)
    texts = [case.text.text]
    edited = case.text
    if kind == "ten revisions":
        for _ in range(REVISIONS):
            edited = edits.mixed(case, edited)
            texts.append(edited.text)
    else:
        edited = KINDS[kind](case)
        texts.append(edited.text)
    return Trial(tuple(texts), case.quote, edited.successor(case.quote))


def _quote(text: Traced, length: int, rng: random.Random, raw: bool) -> Span:
    """A stretch of one paragraph, of about `length` characters, from the beginning of a word to the end of one."""
    paragraphs = [span for span in text.paragraphs() if len(span) >= length * 1.3]
    while True:
        paragraph = rng.choice(paragraphs)
        if raw:
            start = rng.randrange(paragraph.start, paragraph.end - length)
            if text.text[start : start + length].strip():
                return Span(start, start + length)
            continue
        words = text.words(paragraph.start, paragraph.end)
        start = rng.choice(words).start
        ends = [word.end for word in words if word.end > start and abs(word.end - start - length) <= 1 + length // 8]
        if ends:
            return Span(start, rng.choice(ends))


def judge(trial: Trial, place: Span | None) -> str:
    """`right`, `wrong` or `lost`. Where the quote is gone, to say so is right and any place is wrong."""
    if place is None:
        return "right" if trial.successor is None else "lost"
    if trial.successor is None or not place:
        return "wrong"
    new = trial.texts[-1]
    near = _within_a_word(new, place.start, trial.successor.start) and _within_a_word(
        new, place.end, trial.successor.end
    )
    return "right" if near else "wrong"


def _within_a_word(text: str, one: int, other: int) -> bool:
    between = text[min(one, other) : max(one, other)]
    if edits.unspaced(between):
        return sum(map(str.isalnum, between)) <= UNSPACED_WORD
    return len(between.split()) <= 1


def carried(trial: Trial) -> Span | None:
    """Our answer with both texts at hand."""
    if len(trial.texts) == 2:
        return anchoring.carry(trial.texts[0], trial.texts[1], [trial.quote])[0].span
    return anchoring.carry_through(trial.texts, [trial.quote])[0].span


def anchored(trial: Trial) -> Span | None:
    """Our answer with the new text and the quote in its context alone."""
    _, quote = anchoring.describe(trial.texts[0], trial.quote)
    return anchoring.anchor(trial.texts[-1], [quote])


def count(cell: Cell, trial: Trial, place: Span | None) -> None:
    verdict = judge(trial, place)
    setattr(cell, verdict, getattr(cell, verdict) + 1)
    if verdict != "right":
        new = trial.texts[-1]
        wanted = trial.successor.of(new) if trial.successor else None
        got = place.of(new) if place else None
        cell.examples.append(f"{verdict}: {trial.quote.of(trial.texts[0])!r} → {got!r}, not {wanted!r}")


def bounds_broken(kind: str, length: int, method: str, cell: Cell) -> Sequence[str]:
    """Which of the promised bounds the cell breaks, in words."""
    broken: list[str] = []

    def at_least(share: float) -> None:
        if cell.share("right") < share:
            broken.append(f"right {cell.share('right'):.1%}, must be {share:.1%} at least")

    def wrong_at_most(share: float) -> None:
        if cell.share("wrong") > share:
            broken.append(f"wrong {cell.share('wrong'):.1%}, may be {share:.1%} at most")

    if method == "anchor":
        if length >= 25 or kind in DELETED:
            wrong_at_most(0.02)
        return broken
    wrong_at_most(0.01)
    if kind in DELETED:
        at_least(0.99)
    elif kind == "edited, its twin put in elsewhere":
        at_least(0.98)
    elif kind in ("none", "text put in above", "paragraph moved", "context rewritten", "two halves swapped"):
        at_least(0.995)
    elif kind in ("typos 5 %", "typos 15 %", "words replaced 20 %") and length >= 25:
        at_least(0.98)
    return broken
