"""`sevenbot state copy` between a machine and an emulated account."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sevenbot import cli
from sevenbot.cli.progress import seldom
from sevenbot.config import SPECS
from sevenbot.state import copy as copying
from sevenbot.state.dynamodb_ledger import DynamoLedger
from sevenbot.state.dynamodb_table import Table
from sevenbot.state.ledger import Status
from sevenbot.state.positions import Position
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import UserStatus
from tests.aws import ministack
from tests.fakes import RETENTION, FakeLedger, FakePositions, FakeUsers
from tests.items import NOON, new_item, new_user

USERS = [
    new_user(
        42,
        username="ann",
        first_name="Änn",
        email_count=3,
        last_summary_time=NOON,
        settings={"language": "de", "a": "b"},
    ),
    new_user(-1001234567890, "cedar-lark-p2m4qx97@example.org", status=UserStatus.PAUSED),
]
ITEMS = [
    new_item(1, status=Status.DELIVERED, summary='{"text": "short"}', telegram_message_id=7, attempts=1),
    new_item(2, status=Status.DEAD, error="the chat is gone", failures=4, sender="bob@example.net", subaddress="shop"),
    *(new_item(number) for number in range(3, 60)),
]

DYNAMODB = "dynamodb://"
LEASE = timedelta(minutes=5)
POSITION = Position(7, 4711, 4000, (4702,))


class Place:
    def __init__(self, url: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.url = url
        self.users, self.ledger = ministack.make_tables(url)

    def file(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}"

    def copy(self, origin: str, goal: str) -> tuple[int, str, str]:
        names = ["--users-table", self.users, "--ledger-table", self.ledger, "--data-dir", str(self.folder)]
        code = cli.invoke(["state", "copy", "--from", origin, "--to", goal, *names])
        out, err = self.capsys.readouterr()
        return code, out, err

    def state(self, name: str, work: Callable[[SqliteState], Awaitable[Any]]) -> Any:
        async def opened() -> Any:
            async with SqliteState.open(self.folder / name, retention=RETENTION, exclusive=False) as state:
                return await work(state)

        return asyncio.run(opened())


async def fill(state: SqliteState) -> None:
    for user in USERS:
        await state.users.register(user)
    await state.ledger.accept(ITEMS)
    await state.positions.set("a mailbox", POSITION)


async def everything(state: SqliteState) -> tuple[list[Any], list[Any]]:
    users = [user async for user in state.users.all()]
    return users, [item async for item in state.ledger.find()]


async def positions(state: SqliteState) -> dict[str, Position]:
    return {mailbox: position async for mailbox, position in state.positions.all()}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Place]:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)
    url = ministack.running()
    with ministack.environment(url):
        place = Place(url, tmp_path, capsys)
        place.state("one.db", fill)
        yield place


def test_there_and_back_nothing_is_lost_or_changed(place: Place) -> None:
    code, out, _ = place.copy(place.file("one.db"), DYNAMODB)

    assert code == 0
    assert "2 users, of which 2 were new" in out
    assert "59 mails, of which 59 were new" in out
    assert "everything is there as it was" in out

    assert place.copy(DYNAMODB, place.file("two.db"))[0] == 0

    before, after = place.state("one.db", everything), place.state("two.db", everything)
    assert {user.chat_id: user for user in after[0]} == {user.chat_id: user for user in before[0]}
    assert {item.message_id: item for item in after[1]} == {item.message_id: item for item in before[1]}
    assert place.state("two.db", positions) == {"a mailbox": POSITION}


def test_a_mail_under_way_at_the_copy_can_be_worked_on_afterwards(place: Place) -> None:
    under_way = new_item(100)

    async def stop_while_sending(state: SqliteState) -> None:
        await state.ledger.accept([under_way])
        leased = await state.ledger.lease(under_way.message_id, NOON, LEASE)
        await state.ledger.sending(leased, "{}", NOON)

    place.state("one.db", stop_while_sending)

    assert place.copy(place.file("one.db"), DYNAMODB)[0] == 0

    table = Table(ministack.session(), place.ledger, "message_id")
    leased = asyncio.run(DynamoLedger(table, RETENTION).lease(under_way.message_id, NOON + LEASE, LEASE))
    assert leased.possible_repeat


def test_a_failure_half_way_says_what_to_do(place: Place) -> None:
    place.copy(place.file("one.db"), place.file("two.db"))
    damaged = sqlite3.connect(place.folder / "two.db")
    damaged.execute('DROP TABLE "telegram-users"')
    damaged.close()

    code, _, err = place.copy(place.file("one.db"), place.file("two.db"))

    assert code == 1
    assert "what was copied stays" in err


async def test_progress_in_small_steps_is_told_once_in_a_while() -> None:
    told: list[str] = []
    moments = iter([0.0, 0.0, 1.0, 5.0, 5.0])
    tell = seldom(told.append, timedelta(seconds=5), lambda: next(moments))

    for words in ("1", "2", "3"):
        tell(words)

    assert told == ["1", "3"]


def test_a_second_copy_completes_the_first(place: Place) -> None:
    place.copy(place.file("one.db"), DYNAMODB)
    key = {"message_id": {"S": ITEMS[5].message_id}}
    ministack.client(place.url, "dynamodb").delete_item(TableName=place.ledger, Key=key)

    code, out, _ = place.copy(place.file("one.db"), DYNAMODB)

    assert code == 0
    assert "2 users, of which 0 were new" in out
    assert "59 mails, of which 1 were new" in out


def test_what_stands_otherwise_is_named_and_left(place: Place) -> None:
    place.copy(place.file("one.db"), DYNAMODB)
    ministack.client(place.url, "dynamodb").update_item(
        TableName=place.users,
        Key={"chat_id": {"N": "42"}},
        UpdateExpression="SET email_count = :n",
        ExpressionAttributeValues={":n": {"N": "9"}},
    )

    code, _, err = place.copy(place.file("one.db"), DYNAMODB)

    assert code == 1
    assert "user 42: stands there otherwise" in err
    found = ministack.client(place.url, "dynamodb").get_item(TableName=place.users, Key={"chat_id": {"N": "42"}})
    assert found["Item"]["email_count"] == {"N": "9"}


def test_a_running_bot_is_not_copied_from(place: Place) -> None:
    async def while_a_bot_runs() -> int:
        async with SqliteState.open(place.folder / "one.db", retention=RETENTION, exclusive=True):
            return await asyncio.to_thread(lambda: place.copy(place.file("one.db"), DYNAMODB)[0])

    assert asyncio.run(while_a_bot_runs()) == 2


def test_nothing_to_copy_from_is_told_and_nothing_is_made(place: Place) -> None:
    code, _, err = place.copy(place.file("none.db"), DYNAMODB)

    assert code == 1
    assert "there is no database" in err
    assert not (place.folder / "none.db").exists()


def test_a_missing_table_of_the_mails_is_told(place: Place) -> None:
    place.ledger = "left-out"

    code, _, err = place.copy(place.file("one.db"), DYNAMODB)

    assert code == 1
    assert "there is no table left-out" in err


@pytest.mark.parametrize(("origin", "goal"), [(DYNAMODB, DYNAMODB), ("/a.db", DYNAMODB), (DYNAMODB, "s3://x")])
def test_wrong_use_is_told(place: Place, origin: str, goal: str) -> None:
    assert place.copy(origin, goal)[0] == 2


def test_one_file_by_two_names_is_told(place: Place) -> None:
    (place.folder / "same.db").symlink_to("one.db")

    code, _, err = place.copy(place.file("one.db"), place.file("same.db"))

    assert code == 2
    assert "are the same" in err


class Pair:
    def __init__(self) -> None:
        self.users, self.ledger, self.positions = FakeUsers(), FakeLedger(), FakePositions()


async def test_of_many_differences_the_first_are_named_and_the_rest_counted() -> None:
    source, target = Pair(), Pair()
    await source.ledger.accept(ITEMS)

    found = await copying.differences(source, target)

    assert len(found) == copying.NAMED + 1
    assert found[-1] == f"and {len(ITEMS) - copying.NAMED} more"


async def test_the_newest_mail_is_written_last() -> None:
    source, target = Pair(), Pair()
    await source.ledger.accept([new_item(number, NOON - timedelta(days=number)) for number in range(60)])

    await copying.copy(source, target, lambda _: None)

    written = [item.message_id async for item in target.ledger.find()]
    assert written == [new_item(number).message_id for number in range(60)]  # it lists the newest first


async def test_a_position_that_stands_there_is_left() -> None:
    source, target = Pair(), Pair()
    await source.positions.set("a mailbox", POSITION)
    await target.positions.set("a mailbox", Position(1, 5000, 1))

    await copying.copy(source, target, lambda _: None)

    assert await target.positions.get("a mailbox") == Position(1, 5000, 1)


async def test_an_address_that_another_chat_has_there_is_named_not_given_away() -> None:
    source, target = Pair(), Pair()
    await source.users.register(new_user(1))
    await target.users.register(new_user(2))

    await copying.copy(source, target, lambda _: None)

    assert await copying.differences(source, target) == ["user 1: not there"]
