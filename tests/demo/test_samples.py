from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest

from sevenbot.demo.mailing import Postman
from sevenbot.demo.samples import SAMPLES

TO = "maple-otter-k7m4qx92@sevenbot.example"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_has_crlf_line_ends_only(name: str) -> None:
    rest = SAMPLES[name].build(TO, NOW).replace(b"\r\n", b"")

    assert b"\n" not in rest
    assert b"\r" not in rest


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_addressed_dated_and_new_each_time(name: str) -> None:
    one, two = (email.message_from_bytes(SAMPLES[name].build(TO, NOW)) for _ in range(2))

    assert TO in one["To"]
    assert "04 Mar 2026 05:06:07" in one["Date"]
    assert one["Message-ID"] != two["Message-ID"]


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_can_be_previewed(name: str) -> None:
    shown = Postman().preview(name, TO)

    assert shown["from"]
    assert shown["subject"]
    assert shown["text"]


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - {"broken"}))
def test_sample_is_a_mail_without_defects(name: str) -> None:
    message = email.message_from_bytes(SAMPLES[name].build(TO), policy=email.policy.default)

    assert [part.defects for part in message.walk() if part.defects] == []


def test_broken_sample_is_broken() -> None:
    message = email.message_from_bytes(SAMPLES["broken"].build(TO), policy=email.policy.default)

    assert any(part.defects for part in message.walk())


def test_samples_cover_the_kinds_a_visitor_would_try() -> None:
    assert len(SAMPLES) >= 12
    raw = SAMPLES["chinese"].build(TO)
    assert b"gb18030" in raw
    assert b"application/pdf" in SAMPLES["receipt"].build(TO)
    assert b"text/calendar" in SAMPLES["invitation"].build(TO)
    assert b"multipart/report" in SAMPLES["bounce"].build(TO)
    assert SAMPLES["bounce"].sender == ""
    assert b"xn--" in SAMPLES["phishing"].build(TO)
    assert len(SAMPLES["long"].build(TO)) > 10_000
