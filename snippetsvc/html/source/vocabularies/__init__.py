"""What a document says of its article, in the vocabularies that publishers use for that: one a module."""

from __future__ import annotations

from bs4 import Tag

from snippetsvc.html.sanitise import HEADINGS
from snippetsvc.html.source.vocabularies import elements, jsonld, metas, microdata
from snippetsvc.html.source.vocabularies.said import MOST_NAMES, Said
from snippetsvc.html.source.vocabularies.schema import Items
from snippetsvc.html.tree import below

_READ = frozenset({"a", "link", "meta", "p", "script", "time", "title", *HEADINGS})


def said_in(tree: Tag) -> tuple[Said, ...]:
    """What `tree` says, vocabulary by vocabulary; what comes first is believed first.

    A link names the page's own address before anything else does (RFC 6596).
    """
    found: dict[str, list[Tag]] = {name: [] for name in ("meta", "script", "title", "link", "mark")}
    for element in below(tree, _READ):
        kind = {"a": "link", "p": "mark", "time": "mark"}.get(element.name, element.name)
        found["mark" if kind in HEADINGS else kind].append(element)
    links, head = elements.links_said(found["link"]), metas.said(found["meta"])
    title = elements.title_said(found["title"])
    address = next(iter([*links.get("address", []), *head.get("address", [])]), "")
    titles = [*title.get("title", []), *head.get("title", [])][:MOST_NAMES]
    schema = [
        *Items(jsonld.items(found["script"])).said(address, titles),
        *Items(microdata.items(tree)).said(address, titles),
    ]
    titles += [each for said in schema for each in said.get("title", [])][:MOST_NAMES]
    canonical: Said = {"address": links.pop("address")} if "address" in links else {}
    return (canonical, *schema, head, title, links, elements.times_said(found["mark"], titles))
