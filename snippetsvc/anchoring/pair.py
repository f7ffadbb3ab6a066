"""Two texts side by side: their words as numbers, and what it says to meet a word again.

**Information** is the only weight: a word says the logarithm of all words over how often it stands in both texts, in
nats. In the same unit words passed over are paid for, and chance is told from meaning.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from copy import copy
from itertools import accumulate, count

from snippetsvc.anchoring.stage1_words import LINE_END, Words

#: Nats, for each word passed over: in a text that is being edited a word is inserted or deleted as likely as not.
PASSED = math.log(2)
#: Nats, above which a match in a known place is no chance: one in 150.
EVIDENCE = 5.0
#: Words that a text is thought to be a part of: in a short one each stands once, and none would be rare for it.
BACKGROUND = 300
#: Share of its information that a sign keeps: signs follow from the words around them.
PUNCTUATION = 0.2
#: Share that a character keeps where no spaces are written: about two make a word, and tell each other.
CHARACTER = 0.55
#: The first of these scripts in Unicode's order, Thai; single letters of those after it are characters of such scripts.
_UNSPACED = "\u0e00"


class Pair:
    """a, b: the words of the old and of the new text as numbers; equal numbers are equal words.

    By number: `keys`, what the word is linked by; `words`, whether it is one, not a sign; `information`, nats.
    excerpt: the old text is part of a longer one, so that nothing is known of what stands beside it.
    anywhere: nats, above which a match that could be anywhere in the text is no chance.
    """

    def __init__(self, old: Words, new: Words, *, excerpt: bool = False) -> None:
        self.old, self.new, self.excerpt = old, new, excerpt
        numbers: dict[str, int] = defaultdict(count().__next__)
        self.a = list(map(numbers.__getitem__, old.keys))
        self.b = list(map(numbers.__getitem__, new.keys))
        self.keys = [*numbers, ""]  # the last one is that of no word
        self.places = array("i", range(max(len(self.a), len(self.b))))
        self.line_end = numbers.get(LINE_END, -1)
        self.words = [key[:1].isalnum() for key in self.keys]
        counts = Counter(self.a)
        counts.update(self.b)
        size = len(self.a) + len(self.b) + BACKGROUND
        self.information = [
            math.log(1 + size / max(1, counts[number])) * _share(key, is_word)
            for number, (key, is_word) in enumerate(zip(self.keys, self.words, strict=True))
        ]
        self.anywhere = EVIDENCE + math.log(1 + size)
        self._sums = array("d", accumulate(map(self.information.__getitem__, self.a), initial=0.0))

    def without(self, news: Iterable[range]) -> Pair:
        """The same, with nothing in the place of these new words."""
        other = copy(self)
        other.b = list(self.b)
        for words in news:
            other.b[words.start : words.stop] = [len(self.keys) - 1] * len(words)
        return other

    def said(self, start: int, end: int) -> float:
        """The information of old words `[start, end)`, in nats."""
        return self._sums[end] - self._sums[start]


def _share(key: str, is_word: bool) -> float:
    if not is_word:
        return PUNCTUATION
    return CHARACTER if len(key) == 1 and key >= _UNSPACED else 1.0
