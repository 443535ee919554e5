"""
Whose turn it is: unfinished items in memory, in line by chat, so that one noisy chat never delays a quiet one.

The ledger is the truth; this is only the order in which a process tries to lease. Losing it loses nothing: at start
and every few seconds the line is filled again from `Ledger.due()`.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sevenbot.state.ledger import Due

PER_CHAT = 3
"""Items of one chat under work at once: what the chat may burst, so that one slow model answer holds nobody up."""

LONGEST_WAIT = timedelta(minutes=1)
"""Then the clock is looked at again: it may have been set, or the machine may have slept, and timers do not tell."""

_NEVER = float("inf")
_UNDER_WORK = float("-inf")


@dataclass(slots=True)
class _Chat:
    waiting: list[tuple[float, int, Due]] = field(default_factory=list)  # heap: due (epoch seconds), arrival, item
    in_flight: int = 0
    turn_at: float = _NEVER  # when its entry in the line says; other entries of the chat are stale


class Schedule:
    """A line of chats, each with a line of items."""

    def __init__(
        self,
        *,
        ready_in: Callable[[int], float],
        clock: Callable[[], datetime],
        per_chat: int = PER_CHAT,
        longest_wait: timedelta = LONGEST_WAIT,
    ) -> None:
        """
        Start empty.

        Args:
            ready_in: Seconds until pacing lets this chat have a message; a chat that must wait is passed over.
            clock: The time, aware.
            per_chat: How many items of one chat may be taken at once.
            longest_wait: After which `take` looks at the clock again.
        """
        self._ready_in = ready_in
        self._clock = clock
        self._per_chat = per_chat
        self._longest_wait = longest_wait.total_seconds()
        self._chats: dict[int, _Chat] = {}
        self._line: list[tuple[float, int, int]] = []  # heap: turn (epoch seconds), arrival, chat id
        self._known: dict[str, float] = {}  # when it is due; under work: long ago. Other entries of it are stale
        self._arrivals = itertools.count()
        self._changed = asyncio.Event()
        self._closed = False

    def __len__(self) -> int:
        """Return how many items wait or are under work."""
        return len(self._known)

    def add(self, due: Due) -> None:
        """Put an item in line; one that is under work, or in line and not due later, stays where it is."""
        due_at = due.due_at.timestamp()
        if due_at >= self._known.get(due.message_id, _NEVER):
            return
        self._known[due.message_id] = due_at
        chat = self._chats.setdefault(due.chat_id, _Chat())
        heapq.heappush(chat.waiting, (due_at, next(self._arrivals), due))
        self._queue_up(due.chat_id, chat)

    def done(self, due: Due) -> None:
        """End the work on an item that `take` gave; only now may it be added again."""
        del self._known[due.message_id]
        chat = self._chats[due.chat_id]
        chat.in_flight -= 1
        if self._head(chat) is not None:
            self._queue_up(due.chat_id, chat)
        elif not chat.in_flight:
            del self._chats[due.chat_id]

    def close(self) -> None:
        """Let every `take` return None from now on."""
        self._closed = True
        self._changed.set()

    async def take(self) -> Due | None:
        """Wait for the next item that is due and whose chat may have a message; None once closed."""
        while not self._closed:
            self._changed.clear()
            due = self._next()
            if due is not None:
                return due
            try:
                async with asyncio.timeout(self._seconds_to_wait()):
                    await self._changed.wait()
            except TimeoutError:
                continue
        return None

    def oldest_due(self) -> datetime | None:
        """Return the due time of the item that waits longest, or None when nothing waits."""
        heads = map(self._head, self._chats.values())
        earliest = min((head for head in heads if head is not None), default=None)
        return None if earliest is None else datetime.fromtimestamp(earliest, UTC)

    def _head(self, chat: _Chat) -> float | None:
        """Return when the chat's first item is due, stale entries taken out; None when none waits."""
        while chat.waiting and self._known.get(chat.waiting[0][2].message_id) != chat.waiting[0][0]:
            heapq.heappop(chat.waiting)
        return chat.waiting[0][0] if chat.waiting else None

    def _now(self) -> float:
        return self._clock().timestamp()

    def _seconds_to_wait(self) -> float | None:
        return min(max(0.0, self._line[0][0] - self._now()), self._longest_wait) if self._line else None

    def _queue_up(self, chat_id: int, chat: _Chat, not_before: float = 0.0) -> None:
        head = self._head(chat)
        if head is None or chat.in_flight >= self._per_chat:
            return  # `add` or `done` puts it in line again
        turn_at = max(head, not_before)
        if turn_at >= chat.turn_at:
            return
        chat.turn_at = turn_at
        heapq.heappush(self._line, (turn_at, next(self._arrivals), chat_id))
        self._changed.set()

    def _next(self) -> Due | None:
        now = self._now()
        while self._line and self._line[0][0] <= now:
            turn_at, _, chat_id = heapq.heappop(self._line)
            chat = self._chats.get(chat_id)
            if chat is None or turn_at != chat.turn_at:
                continue  # stale: the chat has had another turn since
            chat.turn_at = _NEVER
            head = self._head(chat)
            if head is None and not chat.in_flight:  # its last item went to another chat
                del self._chats[chat_id]
                continue
            wait = self._ready_in(chat_id)
            if head is None or head > now or wait > 0:
                self._queue_up(chat_id, chat, now + wait)
                continue
            _, _, due = heapq.heappop(chat.waiting)
            self._known[due.message_id] = _UNDER_WORK
            chat.in_flight += 1
            self._queue_up(chat_id, chat, now)  # behind the chats that wait already
            return due
        return None
