"""Every Python that `make coverage` starts runs this first: branches count in the threads of granian's workers, too.

Those threads are Rust's. coverage asks `threading` to trace each new thread, which knows of no others than Python's.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_answer = Flask.__call__


def _answer_traced(self: Flask, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if sys.gettrace() is None:
        sys.settrace(threading.gettrace())
    return _answer(self, environ, start_response)


Flask.__call__ = _answer_traced  # type: ignore[method-assign]
