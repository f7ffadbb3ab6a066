"""What a log may say of an address: tokens are cut short, for whoever has a token can open its link."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"(/(?:s|shares)/+[^/.]{0,6})[^/]*")


def shown_path(path: str) -> str:
    """`path` with each token in it cut after six characters, in one line."""
    shown = _TOKEN.sub(r"\1…", path)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)
