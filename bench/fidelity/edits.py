"""What editors do to an article, one function a kind; each takes and gives a traced text (moves: `moves.py`)."""

from __future__ import annotations

import re

from bench.fidelity.changes import (
    Case,
    Edit,
    moved,
    other_words,
    paragraph_at,
    some_sentences,
    some_words,
    unspaced,
    with_typos,
    with_words_replaced,
    without,
    without_paragraph,
)
from bench.fidelity.traced import Traced, joined
from snippetsvc.models import Span

#: Which share of a quote's letters goes where one end of it is rewritten. Less is a typo; of more, readers disagree.
END_SHARE = (0.08, 0.28)


def nothing(case: Case) -> Traced:
    return case.text


def inserted_above(case: Case) -> Traced:
    text, rng = case.text, case.random
    above = [at for at in text.paragraphs() if at.start <= case.quote.start]
    place = rng.choice(above).start
    new = "".join(some_sentences(case, rng.randint(1, 6)))
    return text.replaced(place, place, Traced.foreign(new + "\n"))


def typos(rate: float) -> Edit:
    """Typos in the quote: each letter with the probability `rate`, at least one."""

    def edit(case: Case) -> Traced:
        return with_typos(case, case.text, case.quote, rate)

    return edit


def words_replaced(rate: float) -> Edit:
    """Words of the quote replaced by others: that share of them, at least one."""

    def edit(case: Case) -> Traced:
        return with_words_replaced(case, case.text, case.quote, rate)

    return edit


def end_rewritten(case: Case) -> Traced:
    """8 to 28 % of the quote's letters, in whole words at one end of it, written anew: other words, more or fewer.

    What came instead may be marked or not. Where no end of the quote has that share in whole words (most quotes of one
    or two words), up to three words beside it are written anew, and the quote itself stays.
    """
    text, quote, rng = case.text, case.quote, case.random
    words = text.whole_words(quote)
    ends = [end for count in range(1, len(words)) for end in (words[:count], words[-count:])]
    ends = [end for end in ends if END_SHARE[0] <= _share(text, quote, end) <= END_SHARE[1]]
    if not ends:
        paragraph = text.paragraphs()[case.paragraph()]
        outside = [word for word in text.words(paragraph.start, paragraph.end) if word not in words]
        before = [word for word in outside if word.end <= quote.start][-rng.randint(1, 3) :]
        after = [word for word in outside if word.start >= quote.end][: rng.randint(1, 3)]
        ends = [beside for beside in (before, after) if beside]
    if not ends:
        return text
    old = rng.choice(ends)
    new = some_words(case, max(1, len(old) + rng.randint(-2, 2)))
    return text.replaced(old[0].start, old[-1].end, _inside(text, quote, old).rewritten(new))


def _share(text: Traced, quote: Span, words: list[Span]) -> float:
    """Which share of the quote's letters is in those words."""
    return sum(map(str.isalnum, _inside(text, quote, words).text)) / sum(map(str.isalnum, quote.of(text.text)))


def _inside(text: Traced, quote: Span, words: list[Span]) -> Traced:
    """What of those words is in the quote."""
    return text.part(max(words[0].start, quote.start), min(words[-1].end, quote.end))


def typography(case: Case) -> Traced:
    """Straight quotation marks made curly, hyphens between words dashes, spaces before short words no-break ones."""
    parts: list[Traced] = []
    text, opened = case.text, False
    for at, char in enumerate(text.text):
        piece = text.part(at, at + 1)
        if char in '"“”':
            opened = not opened
            piece = piece.standing_for("«" if opened else "»")
        elif char in "'’":
            piece = piece.standing_for("’" if char == "'" else "'")
        elif char in "-–—":
            piece = piece.standing_for({"-": "\u2011", "–": "—", "—": "–"}[char])
        elif char == " " and case.random.random() < 0.3:
            piece = piece.standing_for("\u00a0")
        elif char in "「」":
            piece = piece.standing_for({"「": "『", "」": "』"}[char])
        parts.append(piece)
    return joined(parts)


def split_or_joined(case: Case) -> Traced:
    """Blocks and line breaks put in and taken out around and inside the quote."""
    text, rng = case.text, case.random
    paragraph = text.paragraphs()[case.paragraph()]
    ends = [sentence.end for sentence in text.sentences(paragraph.start, paragraph.end)][:-1]
    spaces = [at for at in range(case.quote.start + 1, case.quote.end - 1) if text.text[at] == " "]
    for place in sorted({*ends[::2], *rng.sample(spaces, min(1, len(spaces)))}, reverse=True):
        if text.text[place - 1] == " ":
            place -= 1
        after = place + 1 if text.text[place] == " " else place
        text = text.replaced(place, after, text.part(place, after).standing_for("\n"))
    if paragraph.start and rng.random() < 0.5:
        text = text.replaced(paragraph.start - 1, paragraph.start, Traced.foreign(" "))
    return text


def context_rewritten(case: Case) -> Traced:
    """60 to 150 characters on both sides of the quote written anew, in other words, more or fewer."""
    text, rng = case.text, case.random
    start, end = case.quote.start, case.quote.end
    before = [word for word in text.words() if word.end <= start and word.start >= start - rng.randint(60, 150)]
    after = [word for word in text.words() if word.start >= end and word.end <= end + rng.randint(60, 150)]
    for words in (after, before):
        if words:
            new = other_words(case, max(1, len(words) + rng.randint(-4, 4)))
            text = text.replaced(words[0].start, words[-1].end, Traced.foreign(new))
    return text


def quote_deleted(case: Case) -> Traced:
    return without(case.text, case.quote)


def paragraph_deleted(case: Case) -> Traced:
    return without_paragraph(case.text, case.paragraph())


def edited_beside_twin(case: Case) -> Traced:
    """The quote edited by a fifth, and, unedited, put in elsewhere."""
    rng = case.random
    twin = case.quote.of(case.text.text)
    change = with_typos if rng.random() < 0.5 else with_words_replaced
    edited = change(case, case.text, case.quote, 0.2)
    gaps = [span.start for span in edited.words() if abs(span.start - case.quote.start) > len(case.quote) + 300]
    place = rng.choice(gaps)
    spaced = "" if unspaced(twin) else " "
    return edited.replaced(place, place, Traced.foreign(twin + spaced))


def one_of_three_deleted(case: Case) -> Traced:
    """The text has the quote three times (see `with_twins`); one of them goes, in half the trials the marked one."""
    quote = case.quote.of(case.text.text)
    places = [Span(match.start(), match.end()) for match in re.finditer(re.escape(quote), case.text.text)]
    others = [place for place in places if place != case.quote]
    return without(case.text, case.quote if case.random.random() < 0.5 or not others else case.random.choice(others))


def with_twins(case: Case) -> Case:
    """The same trial on a text in which the quote stands three times from the beginning."""
    text, rng = case.text, case.random
    quote = case.quote.of(text.text)
    gaps = [span.start for span in text.words() if abs(span.start - case.quote.start) > len(quote) + 60]
    spaced = "" if unspaced(quote) else " "
    new = text.text
    start = case.quote.start
    for place in sorted(rng.sample(gaps, 2), reverse=True):
        new = new[:place] + quote + spaced + new[place:]
        if place < start:
            start += len(quote + spaced)
    return Case(Traced.original(new), Span(start, start + len(quote)), case.stock, case.letters, rng)


def mixed(case: Case, text: Traced) -> Traced:
    """One revision of a busy article: one or two edits, a third of them in the quote's paragraph."""
    rng = case.random
    for _ in range(rng.randint(1, 2)):
        paragraphs = text.paragraphs()
        place = text.successor(case.quote)
        near = place is not None and rng.random() < 0.33
        index = paragraph_at(text, place.start) if place and near else rng.randrange(len(paragraphs))
        paragraph = paragraphs[index]
        kind = rng.choices(
            ("typos", "words", "insert", "move", "sentence out", "sentence anew", "paragraph out"),
            (4, 4, 4, 2, 2, 2, 0.5),
        )[0]
        if len(paragraph) < 2:
            continue
        sentence = rng.choice(text.sentences(paragraph.start, paragraph.end))
        if kind == "typos":
            text = with_typos(case, text, paragraph, 0.02)
        elif kind == "words":
            text = with_words_replaced(case, text, paragraph, 0.1)
        elif kind == "insert":
            new = "".join(some_sentences(case, rng.randint(1, 2)))
            text = text.replaced(sentence.start, sentence.start, Traced.foreign(new))
        elif kind == "move":
            text = moved(case, text, index)
        elif kind == "sentence out":
            text = text.replaced(sentence.start, sentence.end, Traced.foreign(""))
        elif kind == "sentence anew":
            text = text.replaced(sentence.start, sentence.end, Traced.foreign("".join(some_sentences(case, 1))))
        elif len(paragraphs) > 5:
            text = without_paragraph(text, index)
    return text
