"""How one process begins, goes on through trouble, and ends; over the real wiring, with nobody at Telegram's address."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from sevenbot import serve as serving
from sevenbot.config import Listen, Secret, Settings
from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import ConfigError, StateUnavailable
from sevenbot.maillog import Event
from sevenbot.schedule import Schedule
from sevenbot.serve import Doors, serve
from sevenbot.state.ledger import Due, Ledger, Status, Verdict
from sevenbot.state.sqlite import SqliteState
from sevenbot.wiring import App, open_app
from sevenbot.worker import LEASE
from tests.fakes import FakeLedger
from tests.items import new_item

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"  # the discard port: refused at once


def settings(folder: Path, **changes: Any) -> Settings:
    return replace(
        Settings(
            telegram_bot_token=Secret("7:token"),
            domain="example.org",
            data_dir=folder / "data",
            smtp_listen=None,
            http_listen=None,
            telegram_api_url=NOWHERE,
        ),
        **changes,
    )


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
async def app(tmp_path: Path, events: list[Event]) -> AsyncIterator[App]:
    async with open_app(settings(tmp_path), events.append) as opened:
        yield opened


class ScriptedWorker:
    """Takes until the schedule closes, then has something left to do."""

    def __init__(self, schedule: Schedule, rest: Callable[[], Awaitable[object]]) -> None:
        self._schedule = schedule
        self._rest = rest
        self.ended = ""

    async def run(self) -> None:
        try:
            while await self._schedule.take():
                pass
            await self._rest()
            self.ended = "by itself"
        except asyncio.CancelledError:
            self.ended = "cut off"
            raise


@contextlib.contextmanager
def at_work(coroutine: Any) -> Iterator[asyncio.Task[None]]:
    task = asyncio.create_task(coroutine)
    try:
        yield task
    finally:
        task.cancel()


async def until(claim: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not claim():
            await asyncio.sleep(0)


def stopped() -> asyncio.Event:
    stop = asyncio.Event()
    stop.set()
    return stop


async def few_turns_of_the_loop() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("rest", "ended"),
    [(few_turns_of_the_loop, "by itself"), (lambda: asyncio.Event().wait(), "cut off")],
    ids=["one that ends", "one that hangs"],
)
async def test_attempts_under_way_may_end_within_the_farewell(
    app: App, rest: Callable[[], Awaitable[object]], ended: str
) -> None:
    worker = vars(app)["worker"] = ScriptedWorker(app.schedule, rest)
    farewell = timedelta(seconds=20 if ended == "by itself" else 0.01)

    await serve(app, stopped(), lambda _: None, farewell=farewell)

    assert worker.ended == ended


async def test_it_is_told_where_it_listens(tmp_path: Path) -> None:
    any_port = Listen("127.0.0.1", 0)
    doors: list[Doors] = []

    async with open_app(settings(tmp_path, smtp_listen=any_port, http_listen=any_port)) as app:
        await serve(app, stopped(), doors.append)

    ((smtp, http),) = [(opened.smtp, opened.http) for opened in doors]
    assert smtp is not None
    assert http is not None
    assert 0 not in (smtp.port, http.port)


async def test_a_port_that_is_taken_is_one_line_and_no_group_of_errors(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    taken = Listen("127.0.0.1", server.sockets[0].getsockname()[1])
    try:
        async with open_app(settings(tmp_path, smtp_listen=taken)) as app:
            with pytest.raises(ConfigError, match="SEVENBOT_SMTP_LISTEN") as caught:
                await serve(app, asyncio.Event(), lambda _: None)
    finally:
        server.close()

    assert len(caught.value.problems) == 1


async def test_a_bug_in_the_background_ends_the_process(app: App) -> None:
    class Broken:
        async def get_me(self) -> None:
            raise ZeroDivisionError

    with pytest.raises(ExceptionGroup) as caught:
        await serve(replace(app, telegram=cast("Telegram", Broken())), asyncio.Event(), lambda _: None)

    assert [type(exc) for exc in caught.value.exceptions] == [ZeroDivisionError]


async def test_unfinished_items_are_found_at_the_start(app: App) -> None:
    await app.state.ledger.accept([new_item(1), new_item(2)])

    with at_work(serving.refill(app)):
        taken = [await app.schedule.take(), await app.schedule.take()]

    assert {due.message_id for due in taken if due} == {new_item(1).message_id, new_item(2).message_id}


async def test_a_ledger_that_does_not_answer_is_looked_through_later(app: App) -> None:
    class Silent(FakeLedger):
        was_asked = False

        async def due(self) -> AsyncIterator[Due]:
            self.was_asked = True
            raise StateUnavailable("locked")
            yield

    ledger = Silent()
    broken = replace(app, state=replace(cast("SqliteState", app.state), ledger=cast("Ledger", ledger)))

    with at_work(serving.refill(broken)) as task:
        await until(lambda: ledger.was_asked)
        await few_turns_of_the_loop()
        assert not task.done()


async def test_the_sweep_removes_what_is_over(app: App, events: list[Event]) -> None:
    ledger = app.state.ledger
    await ledger.accept([new_item(1, LONG_AGO)])
    item = await ledger.lease(new_item(1).message_id, LONG_AGO, LEASE)
    await ledger.settle(item, Verdict(Status.DELIVERED), LONG_AGO)

    with at_work(serving.sweep_again_and_again(app)):
        await until(lambda: events)

    assert await ledger.get(item.message_id) is None
    assert [(event.name, event.facts["items"]) for event in events] == [("swept", 1)]


async def test_a_webhook_needs_no_data_folder_made_by_hand(tmp_path: Path) -> None:
    elsewhere = settings(
        tmp_path,
        state=f"sqlite:///{tmp_path}/elsewhere.db",
        spool=f"file://{tmp_path}/mail",
        public_url="https://bot.example.org",
    )

    async with open_app(elsewhere) as app:
        first = app.webhook_secret
    async with open_app(elsewhere) as app:
        assert first
        assert app.webhook_secret == first


async def test_without_a_public_address_there_is_no_webhook_secret(tmp_path: Path) -> None:
    async with open_app(settings(tmp_path, webhook_secret=Secret("set-but-of-no-use"))) as app:
        assert app.webhook_secret is None
