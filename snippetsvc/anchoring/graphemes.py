"""Where a user-perceived character begins: the rules of UAX #29, extended grapheme clusters, from `unicodedata`.

The standard library has no grapheme breaks, and a dependency for asking one question at the two ends of a span would
be out of proportion. Rules in their numbering: GB3 to GB9b and GB11 to GB13. The consonant conjuncts of GB9c are
kept together after a virama without asking which script it belongs to: too large a cluster is harmless here.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_SPACING_LETTERS = "\u0e33\u0eb3"
_PREPEND = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\u0890\u0891\U000110bd\U000110cd")
#: How far a cluster is followed; no real one is near it, and a heap of marks must not cost quadratic time.
_FAR = 256


def splits_cluster(text: str, offset: int) -> bool:
    """Whether `offset` (code points) lies inside a grapheme cluster of `text`."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before == "\r":
        return after == "\n"
    if before < "\x80" and after < "\x80":
        return False
    if _is_control(before) or _is_control(after):
        return False
    return (
        _extends(after)
        or before in _PREPEND
        or _joins_hangul(before, after)
        or (before == _JOINER and _is_pictograph(after) and _emoji_before(text, offset - 1))
        or (_is_regional(before) and _is_regional(after) and _odd_flags_before(text, offset))
        or (unicodedata.combining(before) == 9 and unicodedata.category(after) == "Lo")
    )


def cluster_start(text: str, offset: int) -> int:
    """The nearest cluster boundary at or before `offset`."""
    low = offset - _FAR
    while offset > low and splits_cluster(text, offset):
        offset -= 1
    return offset


def cluster_end(text: str, offset: int) -> int:
    """The nearest cluster boundary at or after `offset`."""
    high = offset + _FAR
    while offset < high and splits_cluster(text, offset):
        offset += 1
    return offset


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and not _extends(char) and char not in _PREPEND


def _extends(char: str) -> bool:
    code = ord(char)
    return (
        unicodedata.category(char)[0] == "M"
        or char in (_JOINER, _NON_JOINER)
        or char in _SPACING_LETTERS
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xFF9E <= code <= 0xFF9F
        or 0xE0020 <= code <= 0xE007F
    )


def _joins_hangul(before: str, after: str) -> bool:
    first, second = _hangul(before), _hangul(after)
    return (
        (first == "L" and second in ("L", "V", "LV", "LVT"))
        or (first in ("V", "LV") and second in ("V", "T"))
        or (first in ("T", "LVT") and second == "T")
    )


def _hangul(char: str) -> str:
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    return "T" if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB else ""


def _is_pictograph(char: str) -> bool:
    return char in "©®‼⁉™" or (ord(char) >= 0x2139 and unicodedata.category(char) in ("So", "Sm", "Cn"))


def _emoji_before(text: str, joiner: int) -> bool:
    """Whether a pictograph, with marks between, stands before the joiner at `joiner`."""
    at = joiner - 1
    while at > max(0, joiner - _FAR) and _extends(text[at]) and text[at] != _JOINER:
        at -= 1
    return at >= 0 and _is_pictograph(text[at])


def _is_regional(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _odd_flags_before(text: str, offset: int) -> bool:
    at = offset
    while at > max(0, offset - _FAR) and _is_regional(text[at - 1]):
        at -= 1
    return (offset - at) % 2 == 1
