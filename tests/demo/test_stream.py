from __future__ import annotations

import json
from typing import Any

from sevenbot.demo import stream
from sevenbot.demo.stream import Stream

from .conftest import Telegram


def read_line(line: bytes) -> tuple[str, Any]:
    name, _, data = line.decode().removeprefix("retry: 500\n\n").strip().partition("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


async def test_reader_gets_the_truth_first_then_each_change() -> None:
    told = Stream()
    told.publish("message", {"text": "nobody listens"})
    reader = told.read(lambda: {"messages": 1})
    first = await anext(reader)

    told.publish("message", {"text": "a\nb"})

    assert read_line(first) == ("state", {"messages": 1})
    assert read_line(await anext(reader)) == ("message", {"text": "a\nb"})


async def test_reader_that_lags_behind_is_cut_off_to_start_again() -> None:
    told = Stream()
    reader = told.read(dict)
    await anext(reader)

    for number in range(stream.MAX_WAITING + 1):
        told.publish("message", {"number": number})
    lines = [line async for line in reader]

    assert len(lines) == stream.MAX_WAITING - 1


async def test_closing_ends_every_reader() -> None:
    told = Stream()
    reader = told.read(dict)
    await anext(reader)

    told.close()

    assert [line async for line in reader] == []


async def test_page_hears_of_its_own_chat_only(telegram: Telegram) -> None:
    reader = telegram.simulator.stream.read(dict)
    await anext(reader)

    await telegram.call("sendMessage", chat_id=5, text="for somebody else")
    await telegram.call("sendMessage", chat_id=telegram.simulator.person["id"], text="for the page")

    name, message = read_line(await anext(reader))
    assert (name, message["text"]) == ("message", "for the page")
