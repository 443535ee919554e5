"""What all functions share: the app of their process, and what Lambda tells of an invocation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

import botocore.session  # noqa: F401 - while a function starts it has more of a processor than later

from sevenbot import logs
from sevenbot.warm import Warm

WARM = Warm(os.environ)


class Context(Protocol):
    """What Lambda tells of an invocation (developer guide, "Lambda context object in Python")."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function is ended."""
        ...


def time_left(context: Context) -> timedelta:
    """Return how long the function may still run."""
    return timedelta(milliseconds=context.get_remaining_time_in_millis())


@contextmanager
def invocation(context: Context) -> Iterator[None]:
    """Let every line of the log say which invocation it belongs to."""
    token = logs.REQUEST.set(context.aws_request_id)
    try:
        yield
    finally:
        logs.REQUEST.reset(token)
