"""Two folds: a wide one, by which words of two texts are linked, and a narrow one, by which the status is told.

What the wide one passes over links a mark with its words, and shows as `changed`: capitals, widths, vowel signs.
What the narrow one passes over is typography, which no reader takes for another wording: `intact`.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

import regex

_APOSTROPHES = "'’‘‚‛ʼ＇′`´"
_QUOTES = '"“”„‟«»‹›″‵‶「」『』〝〞〟﹁﹂﹃﹄｢｣＂⹂'
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
_SIGNS = {**dict.fromkeys(_APOSTROPHES + _QUOTES, "'"), **dict.fromkeys(_DASHES, "-")}

_WIDE = str.maketrans(_SIGNS)
_NARROW = str.maketrans({**_SIGNS, "\u00ad": "", "\u200b": " ", "…": "..."})
#: What cannot be seen, and the vowel signs that Hebrew and Arabic are written with or without.
_UNSEEN = regex.compile(r"(?V1)[\p{Cf}\ufe00-\ufe0f\u0640[\p{M}&&[\u0591-\u0670]]]")
_RUN = regex.compile(r"(['\-])\1+")
#: More marks in a row than any text has (UAX 15, stream-safe text): to put heaps of them in order takes quadratic time.
_HEAP = regex.compile(r"\p{M}{31}")
#: Where a line may break between any two characters, so that its end is no space.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}、。（），！？]"
_NO_SPACE = regex.compile(rf" ?([-'])(?: ?\1)* ?|(?<={_UNSPACED}) | (?={_UNSPACED})")
_SPACES = regex.compile(r"\s+")


def linked(word: str) -> str:
    """`word` as texts are linked by it: capitals, widths, ligatures, vowel signs, quotes, dashes make no difference."""
    if word.isascii() and word.isalnum():
        return word.lower()
    folded = _normal("NFKC", word).casefold().translate(_WIDE)
    return _RUN.sub(r"\1", _UNSEEN.sub("", folded)) or word


def same_words(old: str, new: str) -> bool:
    """Whether a reader would call `old` and `new` the same words (the rule of the status `intact`).

    White space counts as one space, but nothing beside a dash, a quotation mark or a character of an unspaced script,
    where it is typography or a line's end. Canonically equivalent spellings are the same words.
    """
    return old == new or _narrow(old) == _narrow(new)


def _narrow(text: str) -> str:
    plain = _SPACES.sub(" ", _normal("NFC", text.translate(_NARROW)))
    return _NO_SPACE.sub(r"\1", plain).strip()


def _normal(form: Literal["NFC", "NFKC"], text: str) -> str:
    return text if _HEAP.search(text) else unicodedata.normalize(form, text)
