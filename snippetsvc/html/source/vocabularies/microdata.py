"""The items of a document's microdata (HTML, "Microdata"), as schema.org's are written in JSON-LD."""

from __future__ import annotations

from bs4 import Tag

from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.vocabularies.said import brief
from snippetsvc.html.source.vocabularies.schema import Item

_ADDRESS_IN = {"a": "href", "area": "href", "link": "href", "img": "src", "object": "data"}
#: Of these a link's words are meant, and not where it leads.
_NAMES = frozenset("author creator headline name publisher".split())
#: What is read; the article's own words are a property, too.
_READ = _NAMES | frozenset(
    "abstract alternateName blogPost blogPosts contentUrl dateModified datePublished description familyName givenName "
    "image inLanguage isPartOf license mainEntity mainEntityOfPage thumbnailUrl url".split()
)


def items(tree: Tag) -> list[Item]:
    """The items that are no other's property; at the end one of what is said without an item, as of the page."""
    found: list[Item] = []
    page: Item = {"@type": ["WebPage"]}
    waiting: list[tuple[Tag, Item]] = [(tree, page)]
    while waiting:
        element, item = waiting.pop()
        names = [name for name in attribute(element, "itemprop").split() if name in _READ]
        if element.has_attr("itemscope"):
            inner: Item = {"@type": attribute(element, "itemtype").split()}
            if address := attribute(element, "itemid"):
                inner["@id"] = address
            for name in names:
                item.setdefault(name, []).append(inner)
            if not element.has_attr("itemprop"):
                found.append(inner)
            item = inner
        else:
            for name in names:
                item.setdefault(name, []).append(_value(element, name))
        waiting += ((child, item) for child in reversed(element.contents) if isinstance(child, Tag))
    return [*found, page] if len(page) > 1 else found


def _value(element: Tag, name: str) -> str:
    if element.has_attr("content"):
        return attribute(element, "content")
    words = brief(element) if name in _NAMES or element.name not in _ADDRESS_IN else ""
    if element.name in _ADDRESS_IN:
        return words or attribute(element, _ADDRESS_IN[element.name])
    return attribute(element, {"time": "datetime", "data": "value", "abbr": "title"}.get(element.name, "")) or words
