"""Quotes with their context: made from a span, and found again in a text."""

from __future__ import annotations

from collections.abc import Sequence

from snippetsvc.anchoring.finding import found
from snippetsvc.models import Span
from snippetsvc.text.graphemes import cluster_end, cluster_start
from snippetsvc.text.selectors import Selector, TextPositionSelector, TextQuoteSelector

#: Characters of context on each side, as other tools of the field write them (Hypothesis, Apache Annotator).
CONTEXT = 32


def describe(text: str, span: Span) -> list[Selector]:
    """The selectors that name `span` of `text`: its position, and its words with context.

    The context is `CONTEXT` characters on each side, some more where that would cut a grapheme cluster, less at the
    ends of the text.
    """
    if span.end > len(text):
        raise ValueError(f"[{span.start}, {span.end}) is outside the text of {len(text)}")
    before = cluster_start(text, max(0, span.start - CONTEXT))
    after = cluster_end(text, min(len(text), span.end + CONTEXT))
    quote = TextQuoteSelector(span.of(text), text[before : span.start], text[span.end : after])
    return [TextPositionSelector(span.start, span.end), quote]


def exact_places(text: str, quote: TextQuoteSelector) -> list[Span]:
    """Where the words of `quote` stand in `text`, character by character, in order.

    Where they stand more than once, only places whose context agrees: all of the prefix and the suffix that is
    given, or, when no place agrees in both, those that agree in one of them if that leaves any.
    """
    places: list[Span] = []
    at = text.find(quote.exact) if quote.exact else -1
    while at >= 0:
        places.append(Span(at, at + len(quote.exact)))
        at = text.find(quote.exact, at + 1)
    if len(places) < 2:
        return places
    fits = {place: _fits(text, place, quote) for place in places}
    return [place for place in places if all(fits[place])] or [place for place in places if any(fits[place])] or places


def _fits(text: str, place: Span, quote: TextQuoteSelector) -> tuple[bool, bool]:
    """Whether the prefix, and whether the suffix, stand beside a place."""
    return text.endswith(quote.prefix, 0, place.start), text.startswith(quote.suffix, place.end)


def anchor(text: str, selectors: Sequence[Selector]) -> Span | None:
    """Where `selectors` point to in a text that may have been edited since; None: nowhere, or not clear enough.

    A quote decides: word for word with its context, then approximately, and never when two places are about equally
    good. A position beside it says which of several exact places is meant; alone it is taken at its word.
    """
    quote = next((item for item in selectors if isinstance(item, TextQuoteSelector)), None)
    position = next((item for item in selectors if isinstance(item, TextPositionSelector)), None)
    if quote is None:
        return Span(position.start, position.end) if position is not None and position.end <= len(text) else None
    exact = exact_places(text, quote)
    if position is not None and (meant := Span(position.start, position.end)) in exact:
        return meant
    whole = [place for place in exact if all(_fits(text, place, quote))]
    return whole[0] if len(whole) == 1 else found(text, quote)
