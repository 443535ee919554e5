"""
How many tokens of the model may be spent in a day, in all and for one reader.

Counted in memory, by UTC day: a restart begins anew, and each process and each Lambda function counts for itself. That
costs nothing to keep and is enough against a flood; what a vendor may charge in all is set with the vendor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sevenbot.summarise.model import Prompt

# Tokens are shorter in some scripts: about four characters of English, one or two of Chinese. Few prompts are longer.
_CHARS_PER_TOKEN = 3
# What an answer takes at least; the server tells what it was.
_ANSWER_TOKENS = 300


@dataclass(slots=True)
class TokenBudget:
    """What was spent today. None: no limit."""

    per_day: int | None
    per_reader: int | None
    clock: Callable[[], datetime]
    _day: date | None = None
    _spent: int = 0
    _spent_by: Counter[int] | None = None

    def of(self, reader: int) -> Budget:
        """Return the budget for mails to *reader*, a chat id."""
        return Budget(self, reader)

    def take(self, reader: int, tokens: int) -> bool:
        """Note *tokens* as spent for *reader*; False, and nothing noted, when that is more than is left."""
        self._begin_day()
        by = self._readers()
        if self.per_day is not None and self._spent + tokens > self.per_day:
            return False
        if self.per_reader is not None and by[reader] + tokens > self.per_reader:
            return False
        self.correct(reader, tokens)
        return True

    def correct(self, reader: int, tokens: int) -> None:
        """Add *tokens* (or take them back) without asking whether there are any left."""
        self._spent += tokens
        self._readers()[reader] += tokens

    def _readers(self) -> Counter[int]:
        if self._spent_by is None:
            self._spent_by = Counter()
        return self._spent_by

    def _begin_day(self) -> None:
        today = self.clock().date()
        if today != self._day:
            self._day, self._spent, self._spent_by = today, 0, Counter()


@dataclass(frozen=True, slots=True)
class Budget:
    """One reader's side of the TokenBudget."""

    tokens: TokenBudget
    reader: int

    def reserve(self, prompt: Prompt) -> bool:
        """Take what *prompt* will cost about; False when it is not there."""
        return self.tokens.take(self.reader, estimate(prompt))

    def settle(self, prompt: Prompt, told: int | None) -> int:
        """Put right what was reserved for *prompt* by what the server *told*; return what it was in the end."""
        cost = estimate(prompt) if told is None else max(told, 0)
        self.tokens.correct(self.reader, cost - estimate(prompt))
        return cost


def estimate(prompt: Prompt) -> int:
    """Return about how many tokens a call with *prompt* takes."""
    return (len(prompt.system) + len(prompt.user)) // _CHARS_PER_TOKEN + _ANSWER_TOKENS
