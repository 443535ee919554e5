"""One thread for many jobs: order, results, failures, the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from sevenbot.errors import Transient
from sevenbot.group_commit import BATCH_LIMIT, GroupCommit


class Doubler:
    """Doubles numbers; the first batch waits until `go`, so that others gather behind it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.batches: list[list[int]] = []

    def __call__(self, numbers: list[int]) -> Sequence[int | Exception]:
        self.go.wait(10)
        self.batches.append(numbers)
        return [ValueError(str(number)) if number < 0 else number * 2 for number in numbers]


async def test_what_waits_while_one_batch_runs_makes_the_next_batch_in_order() -> None:
    double = Doubler()
    commit = GroupCommit("double", double)
    jobs = [asyncio.ensure_future(commit.submit(number)) for number in range(1 + BATCH_LIMIT + 3)]
    await asyncio.sleep(0)
    double.go.set()

    results = await asyncio.gather(*jobs)
    await commit.close()

    assert results == [number * 2 for number in range(1 + BATCH_LIMIT + 3)]
    assert [number for batch in double.batches for number in batch] == list(range(1 + BATCH_LIMIT + 3))
    assert max(map(len, double.batches)) <= BATCH_LIMIT
    assert len(double.batches) <= 4


async def test_each_caller_gets_its_own_failure() -> None:
    double = Doubler()
    double.go.set()
    commit = GroupCommit("double", double)

    results = await asyncio.gather(*(commit.submit(number) for number in (1, -1, 2)), return_exceptions=True)
    await commit.close()

    assert results[0] == 2
    assert isinstance(results[1], ValueError)
    assert results[2] == 4


async def test_a_bug_in_the_work_reaches_the_callers_and_later_jobs_go_on() -> None:
    def halve(numbers: list[int]) -> list[int]:
        return [4 // number for number in numbers]

    commit = GroupCommit("halve", halve)

    with pytest.raises(ZeroDivisionError):
        await commit.submit(0)

    assert await commit.submit(2) == 2
    await commit.close()


async def test_a_caller_that_stops_waiting_does_not_stop_the_job_or_the_others() -> None:
    double = Doubler()
    commit = GroupCommit("double", double)
    impatient, patient = (asyncio.ensure_future(commit.submit(number)) for number in (1, 2))
    await asyncio.sleep(0)
    impatient.cancel()
    double.go.set()

    assert await patient == 4
    await commit.close()
    assert sorted(number for batch in double.batches for number in batch) == [1, 2]


async def test_closing_finishes_what_was_submitted_and_refuses_what_comes_later() -> None:
    double = Doubler()
    commit = GroupCommit("double", double)
    jobs = [asyncio.ensure_future(commit.submit(number)) for number in range(200)]
    await asyncio.sleep(0)
    double.go.set()

    await commit.close()
    await commit.close()

    assert await asyncio.gather(*jobs) == [number * 2 for number in range(200)]
    with pytest.raises(Transient, match="shutting down"):
        await commit.submit(1)


def test_a_loop_that_is_gone_does_not_end_the_thread() -> None:
    double = Doubler()
    commit = GroupCommit("double", double)

    async def leave() -> None:
        asyncio.ensure_future(commit.submit(1)).add_done_callback(lambda _: None)
        await asyncio.sleep(0)

    asyncio.run(leave())
    double.go.set()

    async def come_back() -> int:
        try:
            return await commit.submit(2)
        finally:
            await commit.close()

    assert asyncio.run(come_back()) == 4
