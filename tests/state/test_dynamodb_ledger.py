"""What the ledger in DynamoDB promises beyond the contract: lost answers, failures half-way, leases of a former run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sevenbot.aws.client import Aws
from sevenbot.errors import ConfigError, LeaseLost, StateUnavailable
from sevenbot.state.dynamodb import DynamoState
from sevenbot.state.dynamodb_holder import Holder
from sevenbot.state.dynamodb_ledger import DynamoLedger
from sevenbot.state.dynamodb_table import WRITES_AT_ONCE, Table
from sevenbot.state.ledger import Item, Ledger, Status, Verdict
from tests.aws import ministack
from tests.aws.calls import Calls, send_twice
from tests.fakes import RETENTION
from tests.items import NOON, new_item

LEASE = timedelta(minutes=5)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def tables() -> tuple[str, str]:
    return ministack.make_tables(ministack.running())


@pytest.fixture
def open_ledger(tables: tuple[str, str]) -> Callable[..., DynamoLedger]:
    def opened(aws: Any = None, **options: Any) -> DynamoLedger:
        return DynamoLedger(Table(aws or ministack.session(), tables[1], "message_id"), RETENTION, **options)

    return opened


@pytest.fixture
def ledger(open_ledger: Callable[..., DynamoLedger]) -> DynamoLedger:
    return open_ledger()


@pytest.fixture
def twice(open_ledger: Callable[..., DynamoLedger]) -> DynamoLedger:
    return open_ledger(Calls(send_twice))


# answers that get lost: the SDK calls again, and finds what its first call did


async def test_an_accept_sent_twice_by_the_sdk_is_new(twice: Ledger) -> None:
    assert await twice.accept([new_item()]) == [True]
    assert await twice.accept([new_item(raw_key="2026/11/02/" + "e" * 32 + ".eml")]) == [False]


async def test_a_lease_sent_twice_by_the_sdk_is_ours(ledger: Ledger, twice: Ledger) -> None:
    await ledger.accept([new_item()])

    leased = await twice.lease(new_item().message_id, NOON, LEASE)

    assert await ledger.get(leased.message_id) == leased
    assert leased.attempts == 1


async def test_a_lease_whose_answer_never_came_is_had_by_asking_again(ledger: Ledger, open_ledger: Any) -> None:
    async def lose_the_first_answer(aws: Aws, service: str, operation: str, arguments: dict[str, Any]) -> Any:
        answer = await aws.call(service, operation, **arguments)
        if not asked:
            asked.append(operation)
            raise StateUnavailable("no answer", maybe_done=True)
        return answer

    asked: list[str] = []
    ours = open_ledger(Calls(lose_the_first_answer))
    await ledger.accept([new_item()])

    with pytest.raises(StateUnavailable):
        await ours.lease(new_item().message_id, NOON, LEASE)
    leased = await ours.lease(new_item().message_id, NOON + timedelta(seconds=5), LEASE)

    assert leased == await ledger.get(new_item().message_id)
    assert leased.attempts == 1


async def test_verdicts_sent_twice_by_the_sdk_count_once(ledger: Ledger, twice: Ledger) -> None:
    await ledger.accept([new_item()])
    leased = await ledger.lease(new_item().message_id, NOON, LEASE)

    sent = await twice.sending(leased, "{}", NOON)
    settled = await twice.settle(sent, Verdict(Status.DEAD, error="why"), NOON)
    reopened = await twice.reopen(settled.message_id, LATER)
    discarded = await twice.discard(settled.message_id, LATER)

    assert (sent.status, settled.status) == (Status.SENDING, Status.DEAD)
    assert (reopened and reopened.status, discarded and discarded.status) == (Status.RETRY, Status.DISCARDED)


# failures half-way


async def test_when_one_of_many_cannot_be_recorded_none_is(ledger: Ledger, open_ledger: Any) -> None:
    async def refuse_the_third(aws: Aws, service: str, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if operation == "put_item" and arguments["Item"]["message_id"]["S"].endswith("3"):
            raise StateUnavailable("throttled")
        return await aws.call(service, operation, **arguments)

    with pytest.raises(StateUnavailable) as caught:
        await open_ledger(Calls(refuse_the_third)).accept([new_item(number) for number in range(1, 5)])

    assert not caught.value.maybe_done
    assert [item async for item in ledger.find()] == []


async def test_a_put_without_an_answer_says_that_it_may_be_done(ledger: Ledger, open_ledger: Any) -> None:
    async def lose_the_answer(aws: Aws, service: str, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if operation == "put_item":
            raise StateUnavailable("no answer", maybe_done=True)
        return await aws.call(service, operation, **arguments)

    with pytest.raises(StateUnavailable) as caught:
        await open_ledger(Calls(lose_the_answer)).accept([new_item(1), new_item(2)])

    assert caught.value.maybe_done


async def test_what_another_was_told_is_known_is_not_removed_again(ledger: Ledger, open_ledger: Any) -> None:
    many = [new_item(number) for number in range(WRITES_AT_ONCE + 1)]  # more than are written together
    failing, early = many[0].message_id, many[-1]

    async def transmit_again_then_fail(aws: Aws, service: str, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "put_item" and arguments["Item"]["message_id"]["S"] == failing:
            assert await ledger.accept([replace(early, raw_key="another")]) == [False]
            raise StateUnavailable("throttled")
        return await aws.call(service, operation, **arguments)

    with pytest.raises(StateUnavailable) as caught:
        await open_ledger(Calls(transmit_again_then_fail)).accept(many)

    assert caught.value.maybe_done
    assert [item async for item in ledger.find()] == [early]


async def test_what_went_while_it_was_taken_for_known_is_recorded_anew(ledger: Ledger, open_ledger: Any) -> None:
    async def remove_it_first(aws: Aws, service: str, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "update_item":
            await ledger.erase(new_item().chat_id)
        return await aws.call(service, operation, **arguments)

    await ledger.accept([new_item()])

    assert await open_ledger(Calls(remove_it_first)).accept([new_item(raw_key="another")]) == [True]


# whose leases are whose


async def test_a_lease_of_our_former_run_is_free_at_once_and_marked_when_it_was_sending(open_ledger: Any) -> None:
    before, after = (open_ledger(holder=Holder("aaaaaaaa", run * 8)) for run in "12")
    await before.accept([new_item()])
    await before.sending(await before.lease(new_item().message_id, NOON, LEASE), "{}", NOON)

    (due,) = [due async for due in after.due()]
    again = await after.lease(due.message_id, NOON, LEASE)

    assert due.due_at == NOON
    assert (again.possible_repeat, again.interruptions) == (True, 1)


async def test_a_live_lease_of_another_worker_is_respected(open_ledger: Any) -> None:
    other, ours = open_ledger(holder=Holder("bbbbbbbb", "1" * 8)), open_ledger(holder=Holder("aaaaaaaa", "1" * 8))
    await other.accept([new_item()])
    await other.lease(new_item().message_id, NOON, LEASE)

    with pytest.raises(LeaseLost):
        await ours.lease(new_item().message_id, NOON, LEASE)
    assert [due.due_at async for due in ours.due()] == [NOON + LEASE]


# other people's records in our table


async def test_records_and_attributes_of_others_are_left_alone(ledger: Ledger, tables: tuple[str, str]) -> None:
    dynamodb = ministack.client(ministack.running(), "dynamodb")
    foreign = {"message_id": {"S": "<1@example.net>"}, "ttl": {"N": "1"}}
    dynamodb.put_item(TableName=tables[1], Item=foreign)
    await ledger.accept([new_item()])
    dynamodb.update_item(
        TableName=tables[1],
        Key={"message_id": {"S": new_item().message_id}},
        UpdateExpression="SET audited = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )

    leased = await ledger.lease(new_item().message_id, NOON, LEASE)
    await ledger.settle(leased, Verdict(Status.DELIVERED), NOON)
    await ledger.expire(NOON + 2 * RETENTION)

    with pytest.raises(LeaseLost):
        await ledger.lease("<1@example.net>", NOON, LEASE)
    kept = {one["message_id"]["S"]: one for one in dynamodb.scan(TableName=tables[1])["Items"]}
    assert kept == {"<1@example.net>": foreign}
    assert [item async for item in ledger.find()] == []


async def test_what_time_to_live_will_remove_is_left_to_it(ledger: Ledger) -> None:
    await ledger.accept([new_item(status=Status.DELIVERED)])

    assert await ledger.expire(NOON + RETENTION + timedelta(days=1)) == 0
    assert await ledger.expire(NOON + RETENTION + timedelta(days=3)) == 1


# opening


@pytest.fixture
def open_state(tables: tuple[str, str], tmp_path: Path) -> Callable[..., Any]:
    def opened(**options: Any) -> Any:
        known: dict[str, Any] = {
            "users_table": tables[0],
            "ledger_table": tables[1],
            "retention": RETENTION,
            "folder": tmp_path,
            "exclusive": True,
        }
        return DynamoState.open(ministack.session(), **(known | options))

    return opened


async def test_a_missing_table_of_users_is_a_wrong_setting(open_state: Any) -> None:
    with pytest.raises(ConfigError, match=r"SEVENBOT_USERS_TABLE: got 'nowhere'.*eu-central-1.*tables create"):
        async with open_state(users_table="nowhere"):
            pass


@pytest.mark.parametrize(
    ("setting", "swapped"), [("USERS", {"users_table": 1}), ("LEDGER", {"ledger_table": 0})], ids=["users", "ledger"]
)
async def test_a_table_with_another_key_is_a_wrong_setting(
    open_state: Any, tables: tuple[str, str], setting: str, swapped: dict[str, int]
) -> None:
    wrong = {option: tables[which] for option, which in swapped.items()}

    with pytest.raises(ConfigError, match=rf"SEVENBOT_{setting}_TABLE: got '\S+', but the key of that table is not"):
        async with open_state(**wrong):
            pass


async def test_a_ledger_that_was_left_out_is_told_once_and_kept_on_this_machine(
    open_state: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_state(ledger_table="left-out") as state:
        await state.ledger.accept([new_item()])
    async with open_state(ledger_table="left-out") as state:
        kept = await state.ledger.get(new_item().message_id)
        told = [record.message for record in caplog.records if "duplicates cannot be prevented" in record.message]

    assert kept is not None
    assert len(told) == 2  # one for each start
    assert "There is no table left-out" in told[0]


async def test_a_second_worker_in_the_same_folder_is_refused(open_state: Any) -> None:
    async with open_state():
        with pytest.raises(ConfigError, match="another SevenBot is running"):
            async with open_state():
                pass
        async with open_state(exclusive=False):  # commands
            pass


async def test_a_worker_keeps_its_name_and_takes_up_its_own_leases(open_state: Any) -> None:
    async with open_state() as state:
        await state.ledger.accept([new_item()])
        held: Item = await state.ledger.lease(new_item().message_id, NOON, LEASE)

    async with open_state() as state:
        again = await state.ledger.lease(new_item().message_id, NOON, LEASE)

    assert again.lease_token[:8] == (held.lease_token or "")[:8]


async def test_the_check_writes_nothing_and_fails_when_a_table_is_gone(
    open_state: Any, tables: tuple[str, str]
) -> None:
    dynamodb = ministack.client(ministack.running(), "dynamodb")
    async with open_state() as state:
        await state.check()
        left = dynamodb.scan(TableName=tables[0])["Items"] + dynamodb.scan(TableName=tables[1])["Items"]
        dynamodb.delete_table(TableName=tables[1])
        await state.check()  # what was found serves for a moment
        state._checked_at = float("-inf")
        with pytest.raises(StateUnavailable, match="is not there in this region"):
            await state.check()

    assert left == []


async def test_what_sqlite_left_held_without_a_token_is_taken_over_once(
    open_ledger: Callable[..., DynamoLedger],
) -> None:
    ledger = open_ledger()
    left: dict[str, Any] = {"lease_until": NOON, "lease_token": None, "attempts": 1}
    await ledger.accept([new_item(1, status=Status.LEASED, **left), new_item(2, status=Status.SENDING, **left)])

    leased = [await ledger.lease(new_item(number).message_id, LATER, LEASE) for number in (1, 2)]

    assert [item.possible_repeat for item in leased] == [False, True]
    assert [item.interruptions for item in leased] == [1, 1]
    with pytest.raises(LeaseLost):
        await ledger.lease(new_item(1).message_id, LATER, LEASE)


async def test_what_sqlite_left_in_sending_without_a_token_can_be_discarded(
    open_ledger: Callable[..., DynamoLedger],
) -> None:
    ledger = open_ledger()
    await ledger.accept([new_item(status=Status.SENDING, lease_until=NOON, lease_token=None)])

    discarded = await ledger.discard(new_item().message_id, LATER)

    assert discarded is not None
    assert discarded.possible_repeat
