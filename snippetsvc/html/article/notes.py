"""Notes of a text, which may stand where nothing else of it does: links lead to them, and back."""

from __future__ import annotations

from itertools import islice

from bs4 import Tag

from snippetsvc.html.sanitise import attribute
from snippetsvc.html.tree import elements

#: How far above a link the element may be that has the name of its place, in the text and in the note.
_IN_TEXT, _IN_NOTE = 2, 4


def notes_in(tree: Tag) -> list[tuple[Tag, Tag]]:
    """Each link in the text to a note, and the element that it leads to."""
    places = {attribute(each, name): each for each in reversed(elements(tree)) for name in ("name", "id")}
    links = [
        (link, place)
        for link in elements(tree, "a")
        if attribute(link, "href").startswith("#") and (place := places.get(attribute(link, "href")[1:])) is not None
    ]
    back = {(id(each), id(place)) for link, place in links for each in (link, *islice(link.parents, _IN_NOTE))}
    return [
        (link, place)
        for link, place in links
        for each in (link, *islice(link.parents, _IN_TEXT))
        if each is not place and (id(place), id(each)) in back
    ]
