"""A pytest plugin: tests marked `engine("firefox")` or `engine("webkit")` run where that engine can be had.

Where it cannot, they are deselected, and the summary names the engine and says why; with `CI` set in the environment
that ends the run with an error instead. Nothing is ever skipped in silence.
"""

from __future__ import annotations

import pytest

from tests import browsers

_missing = pytest.StashKey[dict[str, str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = {item: marker.args[0] for item in items if (marker := item.get_closest_marker("engine"))}
    missing: dict[str, str] = {}
    for engine in sorted(set(wanted.values())):
        try:
            browsers.obtain(engine)
        except browsers.Missing as error:
            if browsers.all_are_needed():
                raise pytest.UsageError(str(error)) from None
            missing[engine] = str(error)
    config.stash[_missing] = missing
    left_out = [item for item in items if wanted.get(item) in missing]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for engine, reason in config.stash.get(_missing, {}).items():
        terminalreporter.write_line(f"Left out, without {engine}: {reason}", yellow=True)
