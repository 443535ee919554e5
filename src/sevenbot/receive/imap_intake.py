"""
What is new in a mailbox, taken page by page over one connection.

    search -> sizes -> headers -> recipients -> whole mails -> accept -> mark -> position

What is not for a chat of ours, too large or looping stays as it is, unmarked, and is counted; what is for a paused
address is marked without being read. The position is written last, so whatever dies before repeats a page and no more.

Some mails a server cannot give out: it refuses them, or breaks off (Dovecot, when a file is damaged). They must not
stop the ones behind them, so they are noted in the position as pending, and tried again one by one, now and then.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeGuard, TypeVar

from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import (
    LoopDetected,
    MailboxUnavailable,
    MessageTooLarge,
    Permanent,
    RecipientPaused,
    Transient,
    UnknownRecipient,
)
from sevenbot.mailbox import Backlog, Mailbox
from sevenbot.maillog import MailLog
from sevenbot.receive import policy
from sevenbot.receive.imap_headers import named_recipients, reverse_path
from sevenbot.receive.imap_session import Session
from sevenbot.receive.imap_thread import in_thread
from sevenbot.receive.policy import Limits
from sevenbot.state.positions import Position, Positions

logger = logging.getLogger("sevenbot.receive.imap")

Resolve = Callable[[str], Awaitable[Recipient]]
Accept = Callable[[bytes, Envelope], Awaitable[list[Receipt]]]
#: What became of a mail: whom it is for, True once it is kept, or why not.
Result = tuple[Recipient, ...] | bool | BaseException
A = TypeVar("A")
T = TypeVar("T")

SIZED_AT_ONCE = 200
"""Mails whose sizes are asked for in one command."""

PAGE_MAILS = 50
PAGE_BYTES = 4 * 1024 * 1024
"""Mails fetched in one command, and in memory together: so many, or a single larger one."""

PENDING_LIMIT = 100
"""So many mails may fail one by one; with more of them it is the server that fails."""

PENDING_AGAIN = timedelta(minutes=5)
"""Before a pending mail that failed by itself is tried again."""


@dataclass(slots=True)
class Door:
    """What outlives a connection."""

    mailbox: Mailbox
    resolve: Resolve
    accept: Accept
    positions: Positions
    maillog: MailLog
    clock: Callable[[], datetime]
    #: Mails by what became of them: accepted, repeated, or a reason of `policy`.
    counts: Counter[str] = field(default_factory=Counter)
    #: When each pending mail may be tried again.
    not_before: dict[int, datetime] = field(default_factory=dict)


class Intake:
    """Takes mails over one connection, which is open."""

    def __init__(self, door: Door, session: Session) -> None:
        self._door = door
        self._session = session
        self._limits = Limits(max_mail_bytes=door.mailbox.max_mail_bytes)
        self._position = Position(0, 0, 0)

    async def begin(self) -> None:
        """Learn where to go on; at first connect, or when the folder's UIDs have begun anew, where to start."""
        known = await self._door.positions.get(self._door.mailbox.key)
        if known is not None and known.uid_validity == self._session.uid_validity:
            self._position = known
            return
        if known is not None:
            logger.warning("The mailbox numbers its mails anew (UIDVALIDITY changed): it is taken as at first connect")
        await self._move_on(self._start(is_first=known is None))

    async def take(self, until: datetime | None = None) -> bool:
        """
        Take all that is new, then what is pending; False when it is *until* before that.

        Raises:
            MailboxUnavailable: The server fails; what was taken is on record.
            StateUnavailable, StoreUnavailable, StorageFull: Nothing can be kept now; what was not kept is not marked.
        """
        for uids in _in_parts(await self._new(), SIZED_AT_ONCE):
            sizes, failed = await self._ask(self._session.sizes, uids)
            for page in _pages(uids, sizes):
                if self._is_time_up(until):
                    return False
                await self._take_page(page, sizes, failed.intersection(page))
        await self._move_on(replace(self._position, uid=max(self._position.uid, self._position.since - 1)))
        for uid in self._position.pending:
            if self._is_time_up(until):
                return False
            await self._take_pending(uid)
        return True

    def _is_time_up(self, until: datetime | None) -> bool:
        return until is not None and self._door.clock() >= until

    def _start(self, *, is_first: bool) -> Position:
        uid_validity, uid_next = self._session.uid_validity, self._session.uid_next
        match self._door.mailbox.backlog:
            case Backlog.NONE:
                return Position(uid_validity, uid_next - 1, uid_next)
            case Backlog.ALL if is_first:
                return Position(uid_validity, 0, 1)
            case _:
                return Position(uid_validity, 0, uid_next)

    async def _new(self) -> list[int]:
        """Return the UIDs to be taken, ascending."""
        position, found = self._position, []
        if position.uid + 1 < position.since:
            within = f"UID {position.uid + 1}:{position.since - 1}"
            found += await self._ask(self._session.search, f"{within} {self._backlog_criteria()}")
        first = max(position.uid + 1, position.since)
        # "first:*" holds the last mail even when its UID is below (RFC 9051 §9, seq-range).
        return found + [uid for uid in await self._ask(self._session.search, f"UID {first}:*") if uid >= first]

    def _backlog_criteria(self) -> str:
        if self._door.mailbox.backlog is Backlog.UNSEEN:
            return "UNSEEN UNDELETED"
        # All of it, after UIDs began anew: what the ledger has forgotten would be delivered a second time.
        day = (self._door.clock() - self._door.mailbox.retention).strftime("%d-%b-%Y")
        return f"OR UNSEEN SINCE {day}"

    async def _take_pending(self, uid: int) -> None:
        now = self._door.clock()
        if self._door.not_before.get(uid, now) <= now:
            self._door.not_before[uid] = now + PENDING_AGAIN
            sizes, failed = await self._ask(self._session.sizes, [uid])
            await self._take_page([uid], sizes, failed)

    async def _take_page(self, page: Sequence[int], sizes: Mapping[int, int], failed: set[int]) -> None:
        try:
            results, failed_too = await self._keep_page(page, sizes)
        except MailboxUnavailable:
            await self._settle(page, set(page))  # any of them may be why
            raise
        await self._mark([uid for uid, result in results.items() if result is True or _is_paused(result)])
        waiting = {uid: result for uid, result in results.items() if isinstance(result, Transient)}
        settled = [uid for uid in page if uid < min(waiting, default=page[-1] + 1)]
        await self._settle(settled, failed | failed_too | {uid for uid, result in results.items() if _is_bug(result)})
        for error in waiting.values():
            raise error

    async def _keep_page(self, page: Sequence[int], sizes: Mapping[int, int]) -> tuple[dict[int, Result], set[int]]:
        """Keep the mails of *page*; return what became of each, and those that the server failed to give out."""
        fitting = [uid for uid in page if uid in sizes and sizes[uid] <= self._limits.max_mail_bytes]
        headers, failed = await self._ask(self._session.headers, fitting)
        found = await _each({uid: self._recipients(header) for uid, header in headers.items()})
        recipients = {uid: result for uid, result in found.items() if isinstance(result, tuple)}
        raws, failed_too = await self._ask(self._session.raws, list(recipients))
        envelopes = {uid: self._envelope(headers[uid], recipients[uid]) for uid in raws}
        kept = await _each({uid: self._keep(raw, envelopes[uid]) for uid, raw in raws.items()})
        too_large = {uid: MessageTooLarge() for uid in sizes.keys() & set(page) - set(fitting)}
        results = {**too_large, **found, **kept}
        for uid, result in results.items():
            self._tell(result, sizes[uid])
        return results, failed | failed_too

    def _tell(self, result: Result, size_bytes: int) -> None:
        """Count a mail that is refused, and log a bug."""
        if isinstance(result, Permanent):
            reason = policy.refusal_for(result).reason
            self._door.counts[reason] += 1
            self._door.maillog.refused(reason=reason, via="imap", code="", size_bytes=size_bytes)
        elif _is_bug(result):
            logger.error("A mail could not be kept", exc_info=result)

    async def _recipients(self, header: bytes) -> tuple[Recipient, ...]:
        """
        Return whom the mail is for: those that the first field with an address of ours names.

        Raises:
            RecipientPaused: All of them are.
            UnknownRecipient: There is no such field.
        """
        for named in named_recipients(header):
            found: dict[str, Recipient] = {}
            paused: RecipientPaused | None = None
            for address in named:
                try:
                    recipient = await self._door.resolve(address)
                    found.setdefault(recipient.email_address, recipient)
                except RecipientPaused as exc:
                    paused = exc
                except UnknownRecipient:
                    continue
            if found:
                return tuple(found.values())
            if paused is not None:
                raise paused
        raise UnknownRecipient("no address of ours")

    def _envelope(self, header: bytes, recipients: tuple[Recipient, ...]) -> Envelope:
        return Envelope(reverse_path(header), recipients, self._door.clock(), "imap")

    async def _keep(self, raw: bytes, envelope: Envelope) -> bool:
        """
        Keep the mail; whatever else may be odd about it, no sender is left who could mend it.

        Raises:
            MessageTooLarge: Some servers only guess sizes.
            LoopDetected: It has more Received fields than an honest mail.
        """
        if len(raw) > self._limits.max_mail_bytes:
            raise MessageTooLarge
        if policy.is_looping(raw, policy.header_end(raw), self._limits):
            raise LoopDetected
        for receipt in await self._door.accept(raw, envelope):
            self._door.counts["accepted" if receipt.is_new else "repeated"] += 1
        return True

    async def _mark(self, uids: Sequence[int]) -> None:
        if not await self._ask(self._session.mark, uids):
            facts = {"mails": len(uids), "done": self._door.mailbox.done.action}
            logger.warning("Mails were kept, but the server would not mark them", extra={"facts": facts})

    async def _settle(self, page: Sequence[int], failed: set[int]) -> None:
        """Write down that *page* is dealt with, but for what *failed*, which goes to the end of what is pending."""
        position, failed = self._position, failed.intersection(page)
        pending = (*(uid for uid in position.pending if uid not in page), *sorted(failed))
        if len(pending) > PENDING_LIMIT:
            raise MailboxUnavailable("the server fails to give out too many mails")
        if failed:
            logger.warning("Mails could not be fetched", extra={"facts": {"mails": len(failed)}})
        await self._move_on(replace(position, uid=max(position.uid, *page, 0), pending=pending))

    async def _move_on(self, position: Position) -> None:
        if position != self._position:
            await self._door.positions.set(self._door.mailbox.key, position)
            self._position = position

    async def _ask(self, question: Callable[[A], T], about: A) -> T:
        return await in_thread(self._session, functools.partial(question, about))


async def _each(work: Mapping[int, Coroutine[Any, Any, T]]) -> dict[int, T | BaseException]:
    """Do all at once; return by UID what each yielded or raised."""
    return dict(zip(work, await asyncio.gather(*work.values(), return_exceptions=True), strict=True))


def _is_paused(result: object) -> bool:
    return isinstance(result, RecipientPaused)  # dropped unread


def _is_bug(result: object) -> TypeGuard[Exception]:
    return isinstance(result, Exception) and not isinstance(result, Permanent | Transient)


def _in_parts(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (uids[start : start + size] for start in range(0, len(uids), size))


def _pages(uids: Sequence[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Cut *uids* so that a page stays within its limits; what is too large to be fetched counts as well."""
    page: list[int] = []
    size_bytes = 0
    for uid in uids:
        size_bytes += sizes.get(uid, 0)
        if page and (len(page) == PAGE_MAILS or size_bytes > PAGE_BYTES):
            yield page
            page, size_bytes = [], sizes.get(uid, 0)
        page.append(uid)
    if page:
        yield page
