from __future__ import annotations

import re
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.bot.commands import Command, read_command
from sevenbot.deliver.botapi import Chat
from sevenbot.errors import CallRefused, CourierUnavailable
from sevenbot.state.ledger import Status
from sevenbot.state.users import UserStatus
from sevenbot.texts import CATALOGUES, texts
from tests.bot.world import ADDRESS, ANN, BOB, GROUP, NOW, STAND_IN, World

EN = texts("en")
LANGUAGES = sorted(CATALOGUES)


@pytest.fixture
def world() -> World:
    return World()


# registering


async def test_start_welcomes_somebody_new_and_says_what_to_do(world):
    await world.write("/start")

    assert world.said == EN.welcome
    assert world.users.records == {}


@pytest.mark.parametrize("command", ["/register", "/start register", "/REGISTER@sevenbot please", "/register\nnow"])
async def test_register_creates_an_address_that_can_be_tapped_and_copied(world, command):
    await world.write(command)

    user = world.users.records[ANN.id]
    message = world.telegram.last
    assert re.fullmatch(r"[a-z]+-[a-z]+-[a-z0-9]{8}@example\.org", user.email_address)
    assert ("code", user.email_address, "") in message.runs
    assert message.copy_texts == [user.email_address]
    assert message.disables_preview
    assert (user.username, user.first_name, user.language) == ("ann", "Ann", "en")


async def test_registering_again_shows_the_same_address(world):
    world.knows()

    await world.write("/register")

    assert ADDRESS in world.said
    assert world.users.records[ANN.id].email_address == ADDRESS


async def test_an_address_says_nothing_about_its_owner(world):
    somebody = msgspec.structs.replace(ANN, id=7_234_567_890)

    await world.write("/register", somebody)

    assert str(somebody.id) not in world.users.records[somebody.id].email_address


@pytest.mark.parametrize("status", [UserStatus.PAUSED, UserStatus.BLOCKED])
async def test_register_resumes_the_same_address(world, status):
    world.knows(status=status)

    await world.write("/register")

    assert world.users.records[ANN.id].status is UserStatus.ACTIVE
    assert ADDRESS in world.said


async def test_start_resumes_after_a_block(world):
    world.knows(status=UserStatus.BLOCKED)

    await world.write("/start")

    assert world.users.records[ANN.id].status is UserStatus.ACTIVE
    assert world.said == EN.resumed.format(address=ADDRESS)


async def test_start_leaves_a_pause_a_pause(world):
    world.knows(status=UserStatus.PAUSED)

    await world.write("/start")

    assert world.users.records[ANN.id].status is UserStatus.PAUSED
    assert world.said == EN.still_paused.format(address=ADDRESS)


async def test_start_shows_the_address_of_somebody_registered(world):
    world.knows()

    await world.write("/start")

    assert world.said == EN.has_address.format(address=ADDRESS)


async def test_coming_back_after_a_block_the_dead_letters_are_offered(world):
    world.knows(status=UserStatus.BLOCKED)
    await world.keeps(b"", message_id="a1", status=Status.DEAD)
    await world.keeps(b"", message_id="a2", status=Status.DEAD, chat_id=BOB.id)

    await world.write("/start")

    assert world.said == EN.dead_letters.format(count=1)
    assert world.telegram.last.callback_data == ["d:all"]


async def test_coming_back_without_dead_letters_nothing_is_offered(world):
    world.knows(status=UserStatus.BLOCKED)

    await world.write("/start")

    assert len(world.telegram.sent) == 1


# pausing, status, help


async def test_deactivate_pauses_and_says_how_to_resume(world):
    world.knows()

    await world.write("/deactivate")

    assert world.users.records[ANN.id].status is UserStatus.PAUSED
    assert world.said == EN.paused.format(address=ADDRESS)
    assert "/register" in world.said


async def test_deactivating_twice_changes_nothing(world):
    world.knows(status=UserStatus.PAUSED)

    await world.write("/deactivate")

    assert world.users.records[ANN.id].status is UserStatus.PAUSED
    assert world.said == EN.still_paused.format(address=ADDRESS)


@pytest.mark.parametrize("command", ["/deactivate", "/status"])
async def test_who_has_no_address_is_told_how_to_get_one(world, command):
    await world.write(command)

    assert world.said == EN.not_registered


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (UserStatus.ACTIVE, EN.status_active),
        (UserStatus.PAUSED, EN.status_paused),
        (UserStatus.BLOCKED, EN.status_blocked),
    ],
)
async def test_status_shows_address_state_count_and_the_last_mail(world, status, sentence):
    world.knows(status=status, email_count=3, last_summary_time=NOW - timedelta(minutes=5))

    await world.write("/status")

    assert world.said == f"{ADDRESS}\n\n{sentence}\n\nMails delivered: 3\nLast one: 5 min ago"


async def test_status_before_the_first_mail_names_no_last_one(world):
    world.knows()

    await world.write("/status")

    assert world.said.endswith("Mails delivered: 0")


async def test_help_lists_every_command(world):
    await world.write("/help")

    assert [command for command in ("/register", "/status", "/deactivate", "/help") if command not in world.said] == []


async def test_help_shows_a_subaddress_of_ones_own(world):
    world.knows()

    await world.write("/help")

    assert "maple-otter-k7m4qx92+shop@example.org" in world.said


# languages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["/start", "/register", "/status", "/deactivate", "/help", "/nonsense", "hello"])
async def test_every_answer_is_in_the_readers_language_and_telegram_takes_it(world, language, command):
    sender = type(ANN)(ANN.id, first_name="Ann", language_code=language)

    await world.write(command, sender)

    assert len(world.telegram.sent) == 1
    assert "{" not in world.said
    assert not world.said.startswith("↻")


async def test_a_new_language_is_kept_for_the_next_mail(world):
    world.knows()

    await world.write("/status", type(ANN)(ANN.id, language_code="pt-br"))

    assert world.users.records[ANN.id].language == "pt-br"
    assert world.said.startswith(ADDRESS + "\n\n" + texts("pt").status_active)


async def test_a_client_that_tells_no_language_does_not_change_the_one_known(world):
    world.knows(settings={"language": "ru", "zone": "x"})

    await world.write("/status", type(ANN)(ANN.id))

    assert world.users.records[ANN.id].settings == {"language": "ru", "zone": "x"}
    assert texts("ru").status_active in world.said


# what is meant for us


@pytest.mark.parametrize("text", ["/register@OtherBot", "/start@otherbot register", "/help@OtherBot"])
@pytest.mark.parametrize("chat", [None, GROUP], ids=["private", "group"])
async def test_commands_for_another_bot_are_ignored(world, text, chat):
    await world.write(text, chat=chat)

    assert world.telegram.calls == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("/nonsense", EN.unknown_command), ("hello", EN.only_mail), ("/ register", EN.only_mail), ("/", EN.only_mail)],
)
async def test_a_private_chat_always_gets_an_answer(world, text, sentence):
    await world.write(text)

    assert world.said == sentence


@pytest.mark.parametrize("text", ["hello", "/nonsense", "mail@sevenbot.example", "@OtherBot hi", "a / b"])
async def test_a_group_that_talks_about_other_things_hears_nothing(world, text):
    await world.write(text, chat=GROUP)

    assert world.telegram.calls == []


@pytest.mark.parametrize(
    ("text", "sentence"), [("@sevenbot, are you there?", EN.only_mail), ("/x@SevenBot", EN.unknown_command)]
)
async def test_a_group_that_addresses_the_bot_gets_an_answer(world, text, sentence):
    await world.write(text, chat=GROUP)

    assert world.said == sentence
    assert world.telegram.last.replies_to == 1


async def test_until_telegram_told_our_name_a_named_command_is_not_ours(world):
    world.bot.username = None

    await world.write("/help@SevenBot")

    assert world.telegram.calls == []


async def test_other_bots_are_not_answered(world):
    await world.write("/help", type(ANN)(99, is_bot=True), chat=GROUP)

    assert world.telegram.calls == []


async def test_a_message_without_text_is_passed_over(world):
    await world.write(None)

    assert world.telegram.calls == []


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command("start", None, "")),
        ("/Start@SevenBot  register ", Command("start", "SevenBot", "register")),
        ("/help\nme", Command("help", None, "me")),
        ("/help@", None),
        ("/help-me", None),
        ("say /help", None),
        ("/" + "x" * 33, None),
        ("", None),
    ],
)
def test_commands_are_read_as_telegram_writes_them(text, command):
    assert read_command(text) == command


@given(st.text(max_size=80) | st.text("/@ahelp \n", max_size=20))
def test_property_any_text_is_a_command_or_is_not(text):
    command = read_command(text)

    assert command is None or re.fullmatch(r"[a-z0-9_]{1,32}", command.name)


# groups


@pytest.mark.parametrize("standing", ["creator", "administrator"])
async def test_administrators_register_a_group(world, standing):
    world.telegram.members[GROUP.id, ANN.id] = standing

    await world.write("/register", chat=GROUP)

    user = world.users.records[GROUP.id]
    assert user.email_address in world.said
    assert (user.first_name, user.language) == (None, "en")


@pytest.mark.parametrize("command", ["/register", "/deactivate", "/start register", "/register@SevenBot"])
@pytest.mark.parametrize("standing", ["member", "restricted", "left", "kicked"])
async def test_members_change_nothing_in_a_group(world, command, standing):
    world.telegram.members[GROUP.id, ANN.id] = standing
    record = world.knows(GROUP.id)

    await world.write(command, chat=GROUP)

    assert world.said == EN.only_administrators
    assert world.users.records == {GROUP.id: record}


async def test_an_anonymous_administrator_speaks_as_the_group_itself(world):
    await world.write("/register", STAND_IN, GROUP, sender_chat=GROUP)

    assert GROUP.id in world.users.records
    assert "get_chat_member" not in world.telegram.calls


@pytest.mark.parametrize("sender_chat", [Chat(-200, "channel"), Chat(-300, "supergroup")])
async def test_a_channel_that_writes_in_a_group_is_no_administrator(world, sender_chat):
    world.telegram.members[GROUP.id, STAND_IN.id] = "administrator"

    await world.write("/register", STAND_IN, GROUP, sender_chat=sender_chat)

    assert world.said == EN.only_administrators
    assert world.users.records == {}


async def test_whom_telegram_does_not_know_in_the_group_is_no_administrator(world):
    world.telegram.fail("get_chat_member", CallRefused("400 user not found", code=400))

    await world.write("/register", chat=GROUP)

    assert world.said == EN.only_administrators


async def test_when_telegram_cannot_say_who_is_administrator_nothing_changes(world):
    world.telegram.fail("get_chat_member", CourierUnavailable("500"))

    await world.write("/register", chat=GROUP)

    assert world.said == EN.try_again_later
    assert world.users.records == {}


@pytest.mark.parametrize("command", ["/status", "/help"])
async def test_members_may_ask_for_status_and_help(world, command):
    world.knows(GROUP.id)

    await world.write(command, chat=GROUP)

    assert "@example.org" in world.said


async def test_a_group_keeps_the_language_it_was_registered_in(world):
    world.knows(GROUP.id, settings={"language": "fr"})

    await world.write("/status", BOB, GROUP)

    assert texts("fr").status_active in world.said
    assert world.users.records[GROUP.id].language == "fr"
