"""The element of a whole page that holds the article: where it was, where the call says, or where it is found."""

from __future__ import annotations

from bs4 import Tag

from snippetsvc.html.article.coverage import Coverage
from snippetsvc.html.article.words import Words
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.tree import elements

#: Of the article's sequences. A tenth may stand elsewhere: captions, boxes, what the oracle took by mistake.
_SHARE = 0.9
#: Of the prose: an element that is called an article's and holds so much of it is the article's.
_MOST = 0.5
#: Words of prose that make a piece beside the root a piece of the article; else a tenth of the root's.
_PIECE = 60


def root_of(
    tree: Tag, words: Words, coverage: Coverage, structure: Coverage, headline: Tag | None
) -> tuple[Tag, Coverage]:
    """The element that holds the article, with its headline and other pieces; and which coverage holds for it.

    Where the oracle points elsewhere than to an element that is called the article's, the page is believed.
    """
    named = _named_root(tree, structure)
    found = coverage.deepest(tree, _SHARE)
    above = [tree] if headline is None else [headline, *headline.parents]
    if named is not None and (coverage is structure or (_is_in(named, above) and _are_apart(found, named))):
        found, coverage = named, structure
    while headline is not None and not _is_in(found, above) and found.parent is not None:
        found = found.parent
    while found.parent is not None and _is_piece(found, words):
        found = found.parent
    return found, coverage


def with_notes(root: Tag, notes: list[tuple[Tag, Tag]]) -> Tag:
    """The element that holds `root` and all notes that links in it lead to."""
    for link, note in notes:
        if _is_in(root, [*link.parents]):
            root = next(each for each in (root, *root.parents) if _is_in(each, [note, *note.parents]))
    return root


def _named_root(tree: Tag, structure: Coverage) -> Tag | None:
    """The deepest of the elements that are called an article's and hold most of its prose."""
    most = _MOST * structure.of(tree)
    named = [element for element in filter(_is_named, elements(tree)) if structure.of(element) >= most > 0]
    return named[-1] if named else None


def _are_apart(one: Tag, other: Tag) -> bool:
    return not _is_in(one, [other, *other.parents]) and not _is_in(other, [one, *one.parents])


def _is_in(element: Tag, elements: list[Tag]) -> bool:
    return any(each is element for each in elements)


def _is_named(element: Tag) -> bool:
    return (
        element.name in ("article", "main")
        or attribute(element, "role").lower() in ("main", "article")
        or "articleBody" in attribute(element, "itemprop").split()
    )


def _is_piece(element: Tag, words: Words) -> bool:
    """Whether others like it, of much prose, stand beside an element: an article in several pieces."""
    if element.parent is None or element.name not in ("div", "section", "article"):
        return False
    least = max(_PIECE, words.counts(element).words / 10)
    for each in element.parent.contents:
        if isinstance(each, Tag) and each is not element and _are_alike(each, element):
            counts = words.counts(each)
            if counts.prose > least and 3 * counts.linked < counts.words:
                return True
    return False


def _are_alike(one: Tag, other: Tag) -> bool:
    return one.name == other.name and attribute(one, "class") == attribute(other, "class")
