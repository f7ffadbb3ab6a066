"""What was not brought in, and why."""

from __future__ import annotations

import re

from snippetsvc.errors import Invalid, NotFetched, SnippetsvcError
from snippetsvc.models import Became, Outcome

_PASSWORD = re.compile(r"//[^/?#]*@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
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
    detail = " ".join(str(error).split())[:_DETAIL]
    return Outcome(_CONTROL.sub(" ", _PASSWORD.sub("//…@", address)), Became.REFUSED, reason=reason, detail=detail)
