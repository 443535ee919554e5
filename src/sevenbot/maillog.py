"""
The mail log: one function per thing that can happen to a mail, so this file is the vocabulary of events.

Facts are ids, sizes, domains, durations and reasons of ours; never a subject, a body, an address or a token.
Sinks (the JSON log, the metrics, the demo's strip) each get every event:

    Event(name="accepted", message_id="5f0c...", facts={"size_bytes": 20480, "via": "smtp", ...})
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

Fact = str | int | float | bool | None

logger = logging.getLogger("sevenbot.mail")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `message_id` is the item's id, or None when there is no item."""

    name: str
    message_id: str | None
    facts: dict[str, Fact] = field(default_factory=dict)


Sink = Callable[[Event], None]


#: Followed at once by another event of the same mail, which says more: only for those who debug.
MINOR = frozenset({"received"})


def log_event(event: Event) -> None:
    """Write the event to the log, one line."""
    level = logging.DEBUG if event.name in MINOR else logging.INFO
    if logger.isEnabledFor(level):
        logger.log(level, event.name, extra={"facts": {"id": event.message_id, **event.facts}})


class MailLog:
    """Tells every sink what happens."""

    def __init__(self, *sinks: Sink) -> None:
        self._sinks = sinks

    def _emit(self, name: str, message_id: str | None, **facts: Fact) -> None:
        event = Event(name, message_id, facts)
        for sink in self._sinks:
            sink(event)

    # receive

    def received(self, *, size_bytes: int, via: str, seconds: float) -> None:
        """All of a mail's bytes are here; nothing is promised yet. *seconds*: what the transfer took."""
        self._emit("received", None, size_bytes=size_bytes, via=via, seconds=seconds)

    def refused(
        self, *, reason: str, via: str, code: str, sender_domain: str = "", size_bytes: int | None = None
    ) -> None:
        """A receiver said no. *reason* is one of a small fixed set of words; *code* the reply it gave, "550 5.1.1"."""
        self._emit(
            "refused", None, reason=reason, via=via, code=code, sender_domain=sender_domain, size_bytes=size_bytes
        )

    # spool

    def accepted(self, message_id: str, *, size_bytes: int, via: str, sender_domain: str, seconds: float) -> None:
        """Bytes and item are durable. *seconds*: from the first byte kept to the item on disk."""
        self._emit("accepted", message_id, size_bytes=size_bytes, via=via, sender_domain=sender_domain, seconds=seconds)

    def repeated(self, message_id: str, *, via: str) -> None:
        """The same mail came again and was not kept twice."""
        self._emit("repeated", message_id, via=via)

    # worker

    def parsed(self, message_id: str, *, seconds: float, kind: str, notes: int) -> None:
        """The bytes became a Message."""
        self._emit("parsed", message_id, seconds=seconds, kind=kind, notes=notes)

    def summarised(
        self,
        message_id: str,
        *,
        seconds: float,
        source: str,
        degraded: bool,
        over_budget: bool = False,
        replaced: int = 0,
        tokens: int = 0,
    ) -> None:
        """There is a summary. *replaced*: parts of the model's answer that the mail does not bear out."""
        self._emit(
            "summarised",
            message_id,
            seconds=seconds,
            source=source,
            degraded=degraded,
            over_budget=over_budget,
            replaced=replaced,
            tokens=tokens,
        )

    def delivered(
        self, message_id: str, *, seconds: float, total_seconds: float, attempts: int, possible_repeat: bool
    ) -> None:
        """Telegram has it. *seconds*: the call; *total_seconds*: since it was accepted."""
        self._emit(
            "delivered",
            message_id,
            seconds=seconds,
            total_seconds=total_seconds,
            attempts=attempts,
            possible_repeat=possible_repeat,
        )

    def retry_scheduled(self, message_id: str, *, attempts: int, wait_seconds: float, error: str) -> None:
        """Not delivered, will be tried again."""
        self._emit("retry_scheduled", message_id, attempts=attempts, wait_seconds=wait_seconds, error=error)

    def dead_lettered(self, message_id: str, *, attempts: int, error: str) -> None:
        """Rests until an operator acts."""
        self._emit("dead_lettered", message_id, attempts=attempts, error=error)

    def discarded(self, message_id: str, *, error: str) -> None:
        """Dropped on purpose (its chat was erased)."""
        self._emit("discarded", message_id, error=error)

    def lease_lost(self, message_id: str) -> None:
        """Another worker has it; no harm."""
        self._emit("lease_lost", message_id)

    # bot and sweep

    def blocked(self, message_id: str | None) -> None:
        """A user put the bot out; their mail is refused from now on."""
        self._emit("blocked", message_id)

    def swept(self, *, items: int, raws: int) -> None:
        """Retention removed this much."""
        self._emit("swept", None, items=items, raws=raws)
