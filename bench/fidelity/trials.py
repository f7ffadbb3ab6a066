"""Trials: a quote of some length is marked in a text, the text is edited, and the answer is judged."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.fidelity import edits, moves
from bench.fidelity.changes import Case, Edit, unspaced
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
    "an end rewritten": edits.end_rewritten,
    "typography": edits.typography,
    "split or joined by mark-up": edits.split_or_joined,
    "paragraph moved": moves.paragraph_moved,
    "two halves swapped": moves.halves_swapped,
    "paragraph moved and edited": moves.paragraph_moved_and_edited,
    "sentence moved and edited": moves.sentence_moved_and_edited,
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
    """One trial, ready.

    texts: of all revisions; quote: what was marked in the first; successor: where it went (None: nowhere);
    furthest: how far what was written instead of its ends goes: a mark may end at either or between.
    """

    texts: tuple[str, ...]
    quote: Span
    successor: Span | None
    furthest: Span | None


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

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.right + other.right, self.wrong + other.wrong, self.lost + other.lost, self.examples + other.examples
        )


class Key(NamedTuple):
    """What a cell is of. raw: of quotes that begin and end anywhere, not at words."""

    method: str
    language: str
    kind: str
    length: int
    raw: bool = False


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
    said = _from_letter_to_letter(case)
    return Trial(tuple(texts), case.quote, edited.successor(said), edited.furthest(said))


def _from_letter_to_letter(case: Case) -> Span:
    """The quote without the blanks and marks at its ends: alone they would say nothing of where it went."""
    letters = [at for at in range(case.quote.start, case.quote.end) if case.text.text[at].isalnum()]
    return Span(letters[0], letters[-1] + 1) if letters else case.quote


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
    if trial.successor is None or trial.furthest is None or not place:
        return "wrong"
    new = trial.texts[-1]
    start = min(max(place.start, trial.furthest.start), trial.successor.start)
    end = max(min(place.end, trial.furthest.end), trial.successor.end)
    near = _within_a_word(new, place.start, start) and _within_a_word(new, place.end, end)
    return "right" if near else "wrong"


def _within_a_word(text: str, one: int, other: int) -> bool:
    between = text[min(one, other) : max(one, other)]
    if unspaced(between):
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
