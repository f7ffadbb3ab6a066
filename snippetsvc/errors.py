"""The error tree.

Every error that a caller may want to tell apart has its class here and carries what the caller needs to
say what is wrong. Which HTTP status an error has is decided in one table, in `web/problems.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was sent.

    pointer: where, as a JSON Pointer (RFC 6901) into the body, `""` for the whole;
    rule: a short stable name of the broken rule, for programs;
    detail: one sentence for people.
    """

    pointer: str
    rule: str
    detail: str


class SnippetsvcError(Exception):
    """The root of the tree; its text is one line that may be shown to the user."""


class BadSyntax(SnippetsvcError):
    """The input cannot be read at all: broken JSON, a header that is not of its form."""


class Invalid(SnippetsvcError):
    """The input can be read, and breaks rules; `problems` names each of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.detail for problem in self.problems))

    @classmethod
    def one(cls, pointer: str, rule: str, detail: str) -> Invalid:
        return cls([Problem(pointer, rule, detail)])


class KeyMissing(SnippetsvcError):
    """The call needs a bearer key, and none was given."""


class KeyWrong(SnippetsvcError):
    """The bearer key that was given does not allow the call."""


class NotFound(SnippetsvcError):
    """No such article, revision or share."""


class BadToken(NotFound):
    """A token that this service did not issue in this spelling: forged, damaged or of a lost key."""


class CutShort(BadToken):
    """What may have been a token, and ends before its form does. The text is the same: only people need to know."""


class Gone(SnippetsvcError):
    """It was here, and was taken away.

    reason: `revoked`, `expired`, `withdrawn` or `retracted`; slug: the article's that can still be read, if any.
    """

    def __init__(self, reason: str, detail: str, slug: str | None = None) -> None:
        self.reason = reason
        self.slug = slug
        super().__init__(detail)


class Stale(Gone):
    """It was retracted after the head was read that said otherwise: who reads the head again gets a better answer."""


class Conflict(SnippetsvcError):
    """The request does not fit the present state, such as a rename to a slug that is taken."""


class TryLater(SnippetsvcError):
    """The same call may succeed in `retry_after` seconds."""

    def __init__(self, detail: str, retry_after: int = 2) -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class StoreAway(TryLater):
    """The store did not answer within its time limit, or refused."""


class Busy(TryLater):
    """Others were first, and too many of them."""


class Unprepared(SnippetsvcError):
    """A document could not be prepared, by a fault of this service and none of the document's."""


class RecordUnreadable(SnippetsvcError):
    """A stored record has a format version that this release does not know, or is damaged."""


class NotFetched(SnippetsvcError):
    """What stands at an address elsewhere was not fetched, or not to its end.

    reason: `forbidden` (no address that may be asked), `unreachable`, `slow`, `large`, `redirects`, `broken`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        super().__init__(detail)


class BadSetting(SnippetsvcError):
    """A setting is unknown, malformed or missing; the text names it."""


class Uncompiled(SnippetsvcError):
    """What is made when the service is installed was not made; the text says how."""
