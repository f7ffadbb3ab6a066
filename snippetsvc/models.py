"""What is stored: Article, Revision, Snippet, Share. All frozen; a change makes a new object.

Times are aware datetimes in UTC. Offsets and lengths are Unicode code points of the canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from snippetsvc.errors import Gone


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of the canonical text, in code points; `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]


class Status(StrEnum):
    """What became of a snippet: the same words; its place is known and the words were edited; no place any more."""

    INTACT = "intact"
    CHANGED = "changed"
    LOST = "lost"


class Color(StrEnum):
    """Of a snippet. Never reorder: the store keeps the place of each; a new one goes to the end."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"


@dataclass(frozen=True, slots=True)
class RevisionInfo:
    """What an article's head says of one revision.

    number: 1, 2, …; digest: lower-case hex SHA-256 of the revision's HTML in UTF-8;
    length: code points of its canonical text; retracted: its text must no longer be shown.
    """

    number: int
    created_at: datetime
    digest: str
    length: int
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """The head of an article: everything but the text of its revisions.

    number: the short number, from 1, that share ids begin with; it outlives a rename.
    revisions: all of them, in the order of their numbers.
    published_at, modified_at: as `html.dates.iso_date` gives them; license: an address, or a name; image: the address
    of the lead picture; canonical_url: the article's own address, by its publisher.
    selector, way: what holds the article in its page, as its publisher says, and as it was found (`html.way`).
    version: the digest of the record that this was read from; it says nothing of a copy that was changed.
    """

    number: int
    slug: str
    title: str
    lang: str
    dir: str
    revisions: tuple[RevisionInfo, ...]
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    source_url: str | None = None
    canonical_url: str | None = None
    license: str | None = None
    description: str | None = None
    image: str | None = None
    withdrawn: bool = False
    selector: str | None = None
    way: str | None = None
    version: bytes = field(default=b"", compare=False)

    @property
    def author(self) -> str | None:
        """The names of its authors in one line."""
        return ", ".join(self.authors) or None

    @property
    def current(self) -> RevisionInfo | None:
        """The newest revision that is not retracted; None when all are."""
        for info in reversed(self.revisions):
            if not info.retracted:
                return info
        return None

    @property
    def readable(self) -> bool:
        """Whether there is a revision of it that readers are shown."""
        return not self.withdrawn and self.current is not None

    def shown(self) -> RevisionInfo:
        """The revision that readers are shown. Raises `Gone` when the article was withdrawn or all of it retracted."""
        if self.withdrawn:
            raise Gone("withdrawn", "the article was withdrawn by its publisher")
        if self.current is None:
            raise Gone("retracted", "the article was retracted by its publisher")
        return self.current

    def revision(self, number: int) -> RevisionInfo | None:
        """The entry of revision `number`, or None."""
        return self.revisions[number - 1] if 1 <= number <= len(self.revisions) else None

    def holds(self, number: int) -> bool:
        """Whether revision `number` is there, with its words."""
        info = self.revision(number)
        return info is not None and not info.retracted


class NoticeKind(StrEnum):
    """What a notice is about; the most important first. docs/publishing.md says what each means."""

    ORACLE = "oracle"
    ROOT = "root"
    HEADLINE = "headline"
    FORMULA = "formula"
    PICTURE = "picture"
    EMBED = "embed"
    HIDDEN = "hidden"
    CHANGE = "change"
    CONTROL = "control"
    DRAWING = "drawing"
    LINK = "link"
    CHARACTER = "character"
    DATE = "date"
    COMMENT = "comment"
    TABLE = "table"
    OUTSIDE = "outside"
    COMMENTS = "comments"
    RELATED = "related"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    BYLINE = "byline"
    ADVERTISING = "advertising"
    COOKIES = "cookies"
    DIALOG = "dialog"
    COMPLEMENTARY = "complementary"
    SEARCH = "search"
    NAVIGATION = "navigation"
    BANNER = "banner"
    CONTENTINFO = "contentinfo"


class Did(StrEnum):
    """What publishing did with it."""

    DROPPED = "dropped"
    LINKED = "linked"
    REPLACED = "replaced"
    MOVED = "moved"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Notice:
    """What publishing left out of a document, or put in its place. example: of the first of `count`, in a line."""

    kind: NoticeKind
    count: int
    did: Did
    example: str

    def __str__(self) -> str:
        """For people: a line."""
        did = "left out" if self.did is Did.DROPPED else self.did
        return f"{did}: {self.count} × {self.kind}" + (f', such as "{self.example}"' if self.example else "")


@dataclass(frozen=True, slots=True)
class Imported:
    """Where an article was imported from, and in which state.

    article: its number; address: where its words were found last, absolute, or `file:<folder>/<path>`; digest: SHA-256
    of the bytes there, etag and last_modified: what their server called them; revisions: how many the article had when
    they had been published, 0 as long as they have not.
    """

    article: int
    address: str
    digest: bytes
    etag: str | None
    last_modified: str | None
    revisions: int


class Became(StrEnum):
    """What became of an address that was to be imported: ALIAS, it is another one of an article; GONE, it was imported
    once and is not there any more."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ALIAS = "alias"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """address: what was to be imported, as in `Imported`; article, slug: of the article, as far as there is one;
    reason: of a refusal, a short name such as `404` or `no-text`; detail: the same in a sentence."""

    address: str
    became: Became
    article: int | None = None
    slug: str = ""
    reason: str = ""
    detail: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of an article: the normalised HTML; its canonical text follows from it."""

    article: int
    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Retracted:
    """What stands in the place of a revision whose words were taken back: no word of them.

    into: the number of the revision that `alignment`, as `anchoring.Alignment` is kept, leads to: what of the words
    stands there too has a place there; None when nothing is known of it.
    """

    article: int
    number: int
    into: int | None = None
    alignment: bytes = b""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a reader marked. number: from 1, fixed when the share is made (by start, the longer one first)."""

    number: int
    span: Span
    color: Color


@dataclass(frozen=True, slots=True)
class Share:
    """An immutable set of snippets of one revision.

    id: the unsigned id, `<article number in base 36>-<22 URL-safe characters>`;
    manage_hash: SHA-256 of the manage key;
    request_digest: SHA-256 of the request that made it, for telling retries; empty without an `Idempotency-Key`.
    Only `expires_at` ever changes.
    """

    id: str
    article: int
    revision: int
    created_at: datetime
    expires_at: datetime | None
    manage_hash: bytes
    request_digest: bytes
    snippets: tuple[Snippet, ...]

    def expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a revoked share, so that its link answers 410 and not 404."""

    id: str
    revoked_at: datetime
