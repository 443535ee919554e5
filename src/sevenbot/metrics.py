"""
Numbers for Prometheus, counted from the mail log.

    sevenbot_mails_accepted_total 12.0
    sevenbot_mails_refused_total{reason="unknown_recipient"} 3.0
    sevenbot_delivery_seconds_bucket{le="0.1"} 11.0
    sevenbot_queue_age_seconds 0.0
    sevenbot_imap_up 1.0

Labels hold only words of ours, never anything from a mail.
"""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from sevenbot import __version__
from sevenbot.maillog import Event

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

#: From "at once" to the two days after which a mail becomes a dead letter.
DELIVERY_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 6 * 3600, 86400, 172800)
SUMMARY_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45)

#: Events that are counted without a look at their facts, and as what.
COUNTED = {
    "accepted": ("accepted", "Mails for one recipient each, durable and acknowledged."),
    "repeated": ("repeated", "Mails that came again and were not kept twice."),
    "delivered": ("delivered", "Mails whose summary is in the chat."),
    "retry_scheduled": ("retried", "Attempts that failed and will be repeated."),
    "dead_lettered": ("dead", "Mails that came to rest as dead letters."),
    "discarded": ("discarded", "Mails dropped on purpose."),
}


class Metrics:
    """A sink of the mail log, and the page `/metrics`. Each has a registry of its own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # theirs lacks the annotation
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Gauge("sevenbot_build", "Always 1; the version is in the label.", ["version"], registry=registry).labels(
            __version__
        ).set(1)
        self._counted = {
            event: Counter(f"sevenbot_mails_{name}", text, registry=registry) for event, (name, text) in COUNTED.items()
        }
        self._refused = Counter("sevenbot_mails_refused", "Mails turned away.", ["reason"], registry=registry)
        self._possible_repeats = Counter(
            "sevenbot_possible_repeats", "Deliveries marked as a possible repeat.", registry=registry
        )
        self._summaries = Counter(
            "sevenbot_summaries", "Summaries by who made them.", ["source", "degraded"], registry=registry
        )
        self._replaced = Counter(
            "sevenbot_model_parts_replaced",
            "Parts of a model's answers that the mail did not bear out.",
            registry=registry,
        )
        self._tokens = Counter("sevenbot_model_tokens", "Tokens that the model took.", registry=registry)
        self._over_budget = Counter(
            "sevenbot_model_over_budget", "Mails summarised offline for want of tokens.", registry=registry
        )
        self._blocked = Counter("sevenbot_chats_blocked", "Times that a chat put the bot out.", registry=registry)
        self._swept = Counter("sevenbot_swept", "What retention removed.", ["what"], registry=registry)
        self._delivery = Histogram(
            "sevenbot_delivery_seconds",
            "From accepted to delivered.",
            buckets=DELIVERY_BUCKETS,
            registry=registry,
        )
        self._summary = Histogram(
            "sevenbot_summary_seconds", "Time to make a summary.", buckets=SUMMARY_BUCKETS, registry=registry
        )
        self._queue_depth = Gauge("sevenbot_queue_depth", "Mails that wait or are worked on.", registry=registry)
        self._queue_age = Gauge(
            "sevenbot_queue_age_seconds", "How long the oldest mail that is due has been due.", registry=registry
        )
        self._imap_up: Gauge | None = None
        for source in ("offline", "model"):
            self._summaries.labels(source, "false")

    def observe(self, event: Event) -> None:
        """Count one event of the mail log; those of no interest are passed over."""
        if event.name in self._counted:
            self._counted[event.name].inc()
        facts = event.facts
        match event.name:
            case "refused":
                self._refused.labels(str(facts["reason"])).inc()
            case "summarised":
                self._summaries.labels(str(facts["source"]), str(facts["degraded"]).lower()).inc()
                self._summary.observe(float(facts["seconds"] or 0))
                self._replaced.inc(float(facts["replaced"] or 0))
                self._tokens.inc(float(facts["tokens"] or 0))
                self._over_budget.inc(int(bool(facts["over_budget"])))
            case "delivered":
                self._delivery.observe(float(facts["total_seconds"] or 0))
                self._possible_repeats.inc(int(bool(facts["possible_repeat"])))
            case "blocked":
                self._blocked.inc()
            case "swept":
                for what in ("items", "raws"):
                    self._swept.labels(what).inc(float(facts[what] or 0))

    def set_queue(self, depth: int, oldest_age_seconds: float) -> None:
        """Tell how many mails are unfinished, and for how long the oldest that is due has been due."""
        self._queue_depth.set(depth)
        self._queue_age.set(oldest_age_seconds)

    def set_imap(self, *, is_up: bool) -> None:
        """Tell whether mail is fetched by IMAP; there is no such number where no mailbox is set."""
        if self._imap_up is None:
            self._imap_up = Gauge(
                "sevenbot_imap_up", "1 while mail is fetched from the IMAP mailbox, else 0.", registry=self._registry
            )
        self._imap_up.set(is_up)

    def render(self) -> bytes:
        """Return everything in Prometheus' text format 0.0.4."""
        return generate_latest(self._registry)
