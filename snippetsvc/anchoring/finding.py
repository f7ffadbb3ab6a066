"""Quotes found again in a text whose history is not known: the same stages, on the quote with its context."""

from __future__ import annotations

from dataclasses import replace

from snippetsvc.anchoring.comparing import compared
from snippetsvc.anchoring.pair import EVIDENCE, Pair
from snippetsvc.anchoring.stage1_words import words_of
from snippetsvc.anchoring.stage6_place import Marked, segment_of
from snippetsvc.anchoring.stage7_ends import place_of, span_of
from snippetsvc.models import Span
from snippetsvc.text.selectors import TextQuoteSelector


def found(text: str, quote: TextQuoteSelector) -> Span | None:
    """The place of `quote` in `text`; None when there is none, or none that is clear.

    The floor: its words say, with the context, as much as a match anywhere in the text must. The margin: what is found
    where these words may not stand says less, by as much as makes a match no chance.
    """
    olds, news = words_of(quote.prefix + quote.exact + quote.suffix), words_of(text)
    pair = Pair(olds, news, excerpt=True)
    span = Span(len(quote.prefix), len(quote.prefix) + len(quote.exact))
    marked = Marked.of(pair, span)
    place = place_of(pair, marked, compared(pair)) if marked else None
    if marked is None or place is None or (place.matches and place.score < pair.anywhere):
        return None
    keys = list(news.keys)
    keys[place.words.start : place.words.stop] = [f"\0{at}" for at in place.words]
    other_pair = Pair(olds, replace(news, keys=keys), excerpt=True)
    other = segment_of(other_pair, marked, compared(other_pair))
    return None if other is not None and other.score > place.score - EVIDENCE else span_of(pair, marked, place)
