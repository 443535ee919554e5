"""Wait for one's turn to send, so that Telegram hardly ever says 429: `turns.py` has the rules, this the clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from sevenbot.deliver.turns import Ticket, Turns


class Pacer:
    """
    The line in front of Telegram; one for all that a bot sends.

    Args:
        monotonic: Seconds that never go back; timers of the event loop must run by it.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._turns = Turns()
        self._waiting: dict[Ticket, asyncio.Future[None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, chat_id: int, *, urgent: bool, patience: float | None = None) -> float | None:
        """
        Wait until one message may go to this chat.

        Args:
            urgent: Before all that is not: an answer to somebody who waits for it.
            patience: Seconds to wait at most; None waits as long as it takes.

        Returns:
            None when the turn has come; the message then leaves soon and `depart` is called, else the turn is wasted.
            Otherwise, without a turn, the seconds after which asking again makes sense.
        """
        if patience is not None and (wait := self.ready_in(chat_id)) > patience:
            return wait
        ticket = self._turns.join(chat_id, self._monotonic(), urgent=urgent)
        future = self._waiting[ticket] = asyncio.get_running_loop().create_future()
        self._give_turns()
        try:
            await asyncio.wait([future], timeout=patience)
        except asyncio.CancelledError:
            self._step_back(ticket)
            raise
        if future.done():
            return None
        self._step_back(ticket)
        return max(self.ready_in(chat_id), 1.0)

    def depart(self, chat_id: int) -> None:
        """Say that a message leaves for this chat now."""
        self._turns.depart(chat_id, self._monotonic())

    def ready_in(self, chat_id: int) -> float:
        """Return the seconds until this chat's next turn could come, if no other chat wanted anything (0: now)."""
        now = self._monotonic()
        return max(self._turns.ready_at(chat_id, now) - now, 0.0)

    def hold(self, chat_id: int | None, seconds: float) -> None:
        """Let nothing go to this chat (None: to any) for so long, as a 429 told; see `turns.py` for whom it stops."""
        now = self._monotonic()
        self._turns.hold(chat_id, now + seconds, now)

    def _step_back(self, ticket: Ticket) -> None:
        self._waiting.pop(ticket, None)
        self._turns.leave(ticket)
        self._give_turns()

    def _give_turns(self) -> None:
        """Give out the turns that have come, and see to it that the next ones are."""
        now = self._monotonic()
        for ticket in self._turns.grant(now):
            self._waiting.pop(ticket).set_result(None)
        if self._timer:
            self._timer.cancel()
        wakes_at = self._turns.wakes_at(now)
        self._timer = (
            None if wakes_at is None else asyncio.get_running_loop().call_later(wakes_at - now, self._give_turns)
        )
