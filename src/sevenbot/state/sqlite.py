"""Users and ledger in one SQLite file: opening it, and who may."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sevenbot.errors import ConfigError
from sevenbot.folders import FILE_MODE, give_to_owner, make_folders
from sevenbot.state.iso import to_iso
from sevenbot.state.ledger import Ledger
from sevenbot.state.migrations import migrate
from sevenbot.state.positions import Positions
from sevenbot.state.sqlite_ledger import REDATE, RELEASE_ALL, SqliteLedger
from sevenbot.state.sqlite_positions import SqlitePositions
from sevenbot.state.sqlite_threads import SqliteThreads, refusal
from sevenbot.state.sqlite_users import SqliteUsers
from sevenbot.state.users import Users

#: How long a write waits for another process (a command of the operator) to finish its own.
BUSY_TIMEOUT = timedelta(seconds=5)

_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True)
class SqliteState:
    """Both tables, open."""

    users: Users
    ledger: Ledger
    positions: Positions
    _threads: SqliteThreads

    async def check(self) -> None:
        """Raise StateUnavailable or StorageFull unless a small write reaches the disk now."""
        await self._threads.write(_write_nothing_new)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        path: Path,
        *,
        retention: timedelta,
        exclusive: bool,
        now: datetime | None = None,
        busy_timeout: timedelta = BUSY_TIMEOUT,
    ) -> AsyncIterator[SqliteState]:
        """
        Open the database at *path*, making it and its folder when missing; leaving finishes all writes under way.

        Args:
            path: The file; `-wal`, `-shm` and `.lock` stand beside it.
            retention: What `ttl` adds to the time of the last change.
            exclusive: This process is the only worker. So every lease on record belongs to a dead one and ends now;
                a second worker is refused. Commands open with False next to a running worker.
            now: With *exclusive*: unfinished items dated later are due now. The clock was ahead when they were
                written, by years perhaps, and they would wait until then.
            busy_timeout: How long a write waits for another process's.

        Raises:
            ConfigError: Another worker is running, or the file is damaged, newer than this code or not accessible.
            StorageFull, StateUnavailable: The database does not answer.
        """
        with _only_worker(path) if exclusive else contextlib.nullcontext():
            threads = await asyncio.to_thread(_open_threads, path, busy_timeout, release_all=exclusive, now=now)
            try:
                yield cls(SqliteUsers(threads), SqliteLedger(threads, retention), SqlitePositions(threads), threads)
            finally:
                await threads.close()


def _write_nothing_new(connection: sqlite3.Connection) -> None:
    # SQLite writes and syncs the page that holds the version even when the version stays.
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {version}")


@contextlib.contextmanager
def _only_worker(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it when the process dies, however it dies."""
    lock = path.with_name(path.name + ".lock")
    with _named(path):
        make_folders(path.parent)
        descriptor = _open_own(lock)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            problem = f"{path} is in use by another sevenbot process (pid {owner})"
            raise _config_error(f"{problem}. Stop that one first, or set another SEVENBOT_DATA_DIR.") from exc
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _open_threads(path: Path, busy_timeout: timedelta, *, release_all: bool, now: datetime | None) -> SqliteThreads:
    with contextlib.ExitStack() as on_error, _named(path):
        make_folders(path.parent)
        os.close(_open_own(path))  # SQLite itself would create it with mode 0644
        writer = on_error.enter_context(contextlib.closing(_connect(path, busy_timeout)))
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA synchronous = FULL")  # in WAL mode: the log is synced at every commit
        writer.execute("PRAGMA journal_size_limit = 67108864")
        writer.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only forgotten
        migrate(writer)
        if release_all:
            writer.execute(RELEASE_ALL)
        if release_all and now is not None:
            writer.execute(REDATE, (to_iso(now),))
        reader = on_error.enter_context(contextlib.closing(_connect_to_read(path, busy_timeout)))
        glancer = on_error.enter_context(contextlib.closing(_connect_to_read(path, timedelta(0))))
        on_error.pop_all()
    return SqliteThreads(writer, reader, glancer)


def _open_own(path: Path) -> int:
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    if is_new:
        give_to_owner(path)
    return descriptor


def _connect(path: Path, busy_timeout: timedelta) -> sqlite3.Connection:
    # Each connection is used by one thread at a time, but closed by another than the one that opened it.
    return sqlite3.connect(path, timeout=busy_timeout.total_seconds(), isolation_level=None, check_same_thread=False)


def _connect_to_read(path: Path, busy_timeout: timedelta) -> sqlite3.Connection:
    connection = _connect(path, busy_timeout)
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say which file could not be opened, why, and what helps."""
    try:
        yield
    except sqlite3.Error as exc:
        if getattr(exc, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            problem = f"{path} is damaged or no SQLite database ({exc})"
            raise _config_error(f"{problem}. Restore it from a backup, or move it away to start anew.") from exc
        raise refusal(exc) from exc
    except OSError as exc:
        advice = "Let this user write there, or set another SEVENBOT_DATA_DIR."
        raise _config_error(f"{path} cannot be opened: {exc.strerror}. {advice}") from exc


def _config_error(problem: str) -> ConfigError:
    return ConfigError([f"SEVENBOT_STATE: {problem}"])
