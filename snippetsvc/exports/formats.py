"""The formats that a share can be taken with in, by the suffix of their addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from snippetsvc.exports import json, jsonld, markdown, text
from snippetsvc.exports.links import ShareLinks
from snippetsvc.language import Language
from snippetsvc.service.views import View


@dataclass(frozen=True, slots=True)
class Format:
    """content_type: as in the header of this name; export: makes it; worded: whether words of ours are in it."""

    content_type: str
    export: Callable[[View, ShareLinks, Language], str | bytes]
    worded: bool = True


FORMATS: Mapping[str, Format] = {
    "txt": Format("text/plain; charset=utf-8", text.export),
    "md": Format("text/markdown; charset=utf-8; variant=CommonMark", markdown.export),
    "json": Format("application/json", json.export, worded=False),
    "jsonld": Format('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', jsonld.export),
}
