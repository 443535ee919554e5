"""What every ledger promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sevenbot.errors import LeaseLost
from sevenbot.state.ledger import Due, Item, Ledger, Status, Verdict
from sevenbot.state.transitions import ttl_after
from tests.contracts.conftest import keeps_order, more_than_a_page
from tests.fakes import RETENTION
from tests.items import NOON, new_item

LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)
LATER = NOON + timedelta(hours=1)
AFTER_RETENTION = NOON + RETENTION + timedelta(days=1)

FULL = new_item(
    sender_domain="example.net",
    sender='"odd \\" sender"@example.net',
    subaddress="магазин",
    via="smtp",
    client="2001:db8::1",
    helo="mx.example.net",
    summary='{"text": "…"}',
    telegram_message_id=2**52,
    error="why",
    chat_id=-1001234567890,
    attempts=3,
    failures=2,
    interruptions=1,
    possible_repeat=True,
    size_bytes=0,
)


def arrived(number: int) -> Item:
    return new_item(number, received_at=NOON + timedelta(seconds=number))


async def dead(ledger: Ledger, number: int = 1, **facts: object) -> Item:
    return await closed(ledger, number, Verdict(Status.DEAD, error="refused"), **facts)


async def closed(ledger: Ledger, number: int, verdict: Verdict, **facts: Any) -> Item:
    await ledger.accept([new_item(number, **facts)])
    item = await ledger.lease(f"{number:040x}", NOON, LEASE)
    return await ledger.settle(item, verdict, NOON)


# accept


async def test_an_accepted_item_is_given_back_with_every_fact(ledger: Ledger) -> None:
    assert await ledger.accept([FULL]) == [True]

    assert await ledger.get(FULL.message_id) == FULL


async def test_second_arrival_with_same_id_is_not_new_and_changes_nothing(ledger: Ledger) -> None:
    await ledger.accept([new_item()])

    assert await ledger.accept([new_item(raw_key="2026/11/02/" + "f" * 32 + ".eml", size_bytes=1)]) == [False]
    assert await ledger.get(new_item().message_id) == new_item()


async def test_accept_tells_for_each_item_whether_it_is_new(ledger: Ledger) -> None:
    await ledger.accept([new_item(2)])

    assert await ledger.accept([new_item(1), new_item(2), new_item(3), new_item(3)]) == [True, False, True, False]


async def test_of_two_accepts_at_once_exactly_one_is_new(ledger: Ledger) -> None:
    results = await asyncio.gather(*(ledger.accept([new_item()]) for _ in range(20)))

    assert sum(is_new for (is_new,) in results) == 1


async def test_accepting_nothing_is_no_error(ledger: Ledger) -> None:
    assert await ledger.accept([]) == []


async def test_a_delivered_mail_that_comes_again_is_not_new(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.DELIVERED, telegram_message_id=7))

    assert await ledger.accept([new_item()]) == [False]


async def test_an_unknown_item_is_none(ledger: Ledger) -> None:
    assert await ledger.get("0" * 40) is None


# accept_leased


async def test_a_new_item_can_be_recorded_under_a_lease_at_once(ledger: Ledger) -> None:
    held = await ledger.accept_leased(new_item(), NOON, LEASE)

    assert held is not None
    assert held.lease_token
    assert (held.status, held.attempts, held.lease_until) == (Status.LEASED, 1, NOON + LEASE)
    assert await ledger.get(held.message_id) == held
    assert (await ledger.settle(held, Verdict(Status.DELIVERED), NOON)).status is Status.DELIVERED


async def test_a_known_item_is_left_as_it_is_by_another_accept_with_lease(ledger: Ledger) -> None:
    await ledger.accept([new_item()])

    assert await ledger.accept_leased(new_item(raw_key="other"), NOON, LEASE) is None

    assert await ledger.get(new_item().message_id) == new_item()


async def test_of_many_accepts_with_lease_at_once_exactly_one_wins(ledger: Ledger) -> None:
    results = await asyncio.gather(*(ledger.accept_leased(new_item(), NOON, LEASE) for _ in range(20)))

    assert sum(held is not None for held in results) == 1


# lease


async def test_a_lease_hides_the_item_and_counts_the_attempt(ledger: Ledger) -> None:
    await ledger.accept([new_item()])

    leased = await ledger.lease(new_item().message_id, NOON, LEASE)

    assert leased.lease_token
    assert leased == replace(
        new_item(), status=Status.LEASED, attempts=1, lease_until=NOON + LEASE, lease_token=leased.lease_token
    )
    assert await ledger.get(leased.message_id) == leased
    with pytest.raises(LeaseLost) as lost:
        await ledger.lease(leased.message_id, NOON + LEASE - SECOND, LEASE)
    assert lost.value.free_at == NOON + LEASE


async def test_what_is_finished_or_unknown_is_never_to_be_had(ledger: Ledger) -> None:
    await dead(ledger)

    for message_id in (new_item().message_id, "0" * 40):
        with pytest.raises(LeaseLost) as lost:
            await ledger.lease(message_id, NOON, LEASE)
        assert lost.value.free_at is None


async def test_of_many_leases_at_once_exactly_one_wins(ledger: Ledger) -> None:
    await ledger.accept([new_item()])

    results = await asyncio.gather(
        *(ledger.lease(new_item().message_id, NOON, LEASE) for _ in range(20)), return_exceptions=True
    )

    assert sum(isinstance(result, Item) for result in results) == 1
    assert sum(isinstance(result, LeaseLost) for result in results) == 19


async def test_an_unknown_item_cannot_be_leased(ledger: Ledger) -> None:
    with pytest.raises(LeaseLost):
        await ledger.lease("0" * 40, NOON, LEASE)


async def test_an_item_cannot_be_leased_before_it_is_due(ledger: Ledger) -> None:
    await ledger.accept([new_item(due_at=LATER)])

    with pytest.raises(LeaseLost):
        await ledger.lease(new_item().message_id, LATER - SECOND, LEASE)
    assert (await ledger.lease(new_item().message_id, LATER, LEASE)).status is Status.LEASED


async def test_an_expired_lease_goes_to_the_next_and_counts_as_interruption(ledger: Ledger) -> None:
    await ledger.accept([new_item()])
    first = await ledger.lease(new_item().message_id, NOON, LEASE)

    second = await ledger.lease(new_item().message_id, NOON + LEASE, LEASE)

    assert second.lease_token != first.lease_token
    assert (second.attempts, second.interruptions, second.possible_repeat) == (2, 1, False)
    with pytest.raises(LeaseLost):
        await ledger.settle(first, Verdict(Status.DELIVERED), NOON + LEASE)
    with pytest.raises(LeaseLost):
        await ledger.sending(first, "{}", NOON + LEASE)
    assert await ledger.get(new_item().message_id) == second


async def test_an_expired_lease_that_nobody_took_still_settles(ledger: Ledger) -> None:
    await ledger.accept([new_item()])
    leased = await ledger.lease(new_item().message_id, NOON, LEASE)

    settled = await ledger.settle(leased, Verdict(Status.DELIVERED, telegram_message_id=7), LATER)

    assert settled.status is Status.DELIVERED


# sending


async def test_sending_keeps_the_summary_and_the_lease(ledger: Ledger) -> None:
    await ledger.accept([new_item()])
    leased = await ledger.lease(new_item().message_id, NOON, LEASE)

    sent = await ledger.sending(leased, "{}", NOON + SECOND)

    assert sent == await ledger.get(leased.message_id)
    assert (sent.status, sent.summary, sent.lease_token) == (Status.SENDING, "{}", leased.lease_token)
    with pytest.raises(LeaseLost):
        await ledger.lease(leased.message_id, NOON + SECOND, LEASE)


async def test_a_death_while_sending_makes_a_possible_repeat_with_its_summary(ledger: Ledger) -> None:
    await ledger.accept([new_item()])
    await ledger.sending(await ledger.lease(new_item().message_id, NOON, LEASE), "{}", NOON)

    again = await ledger.lease(new_item().message_id, NOON + LEASE, LEASE)

    assert (again.possible_repeat, again.interruptions, again.summary) == (True, 1, "{}")


async def test_an_item_never_leased_cannot_be_sending_or_settled(ledger: Ledger) -> None:
    await ledger.accept([new_item()])

    with pytest.raises(LeaseLost):
        await ledger.sending(new_item(), "{}", NOON)
    with pytest.raises(LeaseLost):
        await ledger.settle(new_item(), Verdict(Status.DELIVERED), NOON)


# settle


@pytest.mark.parametrize("status", [Status.DELIVERED, Status.DEAD, Status.DISCARDED])
async def test_a_finished_item_cannot_be_leased_or_settled_again(ledger: Ledger, status: Status) -> None:
    await ledger.accept([new_item()])
    leased = await ledger.lease(new_item().message_id, NOON, LEASE)

    settled = await ledger.settle(leased, Verdict(status, error="why", telegram_message_id=7), LATER)

    assert (settled.status, settled.error, settled.telegram_message_id) == (status, "why", 7)
    assert (settled.lease_until, settled.lease_token, settled.ttl) == (None, None, ttl_after(LATER, RETENTION))
    with pytest.raises(LeaseLost):
        await ledger.lease(leased.message_id, LATER + LEASE, LEASE)
    with pytest.raises(LeaseLost):
        await ledger.settle(leased, Verdict(Status.RETRY, due_at=LATER), LATER)


async def test_a_verdict_hands_a_summary_on_and_takes_none_away(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.RETRY, due_at=LATER, summary="{}"))
    again = await ledger.lease(new_item(1).message_id, LATER, LEASE)

    settled = await ledger.settle(again, Verdict(Status.DELIVERED), LATER)

    assert (again.summary, settled.summary) == ("{}", "{}")


async def test_a_retry_is_due_when_the_verdict_says(ledger: Ledger) -> None:
    settled = await closed(ledger, 1, Verdict(Status.RETRY, due_at=LATER, error="why", failures=4))

    assert (settled.due_at, settled.error, settled.failures) == (LATER, "why", 4)
    with pytest.raises(LeaseLost):
        await ledger.lease(settled.message_id, LATER - SECOND, LEASE)
    again = await ledger.lease(settled.message_id, LATER, LEASE)
    assert (again.attempts, again.interruptions, again.possible_repeat) == (2, 0, False)


async def test_a_possible_repeat_stays_one(ledger: Ledger) -> None:
    settled = await closed(ledger, 1, Verdict(Status.RETRY, due_at=NOON, possible_repeat=True))
    again = await ledger.lease(settled.message_id, NOON, LEASE)

    once_more = await ledger.settle(again, Verdict(Status.RETRY, due_at=NOON), NOON)

    assert again.possible_repeat
    assert once_more.possible_repeat


async def test_an_item_follows_its_chat(ledger: Ledger) -> None:
    settled = await closed(ledger, 1, Verdict(Status.RETRY, due_at=NOON, chat_id=-1005))

    assert settled.chat_id == -1005
    assert [item.message_id async for item in ledger.find(chat_id=-1005)] == [settled.message_id]
    assert [item async for item in ledger.find(chat_id=42)] == []


# due


async def test_due_yields_every_unfinished_item_once_earliest_first(ledger: Ledger) -> None:
    numbers = range(1, 4502) if keeps_order(ledger) else range(1, more_than_a_page(ledger) + 1)
    times = {number: NOON + timedelta(seconds=(number * 7) % 5000) for number in numbers}
    await ledger.accept([new_item(number, due_at=due_at) for number, due_at in times.items()])

    found = [due async for due in ledger.due()]

    assert {(due.message_id, due.due_at) for due in found} == {(f"{n:040x}", at) for n, at in times.items()}
    assert len(found) == len(times)
    if keeps_order(ledger):
        assert [due.due_at for due in found] == sorted(times.values())


async def test_due_leaves_finished_items_out_and_tells_when_a_lease_runs_out(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.DELIVERED))
    await dead(ledger, 2)
    await closed(ledger, 3, Verdict(Status.RETRY, due_at=LATER, chat_id=-5))
    await ledger.accept([new_item(4), new_item(5), new_item(6)])
    await ledger.lease(new_item(4).message_id, NOON, LEASE)
    await ledger.sending(await ledger.lease(new_item(5).message_id, NOON, 2 * LEASE), "{}", NOON)

    found = [due async for due in ledger.due()]
    assert (found if keeps_order(ledger) else sorted(found, key=lambda due: due.due_at)) == [
        Due(new_item(6).message_id, 42, NOON),
        Due(new_item(4).message_id, 42, NOON + LEASE),
        Due(new_item(5).message_id, 42, NOON + 2 * LEASE),
        Due(new_item(3).message_id, -5, LATER),
    ]


# find and count


async def test_find_without_conditions_yields_all_newest_first(ledger: Ledger) -> None:
    many = more_than_a_page(ledger)
    await ledger.accept([arrived(number) for number in range(1, many + 1)])

    found = [item.message_id async for item in ledger.find()]

    newest_first = [f"{number:040x}" for number in range(many, 0, -1)]
    assert (found if keeps_order(ledger) else sorted(found, reverse=True)) == newest_first
    assert [item.message_id async for item in ledger.find(limit=30)] == newest_first[:30]


async def test_find_takes_all_conditions_together(ledger: Ledger) -> None:
    await dead(ledger, 0x1A)
    await dead(ledger, 0x2B, chat_id=7, received_at=NOON + SECOND)
    await ledger.accept([new_item(0x3C, received_at=NOON + 2 * SECOND)])

    async def ids(**conditions: object) -> list[int]:
        found = [int(item.message_id, 16) async for item in ledger.find(**conditions)]  # type: ignore[arg-type]
        return found if keeps_order(ledger) else sorted(found, reverse=True)

    assert await ids(statuses=[Status.DEAD]) == [0x2B, 0x1A]
    assert await ids(statuses=[Status.DEAD, Status.RECEIVED]) == [0x3C, 0x2B, 0x1A]
    assert await ids(statuses=[Status.DEAD], chat_id=42) == [0x1A]
    assert await ids(message_id_prefix="0" * 38 + "2") == [0x2B]
    assert await ids(message_id_prefix="0" * 38, limit=2) == [0x3C, 0x2B]
    assert await ids(message_id_prefix="%") == []
    assert await ids(limit=0) == []
    key = new_item(0x2B).raw_key
    assert await ids(raw_key=key) == [0x2B]
    assert await ids(raw_key=key, statuses=[Status.RECEIVED]) == []
    assert await ids(raw_key=key, message_id_prefix=f"{0x2B:040x}") == [0x2B]
    assert await ids(raw_key=key, message_id_prefix=f"{0x1A:040x}") == []


async def test_find_stops_at_its_limit_across_pages(ledger: Ledger) -> None:
    many = more_than_a_page(ledger)
    await ledger.accept([new_item(number) for number in range(1, many + 1)])

    assert len([item async for item in ledger.find(limit=many * 2 // 3)]) == many * 2 // 3


async def test_count_tells_every_status(ledger: Ledger) -> None:
    await dead(ledger, 1)
    await ledger.accept([new_item(2), new_item(3)])
    await ledger.lease(new_item(3).message_id, NOON, LEASE)

    assert await ledger.count() == dict.fromkeys(Status, 0) | {
        Status.DEAD: 1,
        Status.RECEIVED: 1,
        Status.LEASED: 1,
    }


# reopen and discard


@pytest.mark.parametrize("status", [Status.DEAD, Status.DISCARDED])
async def test_a_reopened_item_is_due_now_with_a_fresh_deadline(ledger: Ledger, status: Status) -> None:
    before = await closed(ledger, 1, Verdict(status, error="why", failures=9, possible_repeat=True))

    reopened = await ledger.reopen(before.message_id, LATER)

    assert reopened == await ledger.get(before.message_id)
    assert reopened == replace(
        before,
        status=Status.RETRY,
        due_at=LATER,
        opened_at=LATER,
        updated_at=LATER,
        failures=0,
        ttl=ttl_after(LATER, RETENTION),
    )
    assert [due.due_at async for due in ledger.due()] == [LATER]
    assert (await ledger.lease(before.message_id, LATER, LEASE)).possible_repeat


async def test_only_dead_and_discarded_items_can_be_reopened(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.DELIVERED))
    await ledger.accept([new_item(2)])

    assert await ledger.reopen(new_item(1).message_id, LATER) is None
    assert await ledger.reopen(new_item(2).message_id, LATER) is None
    assert await ledger.reopen("f" * 40, LATER) is None


async def test_of_two_reopens_at_once_one_wins(ledger: Ledger) -> None:
    item = await dead(ledger)

    results = await asyncio.gather(*(ledger.reopen(item.message_id, LATER) for _ in range(5)))

    assert sum(result is not None for result in results) == 1


async def test_what_nobody_holds_can_be_discarded(ledger: Ledger) -> None:
    await ledger.accept([new_item(1)])
    await dead(ledger, 2)
    await closed(ledger, 3, Verdict(Status.RETRY, due_at=LATER))

    discarded = [await ledger.discard(new_item(number).message_id, LATER) for number in (1, 2, 3)]

    assert [item and item.status for item in discarded] == [Status.DISCARDED] * 3
    assert [due async for due in ledger.due()] == []


async def test_what_is_held_delivered_or_unknown_cannot_be_discarded(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.DELIVERED))
    await ledger.accept([new_item(2), new_item(3)])
    await ledger.lease(new_item(2).message_id, NOON, LEASE)
    await ledger.sending(await ledger.lease(new_item(3).message_id, NOON, LEASE), "{}", NOON)

    assert [await ledger.discard(new_item(number).message_id, NOON) for number in (1, 2, 3, 4)] == [None] * 4


async def test_what_a_dead_worker_left_can_be_discarded_and_keeps_its_mark(ledger: Ledger) -> None:
    await ledger.accept([new_item()])
    left = await ledger.sending(await ledger.lease(new_item().message_id, NOON, LEASE), "{}", NOON)

    discarded = await ledger.discard(left.message_id, NOON + LEASE)

    assert discarded is not None
    assert discarded.possible_repeat
    with pytest.raises(LeaseLost):
        await ledger.settle(left, Verdict(Status.DELIVERED), NOON + LEASE)


# erase and expire


async def test_erase_removes_the_items_of_one_chat_and_names_their_raws(ledger: Ledger) -> None:
    await ledger.accept([new_item(1), new_item(2, raw_key=new_item(1).raw_key), new_item(3, chat_id=7)])

    assert await ledger.erase(42) == [new_item(1).raw_key]
    assert [item.message_id async for item in ledger.find()] == [new_item(3).message_id]
    assert await ledger.erase(42) == []


async def test_an_item_erased_under_work_cannot_be_settled(ledger: Ledger) -> None:
    await ledger.accept([new_item()])
    leased = await ledger.lease(new_item().message_id, NOON, LEASE)
    await ledger.erase(42)

    with pytest.raises(LeaseLost):
        await ledger.settle(leased, Verdict(Status.DELIVERED), NOON)


async def test_finished_items_expire_when_their_retention_is_over(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.DELIVERED))
    await dead(ledger, 2)
    await closed(ledger, 3, Verdict(Status.DISCARDED))

    assert await ledger.expire(NOON + RETENTION - SECOND) == 0
    assert await ledger.expire(NOON + RETENTION) == 3
    assert [item async for item in ledger.find()] == []


async def test_unfinished_items_never_expire(ledger: Ledger) -> None:
    await ledger.accept([new_item(number) for number in (1, 2, 3)])
    await ledger.lease(new_item(1).message_id, NOON, LEASE)
    await ledger.sending(await ledger.lease(new_item(2).message_id, NOON, LEASE), "{}", NOON)
    await closed(ledger, 4, Verdict(Status.RETRY, due_at=LATER))

    assert await ledger.expire(AFTER_RETENTION) == 0


async def test_a_change_begins_the_retention_anew(ledger: Ledger) -> None:
    item = await dead(ledger)
    await ledger.discard(item.message_id, NOON + timedelta(days=20))

    assert await ledger.expire(AFTER_RETENTION) == 0
    assert await ledger.expire(AFTER_RETENTION + timedelta(days=20)) == 1


async def test_more_than_a_page_expires_in_one_call(ledger: Ledger) -> None:
    many = more_than_a_page(ledger)
    await ledger.accept([new_item(number, status=Status.DEAD) for number in range(1, many + 1)])

    assert await ledger.expire(AFTER_RETENTION) == many


async def test_an_expired_mail_that_comes_again_is_new(ledger: Ledger) -> None:
    await closed(ledger, 1, Verdict(Status.DELIVERED))
    await ledger.expire(AFTER_RETENTION)

    assert await ledger.accept([new_item()]) == [True]


async def test_raw_keys_in_use_are_those_some_item_names(ledger: Ledger) -> None:
    await ledger.accept([new_item(1), new_item(2)])
    keys = [new_item(number).raw_key for number in (1, 2, 3)]

    assert await ledger.raw_keys_in_use(keys) == set(keys[:2])
    assert await ledger.raw_keys_in_use([]) == set()
