"""
Small mails, all in one SQLite file: what waits together is written with one append and one sync.

A file for each would cost each mail an inode, a disk request and a sync of its own: four times as long for ten mails of
5 KB. SQLite brings the rest: after a power cut a batch is there as a whole or not at all, and the place of
a deleted mail is used again.

    mails (raw_key TEXT PRIMARY KEY, put_at REAL, content BLOB)      put_at: epoch seconds

Deleted is deleted: `secure_delete` overwrites the bytes in the file, and the log, where they still are, is emptied
(https://sqlite.org/pragma.html#pragma_secure_delete, #pragma_wal_checkpoint). The file shrinks as mails go.

What a death of the process or a power cut leaves (https://sqlite.org/wal.html):

    before COMMIT has returned      all of the batch or, nearly always, nothing of it; the log's torn end is ignored
    after it                        all of the batch
    during `delete`                 what was there before, or what should be there after; perhaps bytes in the log,
                                    which is emptied when the file is next closed, or after the next `delete`

Plain calls, to be made from threads: writing ones (`put`, `delete`) from one at a time, reading ones from any.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sevenbot.errors import StorageFull, StoreUnavailable
from sevenbot.folders import FILE_MODE, give_to_owner, make_folders, sync_folder

#: How long a write waits for another process's (a command of the operator that erases a chat).
BUSY_SECONDS = 5.0

_PREPARE = (
    "PRAGMA auto_vacuum = FULL",  # only heeded while there is no table
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # in WAL mode: the log is synced at every commit
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA secure_delete = ON",
    "CREATE TABLE IF NOT EXISTS mails (raw_key TEXT PRIMARY KEY, put_at REAL NOT NULL, content BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS mails_by_age ON mails (put_at, raw_key)",
)
_PUT = "INSERT INTO mails (raw_key, put_at, content) VALUES "
_PUT_ROW = "(?, ?, ?)"
_PUT_ROWS = 64  # in one statement: each statement stops the event loop's thread for a moment
_DELETE = "DELETE FROM mails WHERE raw_key = ?"


class SmallMails:
    """The file at *path*; it is made when the first mail is put."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: sqlite3.Connection | None = None
        self._reader: sqlite3.Connection | None = None
        self._reading = threading.Lock()
        self._log_has_deleted = False  # bytes that were deleted may still be read there

    def put(self, mails: Sequence[tuple[str, bytes]]) -> None:
        """
        Keep all *mails* (key and bytes): on return they survive a power cut.

        Raises:
            StorageFull, StoreUnavailable: None of them is kept.
        """
        now = time.time()
        with self._transaction() as connection:
            for start in range(0, len(mails), _PUT_ROWS):
                rows = [(raw_key, now, raw) for raw_key, raw in mails[start : start + _PUT_ROWS]]
                connection.execute(_PUT + ", ".join([_PUT_ROW] * len(rows)), [value for row in rows for value in row])

    def delete(self, raw_keys: Sequence[str]) -> None:
        """
        Remove the bytes under *raw_keys*, traces included; those that are not there are no error.

        Raises:
            StorageFull, StoreUnavailable: Perhaps not all of it was done; call again.
        """
        if not self._path.exists():
            return
        with self._transaction() as connection:
            for raw_key in raw_keys:
                self._log_has_deleted |= connection.execute(_DELETE, (raw_key,)).rowcount > 0
        if self._log_has_deleted:
            with _translated():
                is_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._log_has_deleted = bool(is_busy)  # another process reads just now: then the next call does it

    def get(self, raw_key: str) -> bytes | None:
        """Return the bytes, or None when there is no such key; raises StoreUnavailable."""
        rows = self._read("SELECT content FROM mails WHERE raw_key = ?", raw_key)
        return rows[0][0] if rows else None

    def keys(self, before: float, after: tuple[float, str], limit: int) -> list[tuple[float, str]]:
        """
        Return up to *limit* pairs of the time a mail was put and its key, in that order; raises StoreUnavailable.

        Args:
            before: Only mails put before this moment (epoch seconds).
            after: Only pairs after this one: the last of the page before.
        """
        return self._read(
            "SELECT put_at, raw_key FROM mails WHERE put_at < ? AND (put_at, raw_key) > (?, ?) "
            "ORDER BY put_at, raw_key LIMIT ?",
            before,
            *after,
            limit,
        )

    def close(self) -> None:
        """Close the file; the last process to do so also removes SQLite's log."""
        for connection in (self._reader, self._writer):
            if connection is not None:
                connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _translated():
            if self._writer is None:
                self._writer = _open(self._path)
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")  # WAL, `synchronous=FULL`: synced on return
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def _read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._reading, _translated():
            if self._reader is None:
                if not self._path.exists():
                    return []
                self._reader = _open(self._path)
            return self._reader.execute(statement, values).fetchall()


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        make_folders(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))  # SQLite's own mode would be 0644
        give_to_owner(path)
        sync_folder(path.parent)
    # Used by one thread at a time, but not always by the same.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for statement in _PREPARE:
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Raise SQLite's errors and the system's as ours, without a path: the words may reach a log."""
    try:
        yield
    except sqlite3.Error as exc:
        # https://sqlite.org/rescode.html: the low byte is the primary code.
        is_full = getattr(exc, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise (StorageFull if is_full else StoreUnavailable)(f"spool: {exc}") from exc
