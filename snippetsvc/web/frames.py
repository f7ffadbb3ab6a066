"""Frames: pages with holes. What many pages have in common is rendered once, and each fills in where they differ."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from markupsafe import Markup

#: Nobody who publishes or marks can know it, and it means nothing in HTML or in an address.
_SIGN = secrets.token_hex(8)
_HOLE = re.compile(rf"{_SIGN}\.([a-z]+)\.")


def hole(name: str) -> Markup:
    """What is given to a template in the place of what differs. name: of small letters."""
    return Markup(f"{_SIGN}.{name}.")  # noqa: S704  # letters, digits and full stops


class Frame:
    """size: bytes of it."""

    def __init__(self, text: str) -> None:
        self.size = len(text.encode())
        # Every other one is the name of a hole.
        self._parts = _HOLE.split(text)

    def filled(self, fillings: Mapping[str, str]) -> str:
        """The page. fillings: HTML by the name of its hole, escaped."""
        parts = self._parts.copy()
        parts[1::2] = [fillings[name] for name in parts[1::2]]
        return "".join(parts)
