"""A store that is stopped for a while: waits are bounded, and nobody is given another's answer, another's link."""

from __future__ import annotations

import os
import signal

import pytest

from tests.callers import Callers
from tests.store.backings import KINDS, Backings
from tests.store.samples import a_revision, a_share, an_article

CALLERS = 8


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_given_its_own(backings: Backings, kind: str) -> None:
    backing = backings.empty(kind)
    with backing.connected() as store:
        numbers = [store.reserve(f"slug-{caller}") for caller in range(CALLERS)]
        shares = [a_share(f"{caller:022}", number) for caller, number in enumerate(numbers)]
        for number, share in zip(numbers, shares, strict=True):
            store.save_article(None, an_article(number, f"slug-{number - 1}"), a_revision(number))
            store.issue_share(share)

        def ask_for_one_s_own(caller: int, turn: int) -> None:
            number, share = numbers[caller], shares[caller]
            if turn % 3 == 0:
                assert store.find(f"slug-{caller}") == number
            elif turn % 3 == 1:
                opened = store.open_share(share.id, number)
                assert (opened.article and opened.article.number, opened.share) == (number, share)
            else:
                fresh = a_share(f"new-{caller}-{turn:016}", number)
                assert store.issue_share(fresh).stored == fresh

        with Callers(ask_for_one_s_own, CALLERS) as callers:
            callers.until_each(good=True, times=5)
            pids = backing.pids()
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            try:
                # Those that fail at once asked for nothing.
                callers.until_each(good=False, times=2, after=0.5)
            finally:
                for pid in pids:
                    os.kill(pid, signal.SIGCONT)
            callers.until_each(good=True, times=30)
        callers.were_answered_in_time()
