"""
Numbers for CloudWatch, written as log lines that it takes for metrics: no call, no daemon.

    {"_aws": {"Timestamp": 1762077600000, "CloudWatchMetrics": [{"Namespace": "SevenBot",
      "Dimensions": [["Stack"]], "Metrics": [{"Name": "Delivered", "Unit": "Count"}]}]},
     "Stack": "sevenbot", "Delivered": 1}

| metric | unit | |
| --- | --- | --- |
| Accepted, Delivered, Retried, DeadLettered, Refused | Count | mails, for one recipient each |
| ModelFailures | Count | summaries the model was asked for and did not make |
| DeliverySeconds | Seconds | from accepted to delivered |
| SummarySeconds | Seconds | to make a summary |

Source: Amazon CloudWatch user guide, "Specification: Embedded metric format" (read 2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from sevenbot.maillog import Event

NAMESPACE = "SevenBot"

_COUNTED = {
    "accepted": "Accepted",
    "delivered": "Delivered",
    "retry_scheduled": "Retried",
    "dead_lettered": "DeadLettered",
    "refused": "Refused",
}
_TIMED = {"delivered": ("DeliverySeconds", "total_seconds"), "summarised": ("SummarySeconds", "seconds")}


class EmbeddedMetrics:
    """A sink of the mail log; *write* gets each line, *stack* is the dimension."""

    def __init__(self, stack: str, write: Callable[[str], None], clock: Callable[[], datetime]) -> None:
        self._stack = stack
        self._write = write
        self._clock = clock

    def observe(self, event: Event) -> None:
        """Write what *event* counts for; those of no interest are passed over."""
        counts = {_COUNTED[event.name]: 1} if event.name in _COUNTED else {}
        if event.name == "summarised" and event.facts["degraded"] and not event.facts["over_budget"]:
            counts["ModelFailures"] = 1
        seconds = {}
        if event.name in _TIMED:
            name, fact = _TIMED[event.name]
            seconds[name] = round(float(event.facts[fact] or 0), 4)
        if counts or seconds:
            self._write(self._line(counts, seconds))

    def _line(self, counts: dict[str, int], seconds: dict[str, float]) -> str:
        metrics = [{"Name": name, "Unit": "Count"} for name in counts]
        metrics += [{"Name": name, "Unit": "Seconds"} for name in seconds]
        directive = {"Namespace": NAMESPACE, "Dimensions": [["Stack"]], "Metrics": metrics}
        about = {"Timestamp": int(self._clock().timestamp() * 1000), "CloudWatchMetrics": [directive]}
        return json.dumps({"_aws": about, "Stack": self._stack, **counts, **seconds}, separators=(",", ":"))
