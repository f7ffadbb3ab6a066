"""`flask articles import`: what it says on a terminal and elsewhere, how it is interrupted, and its summary."""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from snippetsvc import __version__
from snippetsvc.importing.fetching import Fetcher
from snippetsvc.importing.importer import Importer, Report
from snippetsvc.importing.visiting import Visitor
from snippetsvc.models import Became, Outcome
from snippetsvc.run.settings import Settings
from snippetsvc.service import Services
from snippetsvc.store.dry import DryStore

#: What became of documents, in the order and the words of the summary.
_COUNTED = {
    Became.NEW: "new",
    Became.CHANGED: "changed",
    Became.SAME: "same",
    Became.ALIAS: "at another address of the same article",
    Became.GONE: "gone",
    Became.REFUSED: "refused",
}
_WIDTH = 78
#: Seconds.
_LONG = 3.0


def bring_in(
    services: Services,
    settings: Settings,
    sources: Sequence[str],
    *,
    dry: bool,
    limit: int | None,
    delay: float,
    robots: bool,
) -> None:
    """Run an import and say what became of it. Raises `click.ClickException` where something was refused."""
    about = f"+{settings.base_url}" if settings.base_url else "import of articles"
    fetcher = Fetcher(f"snippetsvc/{__version__} ({about})", settings.fetch_allow)
    store = DryStore(services.store) if dry else services.store
    visitor = Visitor(fetcher, delay, robots, sleep=_sleep)
    importer = Importer(store, services.articles.on(store), visitor, _tell)
    report = importer.report
    try:
        with _interrupted_by_signals():
            importer.run(sources, limit)
    except KeyboardInterrupt as interrupt:
        _clear()
        _say_all(report)
        click.echo("interrupted; the same command goes on from here" if not dry else "interrupted", err=True)
        sys.exit(128 + (interrupt.args[0] if interrupt.args else signal.SIGINT))
    _clear()
    _say_all(report)
    refused = [each for each in report.outcomes.values() if each.became is Became.REFUSED]
    if refused:
        raise click.ClickException(f"{len(refused)} of {len(report.outcomes)} documents refused")


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """SIGTERM interrupts as Ctrl-C does."""

    def interrupt(number: int, _: FrameType | None) -> None:
        raise KeyboardInterrupt(number)

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(outcome: Outcome, done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{f'{done} of {total}  {outcome.address}'[:_WIDTH]}", nl=False, err=True)
    else:
        click.echo(f"{outcome.became:<8} {outcome.slug or '-'}  {outcome.address}  {outcome.reason}".rstrip())


def _sleep(seconds: float) -> None:
    """As hosts ask for it. Whoever looks on should not think that it hangs."""
    if seconds >= _LONG and sys.stderr.isatty():
        click.echo(f"\r\033[Kwaiting for {seconds:.0f} seconds, as the site asks", nl=False, err=True)
    time.sleep(seconds)


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def _say_all(report: Report) -> None:
    outcomes = list(report.outcomes.values())
    counts = Counter(outcome.became for outcome in (*outcomes, *report.gone))
    listed = ", ".join(f"{counts[became]} {words}" for became, words in _COUNTED.items() if counts[became])
    earlier = f" ({report.before} of them before it was interrupted)" if report.before else ""
    documents = "1 document" if len(outcomes) == 1 else f"{len(outcomes)} documents"
    click.echo(f"{documents}{earlier}: {listed or 'nothing'}")
    _say_each("refused", [each for each in outcomes if each.became is Became.REFUSED])
    _say_each("gone, and kept here", [*(each for each in outcomes if each.became is Became.GONE), *report.gone])
    notices = Counter[tuple[str, str]]()
    examples: dict[tuple[str, str], str] = {}
    for notice in (notice for outcome in outcomes for notice in outcome.notices):
        notices[notice.kind, notice.did] += notice.count
        examples.setdefault((notice.kind, notice.did), notice.example)
    if notices:
        click.echo("notices:")
    for (kind, did), count in notices.most_common():
        example = examples[kind, did]
        click.echo(f"  {kind}, {did}: {count}" + (f', such as "{example}"' if example else ""))


def _say_each(title: str, outcomes: Sequence[Outcome]) -> None:
    if outcomes:
        click.echo(f"{title}:")
    for each in outcomes:
        parts = (each.reason, each.slug, each.address, each.detail)
        click.echo("  " + "  ".join(part for part in parts if part))
