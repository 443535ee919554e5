"""
What people write a mail for: the sentences that name a day to come or ask for something, and those around them.

The ranker has learnt from discussions, where what somebody thinks tells most. Whoever begins to write comes to the
point somewhere between the weather and the family: there the day and the request weigh more, what stands in their
paragraph explains them, and the rest may go. An answer is read like that only when it is long and nothing in it stands
out.
"""

from __future__ import annotations

from dataclasses import dataclass

from sevenbot.parse import subjects
from sevenbot.parse.message import Message
from sevenbot.summarise.cues import THANKS
from sevenbot.summarise.ranker import SHIPPED, scores
from sevenbot.summarise.weights import Weights

# In the ranker's unit, a third of which is one reader's vote.
_DATED, _DATED_IN_ANSWER = 0.4, 0.1
_ASKED_ALONE = 0.3  # where no day is named and nothing stands out
_THANKED = 0.2  # less: thanks come first, and seldom are what somebody writes for
_STANDS_OUT = 0.15  # what is worth less is small talk
_UNDECIDED = 0.2  # an answer of which nothing is worth more is a letter
# A mail of so few sentences is told as it is.
_SHORT = 5
# So far around the best sentence its paragraph explains it.
_NEXT = 2


@dataclass(frozen=True, slots=True)
class Point:
    """How a mail's sentences are weighed."""

    message: Message
    paragraphs: dict[str, int]  # of each sentence that tells something
    dates: tuple[str, ...]  # to come, as the mail words them
    asks: tuple[str, ...] = ()

    def worth(self, sentences: list[str], weights: Weights = SHIPPED) -> list[float]:
        """Return how much each of *sentences*, all in order, tells."""
        told = scores(sentences, self.message.subject, weights)
        return self._with_dates(sentences, told, _DATED_IN_ANSWER if self._answers() else _DATED)

    def best_first(self, sentences: list[str]) -> list[int]:
        """Return the places of *sentences*, the best first, without the small talk of a long mail."""
        told = scores(sentences, self.message.subject)
        is_long = len(sentences) > _SHORT
        if self._answers() and not (is_long and max(told) < _UNDECIDED):
            worth = self._with_dates(sentences, told, _DATED_IN_ANSWER)
            return sorted(range(len(worth)), key=lambda at: -worth[at])
        told = [worth - _THANKED * bool(THANKS.match(said)) for worth, said in zip(told, sentences, strict=True)]
        worth = self._with_dates(sentences, told, _DATED)
        asked = [self._is_asked(sentence) for sentence in sentences]
        if max(worth) < _STANDS_OUT:
            worth = [told + _ASKED_ALONE * is_asked for told, is_asked in zip(worth, asked, strict=True)]
        best = max(range(len(worth)), key=lambda at: worth[at])
        belongs = [
            asked[at] or self._is_beside(sentences, at, best) or self._is_dated(sentences[at])
            for at in range(len(worth))
        ]
        kept = [at for at in range(len(worth)) if belongs[at] or not is_long or worth[at] >= _STANDS_OUT]
        return sorted(kept, key=lambda at: (at != best, not belongs[at], -worth[at]))

    def _with_dates(self, sentences: list[str], told: list[float], more: float) -> list[float]:
        return [worth + more * self._is_dated(sentence) for worth, sentence in zip(told, sentences, strict=True)]

    def _is_dated(self, sentence: str) -> bool:
        return any(date in sentence for date in self.dates)

    def _answers(self) -> bool:
        subject = self.message.subject.strip()
        return subjects.base(subject) != subject

    def _is_asked(self, sentence: str) -> bool:
        return any(sentence in ask or ask in sentence for ask in self.asks)

    def _is_beside(self, sentences: list[str], at: int, best: int) -> bool:
        """Say whether the sentence stands in the paragraph of the best one, next to it."""
        paragraphs = {self.paragraphs.get(sentences[place], -place) for place in (at, best)}
        return abs(at - best) <= _NEXT and len(paragraphs) == 1
