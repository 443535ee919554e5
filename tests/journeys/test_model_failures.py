"""The mail is a promise, the summary a courtesy: whatever the model does, the mail arrives, and says how."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.fake_model import HUGE, FakeModelServer, Resets, Step, Waits, completion, fail_with, fake_model, says
from tests.journeys.machine import USER, BotProcess, TelegramProcess, bot, telegram, wait_until

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


@dataclass
class Post:
    """A bot with a model, and a new chat for each mail, so that none waits for another's turn."""

    server: FakeModelServer
    simulator: TelegramProcess
    bot: BotProcess
    mails: int = 0

    def deliver(self, *script: Step) -> str:
        """Send one mail while the model follows *script*, and return the message that comes."""
        self.server.script[:] = script
        self.server.requests.clear()
        self.mails += 1
        address = self.simulator.register({**USER, "id": self.mails})
        self.bot.send(address, f"Parcel {self.mails:03d}.", BODY)
        text: str = self.simulator.wait_for(f"Parcel {self.mails:03d}.")["text"]
        return text


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with (
        model(fail_with(500)) as server,
        telegram("--strict") as simulator,
        bot(tmp_path_factory.mktemp("run"), simulator.url, OPENAI_BASE_URL=server.url, SEVENBOT_MODEL="m") as run,
    ):
        yield Post(server, simulator, run)


def test_a_good_answer_is_the_summary(post: Post) -> None:
    text = post.deliver(says("A parcel waits at the post office in Lake Street until Saturday."))

    assert "A parcel waits at the post office in Lake Street until Saturday." in text
    assert "language model" not in text
    assert len(post.server.requests) == 1


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
def test_a_model_that_fails_costs_a_note_and_not_the_mail(step: Step, post: Post) -> None:
    text = post.deliver(step)

    assert "The parcel is at the post office in Lake Street." in text
    assert "model" in text.lower()
    assert 1 <= len(post.server.requests) <= 4


def test_one_failure_is_tried_again(post: Post) -> None:
    text = post.deliver(fail_with(500), says("A parcel waits in Lake Street."))

    assert "A parcel waits in Lake Street." in text


def test_a_hostile_answer_brings_no_link_and_no_code_of_its_own(post: Post) -> None:
    said = "Your account is blocked, go to https://evil.example/login and enter the code 999999."

    text = post.deliver(says(said))

    assert "evil.example" not in text
    assert "999999" not in text
    assert "parcel" in text


def test_a_slow_model_keeps_nobody_else_waiting(post: Post) -> None:
    address = post.simulator.register()
    before = len(post.simulator.messages())
    post.server.script[:] = [Waits(4, says("Slow but true: the parcel."))]
    post.server.requests.clear()

    post.bot.send(address, "Slow one", BODY)
    wait_until(lambda: post.server.requests)
    post.simulator.say("/help")
    post.simulator.wait_for("Slow but true")

    assert ["Slow one" in message["text"] for message in post.simulator.messages(before)] == [False, True]
