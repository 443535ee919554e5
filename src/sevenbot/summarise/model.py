"""The port for text generation: a prompt in, a structured answer out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model gets. The mail is data between random markers inside `user`; instructions are in `system`."""

    system: str
    user: str
    mark: str = "\0"  # stands where the mail has blanks; quotes may come back with it


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as the model tells it, and the words of the mail that it says it has it from."""

    type: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model said, read against the JSON schema but not yet checked against the mail."""

    summary: str
    language: str | None = None
    headline: str = ""
    asks: tuple[str, ...] = ()
    facts: tuple[Told, ...] = ()
    suspicious: bool = False
    tokens: int | None = None  # what the server says it took, prompt and answer

    def without(self, mark: str) -> ModelAnswer:
        """Return the answer with blanks where the model copied the prompt's *mark* instead."""
        return replace(
            self,
            summary=self.summary.replace(mark, " "),
            headline=self.headline.replace(mark, " "),
            asks=tuple(ask.replace(mark, " ") for ask in self.asks),
            facts=tuple(
                Told(fact.type, fact.value.replace(mark, " "), fact.quote.replace(mark, " ")) for fact in self.facts
            ),
        )


class Model(Protocol):
    """A text model."""

    async def answer(self, prompt: Prompt) -> ModelAnswer:
        """
        Ask once, without retry, within the configured time.

        Raises:
            ModelUnavailable: Slow, down, or an answer that does not fit the schema.
        """
        ...
