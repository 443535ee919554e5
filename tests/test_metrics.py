import pytest
from prometheus_client.parser import text_string_to_metric_families

from sevenbot.maillog import MailLog
from sevenbot.metrics import Metrics


def numbers(metrics: Metrics) -> dict[str, float]:
    """Return every sample as `name` or `name{label=value}`."""
    found = {}
    for family in text_string_to_metric_families(metrics.render().decode()):
        for sample in family.samples:
            labels = ",".join(f"{key}={value}" for key, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def maillog(metrics: Metrics) -> MailLog:
    return MailLog(metrics.observe)


def test_counters_begin_at_zero_so_that_a_first_event_shows_as_a_rise(metrics: Metrics) -> None:
    shown = numbers(metrics)

    for name in ("accepted", "repeated", "delivered", "retried", "dead", "discarded"):
        assert shown[f"sevenbot_mails_{name}_total"] == 0
    assert shown["sevenbot_possible_repeats_total"] == 0
    assert shown["sevenbot_queue_age_seconds"] == 0


def test_each_step_of_a_mail_is_counted(metrics: Metrics, maillog: MailLog) -> None:
    maillog.received(size_bytes=1, via="smtp", seconds=0.1)
    maillog.accepted("a", size_bytes=1, via="smtp", sender_domain="x.example", seconds=0.01)
    maillog.repeated("a", via="smtp")
    maillog.parsed("a", seconds=0.001, kind="personal", notes=0)
    maillog.summarised("a", seconds=0.002, source="offline", degraded=False)
    maillog.retry_scheduled("a", attempts=1, wait_seconds=1, error="x")
    maillog.delivered("a", seconds=0.1, total_seconds=2, attempts=2, possible_repeat=False)
    maillog.dead_lettered("b", attempts=9, error="x")
    maillog.discarded("c", error="x")
    maillog.lease_lost("d")
    maillog.blocked("e")
    maillog.swept(items=3, raws=2)

    shown = numbers(metrics)
    for name in ("accepted", "repeated", "delivered", "retried", "dead", "discarded"):
        assert shown[f"sevenbot_mails_{name}_total"] == 1
    assert shown["sevenbot_summaries_total{degraded=false,source=offline}"] == 1
    assert shown["sevenbot_summaries_total{degraded=false,source=model}"] == 0
    assert shown["sevenbot_chats_blocked_total"] == 1
    assert shown["sevenbot_swept_total{what=items}"] == 3
    assert shown["sevenbot_swept_total{what=raws}"] == 2


def test_refusals_are_counted_by_reason(metrics: Metrics, maillog: MailLog) -> None:
    maillog.refused(reason="unknown", via="smtp", code="550 5.1.1", sender_domain="secret.example")
    maillog.refused(reason="unknown", via="smtp", code="550 5.1.1")
    maillog.refused(reason="too_large", via="smtp", code="552 5.3.4")

    shown = numbers(metrics)
    assert shown["sevenbot_mails_refused_total{reason=unknown}"] == 2
    assert shown["sevenbot_mails_refused_total{reason=too_large}"] == 1


def test_the_way_from_accepted_to_delivered_falls_into_its_bucket(metrics: Metrics, maillog: MailLog) -> None:
    maillog.delivered("a", seconds=0.01, total_seconds=0.03, attempts=1, possible_repeat=False)

    shown = numbers(metrics)
    assert shown["sevenbot_delivery_seconds_bucket{le=0.025}"] == 0
    assert shown["sevenbot_delivery_seconds_bucket{le=0.05}"] == 1
    assert shown["sevenbot_delivery_seconds_count"] == 1


def test_a_possible_repeat_is_counted_apart(metrics: Metrics, maillog: MailLog) -> None:
    maillog.delivered("a", seconds=0.01, total_seconds=9, attempts=2, possible_repeat=True)

    assert numbers(metrics)["sevenbot_possible_repeats_total"] == 1


def test_a_summary_that_fell_back_shows_as_degraded(metrics: Metrics, maillog: MailLog) -> None:
    maillog.summarised("a", seconds=40, source="offline", degraded=True)

    assert numbers(metrics)["sevenbot_summaries_total{degraded=true,source=offline}"] == 1


def test_the_queue_is_as_it_was_last_told(metrics: Metrics) -> None:
    metrics.set_queue(7, 1.5)
    metrics.set_queue(3, 0.5)

    shown = numbers(metrics)
    assert shown["sevenbot_queue_depth"] == 3
    assert shown["sevenbot_queue_age_seconds"] == 0.5


def test_nothing_of_a_mail_is_in_the_page(metrics: Metrics, maillog: MailLog) -> None:
    maillog.accepted("5f0c5f0c", size_bytes=1, via="smtp", sender_domain="secret.example", seconds=0.01)
    maillog.dead_lettered("5f0c5f0c", attempts=9, error="secret reason")

    page = metrics.render().decode()
    assert "5f0c5f0c" not in page
    assert "secret" not in page


def test_two_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()

    MailLog(one.observe).repeated("a", via="smtp")

    assert numbers(one)["sevenbot_mails_repeated_total"] == 1
    assert numbers(other)["sevenbot_mails_repeated_total"] == 0
