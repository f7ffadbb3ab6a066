"""What readers do: issue a share, open it, change its expiry, revoke it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from snippetsvc.errors import Gone, Invalid, KeyWrong, NotFound, Problem, Stale
from snippetsvc.models import Article, Color, Share, Snippet, Span, Tombstone
from snippetsvc.service.library import Library
from snippetsvc.service.placing import Placing
from snippetsvc.store import Store
from snippetsvc.text.selectors import Selector
from snippetsvc.tokens import Ticket, Tokens, article_number, hash_of, manages

#: Code points of all snippets of a share together: its pages, exports and JSON hold their words.
_MOST_WORDS = 10_000_000

#: The order of snippets on the same words.
_PLACES = {color: place for place, color in enumerate(Color)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A snippet as it was asked for."""

    selectors: tuple[Selector, ...]
    color: Color


@dataclass(frozen=True, slots=True)
class Request:
    """A share as it was asked for. revision None: the current one; expires_in: seconds, None: never.

    digest: SHA-256 of what was asked, by which a retry is told from another request under the same
    `Idempotency-Key`; empty for a request without one.
    """

    article: str
    revision: int | None
    marks: tuple[Mark, ...]
    expires_in: int | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A share and the head of its article, as they are now."""

    article: Article
    share: Share


@dataclass(frozen=True, slots=True)
class Issued:
    """A share that was made, and the key to it that nobody is told again."""

    opened: Opened
    manage_key: str


class Shares:
    def __init__(self, store: Store, library: Library, tokens: Tokens, now: Callable[[], datetime]) -> None:
        self._store = store
        self._library = library
        self._tokens = tokens
        self._now = now

    def token(self, share: Share) -> str:
        """The share's token, signed with the newest key."""
        return self._tokens.sign(share.id)

    def split(self, text: str) -> tuple[str, str]:
        """The token that `text` begins with, and what follows it. Raises `BadToken`; the store is not asked."""
        return self._tokens.split(text)

    def issue(self, request: Request, idempotency_key: str | None = None) -> Issued:
        """Store a share. One round trip when this process has seen the article before.

        With an `idempotency_key`, the same request again gets the same answer. Raises `Invalid` (unknown article
        or revision, a selector without a place, the key used for another request), `Gone` (made under this key,
        and revoked or expired since), `StoreAway`.
        """
        head = self._library.last_seen(request.article)
        if head is None:
            head = self._article_now(request.article)
        while True:
            try:
                snippets, revision = self._snippets(head, request)
            except (Invalid, Stale):
                if idempotency_key is not None:
                    # It may have been valid when it was made: the article has changed, the answer must not.
                    for ticket in self._tokens.derived(head.number, idempotency_key):
                        earlier = self._store.open_share(ticket.id, head.number)[1]
                        if earlier is not None:
                            return self._repeated(head, earlier, request, ticket)
                seen, head = head, self._article_now(request.article)
                if head == seen:
                    raise
                continue
            tickets = (
                [self._tokens.fresh(head.number)]
                if idempotency_key is None
                else self._tokens.derived(head.number, idempotency_key)
            )
            for older in tickets[1:]:
                earlier = self._store.open_share(older.id, head.number)[1]
                if earlier is not None:
                    return self._repeated(head, earlier, request, older)
            share = self._share(tickets[0], head, revision, snippets, request)
            issued = self._store.issue_share(share)
            if not issued.fresh:
                return self._repeated(issued.article or head, issued.stored, request, tickets[0])
            if issued.article is not None:
                self._library.note(issued.article)
                if _still(issued.article, request, revision):
                    return Issued(Opened(issued.article, share), tickets[0].manage_key)
            # Decided on a head that was out of date, and nobody knows the link yet.
            self._store.forget_share(share)
            head = self._article_now(request.article)

    def open(self, token: str) -> Opened:
        """The share that `token` names. One round trip.

        Raises `BadToken` before the store is asked; `NotFound`; `Gone` when revoked, expired, withdrawn or
        retracted; `StoreAway`.
        """
        share_id = self._tokens.unsign(token)
        head, stored = self._store.open_share(share_id, article_number(share_id))
        if head is not None:
            self._library.note(head)
        share = self._live(stored, head)
        if head is None or share.article != head.number:
            raise NotFound("no share has this address")
        head.shown()
        return Opened(head, share)

    def change_expiry(self, token: str, manage_key: str, expires_in: int | None) -> Opened:
        """Let the share expire in so many seconds from now, or never. Raises as `open` does, and `KeyWrong`."""
        while True:
            opened = self._managed(token, manage_key)
            changed = replace(opened.share, expires_at=self._expiry(expires_in))
            if self._store.save_share(opened.share, changed):
                return Opened(opened.article, changed)

    def revoke(self, token: str, manage_key: str | None) -> None:
        """Revoke a share for good. `manage_key` None: by its publisher. Raises as `open` does, and `KeyWrong`."""
        while True:
            share_id = self._tokens.unsign(token)
            head, stored = self._store.open_share(share_id, article_number(share_id))
            share = self._live(stored, head)
            if manage_key is not None and not manages(manage_key, share.manage_hash):
                raise KeyWrong("this is not the share's manage key")
            if self._store.save_share(share, Tombstone(share.id, self._now())):
                return

    def _managed(self, token: str, manage_key: str) -> Opened:
        opened = self.open(token)
        if not manages(manage_key, opened.share.manage_hash):
            raise KeyWrong("this is not the share's manage key")
        return opened

    def _live(self, stored: Share | Tombstone | None, head: Article | None) -> Share:
        if stored is None:
            raise NotFound("no share has this address")
        readable = head.slug if head is not None and head.readable else None
        if isinstance(stored, Tombstone):
            raise Gone("revoked", "the link was revoked", readable)
        if stored.expired(self._now()):
            raise Gone("expired", "the link has expired", readable)
        return stored

    def _repeated(self, head: Article, stored: Share | Tombstone, request: Request, ticket: Ticket) -> Issued:
        """The answer to a request whose `Idempotency-Key` was used before."""
        share = self._live(stored, head)
        if share.request_digest != request.digest:
            raise Invalid.one("", "idempotency-key", "this Idempotency-Key was used for another request")
        head.shown()
        return Issued(Opened(head, share), ticket.manage_key)

    def _article_now(self, slug: str) -> Article:
        try:
            return self._library.head(slug)
        except NotFound:
            raise Invalid.one("/article", "unknown-article", f"there is no article {slug!r}") from None

    def _snippets(self, head: Article, request: Request) -> tuple[tuple[Snippet, ...], int]:
        """The snippets asked for, in their final order, and their revision's number. Raises `Invalid`."""
        current = head.current
        if head.withdrawn or current is None:
            raise Invalid.one("/article", "unknown-article", f"the article {request.article!r} was withdrawn")
        revision = current.number if request.revision is None else request.revision
        if not head.holds(revision):
            raise Invalid.one("/revision", "unknown-revision", f"the article has no revision {revision}")
        text = self._library.document(head, revision).text
        places = Placing(text, approximately=request.revision is None)
        problems: list[Problem] = []
        placed: set[tuple[Span, Color]] = set()
        for index, mark in enumerate(request.marks):
            try:
                placed.add((places.span(mark.selectors), mark.color))
            except Invalid as error:
                problems += (replace(each, pointer=f"/snippets/{index}{each.pointer}") for each in error.problems)
        if problems:
            raise Invalid(problems)
        # Marks of one colour can be joined, so whoever marks all of a text in each colour needs no more.
        most = max(_MOST_WORDS, len(Color) * len(text))
        if sum(len(span) for span, _ in placed) > most:
            raise Invalid.one("/snippets", "too-much", f"the snippets hold more than {most} characters together")
        ordered = sorted(placed, key=lambda each: (each[0].start, -each[0].end, _PLACES[each[1]]))
        return tuple(Snippet(number, *each) for number, each in enumerate(ordered, start=1)), revision

    def _share(
        self,
        ticket: Ticket,
        head: Article,
        revision: int,
        snippets: tuple[Snippet, ...],
        request: Request,
    ) -> Share:
        return Share(
            id=ticket.id,
            article=head.number,
            revision=revision,
            created_at=self._now(),
            expires_at=self._expiry(request.expires_in),
            manage_hash=hash_of(ticket.manage_key),
            request_digest=request.digest,
            snippets=snippets,
        )

    def _expiry(self, expires_in: int | None) -> datetime | None:
        return None if expires_in is None else self._now() + timedelta(seconds=expires_in)


def _still(head: Article, request: Request, revision: int) -> bool:
    """Whether a share of `revision`, decided on an earlier head, is what was asked for on this one."""
    if head.withdrawn or head.current is None or not head.holds(revision):
        return False
    return request.revision is not None or head.current.number == revision
