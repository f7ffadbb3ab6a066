"""What `meta` elements say: HTML's own names, Open Graph, Highwire Press (`citation_…`), Dublin Core."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag

from snippetsvc.html.names import is_name
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.vocabularies.said import MOST, Fact, Said

#: Dublin Core's prefixes: "dc.", "DCTERMS.", "dct:" …
_DUBLIN_CORE = re.compile(r"dc(?:t|terms?)?[.:_]")
#: By fact, the best first; Dublin Core as "dc.".
_NAMES: dict[Fact, str] = {
    "title": "og:title citation_title dc.title twitter:title title",
    "site": "og:site_name application-name apple-mobile-web-app-title",
    "author": "author article:author og:article:author citation_author citation_authors dc.creator "
    "dc.contributor.author",
    "publisher": "publisher article:publisher citation_publisher dc.publisher og:site_name",
    "published": "article:published_time og:article:published_time og:published_time citation_publication_date "
    "citation_online_date citation_date date dc.date.issued dc.issued dc.date dc.date.created dc.created pubdate "
    "publishdate publish_date publish-date publication_date datepublished",
    "modified": "article:modified_time og:article:modified_time og:modified_time og:updated_time dc.modified "
    "dc.date.modified datemodified last-modified lastmod revised",
    "lang": "content-language dc.language citation_language og:locale language",
    "address": "og:url citation_public_url",
    "license": "dc.license dc.rights.license license dc.rights",
    "description": "description og:description dc.description dc.abstract citation_abstract twitter:description",
    "image": "og:image:secure_url og:image og:image:url twitter:image twitter:image:src",
}


def said(metas: Iterable[Tag]) -> Said:
    """What they say. Authors are those of the first name that has any."""
    contents: dict[str, list[str]] = {}
    for element in metas:
        if not (content := attribute(element, "content")):
            continue
        names = " ".join(attribute(element, key) for key in ("name", "property", "http-equiv")).lower()
        for name in dict.fromkeys(_DUBLIN_CORE.sub("dc.", name, count=1) for name in names.split()):
            if len(values := contents.setdefault(name, [])) < MOST:
                values.append(content)
    return {fact: values for fact, names in _NAMES.items() if (values := _values(fact, names, contents))}


def _values(fact: Fact, names: str, contents: dict[str, list[str]]) -> list[str]:
    found = [contents[name] for name in names.split() if name in contents]
    if fact == "author":
        by_name = ([each for content in values for each in content.split(";") if is_name(each)] for values in found)
        return next(filter(None, by_name), [])
    return [content for values in found for content in values]
