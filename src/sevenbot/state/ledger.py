"""
What happened to each mail: one item per mail and recipient, in the table `email-processing-state`.

    {"message_id": "5f0c...", "ttl": 1769940000, "status": "received", "chat_id": 123456789,
     "email_address": "maple-otter-k7m4qx92@example.org", "raw_key": "2026/11/02/9b...e1.eml",
     "size_bytes": 20480, "received_at": "2026-11-02T10:00:00.123Z", "updated_at": "...", "attempts": 1,
     "lease_until": "...", "due_at": "...", "summary": "{...}", "telegram_message_id": 77, "error": "...",
     "sender_domain": "example.net", ...}

The way of an item:

    received ─lease→ leased ─sending→ sending ─settle→ delivered | retry | dead | discarded
                       └──────────settle──────────────→ retry | dead | discarded
    retry ─lease→ ...        dead ─reopen→ retry        leased, sending: lease again once `lease_until` has passed

A lease that finds `sending` sets `possible_repeat`: somebody sent, or was about to, and no answer was recorded.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    """Where an item stands."""

    RECEIVED = "received"
    LEASED = "leased"
    SENDING = "sending"
    DELIVERED = "delivered"
    RETRY = "retry"
    DEAD = "dead"
    DISCARDED = "discarded"


UNFINISHED = frozenset({Status.RECEIVED, Status.LEASED, Status.SENDING, Status.RETRY})


@dataclass(frozen=True, slots=True)
class Item:
    """One mail for one recipient."""

    message_id: str  # the idempotency key: 40 hex digits
    chat_id: int
    email_address: str
    raw_key: str
    size_bytes: int
    received_at: datetime
    updated_at: datetime
    due_at: datetime  # not before this moment
    ttl: int  # epoch seconds: the retention after the last change
    opened_at: datetime  # when it was received or reopened; the delivery deadline counts from here
    status: Status = Status.RECEIVED
    attempts: int = 0  # leases taken
    failures: int = 0  # attempts that failed; the backoff counts these, since a wait as told is no failure
    interruptions: int = 0  # leases that ended without a verdict (the process died)
    lease_until: datetime | None = None
    lease_token: str | None = None  # proves whose lease it is
    possible_repeat: bool = False  # an earlier attempt may have reached the chat
    summary: str | None = None  # the Summary as JSON, once made
    telegram_message_id: int | None = None
    error: str | None = None  # the last reason, for operators: no subject, body or address in it
    # facts of the arrival
    sender_domain: str = ""
    sender: str = ""  # the reverse path
    subaddress: str | None = None
    via: str = ""
    client: str | None = None
    helo: str | None = None

    @property
    def is_unfinished(self) -> bool:
        """Say whether somebody still has to work on it."""
        return self.status in UNFINISHED


@dataclass(frozen=True, slots=True)
class Due:
    """Enough of an unfinished item to put it in line: when it may be leased, and for which chat."""

    message_id: str
    chat_id: int
    due_at: datetime  # for leased and sending items: when the lease runs out


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an attempt ends: the pure decision that `settle` records."""

    status: Status  # DELIVERED, RETRY, DEAD or DISCARDED
    due_at: datetime | None = None  # RETRY: when
    error: str | None = None
    telegram_message_id: int | None = None
    possible_repeat: bool = False  # RETRY, DEAD: this attempt or an earlier one may have reached the chat after all
    chat_id: int | None = None  # the chat moved: the item follows
    failures: int = 0  # what the item's count becomes
    summary: str | None = None  # made though not sent, as JSON: the next attempt takes it


class Ledger(Protocol):
    """The item table. Every method may raise StateUnavailable; then nothing was changed."""

    async def accept(self, items: Sequence[Item]) -> list[bool]:
        """
        Record new items, durable on return; for each say whether it is new (False: that id is recorded already).

        Raises:
            StorageFull: No room; none was recorded.
        """
        ...

    async def accept_leased(self, item: Item, now: datetime, duration: timedelta) -> Item | None:
        """
        Record a new item already under a lease until *now* + *duration*, durable on return: accept and lease in one.

        Returns:
            The item with its lease, or None when that id is recorded already; then nothing was changed.

        Raises:
            StorageFull: No room; it was not recorded.
        """
        ...

    async def lease(self, message_id: str, now: datetime, duration: timedelta) -> Item:
        """
        Take one item for work, hiding it from other workers until *now* + *duration*.

        Takes `received` and `retry` items that are due, and `leased` or `sending` ones whose lease ran out (then
        `interruptions` grows, and from `sending` the item comes back with `possible_repeat`). `attempts` grows by one.

        Returns:
            The item with a fresh `lease_token`.

        Raises:
            LeaseLost: It is not due, held by another worker (with `free_at`), finished, or unknown (without).
        """
        ...

    async def sending(self, item: Item, summary: str, now: datetime) -> Item:
        """
        Record the summary and that the message is about to leave; durable on return.

        After this, a death of the process means "possible repeat".

        Raises:
            LeaseLost: *item*'s lease token is no longer the one on record.
        """
        ...

    async def settle(self, item: Item, verdict: Verdict, now: datetime) -> Item:
        """
        Close the attempt, release the lease, and move `ttl` to the retention after *now*.

        Raises:
            LeaseLost: *item*'s lease token is no longer the one on record.
        """
        ...

    def due(self) -> AsyncIterator[Due]:
        """Yield every unfinished item, earliest first where the table can."""
        ...

    async def get(self, message_id: str) -> Item | None:
        """Return the item, or None."""
        ...

    def find(
        self,
        *,
        statuses: Sequence[Status] = (),
        chat_id: int | None = None,
        message_id_prefix: str = "",
        raw_key: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Item]:
        """Yield matching items, newest first where the table can; no condition means all."""
        ...

    async def reopen(self, message_id: str, now: datetime) -> Item | None:
        """Make a dead or discarded item due now, its deadline counted from *now*; None when it is neither."""
        ...

    async def discard(self, message_id: str, now: datetime) -> Item | None:
        """Set an item nobody holds to `discarded`; None when it is delivered, leased or unknown."""
        ...

    async def erase(self, chat_id: int) -> list[str]:
        """Remove every item of the chat; return their raw keys."""
        ...

    async def expire(self, now: datetime) -> int:
        """Remove items whose `ttl` has passed (never unfinished ones); return how many. A no-op where TTL does it."""
        ...

    async def raw_keys_in_use(self, raw_keys: Sequence[str]) -> set[str]:
        """Return those of *raw_keys* that some item still names."""
        ...

    async def count(self) -> dict[Status, int]:
        """Count items by status."""
        ...
