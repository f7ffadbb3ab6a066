"""What commands say of a publication: what was done, what became of the document, and of readers' marks."""

from __future__ import annotations

import sys

import click

from snippetsvc.exports.words import excerpt
from snippetsvc.models import Article, Status
from snippetsvc.service.articles import Draft, Published
from snippetsvc.service.impact import Marks
from snippetsvc.text.document import Document
from snippetsvc.web.site import services


def published(told: Published) -> None:
    article = told.article
    what = f"revision {article.revisions[-1].number}" if told.revised else "nothing new in its text"
    click.echo(f"{article.slug}: {what}")


def notices(told: Published) -> None:
    """A line each."""
    for notice in told.notices:
        click.echo(f"  {notice}")


def marks(counts: Marks | None) -> None:
    if counts and (counts.intact or counts.changed or counts.lost):
        click.echo(f"  marks: {counts.intact} intact, {counts.changed} changed, {counts.lost} lost")


def what_if(draft: Draft) -> Marks | None:
    """What a draft would do to the marks on the article; their counts, None where nothing is done to them."""
    old, would_be = draft.old, draft.published
    if not would_be.revised:
        click.echo(f"{draft.new.slug}: nothing new in its text; the marks stay as they are")
    elif old is None or would_be.before is None:
        click.echo(f"{draft.new.slug}: would be a new article; nothing is marked yet")
    else:
        text = Document(draft.prepared.html).text
        return effects(old, would_be.before, text, f"in what would be revision {len(draft.new.revisions)}")
    return None


def effects(article: Article, old: int, new: int | str, where: str) -> Marks:
    """The counts in one line, and then what was not left intact."""
    live = sys.stderr.isatty()

    def progress(count: int) -> None:
        if live:
            click.echo(f"\r{count} shares looked at", nl=False, err=True)

    found = services().impact.of(article, old, new, progress)
    if live:
        click.echo("\r\033[K", nl=False, err=True)
    counts = {status: sum(effect.times for effect in found if effect.status is status) for status in Status}
    total = sum(counts.values())
    marks = "mark" if total == 1 else "marks"
    listed = ", ".join(f"{count} {status}" for status, count in counts.items())
    click.echo(f"{article.slug}: {total} {marks} on revision {old}; {where}: {listed}")
    for effect in found:
        if effect.status is Status.CHANGED:
            click.echo(f'  changed  "{_short(effect.before)}" is now "{_short(effect.after or "")}"')
        elif effect.status is Status.LOST:
            click.echo(f'  lost     "{_short(effect.before)}"')
    return Marks(counts[Status.INTACT], counts[Status.CHANGED], counts[Status.LOST])


def _short(words: str) -> str:
    return excerpt(words, 100)
