"""Notes of a text, which may stand where nothing else of it does: links lead to them, and back."""

from __future__ import annotations

from itertools import islice

from bs4 import Tag

from snippetsvc.html.sanitise import attribute
from snippetsvc.html.tree import around, elements

#: How far above a link the element may be that has the name of its place, in the text and in the note.
_IN_TEXT, _IN_NOTE = 2, 4


def notes_in(tree: Tag, root: Tag, headline: Tag | None) -> list[tuple[Tag, Tag]]:
    """Each link in the text to a note, and the element that it leads to, which stands after it.

    What holds the article's `root` or its headline is no note, nor a word that has one: links lead over menus, and back
    to the top.
    """
    text = [root] if headline is None else [root, headline]
    holds_text = around(text) | {id(each) for each in text}
    every = elements(tree)
    order = {id(each): number for number, each in enumerate(every)}
    places = {
        name: each
        for each in reversed(every)
        for name in (attribute(each, "name"), attribute(each, "id"))
        if name and id(each) not in holds_text
    }
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
        if order[id(place)] > order[id(link)] and (id(place), id(each)) in back
    ]
