"""The article that tests mark, and how a request names its words."""

from __future__ import annotations

HTML = (
    "<h1>Harbour opens</h1><p>The new harbour opens on Monday. The old harbour closes.</p>"
    "<p>Ferries 🚢 sail at noon, and at six.</p>"
)
TEXT = "Harbour opens\nThe new harbour opens on Monday. The old harbour closes.\nFerries 🚢 sail at noon, and at six."


def at(words: str, nth: int = 0) -> dict[str, object]:
    """The position of the `nth` time that `words` stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"type": "TextPositionSelector", "start": start, "end": start + len(words)}


def quoted(exact: str, **context: str) -> dict[str, object]:
    return {"type": "TextQuoteSelector", "exact": exact, **context}


def marked(*selectors: object, **more: object) -> dict[str, object]:
    return {"selectors": list(selectors), **more}
