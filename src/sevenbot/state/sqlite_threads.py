"""
SQLite behind two threads: one that writes, many jobs per transaction, and one that reads.

A write returns when its transaction is synced (WAL, `synchronous=FULL`); what a death of the process or a power cut
finds before that is the state before the whole batch. A job that fails does not harm the others of its batch.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from sevenbot.errors import StateUnavailable, StorageFull, Transient
from sevenbot.group_commit import GroupCommit

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]


class SqliteThreads:
    """
    Runs jobs on two connections that it owns from now on.

    Args:
        writer: In autocommit mode, `synchronous=FULL`, to a database in WAL mode.
        reader: Likewise; nothing is written through it.
        glancer: Like *reader*, and never waits for a lock.
    """

    def __init__(self, writer: sqlite3.Connection, reader: sqlite3.Connection, glancer: sqlite3.Connection) -> None:
        self._writer = writer
        self._reader = reader
        self._glancer = glancer
        self._writes: GroupCommit[Job, Any] = GroupCommit("state-write", self._write_batch)
        self._reads: GroupCommit[Job, Any] = GroupCommit("state-read", self._read_batch)

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """
        Run *job* inside a transaction and return its result once that is durable.

        The job may be run again when another one of its batch fails, so it must do nothing but use the connection.

        Raises:
            StorageFull, StateUnavailable: Nothing was changed, or, when `maybe_done`, that is not certain.
            Exception: Whatever *job* raised; then nothing of it was changed.
        """
        return cast("T", await self._writes.submit(job))

    async def read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run *job*, which only reads; it sees every write that has returned."""
        return cast("T", await self._reads.submit(job))

    async def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a SELECT."""
        return await self.read(lambda connection: connection.execute(statement, values).fetchall())

    async def row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """
        Return the one row of a SELECT by a unique key, or None.

        It is read at once, in the event loop's thread: some ten microseconds, a fifth of what it takes by way of
        another thread. In WAL mode no writer can make a reader wait, but for moments such as another process's
        recovery of the log; then the reading thread waits instead.
        """
        try:
            row: tuple[Any, ...] | None = self._glancer.execute(statement, values).fetchone()
        except sqlite3.Error as exc:
            if _code(exc) == sqlite3.SQLITE_BUSY:
                return next(iter(await self.rows(statement, *values)), None)
            raise refusal(exc) from exc
        return row

    async def close(self) -> None:
        """Finish what waits, then close both connections."""
        await self._writes.close()
        await self._reads.close()
        self._glancer.close()
        self._reader.close()
        self._writer.close()

    def _read_batch(self, jobs: list[Job]) -> list[Any]:
        return [_result(self._reader, job) for job in jobs]

    def _write_batch(self, jobs: list[Job]) -> Sequence[Any]:
        try:
            return self._transaction(jobs, _plainly)
        except _Undone as undone:
            return [undone.reason] * len(jobs)
        except Exception as exc:  # noqa: BLE001 - a job's own exception goes to the job's caller, whatever it is
            if len(jobs) == 1:
                return [_translated(exc)]
        # One job failed and all was undone: now each in a savepoint of its own, still with one sync for all.
        try:
            return self._transaction(jobs, _in_savepoint)
        except _Undone as undone:
            return [undone.reason] * len(jobs)

    def _transaction(self, jobs: list[Job], run: Callable[[sqlite3.Connection, Job], Any]) -> list[Any]:
        connection = self._writer
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as exc:  # another process holds the lock for too long, say
            raise _Undone(refusal(exc)) from exc
        try:
            results = [run(connection, job) for job in jobs]
        except BaseException:
            _roll_back(connection)
            raise
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as exc:
            _roll_back(connection)
            # A full disk stops the writing before the log's last frame, without which none of it counts. After any
            # other error (the sync's) all of it may be on the disk, and would count after a crash.
            raise _Undone(refusal(exc, maybe_done=_code(exc) != sqlite3.SQLITE_FULL)) from exc
        return results


class _Undone(Exception):
    """The whole transaction was undone, for a reason that is no single job's."""

    def __init__(self, reason: Transient) -> None:
        super().__init__(reason)
        self.reason = reason


def _plainly(connection: sqlite3.Connection, job: Job) -> Any:
    return job(connection)


def _in_savepoint(connection: sqlite3.Connection, job: Job) -> Any:
    connection.execute("SAVEPOINT job")
    result = _result(connection, job)
    if isinstance(result, Exception):
        if not connection.in_transaction:  # SQLite undid everything by itself (disk full, I/O error)
            raise _Undone(result if isinstance(result, Transient) else StateUnavailable(str(result)))
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")
    return result


def _result(connection: sqlite3.Connection, job: Job) -> Any:
    try:
        return job(connection)
    except Exception as exc:  # noqa: BLE001 - a job's own exception goes to the job's caller, whatever it is
        return _translated(exc)


def _translated(exc: Exception) -> Exception:
    return refusal(exc) if isinstance(exc, sqlite3.Error) else exc


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def refusal(error: sqlite3.Error, *, maybe_done: bool = False) -> Transient:
    """Return what SQLite's error means to others: StorageFull or StateUnavailable."""
    kind = StorageFull if _code(error) == sqlite3.SQLITE_FULL else StateUnavailable
    translated = kind(f"the database said: {error}", maybe_done=maybe_done)
    translated.__cause__ = error
    return translated


def _code(error: sqlite3.Error) -> int:
    # https://sqlite.org/rescode.html: the low byte is the primary code. Errors of the Python module have none.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
