"""`flask articles import`: what it says on a terminal and elsewhere, how it is interrupted, and its summary."""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from snippetsvc import __version__
from snippetsvc.html.notices import Notices
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
        _say_all(report)
        click.echo("interrupted; the same command goes on from here" if not dry else "interrupted", err=True)
        sys.exit(128 + (interrupt.args[0] if interrupt.args else signal.SIGINT))
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


def _say_all(report: Report) -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    outcomes = list(report.outcomes.values())
    counts = Counter(outcome.became for outcome in (*outcomes, *report.gone))
    listed = ", ".join(f"{counts[became]} {words}" for became, words in _COUNTED.items() if counts[became])
    earlier = f" ({report.before} of them before it was interrupted)" if report.before else ""
    documents = "1 document" if len(outcomes) == 1 else f"{len(outcomes)} documents"
    click.echo(f"{documents}{earlier}: {listed or 'nothing'}")
    for title, became in (("refused", Became.REFUSED), ("gone, and kept here", Became.GONE)):
        _say_part(title, (_line(each) for each in (*outcomes, *report.gone) if each.became is became))
    notices = Notices()
    for notice in (notice for outcome in outcomes for notice in outcome.notices):
        notices.add(notice.kind, notice.did, notice.example, notice.count)
    _say_part("notices", map(str, notices.listed()))


def _say_part(title: str, lines: Iterable[str]) -> None:
    """What there is of it."""
    if said := "\n  ".join(lines):
        click.echo(f"{title}:\n  {said}")


def _line(outcome: Outcome) -> str:
    return "  ".join(filter(None, (outcome.reason, outcome.slug, outcome.address, outcome.detail)))
