"""
What "accepted" means: the raw bytes are durable, then one item per recipient is, and only then is there a receipt.

What a death of the process or a power cut leaves:

    before `store.put` returns      nothing that counts; no receipt, so the sender transmits again
    before `ledger.accept` returns  raw bytes that no item names: swept after an hour; the sender transmits again.
                                    Or the items too: then the next transmission is found to be a repeat
    after it                        the items, which the next process finds in the ledger; perhaps no receipt, and
                                    then, again, the next transmission is a repeat

An item without bytes cannot come about: bytes are only removed when it is certain that no item names them.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import timedelta

from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import StoreUnavailable, Transient
from sevenbot.maillog import MailLog
from sevenbot.spool.digest import idempotency_key, item_key, mail_digest
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Due, Item, Ledger
from sevenbot.state.transitions import ttl_after

__all__ = ["Spool", "idempotency_key"]

#: Above this a mail is hashed in a thread; below, the hand-over would cost more than the hashing.
HASH_ASIDE_BYTES = 512 * 1024


class Spool:
    """
    Keeps mails.

    Args:
        ledger: Where items are recorded.
        store: Where raw bytes are put.
        maillog: Told of each new item and each repeat.
        retention: Until a new item's `ttl`, should nothing change it.
        on_accepted: Called for each new item once it is durable, to put it in line.
    """

    def __init__(
        self,
        ledger: Ledger,
        store: Store,
        maillog: MailLog,
        *,
        retention: timedelta,
        on_accepted: Callable[[Due], None],
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._maillog = maillog
        self._retention = retention
        self._on_accepted = on_accepted

    async def accept(self, raw: bytes, envelope: Envelope) -> list[Receipt]:
        """
        Keep one mail for all its recipients; return a receipt for each, in order.

        A recipient named twice, or one that has this very mail already, gets a receipt with `is_new` False. A caller
        that is cancelled does not stop the mail from being kept: it may be on record, so it must get in line as well.

        Raises:
            StorageFull, StoreUnavailable, StateUnavailable: There is no receipt for any of them; all may be tried
                again. Nothing is left behind but, when the ledger's commit itself failed, raw bytes for the sweep.
        """
        return await asyncio.shield(self._keep(raw, envelope))

    async def _keep(self, raw: bytes, envelope: Envelope) -> list[Receipt]:
        began = time.monotonic()
        ids = await _ids(raw, envelope.recipients)
        raw_key = await self._store.put(raw, envelope.received_at)
        firsts = [index for index, message_id in enumerate(ids) if ids.index(message_id) == index]
        items = [self._item(ids[index], envelope.recipients[index], raw, raw_key, envelope) for index in firsts]
        new = await self._record(items, raw_key)
        if not new:
            await self._remove(raw_key)
        seconds = time.monotonic() - began
        for item in items:
            self._tell(item, is_new=item.message_id in new, seconds=seconds)
        return [
            Receipt(message_id, recipient, is_new=message_id in new and index in firsts)
            for index, (message_id, recipient) in enumerate(zip(ids, envelope.recipients, strict=True))
        ]

    async def _record(self, items: list[Item], raw_key: str) -> set[str]:
        """Record *items*, which share one raw mail, and return the ids of the new ones."""
        try:
            are_new = await self._ledger.accept(items)
        except Transient as exc:
            if not exc.maybe_done:  # else an item may come to light that needs the bytes
                await self._remove(raw_key)
            raise
        return {item.message_id for item, is_new in zip(items, are_new, strict=True) if is_new}

    async def _remove(self, raw_key: str) -> None:
        with contextlib.suppress(StoreUnavailable):  # the sweep removes what no item names
            await self._store.delete(raw_key)

    def _tell(self, item: Item, *, is_new: bool, seconds: float) -> None:
        if not is_new:
            self._maillog.repeated(item.message_id, via=item.via)
            return
        self._on_accepted(Due(item.message_id, item.chat_id, item.due_at))
        self._maillog.accepted(
            item.message_id,
            size_bytes=item.size_bytes,
            via=item.via,
            sender_domain=item.sender_domain,
            seconds=seconds,
        )

    def _item(self, message_id: str, recipient: Recipient, raw: bytes, raw_key: str, envelope: Envelope) -> Item:
        now = envelope.received_at
        return Item(
            message_id=message_id,
            chat_id=recipient.chat_id,
            email_address=recipient.email_address,
            raw_key=raw_key,
            size_bytes=len(raw),
            received_at=now,
            updated_at=now,
            due_at=now,
            ttl=ttl_after(now, self._retention),
            opened_at=now,
            sender_domain=_storable(envelope.sender_domain),
            sender=_storable(envelope.sender),
            subaddress=recipient.subaddress and _storable(recipient.subaddress),
            via=envelope.via,
            client=envelope.client,
            helo=envelope.helo and _storable(envelope.helo),
        )


async def _ids(raw: bytes, recipients: tuple[Recipient, ...]) -> list[str]:
    if len(raw) > HASH_ASIDE_BYTES:
        digest = await asyncio.to_thread(mail_digest, raw)
    else:
        digest = mail_digest(raw)
    return [item_key(digest, recipient.email_address) for recipient in recipients]


def _storable(text: str) -> str:
    """Return *text* with whatever a peer sent that is no Unicode (half a surrogate pair) shown as "?"."""
    return text.encode("utf-8", "replace").decode()
