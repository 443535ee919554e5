from __future__ import annotations

import pytest

from sevenbot.demo.limits import SendingLimits
from sevenbot.demo.refusal import Refusal

from .conftest import Clock


def granted(limits: SendingLimits, chat_ids: list[int]) -> int:
    count = 0
    for chat_id in chat_ids:
        try:
            limits.take(chat_id)
        except Refusal:
            continue
        count += 1
    return count


def test_bot_sends_thirty_a_second(clock: Clock) -> None:
    limits = SendingLimits(clock)

    at_once = granted(limits, list(range(1, 61)))
    clock.seconds += 1

    assert (at_once, granted(limits, list(range(100, 160)))) == (30, 30)


def test_chat_takes_a_short_burst_then_one_a_second(clock: Clock) -> None:
    limits = SendingLimits(clock)

    at_once = granted(limits, [1] * 10)
    clock.seconds += 1

    assert (at_once, granted(limits, [1] * 10)) == (4, 1)


def test_group_takes_twenty_a_minute(clock: Clock) -> None:
    limits = SendingLimits(clock)
    sent = 0

    for _ in range(60):
        sent += granted(limits, [-1])
        clock.seconds += 0.5

    assert 28 <= sent <= 30


def test_refusal_says_how_long_to_wait(clock: Clock) -> None:
    limits = SendingLimits(clock)
    granted(limits, [1] * 4)

    with pytest.raises(Refusal) as refusal:
        limits.take(1)

    assert refusal.value.parameters == {"retry_after": 1}
