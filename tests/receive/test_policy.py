import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.errors import (
    LeaseLost,
    LoopDetected,
    MessageTooLarge,
    RawGone,
    RecipientPaused,
    StateUnavailable,
    StorageFull,
    StoreUnavailable,
    UnknownRecipient,
)
from sevenbot.receive import policy
from sevenbot.receive.policy import Limits, count_received, has_bare_newline, has_longer_line, header_end, judge

LIMITS = Limits(max_received_fields=2, max_header_bytes=200, max_line_bytes=100)


def test_a_plain_mail_passes() -> None:
    assert judge(b"Received: by a\r\nReceived: by b\r\nSubject: x\r\n\r\nbody\r\n", LIMITS) is None


def test_an_empty_mail_passes() -> None:
    assert judge(b"", LIMITS) is None


@pytest.mark.parametrize("field", [b"Received:", b"RECEIVED:", b"received :"])
def test_more_received_fields_than_any_honest_route_are_a_loop(field: bytes) -> None:
    assert judge((field + b" by a\r\n\tfolded\r\n") * 3 + b"\r\nbody\r\n", LIMITS) == policy.LOOP


def test_exactly_fifty_received_fields_pass_by_default() -> None:
    assert judge(b"Received: by a\r\n" * 50 + b"\r\n", Limits()) is None
    assert judge(b"Received: by a\r\n" * 51 + b"\r\n", Limits()) == policy.LOOP


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\r\n\r\n" + b"Received: by a\r\n" * 9,  # quoted in a bounce
        b"\r\n" + b"Received: by a\r\n" * 9,  # no header at all
        b"X-Received: by a\r\nReceived-SPF: pass\r\nSubject: Received: by a\r\n Received: by a\r\n\r\n",
    ],
    ids=["in the body", "after an empty first line", "other fields"],
)
def test_only_received_fields_of_the_header_count(raw: bytes) -> None:
    assert count_received(raw, header_end(raw)) == 0


def test_a_header_section_beyond_all_measure_is_refused() -> None:
    assert judge(b"X: " + b"y" * 60 + b"\r\n\r\n", LIMITS) is None
    assert judge((b"X: " + b"y" * 60 + b"\r\n") * 4 + b"\r\n", LIMITS) == policy.HEADER_TOO_LARGE


def test_a_mail_without_an_empty_line_is_all_header() -> None:
    assert header_end(b"Subject: x\r\n") == 12


@pytest.mark.parametrize("length", [100, 101])
def test_a_line_is_too_long_only_beyond_the_limit(length: int) -> None:
    raw = b"Subject: x\r\n\r\nshort\r\n" + b"y" * length + b"\r\nshort\r\n"

    assert judge(raw, LIMITS) == (policy.LONG_LINE if length > 100 else None)


lines = st.lists(st.binary(max_size=12).map(lambda b: re.sub(rb"[\r\n]", b".", b)), min_size=1, max_size=20)


@given(lines, st.integers(min_value=1, max_value=12))
def test_property_the_longest_line_decides(some: list[bytes], limit: int) -> None:
    raw = b"\r\n".join(some)

    assert has_longer_line(raw, limit) == (max(map(len, some)) > limit)


@given(st.lists(st.sampled_from([b"a", b"\r\n", b"\n", b"\r"]), max_size=12).map(b"".join))
def test_property_a_newline_alone_is_seen(raw: bytes) -> None:
    assert has_bare_newline(raw) == bool(re.search(rb"(?<!\r)\n|\r(?!\n)", raw))


@given(st.binary())
def test_property_any_bytes_are_judged(raw: bytes) -> None:
    assert judge(raw, LIMITS) in {None, policy.LOOP, policy.HEADER_TOO_LARGE, policy.LONG_LINE}


@pytest.mark.parametrize(
    "raw",
    [b"Subject: x\r\n\r\n" + b"y" * 74 + b"\r\n", b"\r\n", b"x", b"Received: a\r\n"],
    ids=["ordinary", "empty lines", "one line", "all header"],
)
def test_judging_the_largest_mail_takes_a_moment(raw: bytes) -> None:
    raw = raw * (25 * 2**20 // len(raw))
    began_at = time.process_time()
    judge(raw, Limits())
    has_bare_newline(raw)

    assert time.process_time() - began_at < 2


@pytest.mark.parametrize(
    ("error", "reason", "code"),
    [
        (UnknownRecipient(), "unknown_recipient", "550 5.1.1"),
        (RecipientPaused(), "paused", "550 5.2.1"),
        (MessageTooLarge(), "too_large", "552 5.3.4"),
        (LoopDetected(), "loop", "554 5.4.6"),
        (StorageFull(), "storage_full", "452 4.3.1"),
        (StoreUnavailable(), "unavailable", "451 4.3.0"),
        (StateUnavailable(), "unavailable", "451 4.3.0"),
        (RawGone(), "internal_error", "554 5.0.0"),
        (LeaseLost(), "internal_error", "451 4.3.0"),
        (KeyError("secret"), "internal_error", "451 4.3.0"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_every_error_has_one_answer(error: Exception, reason: str, code: str) -> None:
    refusal = policy.refusal_for(error)

    assert (refusal.reason, refusal.code) == (reason, code)
    assert "secret" not in refusal.reply
