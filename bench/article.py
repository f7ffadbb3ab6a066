"""The article that is measured: about 5,000 words, made of syllables, with the mark-up of a real one."""

from __future__ import annotations

from random import Random

WORDS = 5_000
SNIPPETS = 5
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu".split()


def page(random: Random) -> str:
    """A whole HTML page; the same one for the same seed."""
    vocabulary = ["".join(random.choices(_SYLLABLES, k=random.randint(1, 4))) for _ in range(900)]
    sections = []
    words = 0
    while words < WORDS:
        sections.append(f"<h2>{' '.join(random.choices(vocabulary, k=4)).title()}</h2>")
        for _ in range(5):
            sentence = random.choices(vocabulary, k=70)
            words += len(sentence)
            sentence[10] = f"<strong>{sentence[10]}</strong>"
            sentence[30] = f'<a href="https://example.org/{words}">{sentence[30]} {sentence[31]}</a>'
            sentence[50] += " &amp; more,"
            sections.append(f"<p>{' '.join(sentence).capitalize()}.</p>")
        items = "".join(f"<li>{' '.join(random.choices(vocabulary, k=5))}</li>" for _ in range(4))
        words += 20
        sections.append(f"<ul>{items}</ul>")
    body = "\n".join(sections)
    return f'<!doctype html><html lang="en"><title>A benchmark</title><article><h1>A benchmark</h1>{body}</article>'


def five_spans(text: str) -> list[tuple[int, int]]:
    """Five snippets, spread over the text, of one word to some sentences: `[start, end)` in code points."""
    spans = []
    for number, length in enumerate((12, 40, 90, 250, 700)):
        start = text.index(" ", len(text) * (2 * number + 1) // (2 * SNIPPETS)) + 1
        spans.append((start, text.index(" ", start + length)))
    return spans
