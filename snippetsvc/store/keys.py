"""The names of everything in the store; no other module spells a key.

What belongs to one article carries the hash tag `{<number>}`, so that in a cluster its head, its revisions and
their alignments lie in one slot and one script may change them together. Shares are spread over all slots, and so is
what is kept of imports, for which no two keys have to change together.
"""

from __future__ import annotations

import hashlib

from snippetsvc import tokens

PREFIX = "snip:"

#: Sorted set of article numbers by the time of their first revision, in milliseconds.
ARTICLES = f"{PREFIX}articles"
#: Counter, increased after every write to an article.
CHANGES = f"{PREFIX}changes"
#: Counter that article numbers are drawn from.
NUMBERS = f"{PREFIX}numbers"
#: Never there: what writes are tried with that change nothing.
NOTHING = f"{PREFIX}nothing"


def head(article: int) -> str:
    return f"{PREFIX}article:{{{article}}}"


def revision(article: int, number: int) -> str:
    return f"{PREFIX}revision:{{{article}}}:{number}"


def alignment(article: int, old: int, new: int) -> str:
    return f"{PREFIX}alignment:{{{article}}}:{old}:{new}"


def remains(article: int, number: int) -> str:
    """Of an earlier format: what is left of a retracted revision."""
    return f"{PREFIX}remains:{{{article}}}:{number}"


def slug(name: str) -> str:
    return f"{PREFIX}slug:{name}"


def share(share_id: str) -> str:
    """By the random characters alone: one `Idempotency-Key` meets one key, whichever article it is sent with."""
    return f"{PREFIX}share:{share_id.partition('-')[2]}"


def share_id(article: int, share_key: str) -> str:
    """The inverse of `share`: the id of the share of `article` that is stored under `share_key`."""
    return tokens.share_id(article, share_key.removeprefix(f"{PREFIX}share:"))


def imported(article: int) -> str:
    """Where an article was imported from."""
    return f"{PREFIX}imported:{{{article}}}"


def address(text: str) -> str:
    """The number of the article that was imported from an address."""
    return f"{PREFIX}address:{_digest(text)}"


def source(name: str) -> str:
    """Set of the numbers of all articles that were ever imported from a source of several."""
    return f"{PREFIX}source:{_digest(name)}"


def outcomes(sources: str) -> str:
    """Hash: by address what became of it so far, in an import of these sources that has not come to its end."""
    return f"{PREFIX}outcomes:{_digest(sources)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
