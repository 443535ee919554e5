"""
What a message asks for: mails that came are accepted and worked on here, and items that are due again.

    read -> resolve -> fetch -> accept and lease -> work (worker.py)

The ledger's conditions decide, so a message that comes twice, or to two consumers at once, makes one message in the
chat. A mail that vanished from the bucket after it was accepted can no longer tell its items; at the last receive they
are looked for, and each goes on by a message of its own, so that the ledger says what became of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sevenbot.address import parse_address
from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import LeaseLost, Poison, RawGone, RecipientPaused, UnknownRecipient
from sevenbot.maillog import MailLog
from sevenbot.receive.policy import refusal_for
from sevenbot.receive.ses import Again, Broken, Message, Notice, Received, Stored, Unknown, read_body
from sevenbot.spool.accept import item_ids, new_items
from sevenbot.spool.store import Deposit, Deposits
from sevenbot.state.ledger import Due, Item, Ledger
from sevenbot.state.transitions import REOPENABLE, free_at
from sevenbot.worker import INTERRUPTIONS_BEFORE_UNREAD, LEASE, Worker

logger = logging.getLogger(__name__)

LAST_RECEIVES = 2
"""So many receives before the dead-letter queue a mail that killed its process each time is not read any more."""


@dataclass(slots=True)
class _Recipients:
    """The recipients of a notice that are at our domain."""

    taking: list[Recipient]
    paused: list[str]  # registered addresses
    unknown: int


class Follower:
    """
    Does what messages ask for.

    Args:
        max_receives: After so many the queue moves a message to the dead letters.
        deposits: Where mails lie when a message tells of them.
        resolve: Whose address it is; raises UnknownRecipient, RecipientPaused, StateUnavailable.
        domain: Of our addresses; what was sent to others is not looked up.
        retention: Until a new item's `ttl`, should nothing change it.
    """

    def __init__(
        self,
        *,
        max_receives: int,
        deposits: Deposits,
        resolve: Callable[[str], Awaitable[Recipient]],
        ledger: Ledger,
        worker: Worker,
        maillog: MailLog,
        domain: str,
        retention: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._max_receives = max_receives
        self._deposits = deposits
        self._resolve = resolve
        self._ledger = ledger
        self._worker = worker
        self._maillog = maillog
        self._domain = domain.lower()
        self._retention = retention
        self._clock = clock

    async def follow(self, message: Message) -> list[Due]:
        """
        Do all the message asks for; return the items that are not closed, and when to look at them again.

        Raises:
            Transient: The state or the store does not answer.
            RawGone: A mail is not there, and no item is known to be of it.
            Poison: Nobody can tell what the message means.
        """
        return [due for notice in read_body(message.body) for due in await self._follow_or_find(notice, message)]

    async def _follow_or_find(self, notice: Notice, message: Message) -> list[Due]:
        """Follow a notice; when its mail is gone for good, return the open items that were recorded before it went."""
        try:
            return await self._follow(notice, message)
        except RawGone:
            if message.receives < self._max_receives or not isinstance(notice, Received | Stored):
                raise
            raw_key = self._deposits.raw_key(notice.object_key)
            recorded = [item async for item in self._ledger.find(raw_key=raw_key)]  # reads the whole table: only now
            if not recorded:
                raise
            return [Due(item.message_id, item.chat_id, free_at(item)) for item in recorded if item.is_unfinished]

    async def _follow(self, notice: Notice, message: Message) -> list[Due]:
        match notice:
            case Received():
                return await self._receive(notice, message)
            case Stored():
                self._must_be_ours(notice.bucket)
                async with self._deposits.fetch(notice.object_key) as deposit:
                    if deposit.envelope is None:
                        raise Poison("an object without its envelope")
                    return await self._take(deposit, deposit.envelope, message, is_known=True)
            case Again():
                due = await self._work_again(notice, message)
                return [] if due is None else [due]
            case Unknown(what):
                logger.info("Nothing for us: %s", what, extra={"facts": {"message": message.id}})
                return []
            case Broken(what):
                raise Poison(what)

    async def _receive(self, notice: Received, message: Message) -> list[Due]:
        self._must_be_ours(notice.bucket)
        recipients = await self._look_up(notice)
        if not (recipients.taking or recipients.paused):
            return []
        now = self._clock()
        envelope = Envelope(notice.sender, tuple(recipients.taking), min(notice.received_at or now, now), "ses")
        try:
            async with self._deposits.fetch(notice.object_key) as deposit:
                facts = {"message": message.id, "size_bytes": len(deposit.raw), **notice.verdicts}
                logger.info("SES kept a mail", extra={"facts": facts})
                open_items = await self._take(deposit, envelope, message, is_known=message.receives > 1)
                before = await self._accepted_before(deposit.raw, recipients.paused)
        except RawGone as exc:
            if recipients.taking or not exc.was_removed:
                raise
            return []  # by an earlier receive, see below
        for message_id in before:
            open_items += await self._follow(Again(message_id), message)
        if not (recipients.taking or recipients.unknown or before):
            await self._deposits.delete(notice.object_key)  # a pause is a pause
        return open_items

    async def _look_up(self, notice: Received) -> _Recipients:
        """Look up the recipients of a notice; those who take no mail are counted, other domains passed over."""
        recipients = _Recipients([], [], 0)
        ours = [a for a in notice.recipients if a.rpartition("@")[2].lower().rstrip(".") == self._domain]
        for address in ours:
            try:
                recipients.taking.append(await self._resolve(address))
            except (UnknownRecipient, RecipientPaused) as exc:
                refusal = refusal_for(exc)
                self._maillog.refused(reason=refusal.reason, via="ses", code=refusal.code)
                if isinstance(exc, RecipientPaused):
                    recipients.paused.append(str(parse_address(address).without_subaddress).lower())
                else:  # their mail stays until its retention is over: it may be the table of the users that is wrong
                    recipients.unknown += 1
        if not ours:
            logger.warning("SES kept a mail for none of our addresses")
        return recipients

    async def _accepted_before(self, raw: bytes, paused: Sequence[str]) -> list[str]:
        """Return the ids of this mail's items for people who have paused since: what was accepted is delivered."""
        ids = await item_ids(raw, [Recipient(0, address) for address in paused])
        return [message_id for message_id in ids if await self._ledger.get(message_id) is not None]

    def _must_be_ours(self, bucket: str) -> None:
        if bucket != self._deposits.bucket:
            raise Poison("a mail in a bucket that is not SEVENBOT_SPOOL's")

    async def _take(self, deposit: Deposit, envelope: Envelope, message: Message, *, is_known: bool) -> list[Due]:
        """Accept the mail for all its recipients, and work on each item; see `follow`."""
        ids = await item_ids(deposit.raw, envelope.recipients)
        items = new_items(ids, envelope, deposit.raw_key, len(deposit.raw), self._retention)
        results = await asyncio.gather(
            *(self._work_on(item, deposit.raw, message, is_known=is_known) for item in items), return_exceptions=True
        )
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return [result for result in results if isinstance(result, Due)]

    async def _work_on(self, item: Item, raw: bytes, message: Message, *, is_known: bool) -> Due | None:
        try:
            held = await self._hold(item, is_known=is_known)
        except LeaseLost as exc:
            return self._not_now(item.message_id, exc)
        return await self._attempt(held, message, raw if held.raw_key == item.raw_key else None)

    async def _hold(self, item: Item, *, is_known: bool) -> Item:
        """Return the item under our lease, recorded if it was not; what is likely is tried first."""
        if is_known:
            try:
                return await self._ledger.lease(item.message_id, self._clock(), LEASE)
            except LeaseLost as exc:
                if exc.free_at is not None:
                    raise
        now = self._clock()
        held = await self._ledger.accept_leased(item, now, LEASE)
        if held is None:
            self._maillog.repeated(item.message_id, via=item.via)
            return await self._ledger.lease(item.message_id, now, LEASE)
        self._maillog.accepted(
            item.message_id,
            size_bytes=item.size_bytes,
            via=item.via,
            sender_domain=item.sender_domain,
            seconds=(now - item.received_at).total_seconds(),
        )
        return held

    async def _work_again(self, again: Again, message: Message) -> Due | None:
        now = self._clock()
        if again.reopen is not None:
            item = await self._ledger.get(again.message_id)
            if item is not None and item.status in REOPENABLE and item.updated_at <= again.reopen:
                await self._ledger.reopen(again.message_id, now)
        try:
            held = await self._ledger.lease(again.message_id, now, LEASE)
        except LeaseLost as exc:
            return self._not_now(again.message_id, exc)
        return await self._attempt(held, message, None)

    async def _attempt(self, held: Item, message: Message, raw: bytes | None) -> Due | None:
        if held.interruptions and message.receives > self._max_receives - LAST_RECEIVES:
            held = replace(held, interruptions=INTERRUPTIONS_BEFORE_UNREAD)
        return await self._worker.work_on(held, raw)

    def _not_now(self, message_id: str, lost: LeaseLost) -> Due | None:
        """Return when the item may be had, or None when it is closed."""
        self._maillog.lease_lost(message_id)
        return None if lost.free_at is None else Due(message_id, 0, lost.free_at)
