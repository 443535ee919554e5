"""
The queue's consumer: each message names mails that came or items that are due; follower.py does what it asks for.

A message is acknowledged once every item it stands for is closed. Until then it stays in the queue:

    an item waits, or another copy works on it   hidden until then; when it came often, sent anew first, so that
                                                 waiting as told never counts as failing
    the state or the store does not answer       hidden, longer each time: about an hour in all
    nobody can tell what it means, or a bug      hidden for seconds, then minutes
    no time is left to begin                     given back

What comes too often all the same rests in the dead-letter queue. A mail whose reading killed the process again and
again is delivered unread before it comes to that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sevenbot.errors import RawGone, Transient
from sevenbot.follower import Follower
from sevenbot.receive.ses import Again, Message, again_body
from sevenbot.state.ledger import Due

logger = logging.getLogger(__name__)

TIME_TO_BEGIN = timedelta(seconds=20)
"""With less left than this nothing is begun: a call of Telegram may take 15 s."""

TIME_TO_ANSWER = timedelta(seconds=3)
"""So long before the end attempts are cut off, so that there is time to say what stays in the queue."""

GIVEN_BACK = timedelta(seconds=1)
"""So soon what was not begun is for others."""

RECEIVES_BEFORE_ANEW = 3
"""A message that came so often and must wait is sent anew: what is left of its receives is for failures."""


class Queue(Protocol):
    """Where the messages come from."""

    async def send(self, body: str, delay: timedelta = timedelta(0)) -> None:
        """Send a message, seen after *delay* or somewhat before; durable on return. Raises StateUnavailable."""
        ...

    async def hide(self, receipt_handle: str, wait: timedelta) -> None:
        """Let a message come again after *wait*, or somewhat before. Raises StateUnavailable."""
        ...


class Consumer:
    """Has what messages ask for done by *follower* (follower.py), and sees to it that they come again until it is."""

    def __init__(self, *, queue: Queue, follower: Follower, clock: Callable[[], datetime]) -> None:
        self._queue = queue
        self._follower = follower
        self._clock = clock

    async def consume(self, messages: Sequence[Message], time_left: Callable[[], timedelta]) -> list[str]:
        """
        Work on *messages* at once; return the ids of those that must stay in the queue.

        Raises:
            Transient: The state or the store failed every one of them: they all stay.
        """
        results = await asyncio.gather(*(self._consume(message, time_left) for message in messages))
        failures = [result for result in results if isinstance(result, Transient)]
        if failures and len(failures) == len(messages):
            raise failures[0]
        return [message.id for message, result in zip(messages, results, strict=True) if result is not True]

    async def _consume(self, message: Message, time_left: Callable[[], timedelta]) -> bool | Transient:
        """Return True when the message is done with, or why it is not when state or store did not answer."""
        left = time_left()
        if left < TIME_TO_BEGIN:
            await self._hide(message, GIVEN_BACK)
            return False
        facts = {"message": message.id, "receives": message.receives}
        try:
            async with asyncio.timeout((left - TIME_TO_ANSWER).total_seconds()):
                open_items = await self._follower.follow(message)
        except Transient as exc:
            logger.error("A message waits: %s", exc, extra={"facts": facts})  # noqa: TRY400 - the reason says it all
            await self._hide(message, failure_wait(message.receives))
            return exc
        except TimeoutError:
            logger.error("A message was cut off at the deadline", extra={"facts": facts})  # noqa: TRY400 - likewise
            return False  # hidden long enough by the queue: the lease ends before
        except RawGone as exc:
            if exc.was_removed and message.receives == 1:  # nothing was recorded, so it was taken back or is nobody's
                logger.info("A mail was removed before it was taken", extra={"facts": facts})
                return True
            return await self._fails(message, exc)
        except Exception as exc:  # noqa: BLE001 - the outermost frame: one message must not hold up the others
            return await self._fails(message, exc)
        return await self._comes_again(message, open_items) if open_items else True

    async def _fails(self, message: Message, exc: Exception) -> bool:
        """Log why, and let the message come again, until it comes to rest among the dead letters."""
        facts = {"message": message.id, "receives": message.receives}
        logger.error("A message cannot be followed", exc_info=exc, extra={"facts": facts})
        await self._hide(message, poison_wait(message.receives))
        return False

    async def _comes_again(self, message: Message, open_items: Sequence[Due]) -> bool:
        """Let the message come when its items are due; True when one for each was sent in its place."""
        now = self._clock()
        wait = min(due.due_at for due in open_items) - now
        if message.receives < RECEIVES_BEFORE_ANEW:
            await self._hide(message, wait)
            return False
        try:
            for due in open_items:
                await self._queue.send(again_body(Again(due.message_id)), due.due_at - now)
        except Transient as exc:
            logger.warning("A message could not be sent anew: %s", exc, extra={"facts": {"message": message.id}})
            await self._hide(message, wait)
            return False
        return True

    async def _hide(self, message: Message, wait: timedelta) -> None:
        try:
            await self._queue.hide(message.receipt_handle, wait)
        except Transient as exc:  # it comes after the queue's own timeout then
            logger.warning("A message could not be hidden: %s", exc, extra={"facts": {"message": message.id}})


def failure_wait(receives: int) -> timedelta:
    """Return how long a message is hidden when state or store did not answer: from 30 s to half an hour."""
    return min(timedelta(seconds=15) * (1 << min(receives, 10)), timedelta(minutes=30))


def poison_wait(receives: int) -> timedelta:
    """Return how long a message is hidden that nobody can make sense of: from 2 s to some minutes."""
    return min(timedelta(seconds=1) * (1 << min(receives, 10)), timedelta(minutes=10))
