"""What publishing left out of a document or put in its place, gathered while it is made."""

from __future__ import annotations

import re

from snippetsvc.models import Did, Notice, NoticeKind

#: Characters of an example.
_EXAMPLE = 120
#: A terminal would do what these say.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Notices:
    """Gathers what happened, by kind and what was done; the first example stands for all."""

    def __init__(self) -> None:
        self._found: dict[tuple[NoticeKind, Did], tuple[int, str]] = {}

    def add(self, kind: NoticeKind, did: Did, example: str = "", times: int = 1) -> None:
        count, first = self._found.get((kind, did), (0, ""))
        self._found[kind, did] = (count + times, first or _short(example))

    def listed(self) -> tuple[Notice, ...]:
        """In the order of importance: by kind, and what was dropped first."""
        places = list(NoticeKind), list(Did)
        order = sorted(self._found.items(), key=lambda each: (places[0].index(each[0][0]), places[1].index(each[0][1])))
        return tuple(Notice(kind, count, did, example) for (kind, did), (count, example) in order)


def _short(words: str) -> str:
    line = " ".join(_CONTROL.sub(" ", words[: 100 * _EXAMPLE]).split())
    return line if len(line) <= _EXAMPLE else f"{line[: _EXAMPLE - 1].rstrip()}…"
