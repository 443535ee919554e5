"""
Who our users are: one record per chat, in the table `telegram-users`.

    {"chat_id": 123456789, "email_address": "maple-otter-k7m4qx92@example.org",
     "created_at": "2026-11-02T10:00:00Z", "last_summary_time": "2026-11-02T10:05:00Z", "email_count": 3,
     "username": "ann", "first_name": "Ann", "status": "active", "settings": {"language": "en"}}

`last_summary_time`, `username` and `first_name` are absent when unknown; `status` absent means active.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class UserStatus(StrEnum):
    """Whether mail is taken for a chat."""

    ACTIVE = "active"
    PAUSED = "paused"  # by /deactivate
    BLOCKED = "blocked"  # by the user in Telegram (403); /start or /register resumes


@dataclass(frozen=True, slots=True)
class User:
    """One chat and its address."""

    chat_id: int  # negative for groups
    email_address: str  # lower case, local part and domain
    created_at: datetime  # aware, UTC
    last_summary_time: datetime | None = None
    email_count: int = 0  # mails delivered
    username: str | None = None
    first_name: str | None = None
    status: UserStatus = UserStatus.ACTIVE
    settings: dict[str, str] = field(default_factory=dict)  # e.g. {"language": "de"}

    @property
    def language(self) -> str | None:
        """Return the language code Telegram told us, or None."""
        return self.settings.get("language")


class Users(Protocol):
    """The user table. Every method may raise StateUnavailable; then nothing was changed."""

    async def register(self, user: User) -> User:
        """
        Create *user* unless the chat has a record already; return the record that stands.

        Two calls at once for one chat yield one record.

        Raises:
            AddressTaken: Another chat owns that address; mint another and call again.
        """
        ...

    async def get(self, chat_id: int) -> User | None:
        """Return the chat's record, or None."""
        ...

    async def glance(self, chat_id: int) -> User | None:
        """Return what `get` does, or what it would have returned half a minute ago where a fresh answer costs money."""
        ...

    async def find_by_address(self, email_address: str) -> User | None:
        """Return the owner of a registered address (lower case, no subaddress), or None."""
        ...

    async def set_status(self, chat_id: int, status: UserStatus) -> User | None:
        """Set the status and return the record as it now is, or None when the chat has none."""
        ...

    async def set_settings(self, chat_id: int, settings: dict[str, str]) -> None:
        """Merge *settings* into the record's; an unknown chat is left unknown."""
        ...

    async def count_delivery(self, chat_id: int, at: datetime) -> None:
        """Add one to `email_count` and set `last_summary_time`; an unknown chat is left unknown."""
        ...

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        """Give the record a new chat id (a group became a supergroup); a no-op when already moved."""
        ...

    async def erase(self, chat_id: int) -> bool:
        """Remove the record for good; return whether there was one."""
        ...

    def all(self) -> AsyncIterator[User]:
        """Yield every record, oldest first where the table can."""
        ...
