"""The commands: `flask serve`, `flask articles …`, `flask shares …`. They call the same use cases as the API."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, ScriptInfo, with_appcontext

from snippetsvc.errors import Invalid, SnippetsvcError, StoreAway
from snippetsvc.files import folder
from snippetsvc.run import saying
from snippetsvc.run.serve import serve
from snippetsvc.service.articles import is_slug
from snippetsvc.web import bodies
from snippetsvc.web.proofs import proof
from snippetsvc.web.site import services


class Command(click.Command):
    """A command that says an error of ours, or of the system, in one line, and exits with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        # What a log would say of an error is said once, below.
        for name in ("snippetsvc", "bs4"):
            logging.getLogger(name).setLevel(logging.ERROR)
        try:
            return super().invoke(ctx)
        except StoreAway as away:
            embedded = ctx.ensure_object(ScriptInfo).load_app().extensions.get("embedded")
            raise click.ClickException((embedded and embedded.trouble) or str(away)) from None
        except SnippetsvcError as error:
            raise click.ClickException(" ".join(str(error).split())) from None
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads any more
        except OSError as error:
            # Such as an output that cannot be written.
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from None


class Group(AppGroup):
    command_class = Command


articles = Group("articles", help="Publish articles, and see what is published.")
shares = Group("shares", help="Manage readers' links.")


def register(app: Flask) -> None:
    app.cli.add_command(articles)
    app.cli.add_command(shares)
    app.cli.add_command(serve_command)


@click.command("serve", cls=Command)
@with_appcontext
def serve_command() -> None:
    """Serve readers until Ctrl-C, at SNIPPETSVC_HOST and SNIPPETSVC_PORT."""
    serve(current_app.extensions["settings"], services().store)


@articles.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="Last part of its address; unless given, the file's name.")
@click.option("--title", help="Unless given, the document's.")
@click.option("--lang", help="Language tag such as en; unless given, the document's.")
@click.option("--dir", help="ltr, rtl or auto; unless given, the document's or the language's.")
@click.option("--author", "authors", multiple=True, help="Who wrote it; once for each of several.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--published-at", help="Date, or date and time, of ISO 8601.")
@click.option("--modified-at", help="When it was changed, likewise.")
@click.option("--source-url", help="Where it was published first; relative addresses are resolved against it.")
@click.option("--canonical-url", help="Its own address, where that is another.")
@click.option("--license", help="Address or name of the licence that it is under.")
@click.option("--description", help="What it is about, in a sentence or two.")
@click.option("--image", help="Address of its lead picture.")
@click.option("--selector", help="CSS of what holds the article in its page; unless given, as before, else found.")
@click.option("--dry-run", is_flag=True, help="Publish nothing; say what it would do, to readers' marks, too.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --dry-run: write the page as it would stand there.",
)
@click.option("--strict", is_flag=True, help="Publish nothing if anything of the document is left out.")
def publish(
    file: Path,
    slug: str | None,
    dry_run: bool,
    out: Path | None,
    strict: bool,
    authors: tuple[str, ...],
    **options: str | None,
) -> None:
    """Publish the HTML in FILE: a new article, or the next revision of the one with this slug."""
    if out and not dry_run:
        raise click.UsageError("--out goes with --dry-run")
    slug = slug or _slug_of(file)
    said: dict[str, object] = {name: value for name, value in options.items() if value is not None}
    details = bodies.details(said | ({"authors": [*authors]} if authors else {}))
    try:
        source = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
    if dry_run:
        draft = services().articles.draft(slug, source, details)
        counts = saying.what_if(draft)
        saying.notices(draft.published)
        if out:
            out.write_text(proof(draft, counts))
        if strict and draft.published.drops:
            raise click.ClickException("it would not be published: something would be left out")
        return
    told = services().publishing.publish(slug, source, details, strict=strict)
    saying.published(told.published)
    saying.marks(told.marks)
    saying.notices(told.published)


@articles.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--dry-run", is_flag=True, help="Publish nothing; say what would be.")
@click.option("--limit", type=click.IntRange(1), help="Bring in the first so many documents.")
@click.option("--delay", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds between two requests.")
@click.option("--ignore-robots", is_flag=True, help="Fetch what robots.txt forbids: for a site of your own.")
def import_articles(
    sources: tuple[str, ...], dry_run: bool, limit: int | None, delay: float, ignore_robots: bool
) -> None:
    """Bring in articles: files, folders, addresses, sitemaps, feeds. Interrupted, it goes on when called again."""
    for source in sources:
        if "://" not in source and not Path(source).exists():
            raise click.BadParameter(f"there is no file or folder {source}", param_hint="SOURCE")
    # What serves readers shares this module, and needs nothing of what fetches.
    from snippetsvc.run.importing import bring_in

    settings = current_app.extensions["settings"]
    bring_in(services(), settings, sources, dry=dry_run, limit=limit, delay=delay, robots=not ignore_robots)


@articles.command("demo")
def demo() -> None:
    """Publish the demonstration articles, if there is no article yet."""
    if services().articles.listed(0, 1)[0]:
        return
    for file in sorted(folder("demo").glob("*.html")):
        saying.published(services().articles.publish(_slug_of(file), file.read_bytes(), bodies.details({})))


@articles.command("list")
def list_articles() -> None:
    """List the articles: slug, current revision, language, title."""
    offset, more = 0, True
    while more:
        page, more = services().articles.listed(offset, 100)
        offset += 100
        for article in page:
            current = article.current.number if article.current else 0
            click.echo(f"{article.slug}\t{current}\t{article.lang}\t{article.title}")


@articles.command("diff")
@click.argument("slug")
@click.argument("old", type=click.IntRange(1))
@click.argument("new", type=click.IntRange(1))
def diff(slug: str, old: int, new: int) -> None:
    """Say what revision NEW does to the marks on revision OLD."""
    article = services().articles.head(slug)
    saying.effects(article, old, new, f"in revision {new}")


@articles.command("revert")
@click.argument("slug")
@click.argument("revision", type=click.IntRange(1))
def revert(slug: str, revision: int) -> None:
    """Publish the content of an earlier REVISION again, as a new one."""
    saying.published(services().articles.revert(slug, revision))


@articles.command("withdraw")
@click.argument("slug")
def withdraw(slug: str) -> None:
    """Take an article back: it and its shares answer 410, until it is published again."""
    services().articles.withdraw(slug)
    click.echo(f"{slug} is withdrawn")


@articles.command("rename")
@click.argument("old")
@click.argument("new")
def rename(old: str, new: str) -> None:
    """Give an article another slug; its old address leads to the new one."""
    services().articles.rename(old, new)
    click.echo(f"{old} is now {new}")


@articles.command("retract")
@click.argument("slug")
@click.argument("revisions", nargs=-1, required=True, type=click.IntRange(1))
def retract(slug: str, revisions: tuple[int, ...]) -> None:
    """Take the words of REVISIONS back for good: from every page, from the store, and from its files."""
    numbers = sorted(set(revisions))
    live = sys.stderr.isatty()
    if live:
        click.echo("the store rewrites its files …", nl=False, err=True)
    try:
        article, erasure = services().articles.retract(slug, numbers)
    finally:
        if live:
            click.echo("\r\033[K", nl=False, err=True)
    current = f"revision {article.current.number} is current" if article.current else "nothing is left to read"
    click.echo(f"{slug}: retracted {', '.join(map(str, numbers))}; {current}")
    digests = {info.digest for info in article.revisions if info.number in numbers}
    for info in article.revisions:
        if info.digest in digests and not info.retracted:
            click.echo(f"revision {info.number} holds the same words, and is still shown", err=True)
    if not erasure.done:
        raise click.ClickException(f"{erasure.detail} Call it again once the store can rewrite them.")
    click.echo(erasure.detail)


@shares.command("revoke")
@click.argument("token")
def revoke(token: str) -> None:
    """Revoke the link with this TOKEN (or address) for good."""
    in_address = re.search(r"/s/([^/?#]+)", token)
    services().shares.revoke(in_address[1] if in_address else token, None)
    click.echo("revoked")


def _slug_of(file: Path) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:100].strip("-")
    if not is_slug(slug):
        raise Invalid.one("/slug", "slug", f"{file.name} gives no slug: use --slug")
    return slug
