"""What bs4 does too, but in a time that does not grow with an element's siblings, nor with what a search could ask."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from snippetsvc.html.sanitise import BLOCKS, HIDDEN, SAID, attribute

#: No name of HTML's: the normaliser looks through it.
_OPENED = "x-opened"


def elements(root: Tag, *names: str) -> list[Tag]:
    """The elements below one, of these names if any are given, in order; bs4's own search takes far longer."""
    found = [each for each in root.descendants if isinstance(each, Tag)]
    return [each for each in found if each.name in names] if names else found


def below(element: Tag, names: Container[str]) -> Iterator[Tag]:
    """The elements in it that have one of these names, in document order; while they are looked at, none may change."""
    return (each for each in element.descendants if isinstance(each, Tag) and each.name in names)


def first_below(element: Tag, names: Container[str]) -> Tag | None:
    return next(below(element, names), None)


def around(inner: Iterable[Tag]) -> set[int]:
    """The elements, each by its `id()`, that any of these stands in."""
    found: set[int] = set()
    for element in inner:
        for each in element.parents:
            if id(each) in found:
                break
            found.add(id(each))
    return found


def above(element: Tag, names: Container[str]) -> Tag | None:
    """The nearest element around one that has one of these names."""
    return next((each for each in element.parents if each.name in names), None)


def classes(element: Tag) -> list[str]:
    return attribute(element, "class").split()


def words(node: PageElement) -> str:
    """The text of an element or a text node, in a line; what is said of hidden elements is none."""
    return " ".join((node.get_text() if isinstance(node, Tag) else str(node)).split())


def vanish(element: Tag) -> None:
    """Empty an element, and leave nothing that it was; where a block stood, its edge stays."""
    destroy_inside(element)
    element.name, element.attrs = ("div" if element.name in BLOCKS else "span"), {}


def hide(element: Tag, said: str) -> None:
    """Empty an element that is not displayed; a notice says what it had said."""
    destroy_inside(element)
    element.name, element.attrs = HIDDEN, {SAID: said} if said else {}


def open_up(element: Tag) -> None:
    """Let what is in an element stand in its place."""
    element.name, element.attrs = _OPENED, {}


def say(element: Tag, said: str) -> None:
    """Let words stand in an element's place."""
    destroy_inside(element)
    open_up(element)
    element.append(said)


def set_apart(element: Tag) -> None:
    """Let an element's words stand in lines of their own, whatever stands beside it."""
    element["style"] = "display:block"


def is_gone(element: Tag) -> bool:
    """Whether it was in what has vanished. bs4's own `decomposed` searches all that is in an element that was not."""
    return "_decomposed" in vars(element)


def emptied(element: Tag) -> list[PageElement]:
    """What was in an element; each part stands alone then, and is put elsewhere without being looked for."""
    children = list(element.contents)
    # bs4's own `clear` begins at the front, which moves all that is left up each time.
    for place in reversed(range(len(children))):
        children[place].extract(place)
    return children


def destroy_inside(element: Tag) -> None:
    """Leave nothing of what is in an element."""
    for child in emptied(element):
        child.decompose()


def refill(element: Tag, children: Iterable[PageElement]) -> None:
    """Let an element that is emptied have these children."""
    # What is put at the end looks among all elements around for what follows it; before something, it does not.
    end = NavigableString("")
    element.append(end)
    element.insert(0, *children)
    end.extract(len(element.contents) - 1)


def nest(element: Tag, name: str) -> Tag:
    """Put all that is in an element into a new one, alone in it."""
    inner = Tag(name=name)
    refill(inner, emptied(element))
    refill(element, [inner])
    return inner
