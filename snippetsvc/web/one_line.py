"""Errors of the commands, each said in one line: those of ours (exit code 1) and those of how one was called (2)."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import click
from click.exceptions import NoArgsIsHelpError
from flask.cli import AppGroup

from snippetsvc.errors import SnippetsvcError

P = ParamSpec("P")
R = TypeVar("R")


def one_line(command: Callable[P, R]) -> Callable[P, R]:
    """Say an error of ours, or of the system, in one line, and exit with 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        # What a log would say of an error is said once, below.
        for name in ("snippetsvc", "bs4"):
            logging.getLogger(name).setLevel(logging.ERROR)
        try:
            return command(*args, **kwargs)
        except SnippetsvcError as error:
            raise click.ClickException(" ".join(str(error).split())) from None
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads any more
        except OSError as error:
            # Such as an output that cannot be written.
            raise click.ClickException(error.strerror or str(error)) from None

    return wrapped


class Command(click.Command):
    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _without_usage():
            return super().make_context(*args, **kwargs)


class Group(AppGroup):
    command_class = Command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _without_usage():
            return super().make_context(*args, **kwargs)

    def resolve_command(self, *args: Any, **kwargs: Any) -> Any:
        with _without_usage():
            return super().resolve_command(*args, **kwargs)


@contextmanager
def _without_usage() -> Iterator[None]:
    """Click puts the usage, in lines of its own, before an error that knows its context."""
    try:
        yield
    except NoArgsIsHelpError:
        # A group without a command: its help is the answer.
        raise
    except click.UsageError as error:
        message = " ".join(error.format_message().split())
        where = f" ({error.ctx.command_path} --help tells more)" if error.ctx else ""
        raise click.UsageError(f"{message}{where}") from None
