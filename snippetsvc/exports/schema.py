"""An article as schema.org has it (https://schema.org/Article): for search engines and whatever previews a link."""

from __future__ import annotations

import msgspec

from snippetsvc.exports.json import timestamp
from snippetsvc.models import Article


def script_text(article: Article, address: str) -> str:
    """The facts of an article, as the text of a `script` of `application/ld+json`: no `<` is in it, so nothing that a
    publisher wrote ends or opens an element there (HTML, section 4.12.1.3). address: of its page.

    Whether a publication is news, and whether what it is taken from is the same work, nobody has said.
    """
    facts = {
        "@context": "https://schema.org",
        "@type": "Article",
        "url": address,
        "headline": article.title,
        "inLanguage": article.lang,
        "datePublished": article.published_at or timestamp(article.revisions[0].created_at),
        "dateModified": article.modified_at or timestamp(article.shown().created_at),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
        "license": article.license,
        "description": article.description,
        "image": article.image,
        "isBasedOn": article.source_url,
    }
    known = {name: fact for name, fact in facts.items() if fact}
    return msgspec.json.encode(known).decode().replace("<", "\\u003c")
