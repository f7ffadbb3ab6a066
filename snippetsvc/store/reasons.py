"""Reasons: what redis-py and the system raise, in one plain sentence that holds no secret.

Their own texts are not passed on: they may quote the command, and with it what was to be stored.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from socket import gaierror

from redis import exceptions as redis_errors

#: What lies beneath redis-py's ConnectionError; the first that fits, from the outermost error inwards.
_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "the store's certificate is not trusted"),
    (ssl.SSLError, "the store cannot be reached: TLS failed"),
    (gaierror, "the store cannot be reached: its name is not known"),
    (ConnectionRefusedError, "the store cannot be reached: nobody listens at its address"),
)

_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (redis_errors.BusyLoadingError, "the store is still loading its data"),
    (redis_errors.AuthenticationError, "the store did not accept the name and password of its address"),
    (redis_errors.MaxConnectionsError, "too many connections to the store are open"),
    (redis_errors.TimeoutError, "the store did not answer in time"),
    (TimeoutError, "the store did not answer in time"),
    (redis_errors.ConnectionError, "the store cannot be reached"),
    (OSError, "the store cannot be reached"),
    (redis_errors.ReadOnlyError, "the store accepts no writes at present"),
    (redis_errors.OutOfMemoryError, "the store has no memory left"),
    (redis_errors.NoPermissionError, "the store does not permit what the service has to do"),
    (redis_errors.ClusterDownError, "the store's cluster is down"),
    # No `RedisError`: none of its nodes answers.
    (redis_errors.RedisClusterException, "the store cannot be reached"),
)


def reason(error: Exception) -> str:
    """What is wrong, for people."""
    if type(error) is redis_errors.ConnectionError:
        for beneath in _beneath(error):
            for kind, text in _CAUSES:
                if isinstance(beneath, kind):
                    return text
    for kind, text in _SENTENCES:
        if isinstance(error, kind):
            return text
    if isinstance(error, redis_errors.ResponseError):
        return f"the store refused: {_code(error)}"
    return "the store answered in a way that the service does not understand"


def _beneath(error: BaseException) -> Iterator[BaseException]:
    """What `error` was raised for, and what that was raised for."""
    while (cause := error.__cause__ or error.__context__) is not None:
        yield cause
        error = cause


def _code(error: Exception) -> str:
    """The first word of a server's error, such as MISCONF: by convention its code."""
    word = str(error).partition(" ")[0]
    return word if word.isupper() and word.isalpha() else "ERR"
