"""Which adapters keep users, items and raw mails: settings -> open state and store, in any mix."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sevenbot.aws.client import Aws, open_aws
from sevenbot.aws.queue import SqsQueue
from sevenbot.config import Settings
from sevenbot.errors import ConfigError
from sevenbot.spool.s3 import S3Store
from sevenbot.spool.store import Store
from sevenbot.state.dynamodb import DynamoState
from sevenbot.state.ledger import Ledger
from sevenbot.state.positions import Positions
from sevenbot.state.users import Users


class State(Protocol):
    """Users, items and positions, open."""

    @property
    def users(self) -> Users:
        """Return the table of the users."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the table of the items."""
        ...

    @property
    def positions(self) -> Positions:
        """Return how far each IMAP mailbox was taken."""
        ...

    async def check(self) -> None:
        """Raise StateUnavailable or StorageFull unless small writes work now."""
        ...


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How often the ledger is looked through: where that reads a whole table, seldom."""

    refill: timedelta  # so soon an item is found that another process made due
    refill_share: int  # ... but looking takes at most this fraction of the time
    sweep: timedelta
    sweep_page: int  # raw mails the ledger is asked about at once


ON_THIS_MACHINE = Upkeep(timedelta(seconds=5), 20, timedelta(hours=1), 500)
#: A table of a million items takes eight minutes to read, and is then read about twice a day.
SCANNED = Upkeep(timedelta(minutes=5), 100, timedelta(days=1), 100_000)


@dataclass(frozen=True, slots=True)
class Storage:
    """All that is kept, open."""

    state: State
    store: Store
    upkeep: Upkeep
    deposits: S3Store | None = None  # the store, where others may put mails too
    queue: SqsQueue | None = None


@asynccontextmanager
async def open_storage(settings: Settings, *, exclusive: bool, aws: Aws | None = None) -> AsyncIterator[Storage]:
    """
    Open what the settings name; *exclusive* by the process that works on the mails (see the adapters).

    Args:
        aws: A session that is open already; stays the caller's.

    Raises:
        ConfigError: Another process works on this data already, a table is missing, the database cannot be used, or
            no region is set.
        StateUnavailable: The state does not answer.
    """
    async with AsyncExitStack() as stack:
        if aws is None and settings.uses_aws:
            aws = await stack.enter_async_context(open_aws())
        state, upkeep = await _open_state(settings, aws, stack, exclusive=exclusive)
        if aws is None or settings.bucket is None:
            from sevenbot.spool.disk import DiskStore  # noqa: PLC0415 - functions on AWS start sooner without it

            store = await stack.enter_async_context(DiskStore(settings.spool_path))
            yield Storage(state, store, upkeep)
        else:
            deposits = S3Store(aws, *settings.bucket)
            queue = SqsQueue(aws, settings.queue_name) if settings.queue_name else None
            yield Storage(state, deposits, upkeep, deposits, queue)


@asynccontextmanager
async def open_state(settings: Settings, *, exclusive: bool) -> AsyncIterator[State]:
    """Open users and items without the raw mails; see `open_storage`."""
    async with AsyncExitStack() as stack:
        aws = await stack.enter_async_context(open_aws()) if settings.uses_dynamodb else None
        state, _ = await _open_state(settings, aws, stack, exclusive=exclusive)
        yield state


async def _open_state(
    settings: Settings, aws: Aws | None, stack: AsyncExitStack, *, exclusive: bool
) -> tuple[State, Upkeep]:
    if aws is None or not settings.uses_dynamodb:
        from sevenbot.state.sqlite import SqliteState  # noqa: PLC0415 - functions on AWS start sooner without it

        opening = SqliteState.open(
            settings.database_path, retention=settings.retention, exclusive=exclusive, now=datetime.now(UTC)
        )
        return await stack.enter_async_context(opening), ON_THIS_MACHINE
    dynamo = await stack.enter_async_context(
        DynamoState.open(
            aws,
            users_table=settings.users_table,
            ledger_table=settings.ledger_table,
            retention=settings.retention,
            folder=settings.data_dir,
            exclusive=exclusive,
        )
    )
    if settings.queue and not dynamo.ledger_is_scanned:
        problem = f"got '{settings.ledger_table}', but there is no such table, which SEVENBOT_QUEUE cannot do without"
        raise ConfigError([f"SEVENBOT_LEDGER_TABLE: {problem}"])
    return dynamo, SCANNED if dynamo.ledger_is_scanned else ON_THIS_MACHINE
