"""
The way of a mail, from its item to the chat. Read this file first.

    lease -> parse -> summarise -> turn -> sending -> deliver -> settle

Whatever dies resumes from what is on record: before `sending` nothing has left and the item is simply worked on again;
after it nobody can know, and the next attempt is marked as a possible repeat (Telegram has no idempotency key). An
attempt that ends in a retry keeps its summary, so the model is paid once. The summary is a courtesy, the mail is a
promise: a mail that broke the reader is delivered unread.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sevenbot.deliver.courier import Courier, Failed, Gone, Moved, Outcome, Sent, Unknown
from sevenbot.deliver.render import render
from sevenbot.deliver.retry import bug, is_bug, unsent, verdict
from sevenbot.errors import LeaseLost, RawGone, Transient
from sevenbot.maillog import MailLog
from sevenbot.reading import Reader, Reading, unread
from sevenbot.schedule import Schedule
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Due, Item, Ledger, Status, Verdict
from sevenbot.state.users import User, Users, UserStatus
from sevenbot.summarise.budget import TokenBudget
from sevenbot.summarise.model import Model
from sevenbot.summarise.offline import minimal_summary
from sevenbot.summarise.step import summarise
from sevenbot.summarise.summary import Summary

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Longer than the slowest attempt: two model calls of 20 s, a turn of 30 s, two Telegram calls of 15 s."""

PATIENCE = timedelta(seconds=30)
"""How long an attempt waits for its turn in the chat before it gives the item back."""

CONCURRENCY = 48
"""Attempts at once: enough to keep 30 messages a second busy while some of them wait for a model."""

INTERRUPTIONS_BEFORE_UNREAD = 10
"""A mail under whose reading the process died this often is delivered unread. Plain restarts stay far below."""

STATE_PAUSE = timedelta(seconds=5)
"""Before the next try when the state itself does not answer."""


@dataclass(slots=True)
class Attempt:
    """How far one attempt has come, for whoever must close it after a failure."""

    item: Item
    raw: bytes | None = None  # the mail's bytes, when they are at hand already
    summary: str | None = None  # made in this attempt, as JSON
    maybe_sent: bool = False  # the message may be in the chat
    seconds: float = 0.0  # what the call to the chat took


class Worker:
    """Works on the schedule's items until the schedule is closed."""

    def __init__(
        self,
        *,
        users: Users,
        ledger: Ledger,
        store: Store,
        model: Model | None,
        budget: TokenBudget | None = None,
        courier: Courier,
        maillog: MailLog,
        schedule: Schedule,
        clock: Callable[[], datetime],
        jitter: Callable[[], float] = random.random,
        new_marker: Callable[[], str] = lambda: secrets.token_hex(8),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._users = users
        self._ledger = ledger
        self._reader = Reader(store)
        self._model = model
        self._budget = budget
        self._courier = courier
        self._maillog = maillog
        self._schedule = schedule
        self._clock = clock
        self._jitter = jitter
        self._new_marker = new_marker
        self._sleep = sleep

    async def run(self, concurrency: int = CONCURRENCY) -> None:
        """Work until the schedule is closed and the attempts under way have ended."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(concurrency):
                tasks.create_task(self._work_on())

    async def _work_on(self) -> None:
        while (due := await self._schedule.take()) is not None:
            try:
                again = await self.work(due)
            except Exception:  # not even the failure could be recorded: the lease brings the item back
                logger.exception("Attempt not recorded", extra={"facts": {"id": due.message_id}})
                again = replace(due, due_at=self._clock() + LEASE)
            finally:
                self._schedule.done(due)
            if again is not None:
                self._schedule.add(again)

    async def work(self, due: Due) -> Due | None:
        """Make one attempt; return when to look at the item again, or None when it is closed."""
        try:
            item = await self._ledger.lease(due.message_id, self._clock(), LEASE)
        except LeaseLost as exc:
            self._maillog.lease_lost(due.message_id)
            return None if exc.free_at is None else replace(due, due_at=exc.free_at)
        except Transient as exc:
            logger.warning("The state does not answer: %s", exc)
            return replace(due, due_at=self._clock() + STATE_PAUSE)
        return await self.work_on(item)

    async def work_on(self, item: Item, raw: bytes | None = None) -> Due | None:
        """
        Make one attempt on an item under our lease; return when to look at it again, or None when it is closed.

        Args:
            item: As leased.
            raw: Its raw mail, when that is at hand already.
        """
        attempt = Attempt(item, raw)
        try:
            decision = await self._attempt(attempt)
        except LeaseLost:
            return self._taken_over(item)
        except Transient as exc:
            reason = type(exc).__name__
            outcome = Unknown(reason) if attempt.maybe_sent else Failed(reason)
            decision = verdict(item, outcome, self._clock(), self._jitter)
        except Exception as exc:  # the worker's outermost frame: a bug must neither lose a mail nor stop the others
            logger.exception("Attempt failed", extra={"facts": {"id": item.message_id}})
            decision = bug(item, type(exc).__name__, self._clock(), self._jitter, maybe_sent=attempt.maybe_sent)
        return await self._settle(attempt, decision)

    async def _attempt(self, attempt: Attempt) -> Verdict:
        item = attempt.item
        user = await self._users.glance(item.chat_id)
        if user is None:
            return unsent(item, Status.DISCARDED, "the chat was erased")
        if user.status is UserStatus.BLOCKED:
            return unsent(item, Status.DEAD, "blocked by the user")
        try:
            reading = await self._read(item, attempt.raw)
        except RawGone:
            return unsent(item, Status.DEAD, "the raw mail is gone")
        summary = await self._summary(item, reading, user.language)
        attempt.summary = summary.to_json()
        message = render(reading.message, reading.facts, summary, item=item, language=user.language)
        if wait := await self._courier.turn(item.chat_id, PATIENCE):
            return verdict(item, wait, self._clock(), self._jitter)
        attempt.item = await self._ledger.sending(item, attempt.summary, self._clock())
        attempt.maybe_sent = True
        began = time.monotonic()
        outcome = await self._courier.deliver(item.chat_id, message)
        attempt.seconds = time.monotonic() - began
        attempt.maybe_sent = isinstance(outcome, Sent | Unknown)
        await self._follow(user, item, outcome)
        return verdict(item, outcome, self._clock(), self._jitter)

    async def _read(self, item: Item, raw: bytes | None) -> Reading:
        if item.interruptions >= INTERRUPTIONS_BEFORE_UNREAD or is_bug(item.error):
            return unread(item)
        began = time.monotonic()
        reading = await self._reader.read(item, raw)
        message = reading.message
        seconds = time.monotonic() - began
        self._maillog.parsed(item.message_id, seconds=seconds, kind=message.kind.value, notes=len(message.notes))
        return reading

    async def _summary(self, item: Item, reading: Reading, language: str | None) -> Summary:
        if item.summary is not None and not is_bug(item.error):  # after a bug it may be what broke
            return Summary.from_json(item.summary)  # an earlier attempt made it, and the model was paid for it
        if not reading.is_read:
            return replace(minimal_summary(language=language), degraded=False)  # no model was asked
        began = time.monotonic()
        summary = await summarise(
            self._model,
            reading.message,
            reading.facts,
            language=language,
            new_marker=self._new_marker,
            budget=self._budget.of(item.chat_id) if self._budget else None,
        )
        seconds = time.monotonic() - began
        self._maillog.summarised(
            item.message_id,
            seconds=seconds,
            source=summary.source,
            degraded=summary.degraded,
            over_budget=summary.over_budget,
            replaced=summary.replaced,
            tokens=summary.tokens,
        )
        return summary

    async def _follow(self, user: User, item: Item, outcome: Outcome) -> None:
        """Record what the outcome says about the chat itself."""
        match outcome:
            case Gone() if user.status is UserStatus.ACTIVE:  # one that was paused comes back paused
                await self._users.set_status(item.chat_id, UserStatus.BLOCKED)
                self._maillog.blocked(item.message_id)
            case Moved(new_chat_id):
                await self._users.move(item.chat_id, new_chat_id)
            case _:
                return

    async def _settle(self, attempt: Attempt, decision: Verdict) -> Due | None:
        item = attempt.item
        decision = replace(decision, summary=attempt.summary)
        while True:
            try:
                settled = await self._ledger.settle(item, decision, self._clock())
                break
            except LeaseLost:
                return self._taken_over(item)
            except Transient as exc:
                # The message may be in the chat already, so what happened must get on record while the lease is ours.
                logger.warning("The state does not take a verdict: %s", exc)
                if item.lease_until is None or self._clock() >= item.lease_until:
                    return Due(item.message_id, item.chat_id, self._clock() + STATE_PAUSE)
                await self._sleep(STATE_PAUSE.total_seconds())
        await self._report(attempt, settled)
        return Due(settled.message_id, settled.chat_id, settled.due_at) if settled.status is Status.RETRY else None

    def _taken_over(self, item: Item) -> Due:
        """Look again when whoever took the item from us must have closed it."""
        self._maillog.lease_lost(item.message_id)
        return Due(item.message_id, item.chat_id, self._clock() + LEASE)

    async def _report(self, attempt: Attempt, settled: Item) -> None:
        now = self._clock()
        match settled.status:
            case Status.DELIVERED:
                self._maillog.delivered(
                    settled.message_id,
                    seconds=attempt.seconds,
                    total_seconds=(now - settled.received_at).total_seconds(),
                    attempts=settled.attempts,
                    possible_repeat=attempt.item.possible_repeat,
                )
                await self._count(settled, now)
            case Status.RETRY:
                wait = (settled.due_at - now).total_seconds()
                self._maillog.retry_scheduled(
                    settled.message_id, attempts=settled.attempts, wait_seconds=wait, error=settled.error or ""
                )
            case Status.DEAD:
                self._maillog.dead_lettered(settled.message_id, attempts=settled.attempts, error=settled.error or "")
            case _:
                self._maillog.discarded(settled.message_id, error=settled.error or "")

    async def _count(self, settled: Item, now: datetime) -> None:
        try:
            await self._users.count_delivery(settled.chat_id, now)
        except Transient as exc:  # the mail is in the chat and on record; only /status will say one less
            logger.warning("A delivery is not counted: %s", exc, extra={"facts": {"id": settled.message_id}})
