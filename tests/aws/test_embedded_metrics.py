"""Numbers as log lines that CloudWatch takes for metrics (user guide, "Specification: Embedded metric format")."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from sevenbot.aws.embedded_metrics import EmbeddedMetrics
from sevenbot.maillog import MailLog


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def maillog(lines: list[str]) -> MailLog:
    return MailLog(EmbeddedMetrics("sevenbot", lines.append, lambda: datetime(2026, 11, 2, 10, tzinfo=UTC)).observe)


def test_a_delivery_counts_and_is_timed_in_one_line(maillog: MailLog, lines: list[str]) -> None:
    maillog.delivered("5f0c", seconds=0.2, total_seconds=1.25, attempts=1, possible_repeat=False)

    assert [json.loads(line) for line in lines] == [
        {
            "_aws": {
                "Timestamp": 1793613600000,
                "CloudWatchMetrics": [
                    {
                        "Namespace": "SevenBot",
                        "Dimensions": [["Stack"]],
                        "Metrics": [
                            {"Name": "Delivered", "Unit": "Count"},
                            {"Name": "DeliverySeconds", "Unit": "Seconds"},
                        ],
                    }
                ],
            },
            "Stack": "sevenbot",
            "Delivered": 1,
            "DeliverySeconds": 1.25,
        }
    ]


def test_a_summary_counts_only_when_the_model_failed(maillog: MailLog, lines: list[str]) -> None:
    maillog.summarised("5f0c", seconds=0.5, source="offline", degraded=True)
    maillog.summarised("5f0c", seconds=0.5, source="model", degraded=False)

    assert ["ModelFailures" in line for line in lines] == [True, False]


def test_each_end_of_a_mail_has_its_count_and_no_line_names_the_mail(maillog: MailLog, lines: list[str]) -> None:
    maillog.accepted("5f0c", size_bytes=1, via="ses", sender_domain="example.net", seconds=0.1)
    maillog.retry_scheduled("5f0c", attempts=1, wait_seconds=1, error="500")
    maillog.dead_lettered("5f0c", attempts=1, error="403")
    maillog.refused(reason="paused", via="ses", code="550 5.2.1")
    maillog.lease_lost("5f0c")

    counted = [
        name for line in lines for name in ("Accepted", "Retried", "DeadLettered", "Refused") if f'"{name}":1' in line
    ]
    assert counted == ["Accepted", "Retried", "DeadLettered", "Refused"]
    assert "5f0c" not in "".join(lines)
