"""The positions in SQLite; the table is in migrations.py."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sevenbot.state.migrations import POSITIONS
from sevenbot.state.positions import Position, from_text, to_text
from sevenbot.state.sqlite_threads import SqliteThreads

_FACTS = "uid_validity, uid, since, pending"


class SqlitePositions:
    """See `Positions`, the port."""

    def __init__(self, threads: SqliteThreads) -> None:
        self._threads = threads

    async def get(self, mailbox: str) -> Position | None:
        """See `Positions.get`."""
        row = await self._threads.row(f"SELECT {_FACTS} FROM {POSITIONS} WHERE mailbox = ?", mailbox)
        return None if row is None else _position(*row)

    async def set(self, mailbox: str, position: Position) -> None:
        """See `Positions.set`."""
        values = (mailbox, position.uid_validity, position.uid, position.since, to_text(position.pending))
        statement = f"INSERT OR REPLACE INTO {POSITIONS} (mailbox, {_FACTS}) VALUES (?, ?, ?, ?, ?)"
        await self._threads.write(lambda connection: connection.execute(statement, values))

    async def all(self) -> AsyncIterator[tuple[str, Position]]:
        """See `Positions.all`."""
        for mailbox, *facts in await self._threads.rows(f"SELECT mailbox, {_FACTS} FROM {POSITIONS}"):
            yield mailbox, _position(*facts)


def _position(uid_validity: int, uid: int, since: int, pending: str) -> Position:
    return Position(uid_validity, uid, since, from_text(pending))
