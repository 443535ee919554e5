"""Many jobs in one transaction: who fails, and what stays."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from sevenbot.errors import StateUnavailable, StorageFull
from sevenbot.state.sqlite_threads import SqliteThreads, refusal


class Moody(sqlite3.Connection):
    """A connection whose statements fail as told: {"COMMIT": "disk I/O error"}."""

    moods: dict[str, str]

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if mood := getattr(self, "moods", {}).get(statement):
            raise sqlite3.OperationalError(mood)
        return super().execute(statement, *values)


@pytest.fixture
async def threads(tmp_path: Path) -> AsyncIterator[SqliteThreads]:
    writer, reader, glancer = (
        sqlite3.connect(tmp_path / "x.db", isolation_level=None, check_same_thread=False, factory=Moody)
        for _ in range(3)
    )
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (number INTEGER PRIMARY KEY)")
    threads = SqliteThreads(writer, reader, glancer)
    yield threads
    writer.moods = {}
    await threads.close()


def insert(number: int) -> Callable[[sqlite3.Connection], int]:
    def job(connection: sqlite3.Connection) -> int:
        connection.execute("INSERT INTO t VALUES (?)", (number,))
        if number < 0:
            raise ValueError(number)
        return number

    return job


async def numbers(threads: SqliteThreads) -> list[int]:
    return [number for (number,) in await threads.rows("SELECT number FROM t ORDER BY number")]


async def test_a_failing_job_is_undone_and_does_not_harm_its_batch(threads: SqliteThreads) -> None:
    jobs = (1, -2, 3, 3, 4)

    results = await asyncio.gather(*(threads.write(insert(number)) for number in jobs), return_exceptions=True)

    assert [result if isinstance(result, int) else type(result) for result in results] == [
        1,
        ValueError,
        3,
        StateUnavailable,
        4,
    ]
    assert await numbers(threads) == [1, 3, 4]


async def test_a_single_failing_job_is_undone(threads: SqliteThreads) -> None:
    with pytest.raises(ValueError):
        await threads.write(insert(-1))

    assert await numbers(threads) == []
    assert await threads.write(insert(1)) == 1


async def test_a_failing_read_does_not_harm_the_others(threads: SqliteThreads) -> None:
    results = await asyncio.gather(
        threads.rows("SELECT 1"), threads.rows("SELECT nonsense"), threads.rows("SELECT 2"), return_exceptions=True
    )

    assert results[0] == [(1,)]
    assert isinstance(results[1], StateUnavailable)
    assert results[2] == [(2,)]


async def test_a_commit_that_fails_may_have_taken_effect_and_says_so(threads: SqliteThreads) -> None:
    threads._writer.moods = {"COMMIT": "disk I/O error"}  # type: ignore[attr-defined]

    results = await asyncio.gather(*(threads.write(insert(number)) for number in (1, 2)), return_exceptions=True)
    threads._writer.moods = {}  # type: ignore[attr-defined]

    assert all(isinstance(result, StateUnavailable) and result.maybe_done for result in results)
    assert await numbers(threads) == []
    assert await threads.write(insert(3)) == 3


async def test_a_transaction_that_sqlite_undid_itself_fails_for_the_whole_batch(threads: SqliteThreads) -> None:
    def undoing(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")  # as SQLite does by itself on a full disk or an I/O error
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    results = await asyncio.gather(
        threads.write(insert(1)), threads.write(undoing), threads.write(insert(2)), return_exceptions=True
    )

    # The first may have made a batch of its own, before the others came.
    assert results[0] == 1 or isinstance(results[0], StorageFull)
    assert isinstance(results[1], StorageFull)
    assert await numbers(threads) == [result for result in (results[0], results[2]) if isinstance(result, int)]


def test_every_sqlite_error_has_one_meaning() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    io_error = sqlite3.OperationalError("disk I/O error")
    io_error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE

    assert type(refusal(full)) is StorageFull
    assert type(refusal(io_error)) is StateUnavailable
    assert type(refusal(sqlite3.OperationalError("no code"))) is StateUnavailable
    assert refusal(full).__cause__ is full


async def test_a_glance_sees_every_write_that_has_returned(threads: SqliteThreads) -> None:
    for number in range(5):
        assert await threads.row("SELECT number FROM t WHERE number = ?", number) is None
        await threads.write(insert(number))
        assert await threads.row("SELECT number FROM t WHERE number = ?", number) == (number,)


async def test_a_glance_that_would_have_to_wait_leaves_the_waiting_to_the_reading_thread(
    threads: SqliteThreads, tmp_path: Path
) -> None:
    # A database without WAL, whose writers do lock readers out, stands for the rare moments when one with WAL does.
    await threads.write(insert(7))
    locked = tmp_path / "locked.db"
    with contextlib.closing(sqlite3.connect(locked, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (number INTEGER PRIMARY KEY)")
        other.execute("BEGIN EXCLUSIVE")
        threads._glancer.close()
        threads._glancer = sqlite3.connect(locked, timeout=0, isolation_level=None)

        assert await threads.row("SELECT number FROM t WHERE number = ?", 7) == (7,)


async def test_a_glance_at_a_broken_database_says_so(threads: SqliteThreads) -> None:
    with pytest.raises(StateUnavailable, match="no such table"):
        await threads.row("SELECT 1 FROM nowhere")
