"""How the simulated Telegram says no: an HTTP status, a sentence, and sometimes parameters."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """
    One error answer of the Bot API: `{"ok": false, "error_code": 400, "description": "...", "parameters": {...}}`.

    Source: core.telegram.org/bots/api#making-requests, ResponseParameters.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> dict[str, Any]:
        """Return the answer's body."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def too_many(seconds: int) -> Refusal:
    """Return the 429 that asks to wait *seconds*."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
