"""Articles in the store: heads, revisions, alignments, slugs and the list.

The head is the truth about an article. Whatever else a write touches is written before it, or with it by one script,
so that a crash at any point leaves at worst something that nothing refers to. Every write may be sent twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from snippetsvc.errors import Conflict
from snippetsvc.models import Article, Retracted, Revision
from snippetsvc.store import keys, records
from snippetsvc.store.connection import Connection
from snippetsvc.store.records import head_in
from snippetsvc.store.scripts import compare_and_set, save_alignment

#: Life of an alignment of two revisions that do not follow each other. Kept for ever, their number would grow with
#: the square of the revisions; this one is made anew when somebody still asks.
_ALIGNMENT_LIFE = 90 * 24 * 3600

#: Heads that are asked for in one round trip, where many are read.
_PORTION = 1_000


class StoredArticles:
    """The part of the store that keeps articles. Everything here raises `StoreAway` and `RecordUnreadable`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, slug: str) -> int | None:
        """The number of the article that has this slug, or had it before a rename."""
        number = self._connection.one("GET", keys.slug(slug))
        return None if number is None else int(number)

    def article(self, number: int) -> Article | None:
        """The head."""
        return head_in(self._connection.one("GET", keys.head(number)))

    def heads(self, numbers: Iterable[int]) -> list[Article]:
        """Those of the articles that there are, in one round trip."""
        answers = self._connection.run(*(("GET", keys.head(number)) for number in numbers))
        return [head for head in map(head_in, answers) if head is not None]

    def article_by_slug(self, slug: str) -> Article | None:
        """The head; its own slug differs from `slug` after a rename."""
        number = self.find(slug)
        return None if number is None else self.article(number)

    def articles(self, offset: int, count: int) -> tuple[list[Article], bool]:
        """Those that can be read, the newest first publication first, and whether more follow.

        offset, count: places in the list. Fewer than `count` may come though more follow: an article that is being
        published or withdrawn at this moment has a place and is left out.
        """
        if count < 1:
            return [], False
        numbers = self._connection.one("ZREVRANGE", keys.ARTICLES, offset, offset + count)
        heads = self.heads([int(number) for number in numbers[:count]])
        return [head for head in heads if head.readable], len(numbers) > count

    def recent(self, count: int) -> list[Article]:
        """The `count` articles published most recently, newest first."""
        return self.articles(0, count)[0]

    def places(self) -> tuple[int, int]:
        """How many places the list has, and `changes`, in one round trip."""
        count, changes = self._connection.run(("ZCARD", keys.ARTICLES), ("GET", keys.CHANGES))
        return int(count), int(changes or 0)

    def oldest(self, offset: int, count: int) -> Iterator[Article]:
        """Those of `count` places that can be read, the oldest first publication first: there, places stay as the list
        grows at its end. Read in portions, as they are asked for.
        """
        numbers = self._connection.one("ZRANGE", keys.ARTICLES, offset, offset + count - 1)
        for start in range(0, len(numbers), _PORTION):
            heads = self.heads(int(number) for number in numbers[start : start + _PORTION])
            yield from (head for head in heads if head.readable)

    def changes(self) -> int:
        """A counter that grows with every write to an article; by which a library knows that it is time to look."""
        return int(self._connection.one("GET", keys.CHANGES) or 0)

    def revision(self, article: int, number: int) -> Revision | Retracted | None:
        """A revision's text, or what is left of it."""
        data = self._connection.one("GET", keys.revision(article, number))
        found = None if data is None else records.unpack_revision(data, article, number)
        if isinstance(found, Retracted) and found.into is None:
            remains = self._connection.one("GET", keys.remains(article, number))
            return found if remains is None else records.unpack_remains(remains, article, number)
        return found

    def revisions(self, places: Sequence[tuple[int, int]]) -> list[Revision]:
        """Those of the revisions (article, number) that there are, with their words, in one round trip."""
        answers = self._connection.run(*(("GET", keys.revision(*place)) for place in places)) if places else []
        found = [
            records.unpack_revision(data, *place)
            for data, place in zip(answers, places, strict=True)
            if data is not None
        ]
        return [revision for revision in found if isinstance(revision, Revision)]

    def reserve(self, slug: str) -> int:
        """The number for an article that is to be published under `slug`: a new one, or the one that has it."""
        number = self.find(slug)
        if number is not None:
            return number
        drawn = self._connection.one("INCR", keys.NUMBERS)
        _, claimed = self._connection.run(("SET", keys.slug(slug), drawn, "NX"), ("GET", keys.slug(slug)))
        return int(claimed)

    def save_article(self, expected: Article | None, new: Article, revision: Revision | None = None) -> bool:
        """Put `new` in the place of the head `expected` (None: there is none yet), with its newest revision's text.

        False, and nothing is changed, when the head is no longer `expected`: read it again and decide anew. Raises
        `Conflict` when another article has the slug.
        """
        if (expected is None or expected.slug != new.slug) and not self._claim(new.slug, new.number):
            raise Conflict(f"another article has the address {new.slug}")
        extra = (
            {} if revision is None else {keys.revision(new.number, revision.number): records.pack_revision(revision)}
        )
        return self._replace(expected, new, extra)

    def retract(self, expected: Article, new: Article, left: Iterable[Retracted]) -> bool:
        """Put `new` in the place of the head `expected`, and what is left in the place of revisions.

        Their alignments are forgotten. All at once, and False as with `save_article`. The words stay in the store's
        files until `Store.erase`, which must follow, and may be called again if it could not be finished.
        """
        extra: dict[str, bytes] = {}
        for each in left:
            extra[keys.revision(new.number, each.number)] = records.pack_revision(each)
            extra[keys.remains(new.number, each.number)] = b""
            for info in new.revisions:
                if info.number != each.number:
                    extra[keys.alignment(new.number, each.number, info.number)] = b""
                    extra[keys.alignment(new.number, info.number, each.number)] = b""
        return self._replace(expected, new, extra)

    def alignment(self, article: int, old: int, new: int) -> bytes | None:
        """What `save_alignment` kept for revisions `old` and `new`, or None."""
        data = self._connection.one("GET", keys.alignment(article, old, new))
        return None if data is None else records.unpack_alignment(data)

    def save_alignment(self, article: int, old: int, new: int, data: bytes) -> bool:
        """Keep an alignment; False when one of the revisions is missing or retracted."""
        script_keys = (
            keys.alignment(article, old, new),
            keys.revision(article, old),
            keys.revision(article, new),
        )
        life = 0 if abs(new - old) == 1 else _ALIGNMENT_LIFE
        return bool(
            self._connection.one(
                *save_alignment(script_keys, records.pack_alignment(data), life, records.LIVE, records.BLANK_SIZE)
            )
        )

    def _claim(self, slug: str, number: int) -> bool:
        _, holder = self._connection.run(("SET", keys.slug(slug), number, "NX"), ("GET", keys.slug(slug)))
        return int(holder) == number

    def _replace(self, expected: Article | None, new: Article, extra: dict[str, bytes]) -> bool:
        current: bytes | None = self._connection.one("GET", keys.head(new.number))
        data = records.pack_article(new)
        # Compared as objects, so that a head of an older format can be replaced; set against the bytes just read.
        as_stored = expected and records.unpack_article(records.pack_article(expected))
        if current != data and head_in(current) != as_stored:
            return False
        replace = compare_and_set((keys.head(new.number), *extra), current or b"", data, 0, *extra.values())
        if new.readable and not (expected and expected.readable):
            # Into the list before the head, out of it after: what is in it without reason is left out on reading.
            self._connection.one("ZADD", keys.ARTICLES, _published_at(new), new.number)
        replaced, _ = self._connection.run(replace, ("INCR", keys.CHANGES))
        if not replaced:
            return False
        self._tell(new.number)
        return True

    def _tell(self, number: int) -> None:
        """Count the change again, after the head for certain: in a cluster the first count may have come before it."""
        data, _ = self._connection.run(("GET", keys.head(number)), ("INCR", keys.CHANGES))
        head = head_in(data)
        if head and not head.readable:
            self._connection.one("ZREM", keys.ARTICLES, number)
            # Somebody may have put it back between the two.
            head = self.article(number)
            if head and head.readable:
                self._connection.one("ZADD", keys.ARTICLES, _published_at(head), number)


def _published_at(article: Article) -> int:
    """Milliseconds since 1970: the article's place in the list."""
    return int(article.revisions[0].created_at.timestamp() * 1000)
