from __future__ import annotations

import asyncio

import aiohttp
import pytest

from sevenbot.demo.faults import Fault, read_fault

from .conftest import CHAT, Telegram


def texts(telegram: Telegram) -> list[str]:
    return [sent.message["text"] for sent in telegram.simulator.store.sent]


async def test_429_says_how_long_and_ends_after_its_count(telegram: Telegram) -> None:
    await telegram.control("faults", {"kind": "429", "times": 1, "retry_after": 7})

    body = await telegram.call("sendMessage", chat_id=CHAT, text="one")
    await telegram.call("sendMessage", chat_id=CHAT, text="two")

    assert body["description"] == "Too Many Requests: retry after 7"
    assert body["parameters"] == {"retry_after": 7}
    assert texts(telegram) == ["two"]


async def test_reset_before_records_nothing(telegram: Telegram) -> None:
    telegram.simulator.faults.add(Fault("reset_before", times=1))

    with pytest.raises(aiohttp.ClientError):
        await telegram.call("sendMessage", chat_id=CHAT, text="one")

    assert texts(telegram) == []


async def test_reset_after_records_the_message_and_loses_the_answer(telegram: Telegram) -> None:
    telegram.simulator.faults.add(Fault("reset_after", times=1))

    with pytest.raises(aiohttp.ClientError):
        await telegram.call("sendMessage", chat_id=CHAT, text="one")

    assert texts(telegram) == ["one"]


async def test_hang_never_answers_and_records_nothing(telegram: Telegram) -> None:
    telegram.simulator.faults.add(Fault("hang", times=1))

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(telegram.call("sendMessage", chat_id=CHAT, text="one"), 0.2)

    assert texts(telegram) == []


async def test_500_and_502_answer_as_telegram_and_its_proxy_do(telegram: Telegram) -> None:
    telegram.simulator.faults.add(Fault("500", times=1))
    telegram.simulator.faults.add(Fault("502", times=1))
    url = f"{telegram.address}/bot{telegram.simulator.token}/getMe"

    async with telegram.session.get(url) as first, telegram.session.get(url) as second:
        answers = [(first.status, first.content_type), (second.status, second.content_type)]

    assert answers == [(500, "application/json"), (502, "text/html")]


async def test_fault_hits_only_its_chat_and_method(telegram: Telegram) -> None:
    telegram.simulator.faults.add(Fault("blocked", chat_id=1, method="sendMessage"))

    answers = [
        (await telegram.call("sendMessage", chat_id=1, text="x"))["ok"],
        (await telegram.call("sendMessage", chat_id=2, text="x"))["ok"],
        (await telegram.call("sendChatAction", chat_id=1, action="typing"))["ok"],
    ]

    assert answers == [False, True, True]


async def test_polling_is_spared_unless_named(telegram: Telegram) -> None:
    telegram.simulator.faults.add(Fault("500"))
    assert (await telegram.call("getUpdates"))["ok"]

    telegram.simulator.faults.add(Fault("500", method="*"))
    assert (await telegram.refusal("getUpdates")) == "Internal Server Error"


async def test_cleared_faults_are_over(telegram: Telegram) -> None:
    await telegram.control("faults", {"kind": "500"})

    left = await telegram.control("faults", method="DELETE")

    assert left == []
    assert (await telegram.call("getMe"))["ok"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"kind": "earthquake"}, "kind must be one of"),
        ({"kind": "500", "times": 0}, "times must be 1 or more"),
        ({"kind": "500", "method": "sendMesage"}, "no such method: sendMesage"),
        ({"kind": "500", "time": 1}, "unknown field 'time'"),
        ({"kind": "500", "times": "many"}, "Expected `int | null`"),
        ({}, "missing required field `kind`"),
    ],
)
def test_senseless_fault_is_refused(given: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_fault(given)
