"""A courier whose outcomes are scripted and whose chats can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sevenbot.deliver.courier import ChatMessage, Outcome, Sent, Wait


class FakeCourier:
    """Delivers into `chats`; *outcomes* are used up one by one before everything succeeds."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.outcomes = list(outcomes)
        self.chats: list[tuple[int, ChatMessage]] = []
        self.turns: list[int] = []
        self.wait: Wait | None = None
        self.before_delivery: Callable[[], None] = lambda: None

    async def turn(self, chat_id: int, patience: timedelta) -> Wait | None:
        self.turns.append(chat_id)
        return self.wait

    async def deliver(self, chat_id: int, message: ChatMessage) -> Outcome:
        self.before_delivery()
        outcome = self.outcomes.pop(0) if self.outcomes else Sent(len(self.chats) + 1)
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Sent):
            self.chats.append((chat_id, message))
        return outcome

    def ready_in(self, chat_id: int) -> float:
        return 0.0
