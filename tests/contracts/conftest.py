"""The implementations that each contract runs over; a new one is one more line in its list."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sevenbot.aws.client import open_aws
from sevenbot.spool.disk import DiskStore
from sevenbot.spool.s3 import S3Store
from sevenbot.spool.store import Store
from sevenbot.state.dynamodb import DynamoState
from sevenbot.state.dynamodb_ledger import DynamoLedger
from sevenbot.state.dynamodb_users import DynamoUsers
from sevenbot.state.ledger import Ledger
from sevenbot.state.positions import Positions
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import Users
from tests.aws import dynamodb_local, ministack
from tests.fakes import RETENTION, FakeLedger, FakePositions, FakeStore, FakeUsers

#: DynamoDB's pages have 1 MB; these are as many as an emulator fills in a second or two.
PAGE_ITEMS = 25


def keeps_order(table: Users | Ledger) -> bool:
    """Say whether the table yields in order, as the ports ask only of those that can."""
    return not isinstance(table, (DynamoUsers, DynamoLedger))


def more_than_a_page(table: Users | Ledger) -> int:
    """Return a number of records that this table does not yield in one page."""
    return 1201 if keeps_order(table) else 2 * PAGE_ITEMS + 1


@asynccontextmanager
async def fake_users(_: Path) -> AsyncIterator[Users]:
    yield FakeUsers()


@asynccontextmanager
async def sqlite_users(folder: Path) -> AsyncIterator[Users]:
    async with SqliteState.open(folder / "state.db", retention=RETENTION, exclusive=True) as state:
        yield state.users


@asynccontextmanager
async def fake_ledger(_: Path) -> AsyncIterator[Ledger]:
    yield FakeLedger()


@asynccontextmanager
async def sqlite_ledger(folder: Path) -> AsyncIterator[Ledger]:
    async with SqliteState.open(folder / "state.db", retention=RETENTION, exclusive=True) as state:
        yield state.ledger


@asynccontextmanager
async def dynamo_state(
    folder: Path, running: Callable[[], str] = ministack.running, **options: Any
) -> AsyncIterator[DynamoState]:
    url = running()
    users, ledger = ministack.make_tables(url, **options)
    async with DynamoState.open(
        ministack.connected(url),
        users_table=users,
        ledger_table=ledger,
        retention=RETENTION,
        folder=folder,
        exclusive=True,
        page_items=PAGE_ITEMS,
    ) as state:
        yield state


@asynccontextmanager
async def dynamo_users(folder: Path, **options: Any) -> AsyncIterator[Users]:
    async with dynamo_state(folder, **options) as state:
        yield state.users


@asynccontextmanager
async def dynamo_ledger(folder: Path, **options: Any) -> AsyncIterator[Ledger]:
    async with dynamo_state(folder, **options) as state:
        assert isinstance(state.ledger, DynamoLedger)
        state.ledger._scans._ttl_grace = timedelta(0)  # as if TTL were off, which is what the contract is about
        yield state.ledger


@asynccontextmanager
async def fake_positions(_: Path) -> AsyncIterator[Positions]:
    yield FakePositions()


@asynccontextmanager
async def sqlite_positions(folder: Path) -> AsyncIterator[Positions]:
    async with SqliteState.open(folder / "state.db", retention=RETENTION, exclusive=True) as state:
        yield state.positions


@asynccontextmanager
async def dynamo_positions(folder: Path, **options: Any) -> AsyncIterator[Positions]:
    async with dynamo_state(folder, **options) as state:
        yield state.positions


@asynccontextmanager
async def fake_store(_: Path) -> AsyncIterator[Store]:
    yield FakeStore()


def disk_store(folder: Path) -> AbstractAsyncContextManager[Store]:
    return DiskStore(folder / "spool")


def disk_store_of_files(folder: Path) -> AbstractAsyncContextManager[Store]:
    return DiskStore(folder / "spool", small_bytes=0)


@asynccontextmanager
async def s3_store(_: Path) -> AsyncIterator[Store]:
    url = ministack.running()
    with ministack.environment(url):
        async with open_aws() as aws:
            yield S3Store(aws, ministack.make_bucket(url), "raw/mail")


USERS = [
    pytest.param(sqlite_users, id="sqlite"),
    pytest.param(dynamo_users, id="dynamodb"),
    pytest.param(functools.partial(dynamo_users, index=False), id="dynamodb-without-index"),
    pytest.param(functools.partial(dynamo_users, running=dynamodb_local.running), id="dynamodb-local"),
    pytest.param(fake_users, id="fake"),
]
LEDGERS = [
    pytest.param(sqlite_ledger, id="sqlite"),
    pytest.param(dynamo_ledger, id="dynamodb"),
    pytest.param(functools.partial(dynamo_ledger, running=dynamodb_local.running), id="dynamodb-local"),
    pytest.param(fake_ledger, id="fake"),
]
POSITIONS = [
    pytest.param(sqlite_positions, id="sqlite"),
    pytest.param(dynamo_positions, id="dynamodb"),
    pytest.param(functools.partial(dynamo_positions, running=dynamodb_local.running), id="dynamodb-local"),
    pytest.param(fake_positions, id="fake"),
]
STORES = [
    pytest.param(disk_store, id="disk"),
    pytest.param(disk_store_of_files, id="files"),
    pytest.param(s3_store, id="s3"),
    pytest.param(fake_store, id="fake"),
]


@pytest.fixture(params=USERS)
async def users(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Users]:
    async with request.param(tmp_path) as opened:
        yield opened


@pytest.fixture(params=LEDGERS)
async def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ledger]:
    async with request.param(tmp_path) as opened:
        yield opened


@pytest.fixture(params=POSITIONS)
async def positions(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Positions]:
    async with request.param(tmp_path) as opened:
        yield opened


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with request.param(tmp_path) as opened:
        yield opened
