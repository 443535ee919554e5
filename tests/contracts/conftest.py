"""The implementations that each contract runs over; a new one is one more line in its list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from sevenbot.spool.disk import DiskStore
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Ledger
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import Users
from tests.fakes import RETENTION, FakeLedger, FakeStore, FakeUsers


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
async def fake_store(_: Path) -> AsyncIterator[Store]:
    yield FakeStore()


def disk_store(folder: Path) -> AbstractAsyncContextManager[Store]:
    return DiskStore(folder / "spool")


def disk_store_of_files(folder: Path) -> AbstractAsyncContextManager[Store]:
    return DiskStore(folder / "spool", small_bytes=0)


USERS = [pytest.param(sqlite_users, id="sqlite"), pytest.param(fake_users, id="fake")]
LEDGERS = [pytest.param(sqlite_ledger, id="sqlite"), pytest.param(fake_ledger, id="fake")]
STORES = [
    pytest.param(disk_store, id="disk"),
    pytest.param(disk_store_of_files, id="files"),
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


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with request.param(tmp_path) as opened:
        yield opened
