"""Items and users for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sevenbot.state.ledger import Item
from sevenbot.state.transitions import ttl_after
from sevenbot.state.users import User
from tests.fakes import RETENTION

NOON = datetime(2026, 11, 2, 12, 0, 0, 123456, tzinfo=UTC)


def new_item(number: int = 1, at: datetime = NOON, **facts: Any) -> Item:
    """Return an item just received; *number* makes its id and, unless told otherwise, its raw key."""
    known: dict[str, Any] = {
        "message_id": f"{number:040x}",
        "chat_id": 42,
        "email_address": "maple-otter-k7m4qx92@example.org",
        "raw_key": f"2026/11/02/{number:032x}.eml",
        "size_bytes": 20480,
        "received_at": at,
        "updated_at": at,
        "due_at": at,
        "ttl": ttl_after(at, RETENTION),
        "opened_at": at,
    }
    return Item(**(known | facts))


def new_user(chat_id: int = 42, address: str = "maple-otter-k7m4qx92@example.org", **facts: Any) -> User:
    """Return a user as registered."""
    known: dict[str, Any] = {"chat_id": chat_id, "email_address": address, "created_at": NOON}
    return User(**(known | facts))
