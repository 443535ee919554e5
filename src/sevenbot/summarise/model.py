"""The port for text generation: a prompt in, a structured answer out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model gets. The mail is data between random markers inside `user`; instructions are in `system`."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model said, read against the JSON schema but not yet checked against the mail."""

    summary: str
    language: str | None = None


class Model(Protocol):
    """A text model."""

    async def answer(self, prompt: Prompt) -> ModelAnswer:
        """
        Ask once, without retry, within the configured time.

        Raises:
            ModelUnavailable: Slow, down, or an answer that does not fit the schema.
        """
        ...
