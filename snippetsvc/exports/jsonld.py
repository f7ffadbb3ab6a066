"""A share as W3C annotations: an `AnnotationPage` (W3C Web Annotation Data Model, section 5.2)."""

from __future__ import annotations

from typing import Any

import msgspec

from snippetsvc.exports.json import selectors_in, timestamp
from snippetsvc.exports.links import ShareLinks
from snippetsvc.exports.words import notes, quoted
from snippetsvc.language import Language
from snippetsvc.models import Status
from snippetsvc.service.views import Placed, View


def export(view: View, links: ShareLinks, language: Language) -> bytes:
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": links.export("jsonld"),
        "type": "AnnotationPage",
        "partOf": {
            "id": links.page,
            "type": "AnnotationCollection",
            "label": view.opened.article.title,
            "total": len(view.snippets),
            "created": timestamp(view.opened.share.created_at),
        },
        "startIndex": 0,
        "items": [_annotation(view, snippet, links, language) for snippet in view.snippets],
    }
    return msgspec.json.encode(page)


def _annotation(view: View, snippet: Placed, links: ShareLinks, language: Language) -> dict[str, Any]:
    share = view.opened.share
    # A snippet that is lost can only be said to be on the revision it was marked on.
    revision = view.revision if snippet.span is not None else share.revision
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": links.article.revision(revision),
        "styleClass": str(snippet.color),
    }
    selectors = selectors_in(view, snippet)
    if selectors:
        target["selector"] = selectors
    elif snippet.exact is not None:
        target["selector"] = [{"type": "TextQuoteSelector", "exact": snippet.exact}]
    annotation: dict[str, Any] = {
        "id": links.snippet(snippet.number),
        "type": "Annotation",
        "motivation": "highlighting",
        "created": timestamp(share.created_at),
        "target": target,
    }
    if said := notes(snippet, language):
        if snippet.status is Status.CHANGED and snippet.quote is not None:
            # The selectors name what stands there now.
            said.insert(0, quoted(snippet, language))
        annotation["body"] = {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": "\n".join(said),
        }
    return annotation
