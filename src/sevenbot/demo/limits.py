"""
Telegram's sending limits, as buckets: 30 messages a second for the bot, one a second per chat, 20 a minute per group.

Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this. Telegram allows short bursts and
publishes no exact numbers; these are the strict reading with a burst of 4 per chat.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from sevenbot.demo.refusal import too_many


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket of *burst* tokens, filled at *per_second*."""

    burst: float
    per_second: float


BOT = Rate(30, 30)
CHAT = Rate(4, 1)
GROUP = Rate(20, 20 / 60)


class SendingLimits:
    """Counts messages and refuses the one too many; a refused message takes no token."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._buckets: dict[Hashable, tuple[float, float]] = {}  # tokens left, and when that was

    def take(self, chat_id: int) -> None:
        """
        Count one message to *chat_id*.

        Raises:
            Refusal: 429 with the whole seconds until the fullest bucket has room.
        """
        now = self._monotonic()
        rates = [("bot", BOT), (chat_id, CHAT)] + ([(f"group {chat_id}", GROUP)] if chat_id < 0 else [])
        levels = [(key, rate, self._level(key, rate, now)) for key, rate in rates]
        wait = max((1 - level) / rate.per_second for _, rate, level in levels)
        if wait > 1e-9:
            raise too_many(math.ceil(wait))
        for key, _, level in levels:
            self._buckets[key] = (level - 1, now)

    def _level(self, key: Hashable, rate: Rate, now: float) -> float:
        level, then = self._buckets.get(key, (rate.burst, now))
        return min(rate.burst, level + (now - then) * rate.per_second)
