"""Passages that editors move, and edit on the way: a function a kind."""

from __future__ import annotations

from bench.fidelity.changes import Case, moved, unspaced, with_typos, with_words_replaced
from bench.fidelity.traced import Traced
from snippetsvc.models import Span

#: Which share of a quote's words stays at least where its sentence is moved and edited: of "the ship" made "the
#: train" elsewhere nobody could say that it is meant.
KEPT_SHARE = 0.75


def paragraph_moved(case: Case) -> Traced:
    return moved(case, case.text, case.paragraph())


def halves_swapped(case: Case) -> Traced:
    text = case.text
    paragraphs = text.paragraphs()
    middle = paragraphs[len(paragraphs) // 2].start
    return text.part(middle) + Traced.foreign("\n") + text.part(0, middle - 1)


def paragraph_moved_and_edited(case: Case) -> Traced:
    """Moved, every tenth word of it replaced, and a typo in every fiftieth letter."""
    paragraph = case.text.paragraphs()[case.paragraph()]
    edited = with_words_replaced(case, case.text, paragraph, 0.1)
    return moved(case, with_typos(case, edited, edited.paragraphs()[case.paragraph()], 0.02), case.paragraph())


def sentence_moved_and_edited(case: Case) -> Traced:
    """The sentences that the quote touches put between two others elsewhere, edited as a moved paragraph is.

    A line that they fill, such as a heading, is put between two lines; fewer than five words get typos only. At least
    three quarters of the quote's words stay, those at its ends among them, but for typos.
    """
    text, quote, rng = case.text, case.quote, case.random
    paragraph = text.paragraphs()[case.paragraph()]
    sentences = text.sentences(paragraph.start, paragraph.end)
    touched = [sentence for sentence in sentences if sentence.start < quote.end and quote.start < sentence.end]
    start, end = touched[0].start, touched[-1].end
    piece = text.part(start, start + len(text.text[start:end].rstrip()))
    lines = text.paragraphs()
    if (start, end) == (paragraph.start, paragraph.end):
        gone = Span(start, end + 1) if end < len(text) else Span(start - 1, end)
        gaps, space = [line.start for line in lines], "\n"
    else:
        gone = Span(len(text.text[:start].rstrip()) if end == paragraph.end else start, end)
        gaps = [sentence.start for line in lines for sentence in text.sentences(line.start, line.end)[1:]]
        space = "" if unspaced(piece.text) else " "
    place = rng.choice([gap for gap in gaps if not gone.start <= gap <= gone.end])

    own = [Span(word.start - start, word.end - start) for word in text.whole_words(quote)]
    replaceable = rng.sample(own[1:-1], min(len(own[1:-1]), int(len(own) * (1 - KEPT_SHARE))))
    spared = [word for word in own if word not in replaceable]
    if len(piece.words()) >= 5:
        piece = with_words_replaced(case, piece, Span(0, len(piece)), 0.1, spared=spared)
    piece = with_typos(case, piece, Span(0, len(piece)), 0.02) + Traced.foreign(space)
    for at, after, new in sorted([(gone.start, gone.end, Traced.foreign("")), (place, place, piece)], reverse=True):
        text = text.replaced(at, after, new)
    return text
