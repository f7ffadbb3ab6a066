"""A text as words: what the comparison of two texts counts in.

A word is a run of letters, digits and their marks, with apostrophes inside; in scripts that put no space between
words (Han, Kana, Thai, …) each character with its marks is one; every other visible character is a word of its own,
but for runs of dashes or dots and joined emoji, which count as one. White space belongs to no word. Two words are the
same word when their keys are equal: quotation marks, apostrophes and dashes folded, soft hyphens and other invisible
format characters left out, canonically equivalent spellings (NFC) alike. Offsets are code points.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

#: Scripts written without spaces between words, as ranges of code points (Unicode blocks).
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19FF),  # Tai Le, New Tai Lue, Khmer symbols
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x30FF),  # Kana
    (0x3100, 0x312F),  # Bopomofo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han
    (0xA000, 0xA4CF),  # Yi
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFF),
)
_APOSTROPHES = "'’ʼ＇"
_QUOTES = '"`´‘‚‛“”„‟«»‹›′″‵‶「」『』〝〞〟﹁﹂﹃﹄｢｣＂⹂'
_DASHES = "−"
_DOTS = ".…"
_STOPS = ".!?…。！？"
_SARA_AM = "\u0e33\u0eb3"  # letters by category, but never apart from the one before them
_ZERO_WIDTH_SPACE = "\u200b"
_JOINER = "\u200d"

WORD, SINGLE, MARK, SPACE, OTHER = "w", "c", "m", "s", "p"


def _class_of(char: str) -> str:
    """The letter that stands for `char` in the class string which `_TOKEN` is matched against."""
    code = ord(char)
    category = unicodedata.category(char)
    if char.isspace() or char == _ZERO_WIDTH_SPACE:
        return SPACE
    if char == _JOINER:
        return "j"
    if category[0] == "M" or category == "Cf" or char in _SARA_AM or 0x1F3FB <= code <= 0x1F3FF:
        return MARK
    if char in _APOSTROPHES:
        return "a"
    if char in _DOTS:
        return "o"
    if category == "Pd" or char in _DASHES:
        return "d"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "r"
    if category[0] in "LN" or category in ("Pc", "Co"):
        return SINGLE if any(low <= code <= high for low, high in _UNSPACED) else WORD
    return OTHER


class _Table(dict[int, str]):
    """A table for `str.translate` that fills itself; the characters of real texts are few."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _class_of(chr(code))
        return value


_CLASSES = _Table()
_TOKEN = re.compile(r"w[wmj]*(?:am*w[wmj]*)*|c[mj]*|rr?[mj]*|d[dm]*|o[om]*|[ap]m*(?:jpm*)*j?|[mj]+")
_FOLD = {ord(char): "'" for char in _APOSTROPHES + _QUOTES}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def classes(text: str) -> str:
    """One letter for each character of `text`: `w` letter, `c` character of an unspaced script, `s` space, …"""
    return text.translate(_CLASSES)


@dataclass(frozen=True)
class Words:
    """The words of one text, in order.

    starts, ends: where each begins and ends (code points, half-open); keys: what each is compared by;
    kinds: one letter for each, WORD, SINGLE, or another for punctuation and symbols.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    kinds: str

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def breaks(self) -> list[int]:
        """For each word how strong a boundary stands before it: 3 line, 2 sentence, 1 other mark, 0 none."""
        strengths: list[int] = []
        end, previous = 0, "\n"
        for start, stop, kind in zip(self.starts, self.ends, self.kinds, strict=True):
            gap = self.text[end:start]
            if "\n" in gap or not strengths:
                strengths.append(3)
            elif previous in _STOPS and kind in (WORD, SINGLE):
                strengths.append(2)
            else:
                strengths.append(int(previous in ",;:–—-、，" and kind in (WORD, SINGLE)))
            end, previous = stop, self.text[stop - 1]
        return strengths

    def bounded(self, start: int, end: int) -> bool:
        """Whether the words `[start, end)` are whole sentences or lines, be it without their last full stop."""
        closed = end == len(self) or self.breaks[end] >= 2 or self.text[self.starts[end]] in _STOPS
        return closed and self.breaks[start] >= 2


def words_of(text: str) -> Words:
    """Split `text` into words. Linear in its length."""
    shapes = classes(text)
    spans = [match.span() for match in _TOKEN.finditer(shapes)]
    folded = text.translate(_FOLD)
    keys = [folded[start:end] for start, end in spans]
    kinds = "".join([shapes[start] for start, _ in spans])
    if "d" in kinds or "o" in kinds:
        keys = [_run_key(key, kind) for key, kind in zip(keys, kinds, strict=True)]
    if _INVISIBLE.search(text):
        keys = [_INVISIBLE.sub("", key) or key for key in keys]
    if not unicodedata.is_normalized("NFC", text):
        keys = [unicodedata.normalize("NFC", key) for key in keys]
    return Words(text, [start for start, _ in spans], [end for _, end in spans], keys, kinds)


def _run_key(key: str, kind: str) -> str:
    if kind == "d":
        return "-"
    if kind == "o":
        return "." if key == "." else "…"
    return key


_DASH_RUN = re.compile(r"\s*-+\s*")
_QUOTE_RUN = re.compile(r"\s*'+\s*")
_SPACES = re.compile(r"\s+")
_UNSPACED_CLASS = "[\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff00-\uffef]"
_AFTER_UNSPACED = re.compile(rf"(?<={_UNSPACED_CLASS})\s+")
_BEFORE_UNSPACED = re.compile(rf"\s+(?={_UNSPACED_CLASS})")


class _StatusTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = _class_of(char)
        value = " " if kind == SPACE else "-" if kind == "d" else "'" if code in _FOLD else char
        value = self[code] = "" if char == "\u00ad" else value
        return value


_STATUS_FOLD = _StatusTable()


def folded(text: str) -> str:
    """`text` as the status `intact` compares it: white space, soft hyphens, quotation marks and dashes folded.

    White space counts as one space, but nothing beside a dash, a quotation mark or a character of an unspaced
    script, where it is typography or a line's end. Canonically equivalent spellings are the same words.
    """
    plain = unicodedata.normalize("NFC", text.translate(_STATUS_FOLD))
    plain = _QUOTE_RUN.sub("'", _DASH_RUN.sub("-", plain))
    plain = _BEFORE_UNSPACED.sub("", _AFTER_UNSPACED.sub("", plain))
    return _SPACES.sub(" ", plain).strip()


def same_words(old: str, new: str) -> bool:
    """Whether a reader would call `old` and `new` the same words (the rule of the status `intact`)."""
    return old == new or folded(old) == folded(new)
