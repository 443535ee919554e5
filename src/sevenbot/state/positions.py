"""
How far each IMAP mailbox has been taken.

    {"mailbox": "5f0c...", "uid_validity": 1762082400, "uid": 4711, "since": 4000, "pending": "4702,4705"}

UIDs grow and are never given twice, as long as the folder's UIDVALIDITY stays the same (RFC 9051 §2.3.1.1).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Position:
    """
    A claim that stays true once it is: each mail up to `uid` is dealt with, but for those that are `pending`.

    So it does no harm when of two processes on one mailbox the one that is behind writes last: a mail that is taken
    again is known again.
    """

    uid_validity: int
    uid: int
    since: int  # mails from this UID on came after first connect: all of them are taken, seen or not
    pending: tuple[int, ...] = ()  # failed for a passing reason


class Positions(Protocol):
    """The positions by mailbox. Every method may raise StateUnavailable."""

    async def get(self, mailbox: str) -> Position | None:
        """Return the position, or None at first connect."""
        ...

    async def set(self, mailbox: str, position: Position) -> None:
        """
        Record the position, durable on return.

        Raises:
            StorageFull: No room; nothing was changed.
        """
        ...

    def all(self) -> AsyncIterator[tuple[str, Position]]:
        """Yield every mailbox and its position."""
        ...


def to_text(uids: tuple[int, ...]) -> str:
    """Return UIDs as adapters keep them."""
    return ",".join(str(uid) for uid in uids)


def from_text(text: str) -> tuple[int, ...]:
    """Return the UIDs of such a text."""
    return tuple(int(uid) for uid in text.split(",") if uid)
