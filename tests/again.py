"""pytest, and what failed once more, alone: what passes then is named as flaky, and the run is good all the same.

    python -m tests.again [what pytest takes]

A test that passes at the second attempt has a fault, or its subject has; but a busy machine is no reason to distrust a
change. Whatever ends a run but tests that fail is final, and so are many of those.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

#: More failures than this are no accident.
MANY = 20


class Attempt:
    """One run of pytest: its exit code, and the names of the tests that passed and of what failed."""

    def __init__(self, *arguments: str) -> None:
        self.passed: set[str] = set()
        self.failed: set[str] = set()
        self.code = pytest.main([*arguments], plugins=[self])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        def names(*outcomes: str) -> set[str]:
            return {report.nodeid for each in outcomes for report in terminalreporter.stats.get(each, [])}

        self.failed = names("failed", "error")
        # What a test used may be at fault when it is put away, though the test itself passed.
        self.passed = names("passed") - self.failed


def main(arguments: Sequence[str]) -> int:
    # pytest remembers what failed, also in earlier runs.
    first = Attempt("--cache-clear", *arguments)
    # A file that cannot be read fails under its own name; under xdist that, too, ends as if a test had failed.
    tests_alone = all("::" in name for name in first.failed)
    if first.code != pytest.ExitCode.TESTS_FAILED or not tests_alone or not 0 < len(first.failed) <= MANY:
        return first.code
    print("\nWhat failed, once more, alone:", flush=True)
    second = Attempt(*arguments, "--numprocesses=0", "--dist=no", "--last-failed", "--last-failed-no-failures=none")
    flaky = first.failed & second.passed
    failed = first.failed - flaky
    if flaky:
        print("\nFlaky, passed at the second attempt:", *sorted(flaky), sep="\n")
    passed = f"{len(first.passed | flaky)} passed, {len(flaky)} of them at the second attempt"
    print(f"{len(failed)} failed, {passed}" if failed else passed)
    return pytest.ExitCode.TESTS_FAILED if failed else second.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
