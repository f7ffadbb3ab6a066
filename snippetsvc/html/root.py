"""The element of a whole page that holds the article."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from snippetsvc.html.page import plain


def root_of(tree: BeautifulSoup) -> Tag:
    """The element that holds the article: an `article`, else `main`, else everything.

    Of several `article` elements (teasers, comments below the story) the longest is taken if it holds most of
    what all of them hold.
    """
    articles = [element for element in tree.find_all("article") if element.find_parent("article") is None]
    sizes = [len(plain(element)) for element in articles]
    if sizes and 2 * max(sizes) > sum(sizes):
        return articles[sizes.index(max(sizes))]
    main = max(tree.find_all("main"), key=lambda element: len(plain(element)), default=None)
    return main if main is not None and plain(main) else tree
