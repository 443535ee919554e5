"""The positions in SQLite; the table is in migrations.py."""

from __future__ import annotations

from sevenbot.state.migrations import POSITIONS
from sevenbot.state.positions import Position, from_text, to_text
from sevenbot.state.sqlite_threads import SqliteThreads


class SqlitePositions:
    """See `Positions`, the port."""

    def __init__(self, threads: SqliteThreads) -> None:
        self._threads = threads

    async def get(self, mailbox: str) -> Position | None:
        """See `Positions.get`."""
        statement = f"SELECT uid_validity, uid, since, pending FROM {POSITIONS} WHERE mailbox = ?"
        row = await self._threads.row(statement, mailbox)
        if row is None:
            return None
        uid_validity, uid, since, pending = row
        return Position(uid_validity, uid, since, from_text(pending))

    async def set(self, mailbox: str, position: Position) -> None:
        """See `Positions.set`."""
        values = (mailbox, position.uid_validity, position.uid, position.since, to_text(position.pending))
        statement = f"INSERT OR REPLACE INTO {POSITIONS} (mailbox, uid_validity, uid, since, pending) "
        await self._threads.write(lambda connection: connection.execute(statement + "VALUES (?, ?, ?, ?, ?)", values))
