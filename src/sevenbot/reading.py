"""What the later steps work on: the kept bytes, read; or what is known of a mail that cannot be read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Kind, Mailbox, Message
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Item
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.summary import Facts

READ_ASIDE_BYTES = 128 * 1024
"""Mails above this are read in a thread: a second spent on one mail must not keep everybody else from an answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of the raw bytes."""

    message: Message
    facts: Facts
    is_read: bool = True


def read(raw: bytes) -> Reading:
    """Parse a mail and find its facts."""
    message = parse(raw)
    return Reading(message, find_facts(message))


def unread(item: Item) -> Reading:
    """Return what can be said of a mail without looking into it."""
    message = Message(
        message_id=None,
        subject="",
        date=None,
        sender=Mailbox("", item.sender) if item.sender else None,
        to=(),
        cc=(),
        reply_to=(),
        kind=Kind.OTHER,
        text="",
        text_source="none",
        latest="",
    )
    return Reading(message, Facts(), is_read=False)


class Reader:
    """Reads kept mails; a big one at a time, so that memory stays small."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._big_mail = asyncio.Semaphore(1)

    async def read(self, item: Item, raw: bytes | None = None) -> Reading:
        """
        Return the item's mail, read; *raw* when the bytes are at hand already.

        Raises:
            RawGone: The bytes are no longer kept.
            StoreUnavailable: They cannot be had now.
        """
        if item.size_bytes <= READ_ASIDE_BYTES:
            return read(await self._store.get(item.raw_key) if raw is None else raw)
        async with self._big_mail:
            return await asyncio.to_thread(read, await self._store.get(item.raw_key) if raw is None else raw)
