from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.bot.bot import register_commands
from sevenbot.deliver.botapi import CallbackQuery, Chat, Message, Update, read_update
from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CallRefused, ChatGone, ChatMoved, CourierUnavailable, StateUnavailable
from sevenbot.state.users import UserStatus
from sevenbot.texts import CATALOGUES, texts
from tests.bot.world import ADDRESS, ANN, GROUP, World
from tests.fake_telegram import FakeTelegram

EN = texts("en")
CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus/telegram-updates/Fixtures/Updates"


@pytest.fixture
def world() -> World:
    return World()


# being put out and let in


@pytest.mark.parametrize("chat", [None, GROUP], ids=["private", "group"])
@pytest.mark.parametrize("standing", ["kicked", "left"])
async def test_who_puts_the_bot_out_gets_no_more_mail(world, chat, standing):
    chat_id = chat.id if chat else ANN.id
    world.knows(chat_id)

    await world.standing(standing, "member", chat)

    assert world.users.records[chat_id].status is UserStatus.BLOCKED
    assert world.telegram.calls == []


async def test_letting_the_bot_in_again_does_not_resume_by_itself(world):
    world.knows(status=UserStatus.BLOCKED)

    await world.standing("member", "kicked")

    assert world.users.records[ANN.id].status is UserStatus.BLOCKED
    assert world.telegram.calls == []


async def test_a_pause_survives_a_block(world):
    world.knows(status=UserStatus.PAUSED)

    await world.standing("kicked", "member")
    await world.write("/start")

    assert world.users.records[ANN.id].status is UserStatus.PAUSED


async def test_a_group_that_takes_the_bot_in_is_told_how_to_begin(world):
    await world.standing("member", "left", GROUP)

    assert world.telegram.texts(GROUP.id) == [EN.welcome_group]


async def test_a_group_that_takes_the_bot_in_again_is_told_how_to_resume(world):
    world.knows(GROUP.id, status=UserStatus.BLOCKED)

    await world.standing("member", "left", GROUP)

    assert world.telegram.texts(GROUP.id) == [EN.status_blocked]
    assert world.users.records[GROUP.id].status is UserStatus.BLOCKED


async def test_becoming_administrator_is_no_reason_to_speak(world):
    await world.standing("administrator", "member", GROUP)

    assert world.telegram.calls == []


async def test_channels_are_left_alone(world):
    channel = Chat(-500, "channel")

    await world.standing("administrator", "left", channel)
    await world.write("/register", chat=channel)

    assert (world.telegram.calls, world.users.records) == ([], {})


@pytest.mark.parametrize("blocked", [True, False])
async def test_a_chat_that_is_gone_when_we_answer_is_blocked(world, blocked):
    world.knows()
    world.telegram.fail("send_message", ChatGone("403", blocked=blocked))

    await world.write("/status")

    assert world.users.records[ANN.id].status is UserStatus.BLOCKED
    assert world.telegram.sent == []


@pytest.mark.parametrize("told_in", ["the old group", "the new group", "both"])
async def test_a_group_that_becomes_a_supergroup_keeps_its_address(world, told_in):
    world.knows(-7)

    if told_in != "the new group":
        await world.write(None, chat=Chat(-7, "group"), migrate_to_chat_id=GROUP.id)
    if told_in != "the old group":
        await world.write(None, chat=GROUP, migrate_from_chat_id=-7)

    assert list(world.users.records) == [GROUP.id]
    assert world.users.records[GROUP.id].email_address == ADDRESS


async def test_a_group_found_moved_when_we_answer_is_answered_in_the_new_one(world):
    world.knows(-7)
    world.telegram.fail("send_message", ChatMoved("400", new_chat_id=GROUP.id))

    await world.write("/status", chat=Chat(-7, "group"))

    assert list(world.users.records) == [GROUP.id]
    assert world.telegram.texts(GROUP.id) == [EN.try_again_later]


# troubles


async def test_when_the_state_is_away_the_user_is_told_to_try_again(world):
    world.users.error = StateUnavailable("locked")

    await world.write("/status")

    assert world.said == EN.try_again_later


async def test_a_bug_is_told_to_the_user_and_logged_without_a_word_of_theirs(world, caplog):
    world.users.error = ValueError("their secret words")

    await world.write("/status their secret words")

    assert world.said == EN.went_wrong
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "secret" not in caplog.text + str(caplog.records[0].__dict__)
    assert caplog.records[0].facts["error"] == "ValueError"
    assert "fakes.py:" in caplog.records[0].facts["at"]


async def test_when_the_user_cannot_be_told_either_the_bot_goes_on(world):
    world.telegram.fail("send_message", CourierUnavailable("502"), CourierUnavailable("502"))

    await world.write("/help")
    await world.write("/help")

    assert len(world.telegram.sent) == 1


async def test_an_update_that_comes_twice_is_answered_once(world):
    update = Update(5, message=Message(1, Chat(ANN.id), from_user=ANN, text="/help"))

    await world.bot.handle(update)
    await world.bot.handle(update)

    assert len(world.telegram.sent) == 1


async def test_what_cannot_be_done_now_comes_again_where_it_can(world):
    update = Update(5, message=Message(1, Chat(ANN.id), from_user=ANN, text="/register"))
    world.users.error = StateUnavailable("locked")
    for _ in range(3):
        with pytest.raises(StateUnavailable):
            await world.bot.handle(update, comes_again=True)
    world.users.error = None

    for _ in range(2):
        await world.bot.handle(update, comes_again=True)

    told, done = world.telegram.texts(ANN.id)
    assert told == EN.will_do_it_later
    assert "@" in done


@pytest.mark.parametrize("maybe_done", [True, False])
async def test_an_answer_that_may_be_in_the_chat_is_not_asked_for_again(world, maybe_done):
    failure = CourierUnavailable("no answer", maybe_done=maybe_done)
    world.telegram.fail("send_message", failure, failure)
    update = Update(5, message=Message(1, Chat(ANN.id), from_user=ANN, text="/help"))

    with contextlib.nullcontext() if maybe_done else pytest.raises(CourierUnavailable):
        await world.bot.handle(update, comes_again=True)


async def test_a_bug_does_not_come_again_since_it_would_hold_up_its_chat(world):
    world.users.error = ValueError("secret")

    await world.bot.handle(Update(5, message=Message(1, Chat(ANN.id), from_user=ANN, text="/status")), comes_again=True)

    assert world.said == EN.went_wrong


async def test_a_press_does_not_come_again_since_it_waits_for_seconds_only(world):
    world.users.error = StateUnavailable("locked")
    query = CallbackQuery("q1", ANN, Message(77, Chat(ANN.id), date=1), "t:1")

    await world.bot.handle(Update(5, callback_query=query), comes_again=True)

    assert world.telegram.answers["q1"] == [EN.try_again_later]


async def test_a_flood_of_one_chat_is_passed_over_beyond_what_a_person_writes(world):
    world.telegram.hold_sends = asyncio.Event()

    flood = [asyncio.create_task(world.write("/help")) for _ in range(20)]
    await asyncio.sleep(0)
    world.telegram.hold_sends.set()
    await asyncio.gather(*flood)
    await world.write("/status")

    assert len(world.telegram.sent) == 8 + 1
    assert world.said == EN.not_registered


async def test_an_update_of_an_unknown_kind_is_passed_over(world):
    await world.bot.handle(Update(5))

    assert world.telegram.calls == []


# the menu


async def test_the_menu_is_set_in_every_language_and_in_english_for_the_rest():
    telegram = FakeTelegram()

    await register_commands(cast("Telegram", telegram))

    assert set(telegram.commands) == {None, *CATALOGUES}
    assert [command.command for command in telegram.commands["de"]] == ["register", "status", "deactivate", "help"]
    assert telegram.commands[None] == telegram.commands["en"]


async def test_a_menu_that_telegram_refuses_is_the_callers_to_know():
    telegram = FakeTelegram()
    telegram.fail("set_my_commands", CallRefused("400", code=400))

    with pytest.raises(CallRefused):
        await register_commands(cast("Telegram", telegram))


# whatever comes


ids = st.integers(-(2**53), 2**53)
chats = st.builds(Chat, ids, st.sampled_from(["private", "group", "supergroup", "channel", "odd"]))
people = st.builds(type(ANN), ids, st.booleans(), language_code=st.none() | st.text(max_size=8))
words = st.sampled_from(["/start", "/register", "/status", "/deactivate", "/help", "@SevenBot", "x"]) | st.text(
    max_size=9
)
messages = st.builds(
    Message,
    st.integers(0, 9),
    chats,
    from_user=st.none() | people,
    sender_chat=st.none() | chats,
    text=st.none() | words,
    migrate_to_chat_id=st.none() | ids,
)
presses = st.builds(CallbackQuery, st.text(min_size=1, max_size=5), people, st.none() | messages, st.none() | words)


@given(messages | presses)
async def test_property_no_update_escapes_and_every_press_is_answered_once(part):
    world = World()
    is_press = isinstance(part, CallbackQuery)

    await world.bot.handle(Update(1, callback_query=part) if is_press else Update(1, message=part))

    assert world.telegram.calls.count("answer_callback_query") == int(is_press)


def corpus_updates() -> list[Path]:
    return sorted(CORPUS.glob("*.json")) if CORPUS.is_dir() else []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of Telegram updates is not here")
@pytest.mark.parametrize("path", corpus_updates(), ids=lambda path: path.stem)
async def test_real_updates_of_every_kind_are_handled(world, path, caplog):
    payload = json.loads(path.read_text())
    for raw in payload if isinstance(payload, list) else [payload]:
        await world.bot.handle(read_update(json.dumps(raw).encode()))

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
