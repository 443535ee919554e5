"""
Group commit: one thread that carries out everything waiting, many jobs at a time.

A sync to disk costs about the same for one mail as for fifty. So while one batch is being synced the next one
gathers, and a busy door pays a fraction of a sync for each mail; an idle one pays exactly one. Each caller waits for
its own result; the event loop is woken once per batch, not once per job.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from sevenbot.errors import Transient

Job = TypeVar("Job")
Result = TypeVar("Result")

#: The most jobs in one batch: bounds how long the first of them waits for the last.
BATCH_LIMIT = 64


class GroupCommit(Generic[Job, Result]):
    """
    Carry out jobs in one thread of their own, in the order they came.

    Args:
        name: The thread's name.
        carry_out: Takes a batch and returns, in the same order, each job's result or the exception for its caller.
            All results are final when it returns: whatever had to reach the disk is there.
    """

    def __init__(self, name: str, carry_out: Callable[[list[Job]], Sequence[Result | Exception]]) -> None:
        self._name = name
        self._carry_out = carry_out
        self._waiting: SimpleQueue[tuple[Job, asyncio.Future[Result]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    async def submit(self, job: Job) -> Result:
        """
        Return the job's result; a caller that stops waiting does not stop the job.

        Raises:
            Transient: This is closed already, the process is about to end.
        """
        if self._closed:
            raise Transient("shutting down")
        if self._thread is None:
            # A daemon: when the process dies without `close`, nobody is owed an answer any more.
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put((job, future))
        return await future

    async def close(self) -> None:
        """Finish every job that was submitted, then end the thread."""
        self._closed = True
        if self._thread is not None:
            self._waiting.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def _run(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            if batch:
                self._answer(batch)

    def _next_batch(self) -> tuple[list[tuple[Job, asyncio.Future[Result]]], bool]:
        batch: list[tuple[Job, asyncio.Future[Result]]] = []
        waiting = self._waiting.get()
        while waiting is not None:
            batch.append(waiting)
            if len(batch) == BATCH_LIMIT:
                return batch, True
            try:
                waiting = self._waiting.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _answer(self, batch: list[tuple[Job, asyncio.Future[Result]]]) -> None:
        results: Sequence[Result | Exception]
        try:
            results = self._carry_out([job for job, _ in batch])
        except Exception as exc:  # noqa: BLE001 - a bug belongs to its callers; a dead thread would hang all later ones
            results = [exc] * len(batch)
        answers = [(future, result) for (_, future), result in zip(batch, results, strict=True)]
        for loop in {future.get_loop() for future, _ in answers}:  # one, but for tests and the end of a process
            with contextlib.suppress(RuntimeError):  # that loop is closed: nobody waits any more
                loop.call_soon_threadsafe(_resolve, [answer for answer in answers if answer[0].get_loop() is loop])


def _resolve(answers: list[tuple[asyncio.Future[Result], Result | Exception]]) -> None:
    for future, result in answers:
        if future.done():  # cancelled: the caller stopped waiting
            continue
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
