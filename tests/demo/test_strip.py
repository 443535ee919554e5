from __future__ import annotations

from typing import Any

from sevenbot.demo.strip import KEPT_ROWS, Strip
from sevenbot.maillog import MailLog


def watched() -> tuple[MailLog, Strip, list[dict[str, Any]]]:
    told: list[dict[str, Any]] = []
    strip = Strip(lambda _name, row: told.append(dict(row)))
    return MailLog(strip.observe), strip, told


def accept(maillog: MailLog, message_id: str) -> None:
    maillog.received(size_bytes=2048, via="smtp", seconds=0.0012)
    maillog.accepted(message_id, size_bytes=2048, via="smtp", sender_domain="a.example", seconds=0.0034)


def deliver(maillog: MailLog, message_id: str, *, possible_repeat: bool = False) -> None:
    maillog.delivered(message_id, seconds=0.02, total_seconds=0.031, attempts=1, possible_repeat=possible_repeat)


def test_mail_moves_through_five_steps_with_their_milliseconds() -> None:
    maillog, strip, told = watched()

    accept(maillog, "a")
    maillog.parsed("a", seconds=0.0009, kind="code", notes=0)
    maillog.summarised("a", seconds=0.0003, source="offline", degraded=False)
    deliver(maillog, "a")

    row = strip.rows()[0]
    assert row["steps"] == {"received": 1.2, "kept": 3.4, "read": 0.9, "summarised": 0.3, "delivered": 20.0}
    assert (row["state"], row["total_ms"], row["kind"], row["size_bytes"]) == ("delivered", 31.0, "code", 2048)
    assert [one["state"] for one in told] == ["moving", "moving", "moving", "delivered"]


def test_retry_waits_and_says_why() -> None:
    maillog, strip, _ = watched()

    accept(maillog, "a")
    maillog.retry_scheduled("a", attempts=1, wait_seconds=2.0, error="telegram 502")

    assert (strip.rows()[0]["state"], strip.rows()[0]["note"]) == ("waiting", "telegram 502, again in 2 s")


def test_possible_repeat_is_said() -> None:
    maillog, strip, _ = watched()

    deliver(maillog, "a", possible_repeat=True)

    assert "possible repeat" in strip.rows()[0]["note"]


def test_dead_letter_is_the_end() -> None:
    maillog, strip, _ = watched()

    maillog.dead_lettered("a", attempts=3, error="blocked by the user")

    assert (strip.rows()[0]["state"], strip.rows()[0]["note"]) == ("dead", "blocked by the user")


def test_same_mail_again_is_a_row_of_its_own() -> None:
    maillog, strip, _ = watched()

    accept(maillog, "a")
    maillog.received(size_bytes=2048, via="smtp", seconds=0.0012)
    maillog.repeated("a", via="smtp")

    assert [row["state"] for row in strip.rows()] == ["moving", "repeated"]


def test_refusal_is_shown_with_its_code() -> None:
    maillog, strip, _ = watched()

    maillog.refused(reason="unknown_recipient", via="smtp", code="550 5.1.1")

    assert (strip.rows()[0]["state"], strip.rows()[0]["note"]) == ("refused", "550 5.1.1, unknown_recipient")


def test_only_the_newest_rows_are_kept() -> None:
    maillog, strip, _ = watched()

    for number in range(KEPT_ROWS + 5):
        accept(maillog, f"{number}")

    assert strip.rows()[0]["id"] == "5"
    assert len(strip.rows()) == KEPT_ROWS
