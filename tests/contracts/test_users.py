"""What every user table promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from sevenbot.errors import AddressTaken
from sevenbot.state.users import Users, UserStatus
from tests.contracts.conftest import keeps_order, more_than_a_page
from tests.items import NOON, new_user

FULL = new_user(
    -1001234567890,
    "cedar-lark-p2m4qx97@example.org",
    last_summary_time=NOON + timedelta(microseconds=1),
    email_count=3,
    username="анна",
    first_name="Anna 🦊",
    status=UserStatus.PAUSED,
    settings={"language": "de", "odd": 'quote " and \\ and \n'},
)


async def test_a_registered_user_is_found_by_chat_and_by_address(users: Users) -> None:
    registered = await users.register(FULL)

    assert registered == FULL
    assert await users.get(FULL.chat_id) == FULL
    assert await users.find_by_address(FULL.email_address) == FULL


async def test_absent_facts_stay_absent(users: Users) -> None:
    await users.register(new_user())

    assert await users.get(42) == new_user()


async def test_a_glance_sees_what_this_process_did(users: Users) -> None:
    assert await users.glance(42) is None

    await users.register(new_user())
    registered = await users.glance(42)
    await users.set_status(42, UserStatus.BLOCKED)
    blocked = await users.glance(42)
    await users.erase(42)

    assert registered == new_user()
    assert blocked == new_user(status=UserStatus.BLOCKED)
    assert await users.glance(42) is None


async def test_unknown_chats_and_addresses_are_none(users: Users) -> None:
    await users.register(new_user())

    assert await users.get(43) is None
    assert await users.find_by_address("nobody@example.org") is None


async def test_registering_again_returns_the_record_that_stands(users: Users) -> None:
    await users.register(new_user())

    again = await users.register(new_user(address="other-words-aaaaaaaa@example.org"))

    assert again == new_user()
    assert await users.find_by_address("other-words-aaaaaaaa@example.org") is None


async def test_two_registrations_at_once_yield_one_record(users: Users) -> None:
    candidates = [new_user(address=f"word-word-{number:08d}@example.org") for number in range(20)]

    stand = await asyncio.gather(*(users.register(user) for user in candidates))

    assert len({user.email_address for user in stand}) == 1
    assert [user async for user in users.all()] == [stand[0]]


async def test_an_address_belongs_to_one_chat(users: Users) -> None:
    await users.register(new_user(1))

    with pytest.raises(AddressTaken):
        await users.register(new_user(2))

    assert await users.get(2) is None


async def test_two_chats_at_once_cannot_have_one_address(users: Users) -> None:
    results = await asyncio.gather(*(users.register(new_user(chat)) for chat in range(1, 9)), return_exceptions=True)

    assert sum(isinstance(result, AddressTaken) for result in results) == 7
    assert len([user async for user in users.all()]) == 1


async def test_set_status_returns_the_record_as_it_now_is(users: Users) -> None:
    await users.register(new_user())

    changed = await users.set_status(42, UserStatus.BLOCKED)

    assert changed == replace(new_user(), status=UserStatus.BLOCKED) == await users.get(42)


async def test_settings_are_merged(users: Users) -> None:
    await users.register(new_user(settings={"language": "de", "zone": "UTC"}))

    await users.set_settings(42, {"language": "fr", "digest": "daily"})

    user = await users.get(42)
    assert user is not None
    assert user.settings == {"language": "fr", "zone": "UTC", "digest": "daily"}


async def test_settings_merged_at_once_are_all_kept(users: Users) -> None:
    await users.register(new_user())

    await asyncio.gather(*(users.set_settings(42, {f"name{number}": "x"}) for number in range(20)))

    user = await users.get(42)
    assert user is not None
    assert len(user.settings) == 20


async def test_every_delivery_is_counted_once(users: Users) -> None:
    await users.register(new_user())

    await asyncio.gather(*(users.count_delivery(42, NOON) for _ in range(20)))

    assert await users.get(42) == new_user(email_count=20, last_summary_time=NOON)


async def test_changes_to_unknown_chats_leave_them_unknown(users: Users) -> None:
    assert await users.set_status(7, UserStatus.PAUSED) is None
    await users.set_settings(7, {"language": "de"})
    await users.count_delivery(7, NOON)
    await users.move(7, 8)

    assert [user async for user in users.all()] == []


async def test_a_moved_chat_keeps_its_address_and_facts(users: Users) -> None:
    await users.register(new_user(-5, email_count=3))

    await users.move(-5, -1005)
    await users.move(-5, -1005)

    assert await users.get(-5) is None
    assert await users.get(-1005) == new_user(-1005, email_count=3)
    assert await users.find_by_address(new_user().email_address) == new_user(-1005, email_count=3)


async def test_a_move_to_a_chat_with_a_record_leaves_both(users: Users) -> None:
    old, new = new_user(-5), new_user(-1005, "other-words-aaaaaaaa@example.org")
    await users.register(old)
    await users.register(new)

    await users.move(-5, -1005)

    assert {user.chat_id: user async for user in users.all()} == {-5: old, -1005: new}


async def test_an_erased_user_is_gone_and_may_come_back(users: Users) -> None:
    await users.register(new_user())

    assert await users.erase(42)
    assert not await users.erase(42)
    assert await users.find_by_address(new_user().email_address) is None
    assert await users.register(new_user(43)) == new_user(43)


async def test_all_yields_everybody_once_oldest_first(users: Users) -> None:
    everybody = [
        new_user(number, f"word-word-{number:08d}@example.org", created_at=NOON + timedelta(minutes=number // 3))
        for number in range(1, more_than_a_page(users) + 1)
    ]
    await asyncio.gather(*(users.register(user) for user in reversed(everybody)))

    found = [user async for user in users.all()]

    assert len(found) == len(everybody)
    assert (found if keeps_order(users) else sorted(found, key=lambda user: user.chat_id)) == everybody
