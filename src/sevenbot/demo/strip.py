"""
The strip under the chat: how each mail moves through received, kept, read, summarised and delivered.

A sink of the mail log (`MailLog(strip.observe)`), in the event loop's thread. One row per item:

    {"id": "5f0c...", "seq": 3, "state": "waiting", "via": "smtp", "size_bytes": 20480, "kind": "code",
     "steps": {"received": 1.2, "kept": 3.4, "read": 0.9, "summarised": 0.3}, "total_ms": null,
     "attempts": 1, "note": "429, again in 2 s"}

`steps` are milliseconds; `state` is moving, waiting (for a retry), delivered, dead, repeated or refused.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from sevenbot.maillog import Event

KEPT_ROWS = 30
Row = dict[str, Any]

# The log's word for a step, and the strip's.
STEPS = {"accepted": "kept", "parsed": "read", "summarised": "summarised", "delivered": "delivered"}


class Strip:
    """Turns events into rows and tells each change to *publish*."""

    def __init__(self, publish: Callable[[str, Row], None] = lambda _name, _row: None) -> None:
        self._publish = publish
        self._rows: OrderedDict[str, Row] = OrderedDict()
        self._arrivals: deque[float] = deque(maxlen=KEPT_ROWS)  # milliseconds of mails received, not yet kept
        self._count = 0

    def observe(self, event: Event) -> None:
        """Take in one event of the mail log."""
        match event.name:
            case "received":
                self._arrivals.append(_milliseconds(event))
            case "refused":
                self._refused(event)
            case "repeated":
                self._repeated(event)
            case "accepted" | "parsed" | "summarised" | "delivered":
                self._step(event, STEPS[event.name])
            case "retry_scheduled":
                wait = float(event.facts["wait_seconds"] or 0)
                self._ended(event, "waiting", f"{event.facts['error']}, again in {wait:.0f} s")
            case "dead_lettered" | "discarded":
                self._ended(event, "dead", str(event.facts["error"]))

    def rows(self) -> list[Row]:
        """Return the rows, oldest first."""
        return list(self._rows.values())

    def _row(self, key: str, **facts: Any) -> Row:
        if key not in self._rows:
            self._count += 1
            self._rows[key] = {
                "id": key,
                "seq": self._count,
                "state": "moving",
                "via": None,
                "size_bytes": None,
                "kind": None,
                "steps": {},
                "total_ms": None,
                "attempts": 0,
                "note": "",
            }
            while len(self._rows) > KEPT_ROWS:
                self._rows.popitem(last=False)
        row = self._rows[key]
        row.update(facts)
        return row

    def _step(self, event: Event, step: str) -> None:
        facts = {name: event.facts[name] for name in ("via", "size_bytes", "kind", "attempts") if name in event.facts}
        row = self._row(event.message_id or "", state="moving", **facts)
        if step == "kept" and self._arrivals:
            row["steps"]["received"] = self._arrivals.popleft()
        row["steps"][step] = _milliseconds(event)
        if step == "delivered":
            row["state"] = "delivered"
            row["total_ms"] = round(float(event.facts["total_seconds"] or 0) * 1000, 1)
            row["note"] = "sent again, marked ↻ as a possible repeat" if event.facts["possible_repeat"] else ""
        self._publish("strip", row)

    def _ended(self, event: Event, state: str, note: str) -> None:
        row = self._row(event.message_id or "", state=state, note=note, attempts=event.facts.get("attempts", 0))
        self._publish("strip", row)

    def _repeated(self, event: Event) -> None:
        if self._arrivals:
            self._arrivals.popleft()
        key = f"{event.message_id} again {self._count}"
        note = "the same mail again: taken, not told twice"
        self._publish("strip", self._row(key, state="repeated", via=event.facts["via"], note=note))

    def _refused(self, event: Event) -> None:
        key = f"refused {self._count}"
        facts = {"via": event.facts["via"], "size_bytes": event.facts.get("size_bytes")}
        note = f"{event.facts['code']}, {event.facts['reason']}"
        self._publish("strip", self._row(key, state="refused", note=note, **facts))


def _milliseconds(event: Event) -> float:
    return round(float(event.facts.get("seconds") or 0) * 1000, 1)
