"""What the users in DynamoDB promise beyond the contract: an index that lags, what is remembered, what others keep."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sevenbot.state.dynamodb_table import Table
from sevenbot.state.dynamodb_users import DynamoUsers
from sevenbot.state.users import UserStatus
from tests.aws import ministack
from tests.aws.calls import Calls, send_twice
from tests.items import NOON, new_user

ADDRESS = new_user().email_address


class LaggingTable(Table):
    """The real table; what its index says can be held back."""

    stale: list[Any] | None = None
    index_looks = scans = 0

    async def query_index(self, index: str, name: str, value: Any) -> list[Any]:
        self.index_looks += 1
        fresh = await super().query_index(index, name, value)
        return fresh if self.stale is None else self.stale

    def scan(self, *arguments: Any, **options: Any) -> Any:
        self.scans += 1
        return super().scan(*arguments, **options)


class Time:
    """A clock that moves when told to, or when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.while_asleep: Callable[[], Awaitable[Any]] | None = None

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.while_asleep:
            await self.while_asleep()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def table() -> LaggingTable:
    users, _ = ministack.make_tables(ministack.running())
    return LaggingTable(ministack.session(), users, "chat_id")


@pytest.fixture
def users(table: LaggingTable, time: Time) -> DynamoUsers:
    return DynamoUsers(table, monotonic=time, sleep=time.sleep)


@pytest.fixture
def elsewhere(table: LaggingTable) -> DynamoUsers:
    """Another process on the same table."""
    return DynamoUsers(Table(ministack.session(), table.name, "chat_id"))


def record(table: LaggingTable, chat_id: int = 42) -> dict[str, Any]:
    dynamodb = ministack.client(ministack.running(), "dynamodb")
    found: dict[str, Any] = dynamodb.get_item(TableName=table.name, Key={"chat_id": {"N": str(chat_id)}})["Item"]
    return found


def put(table: LaggingTable, **attributes: Any) -> None:
    dynamodb = ministack.client(ministack.running(), "dynamodb")
    dynamodb.put_item(TableName=table.name, Item={"chat_id": {"N": "42"}, **attributes})


# the index is a moment behind


async def test_mail_right_after_register_finds_its_user(users: DynamoUsers, table: LaggingTable) -> None:
    table.stale = []

    await users.register(new_user())

    assert await users.find_by_address(ADDRESS) == new_user()


async def test_an_address_registered_elsewhere_this_moment_is_found_at_the_second_look(
    users: DynamoUsers, elsewhere: DynamoUsers, time: Time
) -> None:
    time.while_asleep = lambda: elsewhere.register(new_user())

    assert await users.find_by_address(ADDRESS) == new_user()


async def test_a_pause_holds_although_the_index_still_says_active(users: DynamoUsers, table: LaggingTable) -> None:
    await users.register(new_user())
    table.stale = [record(table)]

    await users.set_status(42, UserStatus.PAUSED)

    found = await users.find_by_address(ADDRESS)
    assert found is not None
    assert found.status is UserStatus.PAUSED


async def test_a_look_that_began_before_a_pause_does_not_undo_it(
    users: DynamoUsers, table: LaggingTable, elsewhere: DynamoUsers, time: Time
) -> None:
    await elsewhere.register(new_user())
    active, table.stale = record(table), []

    async def paused_while_the_door_waits() -> None:
        await users.set_status(42, UserStatus.PAUSED)
        table.stale = [active]

    time.while_asleep = paused_while_the_door_waits

    found = await users.find_by_address(ADDRESS)
    assert found is not None
    assert found.status is UserStatus.PAUSED


async def test_an_erased_address_is_unknown_although_the_index_still_has_it(
    users: DynamoUsers, table: LaggingTable
) -> None:
    await users.register(new_user())
    table.stale = [record(table)]

    await users.erase(42)

    assert await users.find_by_address(ADDRESS) is None


# what is remembered


async def test_a_user_is_looked_up_once_in_half_a_minute(
    users: DynamoUsers, elsewhere: DynamoUsers, table: LaggingTable, time: Time
) -> None:
    await elsewhere.register(new_user())

    for _ in range(3):
        await users.find_by_address(ADDRESS)
    looks_at_once = table.index_looks
    time.now += 31
    await elsewhere.set_status(42, UserStatus.PAUSED)
    later = await users.find_by_address(ADDRESS)

    assert looks_at_once == 1
    assert later is not None
    assert later.status is UserStatus.PAUSED


async def test_a_miss_is_believed_for_seconds_only(
    users: DynamoUsers, elsewhere: DynamoUsers, table: LaggingTable, time: Time
) -> None:
    await users.find_by_address(ADDRESS)
    await users.find_by_address(ADDRESS)
    looks = table.index_looks
    await elsewhere.register(new_user())
    time.now += 3

    assert looks == 2, "one look and the second look"
    assert await users.find_by_address(ADDRESS) == new_user()


# without the index


async def test_without_the_index_one_reading_serves_many_looks_and_its_cost_is_told(
    time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    name, _ = ministack.make_tables(ministack.running(), index=False)
    table = LaggingTable(ministack.session(), name, "chat_id")
    elsewhere = DynamoUsers(Table(ministack.session(), name, "chat_id"))
    for chat in range(1, 4):
        await elsewhere.register(new_user(chat, f"word-word-{chat:08}@example.org"))
    caplog.clear()
    users = DynamoUsers(table, monotonic=time, sleep=time.sleep)

    with caplog.at_level(logging.WARNING):
        found = [await users.find_by_address(f"word-word-{chat:08}@example.org") for chat in (1, 2, 3, 4, 5)]

    assert [user and user.chat_id for user in found] == [1, 2, 3, None, None]
    assert table.scans == 1
    (told,) = caplog.messages
    assert "email-address-index" in told
    assert "read units" in told


# what others keep in the same record


async def test_attributes_of_others_survive_everything(users: DynamoUsers, table: LaggingTable) -> None:
    put(table, plan={"S": "gold"}, settings={"M": {"theirs": {"BOOL": True}}})

    await users.register(new_user())
    await users.set_settings(42, {"language": "de"})
    await users.set_status(42, UserStatus.PAUSED)
    await users.count_delivery(42, NOON)
    await users.move(42, -1005)

    kept = record(table, -1005)
    assert kept["plan"] == {"S": "gold"}
    assert kept["settings"] == {"M": {"theirs": {"BOOL": True}, "language": {"S": "de"}}}
    assert (kept["email_count"], kept["status"]) == ({"N": "1"}, {"S": "paused"})


async def test_a_user_of_the_guides_snippet_is_served(users: DynamoUsers, table: LaggingTable) -> None:
    put(
        table,
        email_address={"S": "test-user@csearfarf.dev"},
        created_at={"S": "2026-11-02T12:00:00.123456"},
        email_count={"N": "0"},
    )

    found = await users.find_by_address("test-user@csearfarf.dev")
    await users.count_delivery(42, NOON)

    assert found == new_user(42, "test-user@csearfarf.dev")
    assert record(table)["email_count"] == {"N": "1"}
    assert record(table)["last_summary_time"] == {"S": "2026-11-02T12:00:00.123456Z"}


async def test_a_count_sent_twice_by_the_sdk_counts_once(users: DynamoUsers, table: LaggingTable) -> None:
    await users.register(new_user())
    sent_twice: Any = Calls(send_twice)
    twice = DynamoUsers(Table(sent_twice, table.name, "chat_id"))

    await twice.count_delivery(42, NOON)

    counted = await users.get(42)
    assert counted is not None
    assert (counted.email_count, counted.last_summary_time) == (1, NOON)


async def test_two_deliveries_at_the_same_moment_are_both_counted(users: DynamoUsers) -> None:
    await users.register(new_user())

    await asyncio.gather(*(users.count_delivery(42, NOON) for _ in range(5)))

    counted = await users.get(42)
    assert counted is not None
    assert counted.email_count == 5
