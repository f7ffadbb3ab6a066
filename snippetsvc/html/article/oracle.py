"""A well-kept extractor, asked where on a page the article is: the page's own elements are what is published."""

from __future__ import annotations

import trafilatura
from trafilatura.settings import use_config

#: Characters of mark-up. What it takes grows faster than a page does; longer ones are dumps and archives.
LIMIT = 2_000_000
#: Characters. Of what is shorter it says itself that it is not sure (`MIN_EXTRACTED_SIZE`).
LEAST = 250

_CONFIG = use_config()
# Not sure, it would give the words of the whole page, and say so in a log.
_CONFIG["DEFAULT"].update(dict.fromkeys(("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE", "MIN_OUTPUT_COMM_SIZE"), "0"))


def article_text(markup: str) -> str:
    """The words of the article, as the extractor sees them; empty when it sees none that it is sure of."""
    # Its further extractors are slower and no better on whole pages that were tried.
    said = trafilatura.extract(markup, fast=True, include_comments=False, config=_CONFIG) or ""
    return said if len(said) >= LEAST else ""
