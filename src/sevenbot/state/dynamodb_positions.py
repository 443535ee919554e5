"""
The positions in DynamoDB: one item each in the table of the mails, under a key no mail has.

    {"message_id": {"S": "imap:5f0c..."}, "uid_validity": {"N": "1762082400"}, "uid": {"N": "4711"},
     "since": {"N": "4000"}, "pending": {"S": "4702,4705"}}

It has no `ttl`, so it stays, and nothing that makes an item, so whoever reads the table for mails passes over it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from sevenbot.state.dynamodb_items import Attributes, attribute
from sevenbot.state.dynamodb_table import Table
from sevenbot.state.positions import Position, from_text, to_text

PREFIX = "imap:"


class DynamoPositions:
    """See `Positions`, the port."""

    def __init__(self, ledger: Table) -> None:
        self._table = ledger

    async def get(self, mailbox: str) -> Position | None:
        """See `Positions.get`."""
        found = await self._table.get(attribute(PREFIX + mailbox), consistent=True)
        return None if found is None else _position(found)

    async def set(self, mailbox: str, position: Position) -> None:
        """See `Positions.set`."""
        await self._table.put(
            {
                "message_id": attribute(PREFIX + mailbox),
                "uid_validity": attribute(position.uid_validity),
                "uid": attribute(position.uid),
                "since": attribute(position.since),
                **({"pending": attribute(to_text(position.pending))} if position.pending else {}),
            }
        )

    async def all(self) -> AsyncIterator[tuple[str, Position]]:
        """See `Positions.all`; reads the whole table."""
        values = {":prefix": attribute(PREFIX)}
        async for found in self._table.scan("begins_with(#message_id, :prefix)", values, consistent=True):
            yield found["message_id"]["S"].removeprefix(PREFIX), _position(found)


def _position(found: Attributes) -> Position:
    uid_validity, uid, since = (int(found[name]["N"]) for name in ("uid_validity", "uid", "since"))
    return Position(uid_validity, uid, since, from_text(found.get("pending", {}).get("S", "")))
