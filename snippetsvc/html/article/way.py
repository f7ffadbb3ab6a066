"""How an article's root is found again in the next revision's page, as a selector; and the roots that a call names.

A way names the element by what lasts from one revision to the next: its id, its role, its class; where none is its own,
by that of an element around it and the path from there. It has no numbers: what stands first today is second tomorrow.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag
from soupsieve import SelectorSyntaxError

from snippetsvc.errors import Invalid
from snippetsvc.html.sanitise import attribute

#: Characters of a selector, and of a way.
LIMIT = 1_000
_TAGS = frozenset({"article", "main", "body"})


def way_to(root: Tag, tree: Tag) -> str | None:
    """The way to `root`; None where it would be longer than `LIMIT`."""
    counted = Counter(name for element in tree.find_all(True) for name in _names(element))
    steps: list[str] = []
    for element in (root, *root.parents):
        names = [*_names(element)]
        own = next((name for name in names if counted[name] == 1), None)
        steps.append(own or names[0] if names else element.name)
        if own or element is tree:
            break
    way = " > ".join(reversed(steps))
    return way if len(way) <= LIMIT else None


def followed(way: str, tree: Tag, headline: Tag | None) -> Tag | None:
    """The element that `way` leads to: of several the one that holds the headline; None where none has words."""
    try:
        found = [element for element in _outermost(tree.select(way)) if element.get_text(strip=True)]
    except SelectorSyntaxError:
        return None
    if len(found) > 1:
        above = set() if headline is None else {id(each) for each in (headline, *headline.parents)}
        found = [element for element in found if id(element) in above]
    return found[0] if len(found) == 1 else None


def selected(selector: str, tree: Tag) -> Tag:
    """An element with all that `selector` names in `tree`, in its order.

    Raises `Invalid` (pointer `/selector`) when it names nothing, or is none.
    """
    if len(selector) > LIMIT:
        raise _bad(f"a selector has at most {LIMIT:,} characters")
    try:
        found = [*_outermost(tree.select(selector))]
    except (SelectorSyntaxError, NotImplementedError, RecursionError, ValueError):
        raise _bad("the selector is not one that CSS knows") from None
    if not found:
        raise _bad("the document has nothing that the selector names")
    if len(found) == 1:
        return found[0]
    together = Tag(name="div")
    # Copies, and the others emptied: taking each out would look for it among its siblings.
    for element in found:
        together.append(copy.copy(element))
        element.clear(decompose=True)
    found[0].insert_before(together)
    return together


def _outermost(found: list[Tag]) -> Iterator[Tag]:
    within = {id(element) for element in found}
    return (element for element in found if not any(id(each) in within for each in element.parents))


def _names(element: Tag) -> Iterator[str]:
    """What an element may be called by, the most lasting first."""
    if name := attribute(element, "id"):
        yield f"{element.name}#{element.css.escape(name)}"
    if element.name in _TAGS:
        yield element.name
    for kind in ("role", "itemprop"):
        if value := attribute(element, kind):
            yield f"{element.name}[{kind}={element.css.escape(value)}]"
    for name in attribute(element, "class").split():
        yield f"{element.name}.{element.css.escape(name)}"


def _bad(detail: str) -> Invalid:
    return Invalid.one("/selector", "selector", detail)
