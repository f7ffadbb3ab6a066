"""`python -m pictures`: draw the interface in its named states, and a page that shows them all.

    python -m pictures                              all of them, into var/pictures
    python -m pictures --only sent-phone help-phone some of them; the page goes on to show the others that are there
    python -m pictures --list                       their names

A service of its own is started for it, with articles and links that were made for this. A state that cannot be reached
is named, the others are drawn nevertheless, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Error, expect, sync_playwright

from pictures import index
from pictures.drawing import draw, opened
from pictures.states import GROUPS, STATES, State
from pictures.world import publish
from tests import browsers
from tests.service import ROOT, Service

#: How long a state may be waited for, in ms.
PATIENCE = 15_000


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m pictures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--to", type=Path, default=ROOT / "var" / "pictures", metavar="FOLDER", help="(default var/pictures)"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these states alone")
    parser.add_argument("--list", action="store_true", help="list the names of the states")
    chosen = parser.parse_args(arguments)
    if chosen.list:
        for group, states in GROUPS.items():
            print(f"{group}: {' '.join(state.name for state in states)}")
        return 0
    unknown = set(chosen.only) - {state.name for state in STATES}
    if unknown:
        parser.error(f"no such state: {', '.join(sorted(unknown))}; --list names all of them")
    try:
        found = browsers.obtain("chromium")
    except browsers.Missing as missing:
        print(f"error: {missing}", file=sys.stderr)
        return 1
    chosen.to.mkdir(parents=True, exist_ok=True)
    failures = draw_all([state for state in STATES if not chosen.only or state.name in chosen.only], found, chosen.to)
    print(f"See {index.write(chosen.to, failures)}")
    for name, reason in failures.items():
        print(f"error: {name} could not be reached: {reason}", file=sys.stderr)
    return 1 if failures else 0


def draw_all(states: Sequence[State], found: browsers.Found, folder: Path) -> dict[str, str]:
    """Draw them; those that could not be reached, each with the reason."""
    expect.set_options(timeout=PATIENCE)
    failures = {}
    print("Starting a service, publishing", flush=True)
    with tempfile.TemporaryDirectory(prefix="pictures-") as place, Service(Path(place) / "data") as service:
        addresses = publish(service)
        with sync_playwright() as playwright, browsers.launch(playwright, found) as browser:
            for number, state in enumerate(states, 1):
                print(f"{number:3} of {len(states)}  {state.name}", flush=True)
                picture = index.picture_of(folder, state)
                picture.unlink(missing_ok=True)
                try:
                    with opened(browser, state) as page:
                        page.set_default_timeout(PATIENCE)
                        state.reach(page, addresses)
                        draw(page, state, picture)
                except (Error, AssertionError) as error:
                    failures[state.name] = str(error).strip().partition("\n")[0]
    return failures


if __name__ == "__main__":
    sys.exit(main())
