"""Where the snippets of a request stand in a text: what was sent as selectors, as spans."""

from __future__ import annotations

from snippetsvc import anchoring
from snippetsvc.errors import Invalid
from snippetsvc.models import Span
from snippetsvc.text.selectors import Selector, TextPositionSelector, TextQuoteSelector

#: How much one request may have looked for that does not stand in the text word for word, in code points of text that
#: are gone through: some seconds of work, whoever asks for it.
_BUDGET = 3_000_000


class Placing:
    """Places on `text`. `approximately`: quotes may differ from its words a little, as long as there is no doubt."""

    def __init__(self, text: str, *, approximately: bool) -> None:
        self._text = text
        self._left = _BUDGET if approximately else 0
        self._known: dict[TextQuoteSelector, Span | Invalid] = {}

    def span(self, selectors: tuple[Selector, ...]) -> Span:
        """Where a snippet stands. Raises `Invalid`, its pointers below the snippet."""
        quote: TextQuoteSelector | None = None
        position: TextPositionSelector | None = None
        at = 0
        for index, selector in enumerate(selectors):
            if isinstance(selector, TextQuoteSelector):
                quote = selector
            else:
                position, at = selector, index
        if position is not None:
            return self._at(position, quote, f"/selectors/{at}")
        if quote is None:
            raise ValueError("a snippet without a selector")
        # Looking for words may take long, and a request may ask for the same ones a thousand times.
        known = self._known.get(quote)
        if known is None:
            try:
                known = self._found(quote)
            except Invalid as error:
                known = error
            self._known[quote] = known
        if isinstance(known, Invalid):
            raise known
        return known

    def _found(self, quote: TextQuoteSelector) -> Span:
        places = anchoring.exact_places(self._text, quote)
        if len(places) == 1:
            return places[0]
        if places:
            detail = f"the quote fits {len(places)} places: more context is needed"
            raise Invalid.one("/selectors/0", "ambiguous", detail)
        return self._approximate(quote)

    def _at(self, position: TextPositionSelector, quote: TextQuoteSelector | None, at: str) -> Span:
        if position.end > len(self._text):
            detail = f"the revision's text ends at {len(self._text)}, before {position.end}"
            raise Invalid.one(at, "outside", detail)
        span = Span(position.start, position.end)
        words = span.of(self._text)
        if not words.strip():
            raise Invalid.one(at, "blank", "the position holds white space only")
        if quote is not None and words != quote.exact:
            raise Invalid.one(at, "mismatch", "the words at the position are not the quote")
        return span

    def _approximate(self, quote: TextQuoteSelector) -> Span:
        self._left -= len(self._text) + len(quote.prefix) + len(quote.exact) + len(quote.suffix)
        found = anchoring.anchor(self._text, [quote]) if self._left >= 0 else None
        if found is None:
            raise Invalid.one("/selectors/0", "nowhere", "the quote fits nowhere in the revision's text")
        return found
