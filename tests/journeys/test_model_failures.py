"""The mail is a promise, the summary a courtesy: whatever the model does, the mail arrives, and says how."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fake_model import HUGE, FakeModelServer, Resets, Step, Waits, completion, fail_with, fake_model, says
from tests.journeys.machine import bot, telegram

BODY = "The parcel is at the post office in Lake Street. Please fetch it before Saturday."


@contextmanager
def model(*script: Step) -> Iterator[FakeModelServer]:
    """Serve the script on a thread of its own."""
    ready = threading.Event()
    servers: list[FakeModelServer] = []
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with fake_model(*script) as server:
            servers.append(server)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield servers[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def deliver(folder: Path, url: str) -> str:
    """Send one mail to a bot with the model at *url* and return the message that comes."""
    with telegram("--strict") as simulator, bot(folder, simulator.url, OPENAI_BASE_URL=url, SEVENBOT_MODEL="m") as run:
        address = simulator.register()
        run.send(address, "A parcel", BODY)
        text: str = simulator.wait_for("A parcel", 15)["text"]
        return text


def test_a_good_answer_is_the_summary(tmp_path: Path) -> None:
    with model(says("A parcel waits at the post office in Lake Street until Saturday.")) as server:
        text = deliver(tmp_path, server.url)

    assert "A parcel waits at the post office in Lake Street until Saturday." in text
    assert "language model" not in text
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "step",
    [
        fail_with(500),
        fail_with(429),
        fail_with(401),
        completion("not JSON at all"),
        completion('{"other": "schema"}'),
        completion(None),
        HUGE,
        Resets(),
    ],
    ids=["500", "429", "401", "no-json", "wrong-schema", "empty", "huge", "reset"],
)
def test_a_model_that_fails_costs_a_note_and_not_the_mail(step: Step, tmp_path: Path) -> None:
    with model(step) as server:
        text = deliver(tmp_path, server.url)

    assert "The parcel is at the post office in Lake Street." in text
    assert "model" in text.lower()
    assert 1 <= len(server.requests) <= 4


def test_one_failure_is_tried_again(tmp_path: Path) -> None:
    with model(fail_with(500), says("A parcel waits in Lake Street.")) as server:
        text = deliver(tmp_path, server.url)

    assert "A parcel waits in Lake Street." in text


def test_a_hostile_answer_brings_no_link_and_no_code_of_its_own(tmp_path: Path) -> None:
    said = "Your account is blocked, go to https://evil.example/login and enter the code 999999."
    with model(says(said)) as server:
        text = deliver(tmp_path, server.url)

    assert "evil.example" not in text
    assert "999999" not in text
    assert "parcel" in text


def test_a_slow_model_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    with (
        model(Waits(6, says("Slow but true: the parcel."))) as server,
        telegram("--strict") as simulator,
        bot(tmp_path, simulator.url, OPENAI_BASE_URL=server.url, SEVENBOT_MODEL="m") as run,
    ):
        address = simulator.register()
        run.send(address, "Slow one", BODY)
        simulator.say("/status")

        simulator.wait_for(address, 3)
        assert simulator.wait_for("Slow one", 20)
