"""
The port that brings one message into one chat and says what happened.

Telegram has no idempotency key for sending, so "we cannot know" (`Unknown`) is an outcome of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: exactly one of `callback_data` (64 bytes at most), `copy_text` and `url` is set."""

    text: str
    callback_data: str | None = None
    copy_text: str | None = None  # 1 to 256 characters
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A rendered message: the same words as Telegram HTML and as plain text, for the day the HTML is refused."""

    html: str  # at most 4,096 UTF-16 units after entities are parsed
    plain: str  # at most 4,096 UTF-16 units
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in the chat."""

    telegram_message_id: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Not sent; Telegram (429) or our own pacing said how long to wait."""

    retry_after: timedelta
    by_pacing: bool = False  # our own pacing: the message was never offered to Telegram


@dataclass(frozen=True, slots=True)
class Failed:
    """Not sent, for a reason that may pass."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no answer came: it may be in the chat or not."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Not sent, and nothing will reach this chat: blocked by the user (403), or it does not exist."""

    reason: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """Not sent: the group has become a supergroup with a new id."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Not sent: Telegram refuses this message as it stands, for good."""

    reason: str


Outcome = Sent | Wait | Failed | Unknown | Gone | Moved | Refused


class Courier(Protocol):
    """Delivery to chats."""

    async def turn(self, chat_id: int, patience: timedelta) -> Wait | None:
        """Wait for the chat's turn under the pacing rules: None once it has come, Wait when it is beyond *patience*."""
        ...

    async def deliver(self, chat_id: int, message: ChatMessage) -> Outcome:
        """Send one message now (after `turn`), and say what happened; never raises for what Telegram answers."""
        ...

    def ready_in(self, chat_id: int) -> float:
        """Return the seconds until this chat's next turn could come (0: now), so that others can be served first."""
        ...
