"""What was not brought in, and why."""

from __future__ import annotations

import re

from snippetsvc.errors import Invalid, NotFetched, SnippetsvcError
from snippetsvc.models import Became, Outcome

_PASSWORD = re.compile(r"//[^/?#]*@")
#: Control characters, and halves of characters: a name of a file that is not UTF-8 has such.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
#: Characters of what is said.
_DETAIL = 500


def refused(address: str, error: SnippetsvcError | ValueError) -> Outcome:
    """`ValueError` is what `Address.of` raises."""
    match error:
        case NotFetched():
            reason = error.reason
        case Invalid():
            reason = error.problems[0].rule
        case ValueError():
            reason = "forbidden"
        case _:
            reason = type(error).__name__.lower()
    detail = " ".join(_UNWRITABLE.sub(" ", str(error)).split())[:_DETAIL]
    address = _UNWRITABLE.sub(" ", _PASSWORD.sub("//…@", address))
    return Outcome(address, Became.REFUSED, reason=reason, detail=detail)
