"""`sevenbot state`: users and mails from one database to another."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sevenbot.cli.options import load_settings, settings_options
from sevenbot.cli.progress import progress, seldom, tick
from sevenbot.config import Settings
from sevenbot.errors import Transient
from sevenbot.setting_values import Problem, read_state

if TYPE_CHECKING:
    from sevenbot.aws.client import Aws
    from sevenbot.state.copy import Tables

#: The settings that say how either end is opened.
NEEDED = ("SEVENBOT_DATA_DIR", "SEVENBOT_USERS_TABLE", "SEVENBOT_LEDGER_TABLE", "SEVENBOT_RETENTION_DAYS")


def read_place(_: click.Context, __: click.Parameter, given: str) -> str:
    """Return a state as SEVENBOT_STATE takes it (click's callback)."""
    try:
        return read_state(given)
    except Problem as exc:
        raise click.BadParameter(f"expected {exc}") from None


@click.group(
    "state",
    epilog="""
\b
Examples:
  sevenbot state copy --from sqlite:////srv/sevenbot.db --to dynamodb://
  sevenbot state copy --from dynamodb:// --to sqlite:////srv/sevenbot.db
""",
)
def command() -> None:
    """Copy users and mails to another database."""


@command.command("copy")
@click.option("--from", "origin", required=True, metavar="STATE", callback=read_place, help="As SEVENBOT_STATE.")
@click.option("--to", "goal", required=True, metavar="STATE", callback=read_place, help="As SEVENBOT_STATE.")
@settings_options(*NEEDED)
@click.pass_context
def copy_(ctx: click.Context, flags: dict[str, str], *, origin: str, goal: str) -> None:
    """
    Copy every user and every mail's record, and compare both ends afterwards.

    Stop the bot first. What the goal has already stays as it is there, so an interrupted copy is completed by calling
    it again. Nothing is removed. Raw mail is not copied: it stays where SEVENBOT_SPOOL says. Exits 1 when both ends
    differ.
    """
    settings = load_settings(flags)
    source, target = replace(settings, state=origin), replace(settings, state=goal)
    if place_of(source) == place_of(target):
        raise click.UsageError("--from and --to are the same")
    ctx.exit(asyncio.run(copy_and_compare(source, target)))


def place_of(settings: Settings) -> Path | None:
    """Return the file, however it was written, or None for the tables in DynamoDB."""
    return None if settings.uses_dynamodb else settings.database_path.resolve()


async def copy_and_compare(origin: Settings, goal: Settings) -> int:
    """Do it, tell it, and return the exit code."""
    from sevenbot.state.copy import copy, differences

    pause = timedelta(seconds=0.2 if sys.stdout.isatty() else 5)
    async with opened(origin, is_source=True) as source, opened(goal, is_source=False) as target:
        with told_to_call_again():
            began = time.monotonic()
            copied = await copy(source, target, seldom(progress, pause))
            tick("✓", f"{copied.users:,} users, of which {copied.new_users:,} were new", began)
            tick("✓", f"{copied.items:,} mails, of which {copied.new_items:,} were new", began)
            began = time.monotonic()
            found = await differences(source, target)
    if not found:
        tick("✓", "compared: everything is there as it was", began)
        return 0
    click.echo("compared, and these differ:\n  " + "\n  ".join(found), err=True)
    return 1


@contextmanager
def told_to_call_again() -> Iterator[None]:
    """Say of a failure half-way what it left, and what to do."""
    try:
        yield
    except Transient as exc:
        advice = "what was copied stays; mend that (`sevenbot doctor` helps), then call this again to complete it"
        raise click.ClickException(f"{exc}\n  → {advice}") from exc


@asynccontextmanager
async def opened(settings: Settings, *, is_source: bool) -> AsyncIterator[Tables]:
    """
    Open one end; a SQLite file so that no bot works on it meanwhile.

    Raises:
        ConfigError: A bot runs on it, or it cannot be used.
        click.ClickException: There is nothing to copy from, or a table is missing.
    """
    from sevenbot.aws.client import open_aws
    from sevenbot.storage import open_state

    if settings.uses_dynamodb:
        async with open_aws() as aws:
            await must_have_ledger(aws, settings)
    elif is_source and not settings.database_path.exists():
        raise click.ClickException(f"there is no database at {settings.database_path}")
    async with open_state(settings, exclusive=not settings.uses_dynamodb) as state:
        yield state


async def must_have_ledger(aws: Aws, settings: Settings) -> None:
    """Refuse to go on without the table of the mails, which `sevenbot run` can do without."""
    from sevenbot.aws.client import Refused

    nobody = {"message_id": {"S": "sevenbot-check"}}
    missing = ("ResourceNotFoundException",)
    try:
        await aws.call("dynamodb", "get_item", expected=missing, TableName=settings.ledger_table, Key=nobody)
    except Refused as exc:
        problem = f"there is no table {settings.ledger_table} in {aws.region}: `sevenbot tables create` makes it"
        raise click.ClickException(problem) from exc
