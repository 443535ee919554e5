"""
Switches for everything that goes wrong with Telegram.

    faults.add(Fault("429", times=3, retry_after=2))               # the next three calls
    faults.add(Fault("500", chat_id=42, method="sendMessage"))     # one chat, one method, until cleared
    faults.add(Fault("reset_after", times=1))                      # recorded, but the answer is lost

Over HTTP: `POST /_control/faults {"kind": "429", "times": 3, "retry_after": 2}`, `DELETE /_control/faults`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import msgspec

from sevenbot.demo.parameters import METHODS, Call

Kind = Literal["429", "500", "502", "hang", "reset_before", "reset_after", "blocked", "slow", "unauthorized"]
KINDS: tuple[str, ...] = get_args(Kind)

_ids = itertools.count(1)


@dataclass(slots=True)
class Fault:
    """
    One thing that goes wrong.

    Args:
        kind: "429" (with retry_after), "500", "502" (an HTML page, as from a proxy), "hang" (no answer, nothing
            recorded), "reset_before" (connection dropped, nothing recorded), "reset_after" (recorded, then dropped),
            "blocked" (403), "slow" (answers after *seconds*), "unauthorized" (401).
        times: How many calls it hits; None: until cleared.
        chat_id: Only calls for this chat.
        method: Only this method. None: every method but getUpdates, whose endless polling would use up the count;
            "*": every method.
    """

    kind: str
    times: int | None = None
    chat_id: int | None = None
    method: str | None = None
    retry_after: int = 1
    seconds: float = 1.0
    id: int = field(default_factory=lambda: next(_ids))

    def hits(self, call: Call) -> bool:
        """Say whether this call is hit."""
        if self.chat_id is not None and call.chat_id != self.chat_id:
            return False
        if self.method is None:
            return call.method != "getUpdates"
        return self.method in ("*", call.method)

    def to_json(self) -> dict[str, Any]:
        """Return the fault with what is left of it."""
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result


def read_fault(given: dict[str, Any]) -> Fault:
    """
    Make a fault from JSON.

    Raises:
        ValueError: A field is unknown or has no sensible value; the text says which.
    """
    unknown = given.keys() - {"kind", "times", "chat_id", "method", "retry_after", "seconds"}
    if unknown:
        raise ValueError(f"unknown field {min(unknown)!r}")
    fault = msgspec.convert({**given, "id": next(_ids)}, Fault)  # ValidationError is a ValueError
    if fault.kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    if fault.method not in (None, "*") and fault.method not in METHODS:
        raise ValueError(f"no such method: {fault.method}")
    if fault.times is not None and fault.times < 1:
        raise ValueError("times must be 1 or more")
    return fault


class Faults:
    """The faults in force, oldest first."""

    def __init__(self) -> None:
        self._active: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Put *fault* in force."""
        self._active.append(fault)
        return fault

    def take(self, call: Call) -> Fault | None:
        """Return the first fault that hits *call*, counting it."""
        for fault in self._active:
            if fault.hits(call):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self._active.remove(fault)
                return fault
        return None

    def clear(self, fault_id: int | None = None) -> None:
        """End all faults, or one."""
        self._active = [fault for fault in self._active if fault_id is not None and fault.id != fault_id]

    def holds(self, fault: Fault) -> bool:
        """Say whether *fault* is still in force."""
        return fault in self._active

    def to_json(self) -> list[dict[str, Any]]:
        """Return all faults in force."""
        return [fault.to_json() for fault in self._active]
