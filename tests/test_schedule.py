"""The line in which items wait for a lease."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.schedule import Schedule
from sevenbot.state.ledger import Due

START = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def due(name: str, chat_id: int, after: float = 0.0) -> Due:
    return Due(name, chat_id, START + timedelta(seconds=after))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def waits() -> dict[int, float]:
    """Seconds that pacing asks of each chat."""
    return {}


@pytest.fixture
def schedule(clock: Clock, waits: dict[int, float]) -> Schedule:
    return Schedule(ready_in=lambda chat_id: waits.get(chat_id, 0.0), clock=clock)


async def take_now(schedule: Schedule) -> Due | None:
    """Return what can be taken without waiting, or None."""
    try:
        async with asyncio.timeout(0.01):
            return await schedule.take()
    except TimeoutError:
        return None


async def test_the_item_due_first_is_taken_first(schedule: Schedule, clock: Clock) -> None:
    schedule.add(due("late", 1, 2))
    schedule.add(due("early", 1, 1))
    clock.advance(3)

    taken = [await take_now(schedule), await take_now(schedule)]

    assert [t.message_id for t in taken if t] == ["early", "late"]


async def test_an_item_is_not_taken_before_it_is_due(schedule: Schedule, clock: Clock) -> None:
    schedule.add(due("later", 1, 60))

    assert await take_now(schedule) is None
    clock.advance(61)
    assert (await take_now(schedule)) == due("later", 1, 60)


async def test_a_take_that_waits_is_woken_by_an_earlier_item(schedule: Schedule) -> None:
    schedule.add(due("later", 1, 3600))
    taking = asyncio.create_task(schedule.take())
    await asyncio.sleep(0)

    schedule.add(due("now", 1))

    assert (await taking) == due("now", 1)


async def test_an_item_is_taken_soon_after_the_clock_was_set_forward(clock: Clock) -> None:
    schedule = Schedule(ready_in=lambda _: 0.0, clock=clock, longest_wait=timedelta(milliseconds=1))
    schedule.add(due("later", 1, 3600))
    taking = asyncio.create_task(schedule.take())
    await asyncio.sleep(0)

    clock.advance(3600)

    async with asyncio.timeout(5):
        assert (await taking) == due("later", 1, 3600)


async def test_a_quiet_chat_is_second_in_a_flood(schedule: Schedule) -> None:
    for n in range(1000):
        schedule.add(due(f"flood-{n}", 1))
    schedule.add(due("quiet", 2))

    taken = [await take_now(schedule) for _ in range(2)]

    assert [t.chat_id for t in taken if t] == [1, 2]


async def test_no_more_than_three_of_a_chat_are_under_work(schedule: Schedule) -> None:
    for n in range(5):
        schedule.add(due(str(n), 1))

    taken = [await take_now(schedule) for _ in range(4)]
    assert [t.message_id for t in taken if t] == ["0", "1", "2"]

    schedule.done(due("0", 1))
    fourth = await take_now(schedule)
    assert fourth is not None
    assert fourth.message_id == "3"


async def test_a_chat_with_nothing_left_is_forgotten(schedule: Schedule) -> None:
    for n in range(2):
        schedule.add(due(str(n), 1))
        await take_now(schedule)

    schedule.done(due("0", 1))
    assert list(schedule._chats) == [1]
    schedule.done(due("1", 1))

    assert schedule._chats == {}


async def test_a_chat_that_pacing_holds_is_passed_over(
    schedule: Schedule, clock: Clock, waits: dict[int, float]
) -> None:
    waits[1] = 5.0
    schedule.add(due("held", 1))
    schedule.add(due("free", 2))

    assert (await take_now(schedule)) == due("free", 2)
    assert await take_now(schedule) is None
    waits[1] = 0.0
    clock.advance(5)
    assert (await take_now(schedule)) == due("held", 1)


async def test_adding_twice_is_adding_once_until_it_is_done(schedule: Schedule) -> None:
    schedule.add(due("a", 1))
    schedule.add(due("a", 1))
    taken = await take_now(schedule)
    schedule.add(due("a", 1))

    assert taken == due("a", 1)
    assert await take_now(schedule) is None
    schedule.done(due("a", 1))
    assert len(schedule) == 0
    schedule.add(due("a", 1))
    assert (await take_now(schedule)) == due("a", 1)


async def test_an_item_that_has_become_due_earlier_is_taken_earlier_and_once(schedule: Schedule, clock: Clock) -> None:
    schedule.add(due("a", 1, 3600))

    schedule.add(due("a", 1, 1))
    schedule.add(due("a", 1, 7200))
    clock.advance(2)
    taken = await take_now(schedule)
    clock.advance(9000)

    assert taken == due("a", 1, 1)
    assert await take_now(schedule) is None
    schedule.done(due("a", 1, 1))
    assert await take_now(schedule) is None
    assert len(schedule) == 0


async def test_an_item_whose_chat_has_moved_is_taken_from_its_new_chat_only(schedule: Schedule, clock: Clock) -> None:
    schedule.add(due("a", 1, 10))

    schedule.add(due("a", 2, 5))
    schedule.add(due("b", 1, 20))
    clock.advance(10)

    assert await take_now(schedule) == due("a", 2, 5)
    assert await take_now(schedule) is None
    clock.advance(10)
    assert await take_now(schedule) == due("b", 1, 20)


async def test_closing_wakes_everyone_with_nothing(schedule: Schedule) -> None:
    waiting = [asyncio.create_task(schedule.take()) for _ in range(3)]
    await asyncio.sleep(0)

    schedule.close()

    assert await asyncio.gather(*waiting) == [None, None, None]


async def test_the_oldest_due_is_that_of_waiting_items_only(schedule: Schedule) -> None:
    schedule.add(due("first", 1, 0))
    schedule.add(due("second", 1, 7))
    await take_now(schedule)

    assert schedule.oldest_due() == START + timedelta(seconds=7)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), max_size=40), st.data())
async def test_every_item_is_taken_exactly_once_property(items: list[tuple[int, int]], data: st.DataObject) -> None:
    clock = Clock()
    schedule = Schedule(ready_in=lambda _: 0.0, clock=clock, per_chat=2)
    for n, (chat_id, after) in enumerate(items):
        schedule.add(due(str(n), chat_id, after))

    taken: list[Due] = []
    under_work: list[Due] = []
    while len(taken) < len(items):
        found = schedule._next()
        if found is not None:
            assert found.due_at <= clock.now
            taken.append(found)
            under_work.append(found)
        elif under_work:
            schedule.done(under_work.pop(data.draw(st.sampled_from([0, -1]))))
        else:
            clock.advance(1)
        assert all(sum(u.chat_id == chat for u in under_work) <= 2 for chat in range(5))

    assert sorted(t.message_id for t in taken) == sorted(str(n) for n in range(len(items)))
