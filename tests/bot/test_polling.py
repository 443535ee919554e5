from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

import pytest

from sevenbot.bot.polling import MOST_WAITING_PER_CHAT, poll
from sevenbot.deliver.botapi import CallbackQuery, Chat, Message, Update, User
from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CallRefused, CourierUnavailable, TokenUnknown, UpdatesTaken
from tests.fake_telegram import FakeTelegram

ANN, BOB = 42, 43


def says(number: int, text: str, chat_id: int = ANN) -> Update:
    return Update(number, message=Message(number, Chat(chat_id), text=text))


def presses(number: int, data: str, chat_id: int = ANN) -> Update:
    return Update(number, callback_query=CallbackQuery(str(number), User(chat_id), Message(1, Chat(chat_id)), data))


class Handler:
    """Remembers what it was given; texts in `held` are handled once their event is set."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.held: dict[int, asyncio.Event] = {}
        self.poison: set[int] = set()

    async def __call__(self, update: Update) -> None:
        self.begun.append(update.update_id)
        if update.update_id in self.held:
            await self.held[update.update_id].wait()
        if update.update_id in self.poison:
            raise ValueError("secret words")
        self.done.append(update.update_id)


class Pauses:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def polling(telegram: FakeTelegram, handle: Handler, pauses: Pauses | None = None):
    task = asyncio.create_task(poll(cast("Telegram", telegram), handle, sleep=pauses or Pauses(), jitter=lambda: 1.0))
    try:
        yield task
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


async def test_a_webhook_is_taken_down_before_the_first_question():
    telegram = FakeTelegram()

    async with polling(telegram, Handler()):
        await until(lambda: telegram.offsets)

    assert telegram.calls[:2] == ["delete_webhook", "get_updates"]


async def test_every_update_is_handled_once_and_then_confirmed():
    telegram, handle = FakeTelegram(), Handler()
    telegram.push(says(7, "a"), says(8, "b"))

    async with polling(telegram, handle):
        await until(lambda: telegram.offsets[-1:] == [9])

    assert handle.done == [7, 8]
    assert telegram.updates == []


async def test_an_update_is_not_confirmed_while_it_is_being_handled():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(says(7, "slow"), says(8, "quick", BOB))

    async with polling(telegram, handle):
        await until(lambda: handle.done == [8] and len(telegram.offsets) > 2)
        assert max(offset or 0 for offset in telegram.offsets) <= 7
        handle.held[7].set()
        await until(lambda: telegram.offsets[-1:] == [9])

    assert (handle.begun, handle.done) == ([7, 8], [8, 7])


async def test_new_updates_are_fetched_while_an_old_one_is_under_way():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(says(7, "slow"))

    async with polling(telegram, handle):
        await until(lambda: handle.begun == [7])
        telegram.push(says(8, "quick", BOB))
        await until(lambda: handle.done == [8])


async def test_what_one_chat_writes_is_handled_in_order():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(says(7, "/deactivate"), says(8, "/register"), says(9, "/help"))

    async with polling(telegram, handle):
        await until(lambda: len(telegram.offsets) > 1)
        assert handle.begun == [7]
        handle.held[7].set()
        await until(lambda: handle.done == [7, 8, 9])


async def test_a_press_does_not_wait_for_what_its_chat_asked_before():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(presses(7, "a:1"), presses(8, "a:1"), says(9, "/help"))

    async with polling(telegram, handle):
        await until(lambda: handle.done == [8, 9])


async def test_a_poison_update_is_passed_over_and_logged_without_its_words(caplog):
    telegram, handle = FakeTelegram(), Handler()
    handle.poison = {7}
    telegram.push(says(7, "a"), says(8, "b"))

    async with polling(telegram, handle):
        await until(lambda: telegram.offsets[-1:] == [9])

    assert handle.done == [8]
    assert "passed over" in caplog.text
    assert "secret words" not in caplog.text


async def test_network_trouble_is_waited_out_longer_each_time_until_it_works():
    telegram, handle, pauses = FakeTelegram(), Handler(), Pauses()
    telegram.fail("delete_webhook", CourierUnavailable("no connection"))
    telegram.fail("get_updates", *[CourierUnavailable("no connection")] * 8)
    telegram.push(says(7, "a"))

    async with polling(telegram, handle, pauses):
        await until(lambda: telegram.offsets[-1:] == [8])
        telegram.fail("get_updates", CourierUnavailable("no connection"))
        telegram.push(says(8, "b"))
        await until(lambda: telegram.offsets[-1:] == [9])
        await until(lambda: len(pauses.seconds) == 9 or len(telegram.offsets) > 11)

    assert pauses.seconds[:9] == [1, 1, 2, 4, 8, 16, 32, 60, 60]
    assert handle.done == [7, 8]


async def test_a_429_is_waited_out_as_told():
    telegram, pauses = FakeTelegram(), Pauses()
    telegram.fail("get_updates", CourierUnavailable("429", retry_after=timedelta(seconds=17)))

    async with polling(telegram, Handler(), pauses):
        await until(lambda: pauses.seconds)

    assert pauses.seconds == [17]


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (UpdatesTaken("409"), logging.ERROR),
        (TokenUnknown("401"), logging.ERROR),
        (CallRefused("400", code=400), logging.ERROR),
        (CourierUnavailable("no connection"), logging.WARNING),
    ],
)
async def test_what_the_operator_must_mend_is_logged_as_an_error_and_tried_again(error, level, caplog):
    telegram, handle = FakeTelegram(), Handler()
    telegram.fail("get_updates", error)
    telegram.push(says(7, "a"))

    async with polling(telegram, handle):
        await until(lambda: handle.done == [7])

    assert [record.levelno for record in caplog.records] == [level]


async def test_stopping_leaves_what_is_under_way_unconfirmed():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(says(7, "a"))

    async with polling(telegram, handle):
        await until(lambda: handle.begun)

    assert (handle.done, [update.update_id for update in telegram.updates]) == ([], [7])


async def test_updates_that_come_twice_are_handled_once():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(says(7, "a"), says(8, "b", BOB), says(8, "b", BOB))

    async with polling(telegram, handle):
        await until(lambda: len(telegram.offsets) > 2)
        handle.held[7].set()
        await until(lambda: telegram.offsets[-1:] == [9])

    assert sorted(handle.begun) == [7, 8]


async def test_a_flood_of_one_chat_does_not_keep_others_from_being_heard():
    telegram, handle = FakeTelegram(), Handler()
    handle.held[1] = asyncio.Event()
    telegram.push(*(says(number, "/help") for number in range(1, 301)), says(301, "/help", BOB))

    async with polling(telegram, handle):
        await until(lambda: 301 in handle.done)
        handle.held[1].set()
        await until(lambda: len(handle.done) == MOST_WAITING_PER_CHAT + 1)


async def test_a_flood_of_many_chats_does_not_stop_the_fetching():
    telegram, handle = FakeTelegram(), Handler()
    hold = asyncio.Event()
    handle.held = dict.fromkeys(range(1, 151), hold)
    telegram.push(*(says(number, "/help", 1000 + number) for number in range(1, 151)), says(151, "/help", BOB))

    async with polling(telegram, handle):
        await until(lambda: handle.done == [151])
        hold.set()
        await until(lambda: len(handle.done) == 151)


async def test_an_update_handled_while_telegram_is_asked_again_is_not_handled_twice():
    class Slow(FakeTelegram):
        async def get_updates(self, offset, timeout):
            updates = await super().get_updates(offset, timeout)
            if not timeout:
                handle.held[7].set()
                await until(lambda: handle.done)
            return updates

    telegram, handle = Slow(), Handler()
    handle.held[7] = asyncio.Event()
    telegram.push(says(7, "/help"))

    async with polling(telegram, handle):
        await until(lambda: telegram.offsets[-1:] == [8])

    assert handle.begun == [7]
