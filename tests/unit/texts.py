"""Texts written at random, as strategies of hypothesis or by a seed, and the revisions of an article."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from hypothesis import strategies as st

from snippetsvc.models import Span

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
