"""
The IMAP door: mails are fetched from a mailbox, kept, and only then marked.

    search -> sizes -> headers -> recipients -> whole mails -> accept -> mark -> position

It goes page by page, the oldest first. What is not for a chat of ours, too large or looping stays as it is, unmarked,
and is counted; what is for a paused address is marked without being read. When the process dies,

    before `accept` returned   the mails are taken by the next one
    before the mark            likewise: they are found to be known, and marked
    before the position        likewise

for the position is written last. What makes a fetched mail the same as another is what makes any two the same (see
spool/digest.py): recipient, Message-ID, and the mail without its trace fields. So a mail that came by SMTP before, or
lies in the mailbox twice, or is fetched by two processes, makes one message.

A mail that could not be kept for a passing reason, or that the server fails to give out, is noted in the position as
pending: the ones behind it do not wait, and it is tried again with each look.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import MailboxRefused, MailboxUnavailable, RecipientPaused, Transient, UnknownRecipient
from sevenbot.mailbox import Backlog, Mailbox
from sevenbot.maillog import MailLog
from sevenbot.receive import policy
from sevenbot.receive.imap_headers import named_recipients, reverse_path
from sevenbot.receive.imap_session import Session
from sevenbot.receive.policy import Limits
from sevenbot.state.positions import Position, Positions

logger = logging.getLogger(__name__)

Resolve = Callable[[str], Awaitable[Recipient]]
Accept = Callable[[bytes, Envelope], Awaitable[list[Receipt]]]
A = TypeVar("A")
T = TypeVar("T")

SIZED_AT_ONCE = 200
"""Mails whose sizes are asked for in one command."""

PAGE_MAILS = 50
PAGE_BYTES = 4 * 1024 * 1024
"""Mails fetched in one command, and in memory together: so many, or a single larger one."""

PENDING_LIMIT = 100
"""So many mails may fail one by one; with more of them it is the server or the state that fails."""

LOOKUPS = 500
"""Addresses of one mail that are looked up: no list of recipients that a person wrote is longer."""

IDLE = timedelta(minutes=9)
"""Asked for anew after this: servers end it after 29 minutes (RFC 2177 §3), routers forget silent lines after 10."""

POLL = timedelta(minutes=1)
"""Between two looks, where the server cannot tell of new mail by itself."""

LONGEST_WAIT = timedelta(minutes=5)
LONGEST_WAIT_WHEN_REFUSED = timedelta(minutes=15)
"""Before the next try; servers lock out who tries a wrong password often."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look into the mailbox yielded."""

    #: Mails by what became of them: accepted, repeated, or a reason of `policy`.
    counts: Mapping[str, int]
    #: False: time was up, and there is more.
    is_complete: bool


async def fetch_once(
    mailbox: Mailbox,
    *,
    resolve: Resolve,
    accept: Accept,
    positions: Positions,
    maillog: MailLog,
    clock: Callable[[], datetime],
    deadline: datetime,
) -> Fetched:
    """
    Connect, take what is new until *deadline*, and leave; what is left is taken next time.

    Raises:
        MailboxUnavailable, MailboxRefused: The server; see `Session`.
        StateUnavailable, StoreUnavailable, StorageFull: Nothing more was taken, and what was not kept is not marked.
    """
    seconds = (deadline - clock()).total_seconds()
    counts: Counter[str] = Counter()
    try:
        async with asyncio.timeout(seconds), _session(mailbox) as session:
            taker = _Taker(mailbox, session, resolve, accept, positions, maillog, clock, counts)
            is_complete = await taker.take(until=deadline)
    except TimeoutError:
        is_complete = False
    return Fetched(counts, is_complete)


async def keep_fetching(
    mailbox: Mailbox,
    *,
    resolve: Resolve,
    accept: Accept,
    positions: Positions,
    maillog: MailLog,
    clock: Callable[[], datetime],
    tell: Callable[[str], None],
    jitter: Callable[[], float] = random.random,
) -> None:
    """
    Take mail as it comes until cancelled, over one connection that is made anew when it breaks.

    Args:
        tell: Hears "ok", or why no mail is taken at present, whenever that changes.
    """
    failures = 0
    while True:
        refused = False
        try:
            async with _session(mailbox) as session:
                taker = _Taker(mailbox, session, resolve, accept, positions, maillog, clock, Counter())
                while await taker.take():
                    failures = 0
                    tell("ok")
                    await taker.wait()
        except Transient as exc:
            refused = isinstance(exc, MailboxRefused)
            advice = exc.advice if isinstance(exc, MailboxUnavailable) else ""
            logger.log(
                logging.ERROR if refused else logging.WARNING,
                "No mail is fetched: %s%s",
                exc,
                advice and f" ({advice})",
            )
            tell(str(exc))
        except Exception:  # this door's outermost frame: a bug must not close the others
            logger.exception("Fetching failed")
            tell("internal error, see the log")
        failures += 1
        await asyncio.sleep(pause(failures, jitter(), is_refused=refused).total_seconds())


def pause(failures: int, jitter: float, *, is_refused: bool) -> timedelta:
    """Return how long to wait after so many failures: doubling, half of it left to chance (*jitter*, 0 to 1)."""
    first, longest = (60.0, LONGEST_WAIT_WHEN_REFUSED) if is_refused else (1.0, LONGEST_WAIT)
    whole = min(first * 2.0 ** min(failures - 1, 20), longest.total_seconds())
    return timedelta(seconds=whole * (0.5 + jitter / 2))


@asynccontextmanager
async def _session(mailbox: Mailbox) -> AsyncIterator[Session]:
    session = Session(mailbox)
    try:
        await _in_thread(session, session.open)
        yield session
    except BaseException:
        session.cut()
        raise
    finally:
        await _in_thread(session, session.close)


async def _in_thread(session: Session, call: Callable[[], T]) -> T:
    """Return what *call* returns; when cancelled, cut the connection, so that the thread ends soon by itself."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def answer(result: T | None, error: BaseException | None) -> None:
        if future.done():  # cancelled
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        outcome: tuple[T | None, BaseException | None]
        try:
            outcome = call(), None
        except Exception as exc:  # noqa: BLE001 - whatever it is belongs to who awaits it
            outcome = None, exc
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(answer, *outcome)

    # A daemon, since one that connects or looks a name up cannot be stopped, and must not hold up the process's end.
    threading.Thread(target=run, name="imap", daemon=True).start()
    try:
        return await future
    except asyncio.CancelledError:
        session.cut()
        raise


class _Taker:
    """Takes mails over one connection."""

    def __init__(  # noqa: PLR0917 - made in two places here
        self,
        mailbox: Mailbox,
        session: Session,
        resolve: Resolve,
        accept: Accept,
        positions: Positions,
        maillog: MailLog,
        clock: Callable[[], datetime],
        counts: Counter[str],
    ) -> None:
        self._mailbox = mailbox
        self._session = session
        self._resolve = resolve
        self._accept = accept
        self._positions = positions
        self._maillog = maillog
        self._clock = clock
        self._counts = counts
        self._limits = Limits(max_mail_bytes=mailbox.max_mail_bytes)
        self._position: Position | None = None

    async def take(self, until: datetime | None = None) -> bool:
        """Take all that is new; False when it is *until* before that."""
        self._position = position = self._position or await self._begin()
        for uids in _in_parts(await self._new(position), SIZED_AT_ONCE):
            sizes, failed = await self._ask(self._session.sizes, uids)
            for page in _pages(uids, sizes):
                if until is not None and self._clock() >= until:
                    return False
                await self._take_page(page, sizes, failed.intersection(page))
        if self._position.uid < position.since - 1:  # the backlog is done
            await self._move_on(replace(self._position, uid=position.since - 1))
        return True

    async def wait(self) -> None:
        """Return when there may be new mail."""
        if self._session.can_idle:
            await _in_thread(self._session, functools.partial(self._session.wait, IDLE))
        else:
            await asyncio.sleep(POLL.total_seconds())
            await _in_thread(self._session, self._session.poll)

    async def _begin(self) -> Position:
        """Return where to go on; at first connect, or when the folder's UIDs have begun anew, where to start."""
        position = await self._positions.get(self._mailbox.key)
        if position is not None and position.uid_validity == self._session.uid_validity:
            return position
        is_first = position is None
        position = _start(self._mailbox.backlog, self._session, is_first=is_first)
        if not is_first:
            logger.warning("The mailbox numbers its mails anew (UIDVALIDITY changed): it is taken as at first connect")
        await self._positions.set(self._mailbox.key, position)
        return position

    async def _new(self, position: Position) -> list[int]:
        """Return the UIDs to be taken, ascending."""
        found = set(position.pending)
        if position.uid + 1 < position.since:
            within = f"UID {position.uid + 1}:{position.since - 1}"
            found |= set(await self._search(f"{within} {self._backlog_criteria()}"))
        first = max(position.uid + 1, position.since)
        # "first:*" holds the last mail even when its UID is below (RFC 9051 §9, seq-range).
        found |= {uid for uid in await self._search(f"UID {first}:*") if uid >= first}
        return sorted(found)

    def _backlog_criteria(self) -> str:
        if self._mailbox.backlog is Backlog.UNSEEN:
            return "UNSEEN UNDELETED"
        # All of it, UIDs having begun anew: older mails than the ledger remembers would be delivered a second time.
        day = (self._clock() - self._mailbox.retention).strftime("%d-%b-%Y")
        return f"OR UNSEEN SINCE {day}"

    async def _take_page(self, page: Sequence[int], sizes: Mapping[int, int], failed: set[int]) -> None:
        session = self._session
        headers, also = await self._ask(session.headers, [uid for uid in page if self._fits(uid, sizes)])
        failed |= also
        recipients: dict[int, tuple[Recipient, ...]] = {}
        done: list[int] = []
        for uid, header in headers.items():
            try:
                recipients[uid] = await self._recipients(header)
            except UnknownRecipient as exc:
                self._refuse(policy.refusal_for(exc).reason, sizes[uid], header)
            except RecipientPaused as exc:
                self._refuse(policy.refusal_for(exc).reason, sizes[uid], header)
                done.append(uid)  # a pause is a pause: dropped unread
        raws, also = await self._ask(session.raws, list(recipients))
        failed |= also
        mails = [(raw, self._envelope(headers[uid], recipients[uid])) for uid, raw in raws.items()]
        kept = await asyncio.gather(*(self._keep(*mail) for mail in mails), return_exceptions=True)
        results = dict(zip(raws, kept, strict=True))
        await self._mark(done + [uid for uid, result in results.items() if result is True])
        errors = {uid: result for uid, result in results.items() if isinstance(result, BaseException)}
        await self._settle(page, failed | errors.keys())
        self._report(list(errors.values()))

    def _fits(self, uid: int, sizes: Mapping[int, int]) -> bool:
        size_bytes = sizes.get(uid)
        if size_bytes is not None and size_bytes > self._limits.max_mail_bytes:
            self._refuse(policy.TOO_LARGE.reason, size_bytes)
            return False
        return size_bytes is not None  # else it is gone meanwhile

    async def _recipients(self, header: bytes) -> tuple[Recipient, ...]:
        """
        Return whom the mail is for: those that the first field with an address of ours names.

        Raises:
            RecipientPaused: All of them are.
            UnknownRecipient: There is no such field.
        """
        lookups = 0
        for named in named_recipients(header):
            found: dict[str, Recipient] = {}
            paused: RecipientPaused | None = None
            for address in named[: LOOKUPS - lookups]:
                try:
                    recipient = await self._resolve(address)
                except RecipientPaused as exc:
                    paused = exc
                except UnknownRecipient:
                    continue
                else:
                    found.setdefault(recipient.email_address, recipient)
            lookups += len(named)
            if found:
                return tuple(found.values())
            if paused is not None:
                raise paused
        raise UnknownRecipient("no address of ours")

    def _envelope(self, header: bytes, recipients: tuple[Recipient, ...]) -> Envelope:
        return Envelope(reverse_path(header), recipients, self._clock(), "imap")

    async def _keep(self, raw: bytes, envelope: Envelope) -> bool:
        """Return True when the mail is kept, False when it shall stay where it is."""
        is_too_large = len(raw) > self._limits.max_mail_bytes  # some servers only guess sizes
        refusal = policy.TOO_LARGE if is_too_large else policy.judge(raw, self._limits)
        if refusal is not None:
            self._count(refusal.reason, len(raw), envelope.sender_domain)
            return False
        for receipt in await self._accept(raw, envelope):
            self._counts["accepted" if receipt.is_new else "repeated"] += 1
        return True

    async def _mark(self, uids: Sequence[int]) -> None:
        if not await self._ask(self._session.mark, uids):
            facts = {"mails": len(uids), "done": self._mailbox.done.action}
            logger.warning("Mails were kept, but the server would not mark them", extra={"facts": facts})

    async def _settle(self, page: Sequence[int], failed: set[int]) -> None:
        """Write down how far we are."""
        position = self._position
        assert position is not None, "`take` found or made it"
        pending = (set(position.pending) - set(page)) | failed
        if len(pending) > PENDING_LIMIT:
            raise MailboxUnavailable("too many mails cannot be fetched")
        if failed:
            logger.warning("Mails are left for another try", extra={"facts": {"mails": len(failed)}})
        uid = max(position.uid, page[-1])
        await self._move_on(replace(position, uid=uid, pending=tuple(sorted(pending))))

    @staticmethod
    def _report(errors: Sequence[BaseException]) -> None:
        """Raise the first that says that nothing can be kept now; log those we don't know, which are bugs."""
        for error in errors:
            if isinstance(error, Transient):
                raise error
            logger.error("A mail could not be kept", exc_info=error)

    async def _move_on(self, position: Position) -> None:
        if position != self._position:
            await self._positions.set(self._mailbox.key, position)
            self._position = position

    def _refuse(self, reason: str, size_bytes: int, header: bytes = b"") -> None:
        sender = Envelope(reverse_path(header), (), self._clock(), "imap")
        self._count(reason, size_bytes, sender.sender_domain)

    def _count(self, reason: str, size_bytes: int, sender_domain: str) -> None:
        self._counts[reason] += 1
        self._maillog.refused(reason=reason, via="imap", code="", sender_domain=sender_domain, size_bytes=size_bytes)

    async def _search(self, criteria: str) -> list[int]:
        return await self._ask(self._session.search, criteria)

    async def _ask(self, question: Callable[[A], T], about: A) -> T:
        return await _in_thread(self._session, functools.partial(question, about))


def _start(backlog: Backlog, session: Session, *, is_first: bool) -> Position:
    if backlog is Backlog.NONE:
        return Position(session.uid_validity, session.uid_next - 1, session.uid_next)
    since = 1 if backlog is Backlog.ALL and is_first else session.uid_next
    return Position(session.uid_validity, 0, since)


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
