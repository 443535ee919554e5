"""The ledger in SQLite: what happens to an item is in transitions.py, the table in migrations.py."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sevenbot.state import transitions
from sevenbot.state.iso import from_iso, to_iso
from sevenbot.state.ledger import Due, Item, Status, Verdict
from sevenbot.state.migrations import FREE_AT, LEDGER, UNFINISHED
from sevenbot.state.sqlite_threads import SqliteThreads

# The columns are Item's fields, in that order; what never changes after accept is left out of updates.
_NAMES = tuple(field.name for field in fields(Item))
_MOMENTS = frozenset({"received_at", "updated_at", "due_at", "opened_at", "lease_until"})
_ARRIVAL = frozenset({"sender_domain", "sender", "subaddress", "via", "client", "helo"})
_FIXED = _ARRIVAL | {"message_id", "email_address", "raw_key", "size_bytes", "received_at"}
_CHANGING = tuple(name for name in _NAMES if name not in _FIXED)

_SELECT = f"SELECT {', '.join(_NAMES)} FROM {LEDGER}"
_FIND = f"SELECT arrival, {', '.join(_NAMES)} FROM {LEDGER}"
_ROW = f"({', '.join('?' * len(_NAMES))})"
_INSERT = f"INSERT INTO {LEDGER} ({', '.join(_NAMES)}) VALUES "
_UPDATE = f"UPDATE {LEDGER} SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE message_id = ?"
# Without statistics SQLite would take the index by status here and sort; the partial indexes are for these two.
_DUE = (
    f'SELECT message_id, chat_id, {FREE_AT} FROM {LEDGER} INDEXED BY "items-unfinished" '
    f"WHERE {UNFINISHED} AND ({FREE_AT}, message_id) > (?, ?) "
    f"ORDER BY {FREE_AT}, message_id LIMIT ?"
)
_EXPIRE = (
    f"DELETE FROM {LEDGER} WHERE arrival IN (SELECT arrival FROM {LEDGER} "
    "INDEXED BY \"items-finished\" WHERE status IN ('delivered', 'dead', 'discarded') AND ttl <= ? LIMIT ?)"
)
# What a dead process held is free now: since it had been leased it was due, so `due_at` is not later than now.
RELEASE_ALL = f"UPDATE {LEDGER} SET lease_until = due_at, lease_token = NULL WHERE status IN ('leased', 'sending')"
# What is dated after now, the only value, was written while the clock was ahead: it is due now.
REDATE = (
    f"UPDATE {LEDGER} SET due_at = ?1, updated_at = ?1, lease_until = min(lease_until, ?1) "  # of NULL: NULL
    f"WHERE {UNFINISHED} AND updated_at > ?1"
)
_DUE_PAGE = 2000
_ITEM_PAGE = 500
_EXPIRE_PAGE = 500
_INSERT_PAGE = 64  # 27 values each; SQLite takes 32766 in all (https://sqlite.org/limits.html)


class SqliteLedger:
    """See `Ledger`, the port. *retention* is added to the time of each change to make `ttl`."""

    def __init__(self, threads: SqliteThreads, retention: timedelta) -> None:
        self._threads = threads
        self._retention = retention

    async def accept(self, items: Sequence[Item]) -> list[bool]:
        """See `Ledger.accept`; all items in one transaction."""
        rows = [_values(item, _NAMES) for item in items]
        pages = [rows[start : start + _INSERT_PAGE] for start in range(0, len(rows), _INSERT_PAGE)]
        return await self._threads.write(
            lambda connection: [is_new for page in pages for is_new in _insert(connection, page)]
        )

    async def accept_leased(self, item: Item, now: datetime, duration: timedelta) -> Item | None:
        """See `Ledger.accept_leased`."""
        held = transitions.leased(item, secrets.token_hex(8), now, duration, self._retention)
        row = _values(held, _NAMES)
        return held if await self._threads.write(lambda connection: _insert_unless_known(connection, row)) else None

    async def lease(self, message_id: str, now: datetime, duration: timedelta) -> Item:
        """See `Ledger.lease`."""
        token = secrets.token_hex(8)
        return await self._change(
            message_id, lambda item: transitions.leased(item, token, now, duration, self._retention)
        )

    async def sending(self, item: Item, summary: str, now: datetime) -> Item:
        """See `Ledger.sending`."""
        return await self._change(
            item.message_id,
            lambda stands: transitions.sending(stands, item.lease_token, summary, now, self._retention),
        )

    async def settle(self, item: Item, verdict: Verdict, now: datetime) -> Item:
        """See `Ledger.settle`."""
        return await self._change(
            item.message_id,
            lambda stands: transitions.settled(stands, item.lease_token, verdict, now, self._retention),
        )

    async def reopen(self, message_id: str, now: datetime) -> Item | None:
        """See `Ledger.reopen`."""
        return await self._maybe_change(message_id, lambda item: transitions.reopened(item, now, self._retention))

    async def discard(self, message_id: str, now: datetime) -> Item | None:
        """See `Ledger.discard`."""
        return await self._maybe_change(message_id, lambda item: transitions.discarded(item, now, self._retention))

    async def get(self, message_id: str) -> Item | None:
        """See `Ledger.get`."""
        return await self._threads.read(lambda connection: _get(connection, message_id))

    async def due(self) -> AsyncIterator[Due]:
        """
        See `Ledger.due`; read in pages, so writers and other readers get their turn.

        An item whose time moves while this runs may come twice or, when it moves forward, not at all until next time.
        """
        after = ("", "")
        while True:
            page = await self._threads.rows(_DUE, *after, _DUE_PAGE)
            for message_id, chat_id, free_at in page:
                yield Due(message_id, chat_id, from_iso(free_at))
            if len(page) < _DUE_PAGE:
                return
            after = (page[-1][2], page[-1][0])

    async def find(
        self,
        *,
        statuses: Sequence[Status] = (),
        chat_id: int | None = None,
        message_id_prefix: str = "",
        raw_key: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Item]:
        """See `Ledger.find`; newest arrival first, read in pages."""
        conditions, values = _conditions(statuses, chat_id, message_id_prefix, raw_key)
        before: list[int] = []
        left = limit
        while left is None or left > 0:
            size = _ITEM_PAGE if left is None else min(left, _ITEM_PAGE)
            where = " AND ".join([*conditions, *(["arrival < ?"] if before else [])]) or "TRUE"
            page = await self._threads.rows(
                f"{_FIND} WHERE {where} ORDER BY arrival DESC LIMIT ?", *values, *before, size
            )
            for _, *row in page:
                yield _item(row)
            if len(page) < size:
                return
            before = [page[-1][0]]
            left = None if left is None else left - len(page)

    async def erase(self, chat_id: int) -> list[str]:
        """See `Ledger.erase`."""
        statement = f"DELETE FROM {LEDGER} WHERE chat_id = ? RETURNING raw_key"
        removed = await self._threads.write(lambda connection: connection.execute(statement, (chat_id,)).fetchall())
        return sorted({raw_key for (raw_key,) in removed})

    async def expire(self, now: datetime) -> int:
        """See `Ledger.expire`; a page per transaction, so mail is taken meanwhile."""
        expired = 0
        values = (int(now.timestamp()), _EXPIRE_PAGE)
        while True:
            page = await self._threads.write(lambda connection: connection.execute(_EXPIRE, values).rowcount)
            expired += page
            if page < _EXPIRE_PAGE:
                return expired

    async def raw_keys_in_use(self, raw_keys: Sequence[str]) -> set[str]:
        """See `Ledger.raw_keys_in_use`."""
        statement = f"SELECT 1 FROM {LEDGER} WHERE raw_key = ? LIMIT 1"
        return await self._threads.read(
            lambda connection: {key for key in raw_keys if connection.execute(statement, (key,)).fetchone()}
        )

    async def count(self) -> dict[Status, int]:
        """See `Ledger.count`; every status is there, 0 included."""
        statement = f"SELECT status, count(*) FROM {LEDGER} GROUP BY status"
        counted = dict(await self._threads.rows(statement))
        return {status: counted.get(status.value, 0) for status in Status}

    async def _change(self, message_id: str, transition: Callable[[Item | None], Item]) -> Item:
        return await self._threads.write(lambda connection: _put(connection, transition(_get(connection, message_id))))

    async def _maybe_change(self, message_id: str, transition: Callable[[Item | None], Item | None]) -> Item | None:
        def job(connection: sqlite3.Connection) -> Item | None:
            changed = transition(_get(connection, message_id))
            return changed and _put(connection, changed)

        return await self._threads.write(job)


def _insert(connection: sqlite3.Connection, rows: list[list[Any]]) -> list[bool]:
    # One statement for all, nearly always: each statement stops the event loop's thread for a moment.
    try:
        connection.execute(_INSERT + ", ".join([_ROW] * len(rows)), [value for row in rows for value in row])
    except sqlite3.IntegrityError:  # one is known already, and the statement did nothing
        return [_insert_unless_known(connection, row) for row in rows]
    return [True] * len(rows)


def _insert_unless_known(connection: sqlite3.Connection, row: list[Any]) -> bool:
    return connection.execute(f"{_INSERT}{_ROW} ON CONFLICT (message_id) DO NOTHING", row).rowcount == 1


def _put(connection: sqlite3.Connection, item: Item) -> Item:
    connection.execute(_UPDATE, (*_values(item, _CHANGING), item.message_id))
    return item


def _get(connection: sqlite3.Connection, message_id: str) -> Item | None:
    row = connection.execute(f"{_SELECT} WHERE message_id = ?", (message_id,)).fetchone()
    return None if row is None else _item(row)


def _conditions(
    statuses: Sequence[Status], chat_id: int | None, prefix: str, raw_key: str | None
) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if statuses:
        conditions.append(f"status IN ({', '.join('?' * len(statuses))})")
        values += [status.value for status in statuses]
    if chat_id is not None:
        conditions.append("chat_id = ?")
        values.append(chat_id)
    if prefix:
        conditions.append("message_id >= ? AND message_id < ?")  # a range, which the index serves
        values += [prefix, prefix + "\U0010ffff"]
    if raw_key is not None:
        conditions.append("raw_key = ?")
        values.append(raw_key)
    return conditions, values


def _values(item: Item, names: Sequence[str]) -> list[Any]:
    return [to_iso(value) if isinstance(value, datetime) else value for value in attrgetter(*names)(item)]


def _item(row: Sequence[Any]) -> Item:
    values = dict(zip(_NAMES, row, strict=True))
    for name in _MOMENTS:
        if values[name] is not None:
            values[name] = from_iso(values[name])
    values["status"] = Status(values["status"])
    values["possible_repeat"] = bool(values["possible_repeat"])
    return Item(**values)
