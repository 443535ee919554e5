"""What the commands about mails and users share: the open state, beside a running bot or without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import click

from sevenbot.aws.queue import SqsQueue
from sevenbot.cli.options import load_settings
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Ledger
from sevenbot.state.users import Users

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept."""

    users: Users
    ledger: Ledger
    store: Store
    queue: SqsQueue | None = None  # on AWS, what is due goes there too


def with_state(flags: Mapping[str, str], work: Callable[[Kept], Awaitable[T]]) -> T:
    """Open the state the settings name, do *work* on it, close it, and return what the work did."""

    async def opened() -> T:
        async with open_state(flags) as kept:
            return await work(kept)

    return asyncio.run(opened())


@asynccontextmanager
async def open_state(flags: Mapping[str, str]) -> AsyncIterator[Kept]:
    """
    Open the state; a running `sevenbot run` goes on undisturbed.

    Raises:
        ConfigError: A setting is wrong, or the database cannot be used.
        click.ClickException: There is no database yet; none is made.
    """
    from sevenbot.storage import open_storage

    settings = load_settings(flags)
    path = settings.database_path
    if not settings.uses_dynamodb and not path.exists():
        raise click.ClickException(
            f"there is no database at {path}: no bot has run with these settings yet. "
            "Is SEVENBOT_DATA_DIR (or SEVENBOT_STATE) what the bot runs with?"
        )
    async with open_storage(settings, exclusive=False) as kept:
        yield Kept(kept.state.users, kept.state.ledger, kept.store, kept.queue)
