from __future__ import annotations

import asyncio

import pytest

from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.turns import BOT_WINDOW
from tests.deliver import virtual_time
from tests.deliver.virtual_time import now


def test_turn_of_a_quiet_chat_comes_at_once() -> None:
    async def main() -> tuple[float | None, float]:
        return await Pacer(now).turn(1, urgent=False), now()

    assert virtual_time.run(main()) == (None, 0.0)


def test_turns_come_as_time_passes() -> None:
    async def main() -> list[float]:
        pacer, times = Pacer(now), []
        for _ in range(5):
            await pacer.turn(1, urgent=False)
            times.append(now())
        return times

    assert virtual_time.run(main()) == pytest.approx([0, 0, 0, 1.05, 2.1])


def test_answer_overtakes_summaries_in_line() -> None:
    order: list[str] = []

    async def wait(pacer: Pacer, chat_id: int, name: str) -> None:
        await pacer.turn(chat_id, urgent=name == "answer")
        order.append(name)

    async def main() -> None:
        pacer = Pacer(now)
        async with asyncio.TaskGroup() as tasks:
            for chat_id in range(1, 60):
                tasks.create_task(wait(pacer, chat_id, "summary"))
            await asyncio.sleep(0.5)
            tasks.create_task(wait(pacer, 99, "answer"))
            await asyncio.sleep(0.3)
            assert "answer" in order

    virtual_time.run(main())

    assert len(order) == 60


def test_wait_beyond_patience_is_told_at_once() -> None:
    async def main() -> tuple[float | None, float]:
        pacer = Pacer(now)
        pacer.hold(1, 100)
        return await pacer.turn(1, urgent=False, patience=30), now()

    assert virtual_time.run(main()) == (100, 0.0)


def test_patience_ends_when_others_go_first() -> None:
    async def main() -> tuple[float | None, float]:
        pacer = Pacer(now)
        crowd = [asyncio.create_task(pacer.turn(chat_id, urgent=True)) for chat_id in range(100, 300)]
        await asyncio.sleep(0)
        told = await pacer.turn(1, urgent=True, patience=2)
        waited = now()
        await asyncio.gather(*crowd)
        return told, waited

    told, waited = virtual_time.run(main())
    assert told == 1.0
    assert waited == pytest.approx(2.0)


def test_who_gave_up_takes_no_turn_from_others() -> None:
    async def main() -> float:
        pacer = Pacer(now)
        for _ in range(3):
            await pacer.turn(1, urgent=False)
        assert await pacer.turn(1, urgent=False, patience=0.5) is not None
        await pacer.turn(1, urgent=False)
        return now()

    assert virtual_time.run(main()) == pytest.approx(1.05)


def test_cancelled_waiter_takes_no_turn_from_others() -> None:
    async def main() -> float:
        pacer = Pacer(now)
        for _ in range(3):
            await pacer.turn(1, urgent=False)
        waiter = asyncio.create_task(pacer.turn(1, urgent=False))
        await asyncio.sleep(0.2)
        waiter.cancel()
        await asyncio.wait([waiter])
        await pacer.turn(1, urgent=False)
        return now()

    assert virtual_time.run(main()) == pytest.approx(1.05)


def test_turn_granted_in_the_moment_of_cancelling_is_given_back() -> None:
    async def main() -> list[float]:
        pacer = Pacer(now)
        for _ in range(2):
            await pacer.turn(1, urgent=False)
        waiter = asyncio.create_task(pacer.turn(1, urgent=False))
        await asyncio.sleep(0)  # its turn has come, but it does not know yet
        waiter.cancel()
        await asyncio.wait([waiter])
        assert waiter.cancelled()
        await pacer.turn(1, urgent=False)
        return [now(), pacer.ready_in(1)]

    assert virtual_time.run(main()) == pytest.approx([0.0, 1.05])


def test_message_that_leaves_late_counts_late() -> None:
    async def main() -> float:
        pacer = Pacer(now)
        for chat_id in range(1, 31):
            await pacer.turn(chat_id, urgent=True)
        await asyncio.sleep(0.4)
        for chat_id in range(1, 31):
            pacer.depart(chat_id)
        await pacer.turn(99, urgent=True)
        return now()

    assert virtual_time.run(main()) == pytest.approx(0.4 + BOT_WINDOW)


def test_hold_of_one_chat_lets_others_go() -> None:
    async def main() -> list[float]:
        pacer = Pacer(now)
        pacer.hold(1, 14)
        return [pacer.ready_in(1), pacer.ready_in(2)]

    assert virtual_time.run(main()) == [14, 0]


def test_hold_of_the_bot_stops_everybody() -> None:
    async def main() -> float:
        pacer = Pacer(now)
        pacer.hold(None, 14)
        await asyncio.gather(pacer.turn(1, urgent=True), pacer.turn(2, urgent=False))
        return now()

    assert virtual_time.run(main()) == pytest.approx(14.0)


def test_backlog_is_worked_off_at_full_speed_by_few_workers() -> None:
    async def main() -> float:
        pacer = Pacer(now)
        backlog = [chat_id for _ in range(10) for chat_id in range(1, 61)]

        async def work() -> None:
            while backlog:
                chat_id = backlog.pop()
                await pacer.turn(chat_id, urgent=False)
                await asyncio.sleep(0.005)  # the commit
                pacer.depart(chat_id)
                await asyncio.sleep(0.05)  # the call

        await asyncio.gather(*(work() for _ in range(48)))
        return 600 / now()

    assert virtual_time.run(main()) >= 29
