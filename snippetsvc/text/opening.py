"""What an article begins with, for whoever has not opened it yet."""

from __future__ import annotations

import re
from itertools import islice

from snippetsvc.models import Span
from snippetsvc.text.document import Document

_LINE = re.compile(r"[^\n]*\S[^\n]*")
#: Lines of an article in which its first paragraph is looked for, and the characters of a line that says something.
_LINES = 10
_SAYING = 60


def opening(document: Document) -> str | None:
    """The first of the article's paragraphs that says something, as people read it; None if it has none.

    Lines that are short are names, days and the like; where there is nothing else, the first of them.
    """
    headings = {heading.span.start for heading in document.headings}
    lines = (Span(*match.span()) for match in _LINE.finditer(document.text) if match.start() not in headings)
    first = list(islice(lines, _LINES))
    found = next((line for line in first if len(line) >= _SAYING), next(iter(first), None))
    return document.reading(found) if found else None
