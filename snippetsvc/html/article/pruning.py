"""What goes from a whole page's article: what is called otherwise, and what neither words nor place speak for."""

from __future__ import annotations

import re
from collections.abc import Collection

from bs4 import Tag
from bs4.element import NavigableString

from snippetsvc.html.article.coverage import Coverage, has_words, tags_in
from snippetsvc.html.article.furniture import called, named_as, weakly_named_as
from snippetsvc.html.article.headline import SHOWN, is_heading
from snippetsvc.html.article.words import UNSEEN, Counts, Words, words_of
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import HEADINGS, attribute
from snippetsvc.html.tree import around, vanish
from snippetsvc.models import Did, NoticeKind

#: Of the article's words: what holds so many of them is no mere box, whatever it is called.
_BOX = 0.25
#: Words of prose that speak for what stands before the article's first word, and after its last one, where more
#: of other things follow.
_BEFORE, _AFTER = 15, 60
#: They go with their list, table or figure, never alone.
_PARTS = frozenset("li tr td th dt dd tbody thead tfoot colgroup col caption figcaption summary option".split())
#: What a text runs on in, from one paragraph to the next.
_RUNNING = ("p", "ul", "ol", "dl")
#: In these everything stays that has no name of its own.
_WHOLE = ("figure", "table", "pre")
_BLOCKS = frozenset(
    "article aside blockquote center div dl figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre search "
    "section table ul".split()
)
#: Inline elements in these stand for themselves, unless words stand beside them.
_CONTAINERS = frozenset("article aside body div footer form header main nav section".split())
#: Articles come in several of these, one like the other: the updates of a day, chapters.
_PIECES = frozenset({"article", "section"})
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip|epub)(?:[?#]|$)", re.IGNORECASE)
#: Links that are no way to somewhere else on the site: they are the article's.
_OFFERS = re.compile(r"(?<![a-z])(?:buttons?|btn|download|files?|attachments?|bookmark)(?![a-z])", re.IGNORECASE)
_CAPTION = re.compile(r"caption|cutline|legende?(?![a-z])|bildunterschrift|bildtext", re.IGNORECASE)


class Pruner:
    """Empties what is no part of the article in `root`, nor one of its notes.

    guesses: also what only the coverage speaks against.
    """

    def __init__(
        self, root: Tag, words: Words, coverage: Coverage, headline: Tag | None, notes: Collection[Tag], guesses: bool
    ) -> None:
        self._root, self._words, self._coverage, self._guesses = root, words, coverage, guesses
        self._above = set() if headline is None else {id(each) for each in (headline, *headline.parents)}
        self._notes = {id(note) for note in notes}
        self._above |= around(notes)
        self._total = max(1, coverage.of(root))
        self._first, self._last = coverage.edges(root)
        self._begins = self._first if headline is None else words.span(headline)[0]

    def prune(self, notices: Notices) -> None:
        self._walk(self._root, False, notices)
        if self._guesses:
            self._headings(notices)

    def _walk(self, element: Tag, whole: bool, notices: Notices) -> None:
        """whole: it is in something that nothing is guessed of."""
        children = [each for each in tags_in(element) if self._words.has(each)]
        covered = [each for each in children if self._coverage.of(each)]
        beside = any(each.name == "p" for each in covered)
        pieces = {_kind_of(each) for each in covered if _is_piece(each)}
        alone = element.name in _CONTAINERS and not has_words(element)
        continued = False
        for child in children:
            stays = whole or id(child) in self._notes or (_kind_of(child) in pieces and self._is_other_prose(child))
            judged = child.name in _BLOCKS or (alone and child.name not in _PARTS)
            if judged and id(child) not in self._above and (kind := self._kind_of(child, stays, beside, continued)):
                _drop(child, kind, notices)
                continued = False
            else:
                continued = continued or self._coverage.of(child) > 0
                self._walk(child, stays or child.name in _WHOLE, notices)

    def _kind_of(self, element: Tag, stays: bool, beside: bool, continued: bool) -> NoticeKind | None:
        """What an element is that goes; None for what stays.

        beside: paragraphs of the article stand beside it; continued: before it, and nothing else since.
        """
        counts, covered = self._words.counts(element), self._coverage.of(element)
        # What it is by its role or tag counts less than the words of the article in it.
        by = called if 2 * covered <= counts.words else named_as
        if covered < _BOX * self._total and (kind := by(element)) is not None:
            return kind
        if not self._guesses or stays or covered or not counts.words:
            return None
        runs_on = continued and not counts.linked and element.name in _RUNNING and not weakly_named_as(element)
        if runs_on and _has_words_beside_links(element):
            return None
        return self._guessed(element, counts, beside)

    def _guessed(self, element: Tag, counts: Counts, beside: bool) -> NoticeKind | None:
        """What an element is taken for of which the article has no word."""
        start, end = self._words.span(element)
        inside = self._first < start and end <= self._last
        follows = inside or (self._first < start and not self._coverage.asked)
        among = beside and follows and element.name in _RUNNING
        # Without the oracle nothing speaks against a line of the text that is a link.
        among |= element.name == "p" and not self._coverage.asked
        if among or (inside and counts.tables) or is_heading(element) or _is_offer(element, counts):
            return None
        if 2 * counts.linked > counts.words and not (inside and element.name not in _BLOCKS):
            return NoticeKind.RELATED
        if element.name == "form":
            return NoticeKind.CONTROL
        if not counts.embeds and not counts.quotes and (kind := weakly_named_as(element)):
            return kind
        if inside or counts.pictures or counts.embeds or counts.tables or counts.figures:
            return None
        # A line between the headline and the text says what follows.
        if (element.name == "p" and self._begins < start < self._first) or _CAPTION.search(attribute(element, "class")):
            return None
        return NoticeKind.OUTSIDE if counts.prose < (_AFTER if start > self._last else _BEFORE) else None

    def _is_other_prose(self, element: Tag) -> bool:
        counts = self._words.counts(element)
        return not self._coverage.of(element) and 2 * counts.linked <= counts.words

    def _headings(self, notices: Notices) -> None:
        """Headings that the article has no word of go where nothing follows them any more."""
        followed = False
        for element in reversed(self._root.find_all(True)):
            if element.name in HEADINGS:
                is_other = self._words.counts(element).words and not self._coverage.of(element)
                if is_other and not followed and id(element) not in self._above:
                    _drop(element, NoticeKind.OUTSIDE, notices)
                followed = False
            elif element.name in SHOWN or has_words(element):
                followed = True


def tell_rest(root: Tag, notices: Notices) -> None:
    """Tell of what stands around the root, which is left where it is."""
    inner = root
    for outer in root.parents:
        for child in tags_in(outer):
            rest: list[str] = []
            if child is not inner:
                _gather(child, rest, notices)
            if rest:
                notices.add(NoticeKind.OUTSIDE, Did.DROPPED, " ".join(rest))
        inner = outer


def _gather(element: Tag, rest: list[str], notices: Notices) -> None:
    """What stands in an element and in nothing that is called something."""
    if element.name in UNSEEN:
        return
    if kind := called(element):
        _tell(element, kind, notices)
        return
    for child in element.contents:
        if isinstance(child, Tag):
            _gather(child, rest, notices)
        elif type(child) is NavigableString and (said := child.strip()):
            rest.append(said)


def _drop(element: Tag, kind: NoticeKind, notices: Notices) -> None:
    _tell(element, kind, notices)
    vanish(element)


def _tell(element: Tag, kind: NoticeKind, notices: Notices) -> None:
    if said := element.get_text(" ", strip=True):
        notices.add(kind, Did.DROPPED, said)


def _is_piece(element: Tag) -> bool:
    return element.name in _PIECES or (element.name == "div" and attribute(element, "class") != "")


def _kind_of(element: Tag) -> tuple[str, str]:
    return element.name, attribute(element, "class")


def _has_words_beside_links(element: Tag) -> bool:
    own = (child for child in element.contents if type(child) is NavigableString)
    others = (child for child in tags_in(element) if not (child.name == "a" and child.has_attr("href")))
    return any(map(words_of, own)) or any(map(_has_words_beside_links, others))


def _is_offer(element: Tag, counts: Counts) -> bool:
    """Whether its link is a button, a card, a document or a picture: no way to other pages."""
    if element.name == "figure":
        return True
    if counts.pictures and counts.figures:
        image = element.find(("img", "amp-img"))
        link = None if image is None else image.find_parent("a")
        return image is not None and (link is None or _PICTURE.search(attribute(link, "href")) is not None)
    link = element if element.name == "a" else element.find("a")
    return (link is not None and _DOCUMENT.search(attribute(link, "href")) is not None) or any(
        _OFFERS.search(attribute(each, "class")) for each in (element, link) if each is not None
    )
