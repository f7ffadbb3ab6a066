"""What items of schema.org say of an article, be they written as JSON-LD or as microdata.

An item is a dict of JSON-LD: its properties by name (without the vocabulary's address), `@type` and `@id`; a value is
a string, an item, or a list of these. An item that has nothing but its `@id` stands for the one that has more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from snippetsvc.html.names import folded
from snippetsvc.html.source.vocabularies.said import MOST, Fact, Said

Item = dict[str, Any]

#: What an article may be called besides …Article, …Posting and …Report.
_WORKS = frozenset("Chapter CreativeWork HowTo LearningResource PressRelease Recipe Review Thesis WebContent".split())
#: The articles of what holds them.
_HOLDING = ("mainEntity", "mainEntityOfPage", "blogPost", "blogPosts")
#: What each fact is called; the first that says something counts.
_CALLED: dict[Fact, tuple[str, ...]] = {
    "title": ("headline", "name"),
    "author": ("author", "creator"),
    "publisher": ("publisher",),
    "published": ("datePublished",),
    "modified": ("dateModified",),
    "lang": ("inLanguage",),
    "description": ("description", "abstract"),
    "site": ("isPartOf",),
    "address": ("url", "mainEntityOfPage"),
    "license": ("license",),
    "image": ("image", "thumbnailUrl"),
}
#: Of these where something is, and not what it is called.
_ADDRESSES = frozenset({"address", "license", "image"})


class Items:
    """All items of a document, `top` those that are no other's property."""

    def __init__(self, top: list[Item]) -> None:
        self._top = top
        self._by_id: dict[str, Item] = {}
        waiting: list[Any] = [*top]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if isinstance(name := value.get("@id"), str) and len(value) > 1:
                    self._by_id.setdefault(name, value)
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value

    def said(self, address: str, titles: list[str]) -> Iterator[Said]:
        """What is said of the article, and then of its page.

        Of several articles the one counts that has the page's address, or one of its titles.
        """
        held = [item for top in self._top for name in _HOLDING for item in self._items(top.get(name))]
        everything = [*map(self._whole, self._top), *held]
        articles = [item for item in everything if _is_article(item)]
        if len({id(item) for item in articles}) > 1:
            known = [folded(title) for title in titles]
            articles = [item for item in articles if address and address in self._addresses(item)] or [
                item for item in articles if any(self._names(item, title) for title in known)
            ]
        pages = [item for item in everything if any(name.endswith("Page") for name in _types(item))]
        for item in (*articles[:1], *pages[:1]):
            yield self._of(item)
        sites = [name for item in everything if "WebSite" in _types(item) for name in self._words(item.get("name"))]
        if sites:
            yield {"site": sites}

    def _of(self, item: Item) -> Said:
        said: Said = {}
        for fact, names in _CALLED.items():
            read = self._addresses_in if fact in _ADDRESSES else self._words
            said[fact] = next(filter(None, (read(item.get(name)) for name in names)), [])
        return said

    def _addresses(self, item: Item) -> list[str]:
        named = [address for name in _CALLED["address"] for address in self._addresses_in(item.get(name))]
        return [*named, *_strings(item.get("@id"))]

    def _names(self, item: Item, title: str) -> bool:
        return any((name := folded(words)) and name in title for words in self._words(item.get("headline")))

    def _whole(self, item: Item) -> Item:
        name = item.get("@id")
        return self._by_id.get(name, item) if len(item) == 1 and isinstance(name, str) else item

    def _items(self, value: Any) -> list[Item]:
        return [self._whole(each) for each in _listed(value) if isinstance(each, dict)]

    def _words(self, value: Any) -> list[str]:
        """What is said in words: strings, and the names of what has one."""
        found: list[str] = []
        for each in _listed(value):
            if isinstance(each, dict):
                item = self._whole(each)
                # Of a language, its tag.
                name = _strings(item.get("alternateName" if "Language" in _types(item) else "name"))
                parts = [*_strings(item.get("givenName"))[:1], *_strings(item.get("familyName"))[:1]]
                found += name[:1] or ([" ".join(parts)] if parts else [])
            else:
                found += _strings(each)
        return found

    def _addresses_in(self, value: Any) -> list[str]:
        found: list[str] = []
        for each in _listed(value):
            if isinstance(each, dict):
                item = self._whole(each)
                names = (item.get(name) for name in ("url", "contentUrl", "@id", "name"))
                found += next((words for words in map(_strings, names) if words), [])[:1]
            else:
                found += _strings(each)
        return found


def _is_article(item: Item) -> bool:
    return any(name.endswith(("Article", "Posting", "Report")) or name in _WORKS for name in _types(item))


def _types(item: Item) -> list[str]:
    return [name.replace("#", "/").replace(":", "/").rsplit("/", 1)[-1] for name in _strings(item.get("@type"))]


def _strings(value: Any) -> list[str]:
    return [each for each in _listed(value) if isinstance(each, str) and each.strip()]


def _listed(value: Any) -> list[Any]:
    """The values of a property, as a list."""
    if isinstance(value, dict):
        value = value.get("@list", value.get("@set", value))
    values = islice(value, MOST) if isinstance(value, list) else [value]
    plain = (each.get("@value", each) if isinstance(each, dict) else each for each in values)
    return [each for each in plain if each is not None]
