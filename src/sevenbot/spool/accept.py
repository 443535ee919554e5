"""
What "accepted" means: the raw bytes are durable, then one item per recipient is, and only then is there a receipt.

Making something durable costs about the same for one mail as for fifty. So while one batch of mails is being kept, the
next one gathers; on a quiet day each mail is a batch of its own.

What a death of the process or a power cut leaves of a batch:

    before `store.put_all` returns  nothing that counts; no receipt, so the senders transmit again
    before `ledger.accept` returns  raw bytes that no item names: swept after an hour; the senders transmit again.
                                    Or the items too: then the next transmission is found to be a repeat
    after it                        the items, which the next process finds in the ledger; perhaps no receipt, and
                                    then, again, the next transmission is a repeat

An item without bytes cannot come about: bytes are only removed when it is certain that no item names them.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import Transient
from sevenbot.maillog import MailLog
from sevenbot.spool.digest import idempotency_key, item_key, mail_digest
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Due, Item, Ledger
from sevenbot.state.transitions import ttl_after

__all__ = ["Spool", "idempotency_key", "item_ids", "new_items"]

Text = TypeVar("Text", str, str | None)

#: Above this a mail is hashed in a thread; below, the hand-over would cost more than the hashing.
HASH_ASIDE_BYTES = 512 * 1024

#: The most mails in one batch: bounds how long the first of them waits for the last.
BATCH_LIMIT = 64


@dataclass(slots=True, eq=False)
class _Arrival:
    """One mail on its way to its receipts."""

    raw: bytes
    envelope: Envelope
    ids: list[str]  # of the items, one for each recipient; those of a recipient named twice are equal
    receipts: asyncio.Future[list[Receipt]]
    began: float
    raw_key: str = ""
    items: list[Item] = field(default_factory=list)  # without doubles

    def answer(self, new: set[str]) -> None:
        if self.receipts.done():  # cancelled: the caller stopped waiting
            return
        left = set(new)  # a recipient named twice is new once
        receipts = []
        for message_id, recipient in zip(self.ids, self.envelope.recipients, strict=True):
            receipts.append(Receipt(message_id, recipient, is_new=message_id in left))
            left.discard(message_id)
        self.receipts.set_result(receipts)

    def fail(self, reason: Exception) -> None:
        if not self.receipts.done():
            self.receipts.set_exception(reason)


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
        self._waiting: list[_Arrival] = []
        self._keeper: asyncio.Task[None] | None = None  # at work while there is something to keep

    async def accept(self, raw: bytes, envelope: Envelope) -> list[Receipt]:
        """
        Keep one mail for all its recipients; return a receipt for each, in order.

        A recipient named twice, or one that has this very mail already, gets a receipt with `is_new` False. A caller
        that is cancelled does not stop the mail from being kept: it may be on record, so it must get in line as well.

        Raises:
            StorageFull, StoreUnavailable, StateUnavailable: There is no receipt for any of them; all may be tried
                again. Nothing is left behind but, when the ledger's commit itself failed, raw bytes for the sweep.
        """
        began = time.monotonic()
        ids = await item_ids(raw, envelope.recipients)
        arrival = _Arrival(raw, envelope, ids, asyncio.get_running_loop().create_future(), began)
        self._waiting.append(arrival)
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep_what_waits())
        return await arrival.receipts

    async def _keep_what_waits(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH_LIMIT], self._waiting[BATCH_LIMIT:]
                await self._keep(batch)
        finally:
            self._keeper = None

    async def _keep(self, batch: list[_Arrival]) -> None:
        """Keep each mail of *batch*, and give its caller the receipts or the reason why there are none."""
        try:
            await self._record(await self._put(batch))
        except Exception as exc:  # noqa: BLE001 - a bug belongs to its callers; a dead keeper would hang all later ones
            if len(batch) == 1:
                batch[0].fail(exc)
                return
            for arrival in batch:  # each alone: so it harms no other
                await self._keep([arrival])

    async def _put(self, batch: list[_Arrival]) -> list[_Arrival]:
        """Make the bytes durable; return the mails of which that succeeded."""
        results = await self._store.put_all([(arrival.raw, arrival.envelope) for arrival in batch])
        put = []
        for arrival, result in zip(batch, results, strict=True):
            if isinstance(result, Transient):
                arrival.fail(result)
            else:
                arrival.raw_key = result
                arrival.items = self._items(arrival)
                put.append(arrival)
        return put

    async def _record(self, batch: list[_Arrival]) -> None:
        """Record the items of all mails in one go, which is what makes them accepted; then tell."""
        try:
            are_new = iter(await self._ledger.accept([item for arrival in batch for item in arrival.items]))
        except Transient as exc:
            if not exc.maybe_done:  # else an item may come to light that needs the bytes
                await self._remove(batch)
            for arrival in batch:
                arrival.fail(exc)
            return
        new = {arrival.raw_key: {item.message_id for item in arrival.items if next(are_new)} for arrival in batch}
        await self._remove([arrival for arrival in batch if not new[arrival.raw_key] and await self._is_spare(arrival)])
        for arrival in batch:
            self._tell(arrival, new[arrival.raw_key])
            arrival.answer(new[arrival.raw_key])

    async def _is_spare(self, repeat: _Arrival) -> bool:
        """Say whether no item names the bytes of a repeat: whom the store tells of new bytes may have been first."""
        try:
            items = [await self._ledger.get(message_id) for message_id in repeat.ids]
        except Transient:
            return False
        return all(item is None or item.raw_key != repeat.raw_key for item in items)

    async def _remove(self, batch: list[_Arrival]) -> None:
        """Remove the bytes of mails that have no item."""
        if batch:
            await asyncio.gather(*(self._remove_raw(arrival.raw_key) for arrival in batch))

    async def _remove_raw(self, raw_key: str) -> None:
        with contextlib.suppress(Transient):  # the sweep removes what no item names
            await self._store.delete(raw_key)

    def _tell(self, arrival: _Arrival, new: set[str]) -> None:
        seconds = time.monotonic() - arrival.began
        for item in arrival.items:
            if item.message_id not in new:
                self._maillog.repeated(item.message_id, via=item.via)
                continue
            self._on_accepted(Due(item.message_id, item.chat_id, item.due_at))
            self._maillog.accepted(
                item.message_id,
                size_bytes=item.size_bytes,
                via=item.via,
                sender_domain=item.sender_domain,
                seconds=seconds,
            )

    def _items(self, arrival: _Arrival) -> list[Item]:
        return new_items(arrival.ids, arrival.envelope, arrival.raw_key, len(arrival.raw), self._retention)


def new_items(
    ids: Sequence[str], envelope: Envelope, raw_key: str, size_bytes: int, retention: timedelta
) -> list[Item]:
    """Return the items of a mail whose bytes are kept; *ids* are those of its recipients, in order."""
    now = envelope.received_at
    recipients = dict(zip(reversed(ids), reversed(envelope.recipients), strict=True))  # the first of doubles counts
    return [
        Item(
            message_id=message_id,
            chat_id=recipients[message_id].chat_id,
            email_address=recipients[message_id].email_address,
            raw_key=raw_key,
            size_bytes=size_bytes,
            received_at=now,
            updated_at=now,
            due_at=now,
            ttl=ttl_after(now, retention),
            opened_at=now,
            sender_domain=_storable(envelope.sender_domain),
            sender=_storable(envelope.sender),
            subaddress=_storable(recipients[message_id].subaddress),
            via=envelope.via,
            client=envelope.client,
            helo=_storable(envelope.helo),
        )
        for message_id in dict.fromkeys(ids)
    ]


async def item_ids(raw: bytes, recipients: Sequence[Recipient]) -> list[str]:
    """Return the idempotency key of each recipient's item, in order."""
    if len(raw) > HASH_ASIDE_BYTES:
        digest = await asyncio.to_thread(mail_digest, raw)
    else:
        digest = mail_digest(raw)
    return [item_key(digest, recipient.email_address) for recipient in recipients]


def _storable(text: Text) -> Text:
    """Return *text* with whatever a peer sent that is no Unicode (half a surrogate pair) shown as "?"; None is None."""
    return text and text.encode("utf-8", "replace").decode()
