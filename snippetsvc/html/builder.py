"""What html5ever has written -> a tree.

Every tag in it is explicit; only what stands in `noscript` is as its author wrote it. bs4's own reader takes longer,
and at each end tag it looks through all the elements before that have none.
"""

from __future__ import annotations

import re
from html import unescape
from typing import cast

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder

_VALUE = r"""(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]*+))"""
# Possessive, and every alternative takes what is left where its end is missing: nothing is read twice.
_ATTRIBUTES = r"""((?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+)(?:>|\Z)"""
#: In scripts and sheets no character is written by its name.
_PIECE = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(script|style)(?=[\s/>]){_ATTRIBUTES}(.*?)(?:</\1>|\Z)|<(/?)([a-z][^\s/>]*+){_ATTRIBUTES}|([^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
#: html5ever ends each with a semicolon; in addresses as authors write them, `&copy=` is a name and no sign.
_CHARACTER = re.compile(r"&[#\w]+;")
_ATTRIBUTE = re.compile(rf"([^\s=/]++)(?:\s*+=\s*+{_VALUE})?")


class Builder(HTMLTreeBuilder):
    def __init__(self) -> None:
        super().__init__(multi_valued_attributes={})

    def feed(self, markup: str | bytes) -> None:
        soup = cast(BeautifulSoup, self.soup)
        for raw, said_of_raw, inside, ends, name, said, text in _PIECE.findall(str(markup)):
            if text:
                soup.handle_data(unescape(text))
            elif ends:
                soup.handle_endtag(name.lower())
            elif tag_name := (raw or name).lower():
                found = _ATTRIBUTE.findall(said or said_of_raw)
                attributes = self.attribute_dict_class((key.lower(), _said("".join(value))) for key, *value in found)
                tag = soup.handle_starttag(tag_name, None, None, attributes)
                if inside:
                    soup.handle_data(inside)
                if raw or (tag is not None and tag.is_empty_element):
                    soup.handle_endtag(tag_name)


def _said(value: str) -> str:
    """What the value of an attribute says."""
    return _CHARACTER.sub(lambda found: unescape(found[0]), value)
