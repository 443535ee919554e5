"""
Whose turn it is to get a message: the pacing rules as decisions on numbers.

Pure: every time is in seconds of some monotonic clock, and `pacing.py` does the waiting.

Telegram's rules (core.telegram.org/bots/faq, "My bot is hitting limits"; read 2026-11): not more than one message a
second in a chat, where short bursts may pass; 20 a minute in a group; about 30 a second for the bot. A server that
counts arrivals sees our messages after the network has shifted them a little, so each rule is kept with a margin.

The order: answers to commands before summaries, but after nine answers in a row one summary that could go. Within
each of the two lanes chats take turns, so that a noisy one never delays a quiet one; within a chat and lane, first
come, first served. Summaries may burst by eight and then go out evenly, so that the next free slot, and with it the
wait of an answer, is never far away.

After a 429 the chat it was about is held for the time told. The answer does not say whether it was the chat's limit
or the bot's (there is nothing but `retry_after` in it), so three chats held within two seconds may mean the bot's:
then everything waits three seconds, and what is tried next tells more. Not longer: it is a guess, and three noisy
chats that are told to wait for an hour must not silence the others. Each chat still waits as long as it was told.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

BOT_MESSAGES = 30
BOT_WINDOW = 1.01  # one second, and 10 ms for the network

SUMMARY_GAP = 0.034  # between summaries once their burst is spent: 29.4 a second
SUMMARY_BURST = 8
LATENESS = 0.008  # of timers; made up for by the next summary
ANSWERS_IN_A_ROW = 9

CHAT_BURST = 3
CHAT_GAP = 1.05  # one second, and 50 ms for the network

GROUP_MESSAGES = 20
GROUP_WINDOW = 61.0  # one minute, and a second for the network

HELD_CHATS = 3  # so many chats told to wait ...
HELD_WITHIN = 2.0  # ... within so many seconds mean, perhaps, that the whole bot is
GUESSED_HOLD = 3.0  # how long to act on that

_FORGET_FROM = 1024  # chats remembered before idle ones are looked for


@dataclass(slots=True, eq=False)
class Ticket:
    """One message in line; `granted_at` once its turn has come."""

    chat_id: int
    urgent: bool
    granted_at: float | None = None


@dataclass(slots=True)
class _Chat:
    """What is remembered of a chat: who waits, and how far ahead of one message a second it is."""

    is_group: bool
    due: float = -inf  # when it will be back at rest, counting CHAT_GAP for each message
    held_until: float = -inf
    turns: deque[float] = field(default_factory=deque)  # of a group: those of the last minute
    undeparted: deque[float] = field(default_factory=deque)  # turns whose message has not left yet
    answers: deque[Ticket] = field(default_factory=deque)
    summaries: deque[Ticket] = field(default_factory=deque)

    def line(self, *, urgent: bool) -> deque[Ticket]:
        return self.answers if urgent else self.summaries

    def ready_at(self, now: float, ahead: int = 0) -> float:
        """Return when the chat may have the message after the next *ahead* ones."""
        at = max(self.due, now) + (ahead - CHAT_BURST + 1) * CHAT_GAP
        self._forget(now)
        if self.is_group and (surplus := len(self.turns) + ahead - GROUP_MESSAGES) >= 0:
            at = max(at, (self.turns[surplus] if surplus < len(self.turns) else now) + GROUP_WINDOW)
        return max(at, self.held_until)

    def take(self, now: float) -> None:
        """Count a message."""
        self.due = max(self.due, now) + CHAT_GAP
        self.undeparted.append(now)
        if self.is_group:
            self.turns.append(now)

    def give_back(self, turn: float) -> None:
        """Uncount a message that will not leave."""
        self.due -= CHAT_GAP
        for turns in (self.turns, self.undeparted):
            if turn in turns:
                turns.remove(turn)

    def is_idle(self, now: float) -> bool:
        """Say whether forgetting this chat changes nothing."""
        self._forget(now)
        waits = self.answers or self.summaries or self.turns or self.undeparted
        return not waits and max(self.due, self.held_until) <= now

    def _forget(self, now: float) -> None:
        for turns in (self.turns, self.undeparted):
            while turns and turns[0] + GROUP_WINDOW <= now:
                turns.popleft()


class _Lane:
    """Chats with somebody waiting, each once: those that may have a message in a ring, the others by their time."""

    def __init__(self) -> None:
        self._ready: deque[int] = deque()
        self._later: list[tuple[float, int]] = []  # heap: not before, chat id
        self._listed: set[int] = set()

    def add(self, chat_id: int) -> None:
        """List a chat somebody waits in."""
        if chat_id not in self._listed:
            self._listed.add(chat_id)
            self._ready.append(chat_id)

    def offers(self, now: float) -> Iterator[int]:
        """Take out, one after the other, chats whose time may have come; the caller puts each back or drops it."""
        while self._later and self._later[0][0] <= now:
            self._ready.append(heapq.heappop(self._later)[1])
        for _ in range(len(self._ready)):
            yield self._ready.popleft()

    def put_back(self, chat_id: int, at: float, now: float) -> None:
        """Line up a chat for its next message."""
        if at <= now:
            self._ready.append(chat_id)
        else:
            heapq.heappush(self._later, (at, chat_id))

    def drop(self, chat_id: int) -> None:
        """Nobody waits in this chat any more."""
        self._listed.discard(chat_id)

    def wakes_at(self) -> float:
        """Return when a chat's time may come: in the past when one is ready, never when nobody waits."""
        if self._ready:
            return -inf
        return self._later[0][0] if self._later else inf


class Turns:
    """All who wait and all that limits them."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        self._answers = _Lane()
        self._summaries = _Lane()
        self._sent: list[float] = []  # turns, or departures, of the last BOT_WINDOW, sorted
        self._held_until = -inf
        self._summary_due = -inf  # as _Chat.due, for all summaries
        self._was_full = False  # a summary waited for the bot's window
        self._answers_in_a_row = 0
        self._recent_holds: dict[int, float] = {}
        self._look_for_idle_from = _FORGET_FROM

    def join(self, chat_id: int, now: float, *, urgent: bool) -> Ticket:
        """Stand in line."""
        chat = self._chats.get(chat_id) or self._remember(chat_id, now)
        ticket = Ticket(chat_id, urgent)
        chat.line(urgent=urgent).append(ticket)
        self._lane(urgent=urgent).add(chat_id)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Go out of the line, or give back a turn whose message will not be sent."""
        chat = self._chats[ticket.chat_id]
        if ticket.granted_at is None:
            chat.line(urgent=ticket.urgent).remove(ticket)
            return
        chat.give_back(ticket.granted_at)
        if ticket.granted_at in self._sent:
            self._sent.remove(ticket.granted_at)

    def grant(self, now: float) -> list[Ticket]:
        """Give out every turn that has come by *now*."""
        granted = []
        while self._bot_ready_at(now) <= now and (ticket := self._next(now)):
            self._take(ticket, now)
            granted.append(ticket)
        if self._bot_ready_at(now) > now and self._summaries.wakes_at() <= now:
            self._was_full = True
        return granted

    def wakes_at(self, now: float) -> float | None:
        """Return when to call `grant` next, or None when nobody waits."""
        at = min(self._answers.wakes_at(), max(self._summaries.wakes_at(), self._summaries_ready_at()))
        return None if at == inf else max(at, self._bot_ready_at(now), now)

    def ready_at(self, chat_id: int, now: float) -> float:
        """Return when one more message of this chat could go if no other chat wanted anything."""
        chat = self._chats.get(chat_id)
        at = chat.ready_at(now, len(chat.answers) + len(chat.summaries)) if chat else now
        return max(at, self._held_until)

    def depart(self, chat_id: int, now: float) -> None:
        """
        Count a message from *now*, when it leaves, instead of from its turn: what lies between (a commit) is our own.

        A message that leaves without a turn counts too.
        """
        chat = self._chats.get(chat_id)
        if chat and chat.undeparted and (turn := chat.undeparted.popleft()) in self._sent:
            self._sent.remove(turn)
        insort(self._sent, now)

    def hold(self, chat_id: int | None, until: float, now: float) -> None:
        """Let nothing go before *until* in this chat; at all for None, and for a while once several chats are held."""
        if chat_id is None:
            self._held_until = max(self._held_until, until)
            return
        chat = self._chats.get(chat_id) or self._remember(chat_id, now)
        chat.held_until = max(chat.held_until, until)
        self._recent_holds = {held: at for held, at in self._recent_holds.items() if now - at < HELD_WITHIN}
        self._recent_holds[chat_id] = now
        if len(self._recent_holds) >= HELD_CHATS:
            self._held_until = max(self._held_until, min(until, now + GUESSED_HOLD))

    def _lane(self, *, urgent: bool) -> _Lane:
        return self._answers if urgent else self._summaries

    def _bot_ready_at(self, now: float) -> float:
        while self._sent and self._sent[0] + BOT_WINDOW <= now:
            del self._sent[0]
        if len(self._sent) < BOT_MESSAGES:
            return self._held_until
        return max(self._held_until, self._sent[-BOT_MESSAGES] + BOT_WINDOW)

    def _summaries_ready_at(self) -> float:
        return self._summary_due - (SUMMARY_BURST - 1) * SUMMARY_GAP

    def _next(self, now: float) -> Ticket | None:
        if self._answers_in_a_row >= ANSWERS_IN_A_ROW:
            return self._first(now, urgent=False) or self._first(now, urgent=True)
        if ticket := self._first(now, urgent=True):
            return ticket
        return self._first(now, urgent=False) if self._summaries_ready_at() <= now else None

    def _first(self, now: float, *, urgent: bool) -> Ticket | None:
        """Take the first ticket of the lane's first chat that may have a message."""
        lane = self._lane(urgent=urgent)
        for chat_id in lane.offers(now):
            chat = self._chats.get(chat_id)
            line = chat.line(urgent=urgent) if chat else None
            if not chat or not line:  # they left
                lane.drop(chat_id)
            elif (at := chat.ready_at(now)) > now:
                lane.put_back(chat_id, at, now)
            else:
                ticket = line.popleft()
                lane.put_back(chat_id, now, now) if line else lane.drop(chat_id)
                return ticket
        return None

    def _take(self, ticket: Ticket, now: float) -> None:
        ticket.granted_at = now
        self._chats[ticket.chat_id].take(now)
        insort(self._sent, now)
        if not ticket.urgent and self._was_full:
            # The burst is spent: going on evenly keeps the next free slot near.
            self._was_full = False
            self._summary_due = max(self._summary_due, now + (SUMMARY_BURST - 1) * SUMMARY_GAP - LATENESS)
        self._summary_due = min(max(self._summary_due, now) + SUMMARY_GAP, now + BOT_WINDOW)
        self._answers_in_a_row = self._answers_in_a_row + 1 if ticket.urgent else 0

    def _remember(self, chat_id: int, now: float) -> _Chat:
        if len(self._chats) >= self._look_for_idle_from:
            self._chats = {known: chat for known, chat in self._chats.items() if not chat.is_idle(now)}
            self._look_for_idle_from = max(_FORGET_FROM, 2 * len(self._chats))
        chat = self._chats[chat_id] = _Chat(is_group=chat_id < 0)
        return chat
