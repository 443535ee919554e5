"""What the commands about an AWS account share: a session, and errors told with what to do about them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from sevenbot.aws.client import FORBIDDEN, Aws, code_of
from sevenbot.aws.trouble import Place, endpoint_of, explain
from sevenbot.cli.fold import folded
from sevenbot.errors import ConfigError


@contextmanager
def completed_by_the_next(what: str) -> Iterator[Callable[[], None]]:
    """Say at Ctrl-C, or an error of AWS, what became of the account; yield what to call before the first change."""
    has_begun = False

    def begins() -> None:
        nonlocal has_begun
        has_begun = True

    rest = f"What is under way on AWS goes on; {what} again completes the rest."
    try:
        yield begins
    except (KeyboardInterrupt, click.Abort) as exc:
        if is_interrupt(exc):
            click.echo(f"\nstopped. {rest if has_begun else 'Nothing was changed.'}", err=True)
        raise
    except click.ClickException as exc:
        if not has_begun:
            raise
        raise click.ClickException(f"{exc.message}\n  {rest}") from exc


def is_interrupt(exc: BaseException) -> bool:
    """Say whether Ctrl-C was pressed; at a question, click calls it Abort, as it does the answer no."""
    return isinstance(exc, KeyboardInterrupt) or isinstance(exc.__context__, KeyboardInterrupt)


@contextmanager
def opened_aws(what: str, region: str | None = None, if_forbidden: str | None = None) -> Iterator[Aws]:
    """
    Open a session for a command that works step by step.

    Args:
        what: What it is about, for its errors: "table telegram-users".
        if_forbidden: What to do when a permission is missing, where that is not the bot's own.

    Raises:
        ConfigError: No region is set, or a setting of the SDK's own is wrong.
        click.ClickException: AWS refused or did not answer; with advice.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    aws = None
    try:
        aws = Aws(region=region)
        if aws.region is None:
            raise ConfigError(["AWS_REGION: is not set. The region that all of it is in, for example us-east-1."])
        yield aws
    except (BotoCoreError, ClientError) as exc:
        trouble = explain(exc, what, place(aws))
        is_about_us = if_forbidden is not None and code_of(exc) in FORBIDDEN
        advice = if_forbidden if is_about_us else trouble.advice
        raise click.ClickException(folded(f"{trouble.detail}\n  → {advice}", sys.stderr, hang=4)) from exc


def place(aws: Aws | None) -> Place:
    """Return where *aws* makes its calls, in words."""
    if aws is None or aws.region is None:
        return Place(None)
    return Place(aws.region, endpoint_of(aws.client("dynamodb")))
