"""
The port for raw bytes: write-once, durable on return.

A raw key is a relative path, `YYYY/MM/DD/<32 random hex digits>.eml`: sharded by date, impossible to guess.
The bytes are exactly what came in (CRLF kept, nothing prepended). What others put into a bucket of ours (Amazon SES)
has a key of theirs, `inbound/...`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sevenbot.envelope import Envelope
from sevenbot.errors import Transient


class Store(Protocol):
    """Raw mails by key."""

    async def put(self, raw: bytes, now: datetime) -> str:
        """
        Keep *raw* and return its new key; the bytes survive a power cut once this returns.

        Raises:
            StorageFull: No room; nothing is left behind.
            StoreUnavailable: The medium failed; nothing is left behind that a sweep would not remove.
        """
        ...

    async def put_all(self, mails: Sequence[tuple[bytes, Envelope]]) -> list[str | Transient]:
        """
        Do the same for many mails, put when they were received: for each its key, or why it was not kept.

        Mails that come together can share the cost of being made durable. A store may keep the envelope beside the
        bytes, for whoever hears of these before the ledger does.
        """
        ...

    async def get(self, raw_key: str) -> bytes:
        """
        Return the bytes put under *raw_key*.

        Raises:
            RawGone: There is no such key (any more).
            StoreUnavailable: The medium failed.
        """
        ...

    async def delete(self, raw_key: str) -> None:
        """Remove the bytes; a key that is not there is no error."""
        ...

    def keys(self, before: datetime) -> AsyncIterator[str]:
        """Yield the keys of everything put before *before* (for the sweep of orphans)."""
        ...

    async def check(self) -> None:
        """Raise StoreUnavailable or StorageFull unless a small write, read and delete work now."""
        ...


@dataclass(frozen=True, slots=True)
class Deposit:
    """A mail that somebody put into the bucket, and what is known of its arrival."""

    raw: bytes
    raw_key: str
    envelope: Envelope | None  # None: whoever put it did not say


class Deposits(Protocol):
    """The bucket into which others put mails."""

    @property
    def bucket(self) -> str:
        """Its name."""
        ...

    def fetch(self, object_key: str) -> AbstractAsyncContextManager[Deposit]:
        """Give the mail with this key; large ones one at a time. Raises RawGone, StoreUnavailable."""
        ...

    def raw_key(self, object_key: str) -> str:
        """Return the key by which items name the mail in an object."""
        ...

    async def delete(self, raw_key: str) -> None:
        """Remove a mail; raises StoreUnavailable."""
        ...
