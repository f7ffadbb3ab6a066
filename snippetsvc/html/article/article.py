"""A document's tree -> the element that is its article, without what is none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bs4 import Tag

from snippetsvc.html.article import oracle
from snippetsvc.html.article.coverage import Coverage, by_oracle, by_structure
from snippetsvc.html.article.headline import headline_of, leading_heading
from snippetsvc.html.article.notes import notes_in
from snippetsvc.html.article.pruning import Pruner, tell_rest
from snippetsvc.html.article.root import root_of, with_notes
from snippetsvc.html.article.way import followed, selected, way_to
from snippetsvc.html.article.words import Words
from snippetsvc.html.notices import Notices
from snippetsvc.html.source.page import Page
from snippetsvc.models import Did, NoticeKind


@dataclass(frozen=True, slots=True)
class Article:
    """root: what holds the article; headline: its heading in `root`, if any; way: how the root was found, if it was."""

    root: Tag
    headline: Tag | None
    way: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """How an article is looked for.

    selector: what the publisher says holds it; way: how it was found in the revision before; oracle: whether the
    extractor is asked, and phase: told when it is begun (True) and ended (False), for it may take long.
    """

    selector: str | None = None
    way: str | None = None
    oracle: bool = True
    phase: Callable[[bool], None] = lambda _: None


def article_in(page: Page, markup: str, titles: Sequence[str], search: Search, notices: Notices) -> Article:
    """The article of a page, which is changed: a fragment is taken whole.

    Raises `Invalid` (pointer `/selector`) when a selector names nothing.
    """
    if not page.whole:
        root = page.tree if search.selector is None else selected(search.selector, page.tree)
        return Article(root, headline_of(root, titles) or leading_heading(root), None)
    body = _framed(page)
    if search.selector is not None:
        root = selected(search.selector, page.tree)
        words, headline = Words(root), headline_of(root, titles)
        tell_rest(root, notices)
        # What is named is not guessed at.
        notes = [note for _, note in notes_in(root, root, headline)]
        Pruner(root, words, by_structure(words, root, headline), headline, notes, guesses=False).prune(notices)
        return _titled(root, headline, titles, None)
    words, headline = Words(body), headline_of(body, titles)
    structure = by_structure(words, body, headline)
    coverage = _asked(body, words, markup, search, notices) or structure
    way = search.way
    known = None if way is None else followed(way, page.tree, headline)
    if known is None:
        if way is not None:
            notices.add(NoticeKind.ROOT, Did.GUESSED, way)
        root, coverage = root_of(body, words, coverage, structure, headline)
        noted = notes_in(body, root, headline)
        root = with_notes(root, noted)
        way = way_to(root, page.tree)
    else:
        root, noted = known, notes_in(body, known, headline)
    tell_rest(root, notices)
    Pruner(root, words, coverage, headline, [note for _, note in noted], guesses=True).prune(notices)
    return _titled(root, headline, titles, way)


def _titled(root: Tag, headline: Tag | None, titles: Sequence[str], way: str | None) -> Article:
    if headline is not None and all(each is not root for each in headline.parents):
        # The title's own heading stands elsewhere; here may be another.
        headline = headline_of(root, titles)
    return Article(root, headline if titles else leading_heading(root), way)


def _asked(body: Tag, words: Words, markup: str, search: Search, notices: Notices) -> Coverage | None:
    """By the oracle; None where it is not asked, or has no answer."""
    if len(" ".join(words.said)) < oracle.LEAST:
        return None
    if not search.oracle or len(markup) > oracle.LIMIT:
        notices.add(NoticeKind.ORACLE, Did.GUESSED)
        return None
    search.phase(True)
    try:
        said = oracle.article_text(markup)
    finally:
        search.phase(False)
    coverage = by_oracle(words, said)
    return coverage if coverage.of(body) else None


def _framed(page: Page) -> Tag:
    """The page's body, with all of it: a tree that nh3 has made is without `html` and `body`, selectors are not."""
    own = {tag.name: tag.attrs for tag in page.above}
    html, body = (Tag(name=name, attrs=own.get(name, {})) for name in ("html", "body"))
    for child in [*page.tree.contents]:
        body.append(child)
    html.append(body)
    page.tree.append(html)
    return body
