"""What runs in each worker process of `flask serve`."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess

from flask import Flask

from snippetsvc.run.app import create_app
from snippetsvc.run.serve import PATIENCE


def app() -> Flask:
    """The worker's own application, which ends when the process that started the worker does."""
    # Ctrl-C in a terminal reaches every process of its group, and then the parent stops its workers: two signals at
    # once, of which granian's worker may lose both. The parent's is enough.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    made = create_app()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent, made), name="parent", daemon=True).start()
    return made


def _leave_with(parent: BaseProcess, made: Flask) -> None:
    # A parent that was killed stops nobody: its workers would go on at the same port beside those of the next start.
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    # Nor does it lose patience with a request that hangs.
    time.sleep(PATIENCE)
    made.extensions["close"]()
    os._exit(1)
