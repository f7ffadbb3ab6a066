"""Two texts that are hard to compare, of about `size` characters each: a function a kind.

What is of words has the lengths of words; how often they recur follows Zipf, where nothing else is said.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import accumulate, islice

Pair = tuple[str, str]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SIGNS = "+-*/=<>(){}[];:,.!?&|^%$#@~"
CHINESE = "".join(map(chr, range(0x4E00, 0x4E00 + 2500)))
FAMILY = "👩‍👩‍👧‍👦"
#: Characters a word and what follows it take on average: of words without repetition, and of prose.
WORD, PROSE_WORD = 7, 6.5
WORDS_A_SENTENCE, SENTENCES_A_PARAGRAPH = 14, 6


def _distinct(chance: random.Random) -> Iterator[str]:
    """Words without end, none twice."""
    seen = set()
    while True:
        word = "".join(chance.choices(LETTERS, k=chance.randint(5, 7)))
        if word not in seen:
            seen.add(word)
            yield word


def _prose(size: int, chance: random.Random) -> list[str]:
    """Words of prose, the last one of a sentence with its full stop, of a paragraph with its line's end."""
    stock = ["".join(chance.choices(LETTERS, k=chance.randint(1, 11))) for _ in range(20_000)]
    often = list(accumulate(1 / rank for rank in range(1, len(stock) + 1)))
    words = chance.choices(stock, cum_weights=often, k=int(size / PROSE_WORD))
    for at in range(WORDS_A_SENTENCE - 1, len(words), WORDS_A_SENTENCE):
        paragraph = (at + 1) % (WORDS_A_SENTENCE * SENTENCES_A_PARAGRAPH) == 0
        words[at] += ".\n" if paragraph else "."
    return words


def _written(words: list[str]) -> str:
    return " ".join(words).replace("\n ", "\n")


def _edited(words: list[str], share: float, chance: random.Random) -> list[str]:
    """A third of `share` of the words taken out, a third replaced by other words of the text, a third put in."""
    new = []
    for word in words:
        kind = int(chance.random() / share * 3)
        if kind:  # 0: taken out
            new.append(chance.choice(words) if kind == 1 else word)
        if kind == 2:
            new.append(chance.choice(words))
    return new


def _shuffled(items: list[str], chance: random.Random) -> list[str]:
    return chance.sample(items, len(items))


def _paragraphs(size: int, chance: random.Random) -> list[str]:
    return _written(_prose(size, chance)).splitlines()


def prose_edited(share: float) -> Callable[[int, random.Random], Pair]:
    def texts(size: int, chance: random.Random) -> Pair:
        words = _prose(size, chance)
        return _written(words), _written(_edited(words, share, chance))

    return texts


def prose_reordered(size: int, chance: random.Random) -> Pair:
    paragraphs = _paragraphs(size, chance)
    return "\n".join(paragraphs), "\n".join(_shuffled(paragraphs, chance))


def blocks_shuffled(size: int, chance: random.Random) -> Pair:
    """Blocks of thirty words, without regard to sentences and lines."""
    words = _prose(size, chance)
    blocks = [_written(words[at : at + 30]) for at in range(0, len(words), 30)]
    return _written(blocks), _written(_shuffled(blocks, chance))


def moved_and_edited(size: int, chance: random.Random) -> Pair:
    paragraphs = _paragraphs(size, chance)
    edited = [" ".join(_edited(paragraph.split(), 0.1, chance)) for paragraph in paragraphs]
    return "\n".join(paragraphs), "\n".join(_shuffled(edited, chance))


def words_once_edited(size: int, chance: random.Random) -> Pair:
    fresh = _distinct(chance)
    words = list(islice(fresh, size // WORD))
    new = [next(fresh) if chance.random() < 0.05 else word for word in words]
    return " ".join(words), " ".join(new)


def words_once_shuffled(size: int, chance: random.Random) -> Pair:
    words = list(islice(_distinct(chance), size // WORD))
    return " ".join(words), " ".join(_shuffled(words, chance))


def words_once_reversed(size: int, chance: random.Random) -> Pair:
    words = list(islice(_distinct(chance), size // WORD))
    return " ".join(words), " ".join(reversed(words))


def disjoint(size: int, chance: random.Random) -> Pair:
    fresh = _distinct(chance)
    return " ".join(islice(fresh, size // WORD)), " ".join(islice(fresh, size // WORD))


def every_twentieth_in_common(size: int, chance: random.Random) -> Pair:
    fresh = _distinct(chance)
    words = list(islice(fresh, size // WORD))
    return " ".join(words), " ".join(next(fresh) if at % 20 else word for at, word in enumerate(words))


def one_word_repeated(size: int, chance: random.Random) -> Pair:
    count = size // len("hammer ")
    return "hammer " * count, "hammer " * (count - chance.randint(10, 1_000) % count)


def one_letter_words(size: int, chance: random.Random) -> Pair:
    old, new = (" ".join(chance.choices(LETTERS, k=size // 2)) for _ in range(2))
    return old, new


def shuffled_inside_lines(size: int, chance: random.Random) -> Pair:
    paragraphs = _paragraphs(size, chance)
    new = [" ".join(_shuffled(paragraph.split(), chance)) for paragraph in paragraphs]
    return "\n".join(paragraphs), "\n".join(new)


def signs(size: int, chance: random.Random) -> Pair:
    old, new = ("".join(chance.choices(SIGNS, k=size)) for _ in range(2))
    return old, new


def one_long_word(size: int, chance: random.Random) -> Pair:
    old, new = ("".join(chance.choices(LETTERS, k=size)) for _ in range(2))
    return old, new


def chinese_edited(size: int, chance: random.Random) -> Pair:
    old = chance.choices(CHINESE, k=size)
    return "".join(old), "".join(_edited(old, 0.05, chance))


def chinese_unrelated(size: int, chance: random.Random) -> Pair:
    old, new = ("".join(chance.choices(CHINESE, k=size)) for _ in range(2))
    return old, new


def repeated(unit: str) -> Callable[[int, random.Random], Pair]:
    """The same characters again and again, some fewer in the new text."""

    def texts(size: int, chance: random.Random) -> Pair:
        count = size // len(unit)
        return unit * count, unit * (count - chance.randint(1, count // 10))

    return texts


KINDS: dict[str, Callable[[int, random.Random], Pair]] = {
    "prose, 5 % edited": prose_edited(0.05),
    "prose, 30 % edited": prose_edited(0.3),
    "prose, paragraphs reordered": prose_reordered,
    "prose, blocks shuffled": blocks_shuffled,
    "prose, moved and edited": moved_and_edited,
    "words without repetition, edited": words_once_edited,
    "words without repetition, shuffled": words_once_shuffled,
    "words without repetition, reversed": words_once_reversed,
    "disjoint words": disjoint,
    "every twentieth word in common": every_twentieth_in_common,
    "one word repeated": one_word_repeated,
    "one-letter words": one_letter_words,
    "words shuffled inside lines": shuffled_inside_lines,
    "signs": signs,
    "one word of random letters": one_long_word,
    "Chinese, edited": chinese_edited,
    "Chinese, unrelated": chinese_unrelated,
    "one Chinese character repeated": repeated("水"),
    "line ends alone": repeated("\n"),
    "white space alone": repeated(" \t\u00a0\u3000"),
    "combining marks alone": repeated("\u0301\u0323"),
    "joined emoji": repeated(FAMILY),
}
