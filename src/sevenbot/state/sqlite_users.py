"""The users in SQLite; the table is in migrations.py."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sevenbot.errors import AddressTaken
from sevenbot.state.iso import from_iso, to_iso
from sevenbot.state.migrations import USERS
from sevenbot.state.sqlite_threads import SqliteThreads
from sevenbot.state.users import User, UserStatus

COLUMNS = "chat_id, email_address, created_at, last_summary_time, email_count, username, first_name, status, settings"
_SELECT = f"SELECT {COLUMNS} FROM {USERS}"
_PAGE = 500


class SqliteUsers:
    """See `Users`, the port."""

    def __init__(self, threads: SqliteThreads) -> None:
        self._threads = threads

    async def register(self, user: User) -> User:
        """See `Users.register`."""
        return await self._threads.write(lambda connection: _register(connection, user))

    async def get(self, chat_id: int) -> User | None:
        """See `Users.get`."""
        row = await self._threads.row(f"{_SELECT} WHERE chat_id = ?", chat_id)
        return None if row is None else _user(row)

    async def glance(self, chat_id: int) -> User | None:
        """See `Users.glance`; always fresh."""
        return await self.get(chat_id)

    async def find_by_address(self, email_address: str) -> User | None:
        """See `Users.find_by_address`."""
        row = await self._threads.row(f"{_SELECT} WHERE email_address = ?", email_address)
        return None if row is None else _user(row)

    async def set_status(self, chat_id: int, status: UserStatus) -> User | None:
        """See `Users.set_status`."""

        def job(connection: sqlite3.Connection) -> User | None:
            connection.execute(f"UPDATE {USERS} SET status = ? WHERE chat_id = ?", (status.value, chat_id))
            return _get(connection, chat_id)

        return await self._threads.write(job)

    async def set_settings(self, chat_id: int, settings: dict[str, str]) -> None:
        """See `Users.set_settings`."""

        def job(connection: sqlite3.Connection) -> None:
            user = _get(connection, chat_id)
            if user is not None:
                merged = json.dumps({**user.settings, **settings})
                connection.execute(f"UPDATE {USERS} SET settings = ? WHERE chat_id = ?", (merged, chat_id))

        await self._threads.write(job)

    async def count_delivery(self, chat_id: int, at: datetime) -> None:
        """See `Users.count_delivery`."""
        statement = f"UPDATE {USERS} SET email_count = email_count + 1, last_summary_time = ? WHERE chat_id = ?"
        await self._threads.write(lambda connection: _run(connection, statement, (to_iso(at), chat_id)))

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        """
        See `Users.move`.

        When the new chat has registered an address of its own, both records stay: mail to the old address goes on to
        the old chat's id, and is moved one by one as Telegram says so.
        """
        statement = f"UPDATE OR IGNORE {USERS} SET chat_id = ? WHERE chat_id = ?"
        await self._threads.write(lambda connection: _run(connection, statement, (new_chat_id, chat_id)))

    async def erase(self, chat_id: int) -> bool:
        """See `Users.erase`."""
        statement = f"DELETE FROM {USERS} WHERE chat_id = ?"
        return await self._threads.write(lambda connection: _run(connection, statement, (chat_id,)) > 0)

    async def all(self) -> AsyncIterator[User]:
        """See `Users.all`; oldest first, read in pages."""
        statement = f"{_SELECT} WHERE (created_at, chat_id) > (?, ?) ORDER BY created_at, chat_id LIMIT {_PAGE}"
        after: tuple[str, int] = ("", 0)
        while True:
            page = [_user(row) for row in await self._threads.rows(statement, *after)]
            for user in page:
                yield user
            if len(page) < _PAGE:
                return
            after = (to_iso(page[-1].created_at), page[-1].chat_id)


def _register(connection: sqlite3.Connection, user: User) -> User:
    standing = _get(connection, user.chat_id)
    if standing is not None:
        return standing
    try:
        connection.execute(f"INSERT INTO {USERS} ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _row(user))
    except sqlite3.IntegrityError as exc:  # the chat is new, so it is the address that exists
        raise AddressTaken("another chat has this address") from exc
    return user


def _get(connection: sqlite3.Connection, chat_id: int) -> User | None:
    row = connection.execute(f"{_SELECT} WHERE chat_id = ?", (chat_id,)).fetchone()
    return None if row is None else _user(row)


def _run(connection: sqlite3.Connection, statement: str, values: tuple[Any, ...]) -> int:
    return connection.execute(statement, values).rowcount


def _row(user: User) -> tuple[Any, ...]:
    return (
        user.chat_id,
        user.email_address,
        to_iso(user.created_at),
        to_iso(user.last_summary_time) if user.last_summary_time else None,
        user.email_count,
        user.username,
        user.first_name,
        user.status.value,
        json.dumps(user.settings),
    )


def _user(row: tuple[Any, ...]) -> User:
    chat_id, email_address, created_at, last_summary_time, email_count, username, first_name, status, settings = row
    return User(
        chat_id=chat_id,
        email_address=email_address,
        created_at=from_iso(created_at),
        last_summary_time=from_iso(last_summary_time) if last_summary_time else None,
        email_count=email_count,
        username=username,
        first_name=first_name,
        status=UserStatus(status),
        settings=json.loads(settings),
    )
