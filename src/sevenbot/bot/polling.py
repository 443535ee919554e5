"""
Updates by long polling (https://core.telegram.org/bots/api#getupdates).

Asking from an offset on confirms every update below it, and Telegram forgets those; so the offset stays at the first
update still being handled, and a death of the process means that update comes again. While something is under way,
Telegram would answer at once with what is known already: then it is asked every PEEK.

What one chat writes is handled in order. Presses of buttons are not part of that line: a file under way must not keep
the next button from being answered.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from sevenbot.deliver.botapi import Update
from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CallRefused, CourierUnavailable, TokenUnknown, UpdatesTaken

logger = logging.getLogger(__name__)

LONG_POLL = timedelta(seconds=30)
PEEK = timedelta(seconds=0.4)
CONCURRENCY = 200

#: A person never has more messages waiting; what a flood brings beyond is passed over, so that others are heard.
MOST_WAITING_PER_CHAT = 8

#: Telegram gives 100 unconfirmed updates at most. When one that takes long has nearly all of them behind it, hearing
#: the next one matters more than having these again after a crash.
MOST_UNCONFIRMED = 90
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


async def poll(
    telegram: Telegram,
    handle: Callable[[Update], Awaitable[None]],
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    jitter: Callable[[], float] = random.random,
) -> None:
    """
    Fetch updates and have each handled once, until cancelled; then whatever is under way is cancelled too.

    A webhook that is set is taken down first, its waiting updates are kept. Network trouble is waited out with pauses
    that double from 1 s to 60 s, or as long as Telegram told.
    """
    pauses = Pauses(sleep, jitter)
    while not await pauses.tried(telegram.delete_webhook):
        pass
    async with asyncio.TaskGroup() as tasks:
        inbox = Inbox(handle, tasks)
        while True:
            timeout = await inbox.wait_a_little()
            await pauses.tried(partial(_fetch, telegram, inbox, timeout))


async def _fetch(telegram: Telegram, inbox: Inbox, timeout: timedelta) -> None:  # noqa: ASYNC109 - Telegram's own word
    offset = inbox.offset
    updates = await telegram.get_updates(offset, timeout)
    inbox.confirmed(offset)
    for update in updates:
        inbox.take(update)


class Inbox:
    """The updates under way: which may be confirmed, and which must wait for another."""

    def __init__(self, handle: Callable[[Update], Awaitable[None]], tasks: asyncio.TaskGroup) -> None:
        self._handle = handle
        self._tasks = tasks
        self._free = asyncio.Semaphore(CONCURRENCY)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()  # handled, and Telegram has not been told yet
        self._next: int | None = None  # all below were seen
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._waiting: Counter[int] = Counter()  # by chat

    @property
    def offset(self) -> int | None:
        """Return the first update that is not handled yet; None before the first."""
        if len(self._under_way) + len(self._done) > MOST_UNCONFIRMED:
            return self._next
        return min(self._under_way, default=self._next)

    def confirmed(self, offset: int | None) -> None:
        """Forget the updates below *offset*: Telegram has, too."""
        if offset is not None:
            self._done = {number for number in self._done if number >= offset}

    async def wait_a_little(self) -> timedelta:
        """Return how long the next question may stay open; while something is under way, wait PEEK or until it ends."""
        if not self._under_way:
            return LONG_POLL
        await asyncio.wait(self._under_way.values(), timeout=PEEK.total_seconds())
        return timedelta(0) if self._under_way else LONG_POLL

    def take(self, update: Update) -> None:
        """Have *update* handled, unless it is being or has been."""
        number = update.update_id
        if number in self._under_way or number in self._done:
            return
        self._next = max(self._next or 0, number + 1)
        chat_id = update.message.chat.id if update.message else None
        if chat_id is not None and self._waiting[chat_id] >= MOST_WAITING_PER_CHAT:
            self._done.add(number)
            logger.info("An update of a flood was passed over", extra={"facts": {"update": number}})
            return
        before = self._last_of_chat.get(chat_id) if chat_id is not None else None
        task = self._tasks.create_task(self._work(update, before))
        self._under_way[number] = task
        task.add_done_callback(lambda _: self._forget(number, chat_id, task))
        if chat_id is not None:
            self._waiting[chat_id] += 1
            self._last_of_chat[chat_id] = task

    async def _work(self, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        async with self._free:
            try:
                await self._handle(update)
            except Exception as exc:  # noqa: BLE001 - the loop's outermost frame: a poison update is passed over
                facts = {"update": update.update_id, "error": type(exc).__name__}
                logger.error("An update was passed over", extra={"facts": facts})  # noqa: TRY400 - no values in logs

    def _forget(self, number: int, chat_id: int | None, task: asyncio.Task[None]) -> None:
        del self._under_way[number]
        self._done.add(number)
        if chat_id is None:
            return
        self._waiting[chat_id] -= 1
        if not self._waiting[chat_id]:
            del self._waiting[chat_id]
        if self._last_of_chat.get(chat_id) is task:
            del self._last_of_chat[chat_id]


class Pauses:
    """Waits after failures: longer each time, and not at all after a success."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]], jitter: Callable[[], float]) -> None:
        self._sleep = sleep
        self._jitter = jitter
        self._failures = 0

    async def tried(self, call: Callable[[], Awaitable[None]]) -> bool:
        """Call once and return True, or log why it failed, wait, and return False."""
        try:
            await call()
        except (CourierUnavailable, CallRefused) as exc:
            is_ours_to_mend = isinstance(exc, TokenUnknown | UpdatesTaken | CallRefused)
            logger.log(logging.ERROR if is_ours_to_mend else logging.WARNING, "No updates: %s", exc)
            await self._sleep(self._seconds(exc))
            return False
        self._failures = 0
        return True

    def _seconds(self, exc: CourierUnavailable | CallRefused) -> float:
        pause: float = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE) * (0.5 + self._jitter() / 2)
        self._failures = min(self._failures + 1, 10)
        if isinstance(exc, CourierUnavailable) and exc.retry_after is not None:
            return exc.retry_after.total_seconds()
        return pause
